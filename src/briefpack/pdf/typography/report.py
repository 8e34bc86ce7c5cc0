"""How what was found in a section is said: with the product, the section, its page, and the words that stand there."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefpack.diagnostics import Code, Diagnostic, Location
from briefpack.products.pages import SectionHtml

_WORDS = 8


@dataclass(slots=True)
class Report:
    """Collects the problems of one section of `pages` pages."""

    section: SectionHtml
    pages: int
    found: list[Diagnostic] = field(default_factory=list)

    def add(self, code: Code, message: str, page: int, hint: str, detail: tuple[str, ...] = ()) -> None:
        """Note one on the page with the index `page`; `{where}` in `message` stands for page and section."""
        subject = self.section.subject or self.section.kind
        said = message.replace("{where}", self.where(page))
        self.found.append(Diagnostic(code, said, Location(subject), hint, self.section.subject, detail))

    def where(self, page: int) -> str:
        """Name a page by its number in the section."""
        return f"page {page + 1} of {self.pages} of the {self.section.kind} “{self.section.title}”"


def words(text: str, most: int = _WORDS) -> str:
    """Return the first words of `text` in quotation marks."""
    found = text.split()
    return f"“{' '.join(found[:most])}{' …' if len(found) > most else ''}”"


def last_words(text: str, most: int = _WORDS) -> str:
    """Return the last words of `text` in quotation marks."""
    found = text.split()
    return f"“{'… ' if len(found) > most else ''}{' '.join(found[-most:])}”"
