"""What templates call to print the pieces of a product: prose, quotations, locators, dates, numbers, places.

Every function that returns `Markup` has escaped the user's text itself; all others return plain text, which the
environment escapes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from briefpack.pack.edtf import parse_edtf
from briefpack.products.dossier import plain
from briefpack.products.model import (
    AnnexPassage,
    Brief,
    Chart,
    Cited,
    Figure,
    Highlight,
    Note,
    NoteRef,
    Prose,
    Reference,
    Row,
)
from briefpack.products.pages import SHORT_WORDS
from briefpack.templating import arranging
from briefpack.templating.blocks import statements
from briefpack.templating.inline import to_html
from briefpack.templating.margins import Margin, margin_of
from briefpack.templating.typography import NBSP, bound
from briefpack.templating.words import Words

ZWSP = "\u200b"

FEWEST_WORDS = 6
"""What it leaves of each quotation at least."""

_SIGNS = str.maketrans({"~": "≈", "/": "÷", "*": "×"})
"""How a derivation's signs are printed; it is written with those of a keyboard."""

_SIGNS_ALOUD = {"≈": "about", "=": "equals", "÷": "divided", "×": "times", "+": "plus", "-": "minus", "−": "minus"}
"""Those of them, and others of a sum, whose words are in `strings`."""

_HEAD_WORDS = 8
"""How much of a title the head of a column says."""

_CUT = " […] "
_LAST_WORD = re.compile(r"(?:^|(?<=[ \n>]))[^ \n<>]{1,40}$")
_LAST_WORDS = re.compile(r"(?:^|(?<=[ \n>]))(?:[^ \n<>]{1,24} )?[^ \n<>]{1,40}$")
_LAST_SPACE = re.compile(r"(?<=[^ \n<>]) (?=[^ \n<>]{1,12}$)")
MOST_HELD = 18
"""Up to how many characters the last two words of a statement stand on one line; a headline's, up to twice that."""

_LONGEST_MAKER = 60
_COUNTED = re.compile(r"(?P<left>.*[=~≈])\s*(?:counted|(?P<unit>months|years|days)\s+(?P<period>\S+))", re.IGNORECASE)
"""A derivation that counts cards or a stretch of the calendar."""
_PLACEHOLDER = "\ue000"
"""Stands for a note's figure while the prose around it is converted as one text, so that marks may span it."""


@dataclass(frozen=True, slots=True)
class Printer:
    """The functions of one render: its words, page language and form of quotations."""

    words: Words
    quotations: str = "full"
    quotation_words: int = SHORT_WORDS

    def globals(self) -> dict[str, Callable[..., object]]:
        """Return the functions by the names that templates use."""
        return {
            "t": self.words.text,
            "locator": self.words.locator,
            "locator_aloud": self.words.locator_aloud,
            "dated": self.words.dated,
            "number": self.words.number,
            "listed": self.words.listed,
            "bound": bound,
            "reckoned": self.reckoned,
            "reckoned_aloud": self.reckoned_aloud,
            "aloud": self.aloud,
            "place": self.words.place,
            "tag_of": self.tag_of,
            "margin_of": self.margin_of,
            "prose": self.prose,
            "headline": self.headline,
            "attributions": self.attributions,
            "again": self.again,
            "money_first": self.money_first,
            "quotation": self.quotation,
            "in_quotes": self.in_quotes,
            "lang_of": self.lang_of,
            "marked": self.marked,
            "amount": self.amount,
            "currency": self.currency,
            "prefix": self.prefix,
            "has_prefix": self.has_prefix,
            "chart_title": self.chart_title,
            "cell_scope": self.cell_scope,
            "chart_summary": self.chart_summary,
            "chart_value": self.chart_value,
            "row_label": self.row_label,
            "figure_label": self.figure_label,
            "shared_scope": self.shared_scope,
            "issued": self.issued,
            "source_head": self.source_head,
            "source_line": self.source_line,
            "maker_line": self.maker_line,
            "unmarked": self.unmarked,
            "ended": self.ended,
            "title_line": self.title_line,
            **arranging.FUNCTIONS,
        }

    def prose(self, prose: Prose | Cited, notes: bool = True, held: int = MOST_HELD) -> Markup:
        """Return statements with inline marks and superior figures that lead to the evidence notes.

        No line ends between a number and its unit, nor between the last two words if they have at most `held`
        characters: a word alone at the end looks like a mistake.
        """
        parts = _ascending(prose.prose if isinstance(prose, Cited) else prose)
        text = "".join(_PLACEHOLDER if isinstance(part, NoteRef) else part.replace(_PLACEHOLDER, "") for part in parts)
        numbers = [part.number for part in parts if isinstance(part, NoteRef)]
        pieces = to_html(bound(text)).split(_PLACEHOLDER)
        result = pieces[0]
        anchors = {note.number: note.anchor for note in prose.notes} if isinstance(prose, Cited) else {}
        for position, (number, piece) in enumerate(zip(numbers, pieces[1:], strict=True)):
            # Two figures side by side need a comma, or 1 and 2 read as 12.
            follows = position > 0 and not pieces[position].strip()
            figure = self.figure(number, anchors, follows) if notes else ""
            is_last = not any(rest.strip() for rest in pieces[position + 1 :])
            result = _joined(result.rstrip(" "), figure, held if is_last else 0) + piece
        result = result if numbers and not pieces[-1].strip() else _LAST_SPACE.sub(NBSP, result)
        if isinstance(prose, Cited) and prose.language and text.strip(_PLACEHOLDER):
            result = f"<span{self.lang_of(prose.language)}>{result}</span>"
        return Markup(result)

    def reckoned(self, derivation: str) -> str:
        """Return a sum in printed signs; what it counts other than numbers is said in the page's language."""
        counted = _COUNTED.fullmatch(derivation)
        if counted is None:
            return bound(derivation.translate(_SIGNS))
        unit, period = counted["unit"], parse_edtf(counted["period"] or "")
        if unit and period is None:
            return bound(derivation.translate(_SIGNS))
        said = (
            self.words.text(f"sum-{unit}", period=self.words.dated(period)) if unit else self.words.text("sum-counted")
        )
        return bound(f"{counted['left']} {said}")

    def reckoned_aloud(self, derivation: str) -> str:
        """Return a sum with its signs in words."""
        return " ".join(
            self.words.text(f"sign-{_SIGNS_ALOUD[part]}") if part in _SIGNS_ALOUD else part
            for part in self.reckoned(derivation).split()
        )

    def aloud(self, text: str) -> Markup:
        """Return a printed date of which listeners hear that it is inferred, where readers see brackets."""
        if "[" not in text:
            return escape(text)
        said = f"{text.replace('[', '').replace(']', '')}, {self.words.text('inferred')}"
        return Markup(f'<span aria-label="{escape(said)}">{escape(text)}</span>')

    def headline(self, cited: Cited) -> Markup:
        """Return a headline: without a full stop, its last line of two words at least where they are not long."""
        parts, last = list(cited.prose), max((i for i, p in enumerate(cited.prose) if isinstance(p, str)), default=0)
        if isinstance(text := parts[last], str) and text.rstrip().endswith(".") and not text.rstrip().endswith(".."):
            parts[last] = text.rstrip()[:-1]
        return self.prose(replace(cited, prose=tuple(parts)), held=MOST_HELD + 6)

    def again(self, cited: Cited) -> Markup:
        """Return the notes of a statement all of whose passages stand above it, by number and passage; or nothing."""
        numbers = dict.fromkeys(part.number for part in cited.prose if isinstance(part, NoteRef))
        if cited.notes:
            return Markup("")
        places = (f'{self.figure(number, {})}{NBSP}<span data-again="{number}"></span>' for number in numbers)
        return Markup(", ").join(Markup(place) for place in places)

    def attributions(self, cited: Cited, brief: Brief) -> list[str]:
        """Return for each source of a statement who says it, when, and in which passages: the line to quote it with."""
        notes = {note.number: note for each in statements(brief) for note in each.notes}
        numbers = [part.number for part in cited.prose if isinstance(part, NoteRef)]
        places: dict[str, dict[str, None]] = {}
        for note in (notes[number] for number in numbers if number in notes):
            places.setdefault(note.source, {})[self.words.locator(note.locator)] = None
        references = {reference.source: reference for reference in (brief.reference, *brief.other_references)}
        return [
            f"{self._maker(references[source])}, {', '.join(where)}"
            for source, where in places.items()
            if source in references
        ]

    def _maker(self, reference: Reference) -> str:
        """Who made a source and in what year; its title where nobody is named, or so many that it takes a line."""
        maker = reference.author or reference.publisher
        name = maker if maker and len(maker) <= _LONGEST_MAKER else self.in_quotes(_begun(reference.title))
        if reference.issued is None:
            return f"{name}, {self.issued(reference)}"
        is_inferred = reference.issued_inferred or reference.issued.inferred
        return f"{name}, [{reference.issued.end.year}]" if is_inferred else f"{name}, {reference.issued.end.year}"

    def money_first(self, figures: Sequence[Figure]) -> list[Figure]:
        """Return key figures with amounts of money before all others, otherwise in their order."""
        return sorted(figures, key=lambda figure: not self.currency(figure))

    def figure(self, number: int, anchors: Mapping[int, str], follows: bool = False) -> str:
        """Return one superior figure; the section's table of notes makes it a link."""
        comma = "," + NBSP if follows else ""
        target = anchors.get(number, f"{{note-{number}}}")
        said = escape(self.words.text("note-n", number=number))
        return f'<sup class="ref">{comma}<a href="#{escape(target)}" aria-label="{said}">{number}</a></sup>'

    def quotation(self, note: Note, together: int = 1) -> Markup:
        """Return a quotation in the page's quotation marks, tagged with its own language, in the form the fit chose.

        Cut quotations share the words allowed for their statement: what makes a row tall is their sum.
        """
        if self.quotations == "locator":
            return Markup("")
        text = _CUT.join(note.fragments)
        if self.quotations == "short":
            text = _shortened(text, max(self.quotation_words // together, FEWEST_WORDS))
        lang = "" if note.language == self.words.language else f' lang="{escape(note.language)}"'
        return Markup(f'<span class="quoted"{lang}>{escape(self.words.quoted(text))}</span>')

    def amount(self, figure: Figure) -> str:
        """Return the number as written, with its per cent sign, or as a rank."""
        if figure.is_rank:
            digits = "".join(character for character in figure.value if character.isdigit())
            form = f"rank.{self.words.locale.ordinal_form(int(digits or 0))}"
            key = form if form in self.words.table else "rank.other"
            return self.words.text(key, value=figure.value)
        if figure.unit in ("%", "‰"):
            return self.words.text("per-cent", value=figure.value, sign=figure.unit)
        return figure.value

    def currency(self, figure: Figure) -> str:
        """Return the currency of an amount of money, as it stands before the number, or nothing."""
        return figure.unit if len(figure.unit) == 3 and figure.unit.isupper() else ""

    def prefix(self, figure: Figure) -> str:
        """Return what stands before a large number: its qualifier and its currency."""
        qualifier = self.words.text(figure.qualifier) if figure.qualifier else ""
        return f"{qualifier} {self.currency(figure)}".strip()

    def has_prefix(self, figures: Sequence[Figure]) -> bool:
        """Whether a row of large numbers needs a line above them."""
        return any(self.prefix(figure) for figure in figures)

    def in_quotes(self, text: str) -> str:
        """Return `text` in the page's quotation marks."""
        return self.words.quoted(text)

    def lang_of(self, language: str) -> Markup:
        """Return the attribute that tags text of another language than the page's, or nothing."""
        return Markup("") if language in ("", self.words.language) else Markup(f' lang="{escape(language)}"')

    def tag_of(self, language: str, around: str) -> Markup:
        """Return the attribute that tags text inside text of the language `around`, or nothing where it is the same."""
        return Markup("") if language == around else Markup(f' lang="{escape(language)}"')

    def margin_of(self, passage: AnnexPassage) -> Margin:
        """Return what stands beside a passage of an original."""
        return margin_of(passage, self.words.place)

    def marked(self, run: Highlight, anchor: str, language: str = "") -> Markup:
        """Return quoted words of an original, before them the letters of the citations that begin here.

        `language` is the attribute that tags the page's language inside that of the original.
        """
        letters = [
            f'<a href="#{escape(arranging.letter_anchor(anchor, letter))}"'
            f' aria-label="{escape(self.words.text("letter-n", letter=letter))}"{language}>{escape(letter)}</a>'
            for letter in run.letters
        ]
        # The zero-width space offers a break before the letter: else WeasyPrint may break after the line's first word.
        figure = f'{ZWSP}<sup class="letter">{NBSP.join(letters)}</sup>' if letters else ""
        first, *others = run.anchors or ("",)
        ids = "".join(f'<span id="{escape(other)}"></span>' for other in others)
        own = f' id="{escape(first)}"' if first else ""
        return Markup(f"{ids}{figure}<mark{own}>{escape(run.text)}</mark>")

    def figure_label(self, figure: Figure, figures: Sequence[Figure] = ()) -> str:
        """Return what a figure counts, where and when; what all of `figures` share is left to `shared_scope`."""
        parts = [figure.measure]
        plain = not figure.is_rank and figure.unit not in ("%", "‰") and not figure.unit.isupper()
        if plain and figure.unit and figure.unit.casefold() not in figure.measure.casefold():
            parts[0] = f"{figure.unit}; {figure.measure}"
        if figure.places and not _all_equal([other.places for other in figures]):
            parts.append(self.words.listed(figure.places))
        if figure.period and not _all_equal([other.period for other in figures]):
            parts.append(self.words.dated(figure.period))
        return ", ".join(parts)

    def shared_scope(self, figures: Sequence[Figure]) -> str:
        """Return the places and the period that all `figures` share, or nothing."""
        if not figures:
            return ""
        first = figures[0]
        parts = []
        if first.places and _all_equal([figure.places for figure in figures]):
            parts.append(self.words.listed(first.places))
        if first.period and _all_equal([figure.period for figure in figures]):
            parts.append(self.words.dated(first.period))
        return ", ".join(parts)

    def chart_title(self, chart: Chart) -> str:
        """Return what all values of a chart share: measure, places, period."""
        places = self.words.listed(chart.places) if chart.places else ""
        period = self.words.dated(chart.period) if chart.period else ""
        return ", ".join(part for part in (chart.measure or self.words.text("chart-over-time"), places, period) if part)

    def cell_scope(self, figure: Figure, row: Row) -> str:
        """Return what a figure in a sheet is of beyond what its row and column say: its unit, places and period."""
        parts = [
            figure.unit if not (self.currency(figure) or figure.unit in ("%", "‰")) else "",
            self.words.listed(figure.places) if figure.places and ", ".join(figure.places) != row.title else "",
            self.words.dated(figure.period) if figure.period and figure.period != row.period else "",
        ]
        return ", ".join(part for part in parts if part)

    def chart_summary(self, chart: Chart) -> str:
        """Return what a chart shows, in a sentence: the text alternative of its drawing."""
        ranked = sorted(zip(chart.values, range(len(chart.figures)), strict=True))
        least, most = chart.figures[ranked[0][1]], chart.figures[ranked[-1][1]]
        key = "chart-summary-times" if chart.kind == "timeline" else "chart-summary"
        return self.words.text(
            key,
            kind=self.words.text(f"chart-{chart.kind}"),
            title=self.chart_title(chart),
            values=len(chart.figures),
            most=f"{self.chart_value(most)} ({self.row_label(most, chart)})",
            least=f"{self.chart_value(least)} ({self.row_label(least, chart)})",
        )

    def chart_value(self, figure: Figure) -> str:
        """Return a value with its qualifier and its currency, on one line."""
        return f"{self.prefix(figure)} {self.amount(figure)}".strip().replace(" ", NBSP)

    def row_label(self, figure: Figure, chart: Chart) -> str:
        """Return what tells a value from the others of its chart: its places, its period, or both."""
        parts = [
            self.words.listed(figure.places) if figure.places and not chart.places else "",
            self.words.dated(figure.period) if figure.period and not chart.period else "",
        ]
        return ", ".join(part for part in parts if part) or figure.measure

    def issued(self, reference: Reference) -> str:
        """Return the date of a source, in brackets as far as it was inferred."""
        return self.words.dated(reference.issued, reference.issued_inferred)

    def title_line(self, reference: Reference) -> Markup:
        """Return the title in quotation marks, tagged with the source's language."""
        opening, closing = self.words.quotes
        lang = "" if reference.language == self.words.language else f' lang="{escape(reference.language)}"'
        return Markup(f"{opening}<span{lang}>{escape(self.words.inside_quotes(reference.title))}</span>{closing}")

    def source_head(self, reference: Reference) -> Markup:
        """Return who speaks and when, for the head of a column: where no maker is known, the title, if need be cut."""
        maker = reference.author or reference.publisher
        named = escape(maker) if maker else self.title_line(replace(reference, title=_begun(reference.title)))
        return Markup(", ").join((named, self.aloud(self.issued(reference))))

    def unmarked(self, text: str) -> str:
        """Return `text` without inline marks, for links, which hold no other element."""
        return bound(plain((text,)))

    def ended(self, text: str) -> str:
        """Return a title or subtitle that leaves no short word alone on its last line."""
        return _LAST_SPACE.sub(NBSP, text)

    def maker_line(self, reference: Reference) -> Markup:
        """Return the line of a source below its title, which it does not repeat."""
        return self.source_line(reference, title=False)

    def source_line(self, reference: Reference, title: bool = True) -> Markup:
        """Return author, title, container, publisher and date as one line of house style."""
        makers = [part for part in (reference.author, "" if reference.author else reference.publisher) if part]
        rest = [part for part in (reference.container, reference.publisher if reference.author else "") if part]
        parts = [
            escape(", ".join(makers)),
            self.title_line(reference) if title else "",
            escape(", ".join(rest)),
            self.aloud(self.issued(reference)),
        ]
        return Markup(", ").join(part for part in parts if part)


def _begun(title: str) -> str:
    """Return the first words of a title."""
    words = title.split()
    return title if len(words) <= _HEAD_WORDS else " ".join(words[:_HEAD_WORDS]) + f"{NBSP}…"


def _ascending(parts: Prose) -> Prose:
    """Put figures that stand side by side into order."""
    found: list[str | NoteRef] = []
    for part in parts:
        at = len(found)
        while isinstance(part, NoteRef) and at and isinstance(left := found[at - 1], NoteRef):
            if left.number <= part.number:
                break
            at -= 1
        found.insert(at, part)
    return tuple(found)


def _shortened(text: str, most: int) -> str:
    """Return the first words of a quotation, up to its last number at least: that is what it is quoted for."""
    words = text.split()
    numbers = [index for index, word in enumerate(words, 1) if any(character.isdigit() for character in word)]
    kept = max([most, *numbers])
    if len(words) <= kept + 2:
        return text
    return " ".join(words[:kept]).rstrip(",;:. ") + f"{NBSP}…"


def _joined(text: str, figure: str, held: int = 0) -> str:
    """Return `text` and a superior figure that no line end can part from the word before it.

    Two last words of together at most `held` characters are held, too.
    """
    two = _LAST_WORDS.search(text) if held else None
    word = two if two and len(two[0]) <= held else _LAST_WORD.search(text)
    if not word or not figure:
        return text + figure
    return f'{text[: word.start()]}{ZWSP}<span class="held">{word[0]}{figure}</span>'


def _all_equal(values: Sequence[object]) -> bool:
    return bool(values) and all(value == values[0] for value in values)
