"""Random edits and damages, each followed by a build that must give what a build from nothing gives: `make soak`."""
