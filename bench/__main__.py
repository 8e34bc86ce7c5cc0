"""Run all benchmarks and write `bench/results.md`."""

from __future__ import annotations

from pathlib import Path

from bench import check


def main() -> None:
    """Measure, print, and keep the table."""
    rows = ["# Measured", "", "## `briefpack check`", "", *check.main(), ""]
    text = "\n".join(rows)
    print(text)
    Path(__file__).with_name("results.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
