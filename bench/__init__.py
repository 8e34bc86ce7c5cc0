"""Benchmarks: packs of any size with real sentence lengths, measured in one run and reported as ratios."""
