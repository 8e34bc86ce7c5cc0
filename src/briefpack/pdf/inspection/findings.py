"""What is found in a file, as diagnostics whose place is the file; of one kind at most so many one by one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from briefpack.diagnostics import Code, Diagnostic, Location

MOST = 12
"""Problems of one code that are said one by one."""

_WORDS = 10


@dataclass(slots=True)
class Findings:
    """Collects the problems of the file `name`; `subject` is the product, where it is one of ours."""

    name: str
    subject: str = ""
    items: list[Diagnostic] = field(default_factory=list)
    counts: Counter[Code] = field(default_factory=Counter)

    def add(self, code: Code, message: str, hint: str = "") -> None:
        """Note one."""
        self.counts[code] += 1
        if self.counts[code] <= MOST:
            self.items.append(Diagnostic(code, message, Location(self.name), hint, self.subject))

    def all(self) -> tuple[Diagnostic, ...]:
        """Return what was found, with a line for each code of which there is more."""
        more = [
            Diagnostic(code, f"and {count - MOST:,} more of this kind", Location(self.name), "", self.subject)
            for code, count in sorted(self.counts.items(), key=lambda item: item[0].public)
            if count > MOST
        ]
        return (*self.items, *more)


def on_page(page: int) -> str:
    """Say a page by its index."""
    return f" on page {page + 1}" if page >= 0 else ""


def words(text: str, before: str = ": ") -> str:
    """Return the first words of `text` in quotation marks, or nothing."""
    found = text.split()
    if not found:
        return ""
    return f"{before}“{' '.join(found[:_WORDS])[:90]}{' …' if len(found) > _WORDS else ''}”"
