"""Labels: numbers joined to a name, such as Theme 5, Phase I, target 10.7, 2030 Agenda, LXXI Period, COVID-19."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from briefpack.citations.lexicon import Lexicon
from briefpack.citations.tokens import Tokens

_GAP = re.compile(r"\s*[.°º]?\s*|\s*-\s*|\s+[(#]?")
_RANGE_GAP = re.compile(r"\s*(?:[-–—/,;&]|,?\s(?:and|or|to|y|o|a|al)\s)\s*")
_MIXED = re.compile(r"[^\W_]+(?:[-/.][^\W_]+){0,7}")
_DIGITS = re.compile(r"\d+")
_COMPOUND = re.compile(r"\d+(?:[./]\d+)+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def _roman(value: int) -> str:
    tens, units = divmod(value, 10)
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")[tens] + ones[units]


ROMANS = {_roman(value): value for value in range(1, 100)}
ROMAN_WORDS = frozenset(numeral.lower() for numeral in ROMANS)


@dataclass(frozen=True, slots=True)
class LabelFound:
    """A label's number: its value (None where it is not one number), name, offsets and the next word's index."""

    value: Decimal | None
    name: str
    start: int
    end: int
    next: int


def is_named(tokens: Tokens, lexicon: Lexicon, index: int, *, is_word: bool) -> str:
    """The name that the number at `index` is joined to ("theme"), or an empty text.

    Where the name is also a verb or a plain noun ("target 85 communities"), what follows the number decides; number
    words are labels after such names only where these are capitalised.
    """
    if index == 0 or not _GAP.fullmatch(tokens.gap(index)):
        return ""
    name = tokens.words[index - 1]
    if name in {"º", "o"}:
        name = tokens.word(index - 2) if tokens.gap(index - 1) in {".", ""} else name
    is_capital = tokens.raw[index - 1][0].isupper()
    if name in lexicon.labels or (name in lexicon.plural_labels and (is_capital or not is_word)):
        if (is_capital or name not in lexicon.label_verbs) and name not in lexicon.plural_labels:
            return name
        return name if not _is_noun(tokens, lexicon, index + 1) else ""
    if is_word:
        return ""
    before = tokens.word(index - 2)
    if is_capital and before in lexicon.labels and tokens.raw[index - 2][0].isupper() and tokens.is_spaced(index - 1):
        return f"{before} {name}" if not _is_noun(tokens, lexicon, index + 1) else ""
    return ""


def is_acronym_label(tokens: Tokens, lexicon: Lexicon, index: int) -> bool:
    """Whether the number at `index` follows an acronym and no noun follows: SDG 10.7, COP 21."""
    acronym = tokens.raw[index - 1] if index else ""
    if not 2 <= len(acronym) <= 6 or not acronym.isupper() or acronym in ROMANS or not tokens.is_spaced(index):
        return False
    if index >= 2 and tokens.raw[index - 2].isupper() and len(tokens.raw[index - 2]) > 6:  # a line in capitals
        return False
    return not _is_noun(tokens, lexicon, tokens.after(tokens.ends[index] + 1, index + 1))


def extend(tokens: Tokens, label: LabelFound) -> LabelFound:
    """A label whose number goes on after its first digits: 70/1, 10.7.2; it is then no single number."""
    match = _COMPOUND.match(tokens.text, label.start)
    if match is None or match.end() <= label.end:
        return label
    return LabelFound(None, match.group(), label.start, match.end(), tokens.after(match.end(), label.next))


def find_roman(tokens: Tokens, lexicon: Lexicon, index: int) -> LabelFound | None:
    """A Roman numeral at `index`, joined to a name before or after it."""
    raw = tokens.raw[index]
    value = ROMANS.get(raw)
    if value is None:
        return None
    name = _name_before(tokens, lexicon, index) or _name_after(tokens, lexicon, index)
    if not name and is_enumerator(tokens, index):
        name = "item"
    return LabelFound(Decimal(value), name, tokens.starts[index], tokens.ends[index], index + 1) if name else None


def _name_before(tokens: Tokens, lexicon: Lexicon, index: int) -> str:
    """The name before a Roman numeral; a single letter needs a known one."""
    before = tokens.word(index - 1)
    if not tokens.is_spaced(index):
        return ""
    is_name = len(tokens.raw[index]) > 1 and tokens.raw[index - 1][0].isupper()
    return before if is_name or before in lexicon.labels or before in lexicon.plural_labels else ""


def _name_after(tokens: Tokens, lexicon: Lexicon, index: int) -> str:
    """The name after a Roman numeral: LXXI Period, XI reunión."""
    after = tokens.word(index + 1)
    if not tokens.is_spaced(index + 1):
        return ""
    is_name = len(tokens.raw[index]) > 1 and tokens.raw[index + 1][0].isupper()
    return after if is_name or after in lexicon.trailing_labels or after in lexicon.centuries else ""


def find_mixed(tokens: Tokens, index: int) -> LabelFound | None:
    """A name and number in one word at `index`: COVID-19, G20, A/RES/71/1. Only names with a capital letter first."""
    if not tokens.raw[index][0].isupper() or tokens.gap(index + 1) not in {"", "-", "/", "."}:
        return None
    match = _MIXED.match(tokens.text, tokens.starts[index])
    digits = _DIGITS.findall(match.group()) if match else []
    if match is None or not digits:
        return None
    written = match.group()[: match.group().rindex(digits[-1]) + len(digits[-1])]
    prefix = written[: written.index(digits[0])]
    letters = prefix.rstrip("-/.")
    if (
        letters == "FY"
        or len(letters) > 6
        or not (letters == prefix or prefix.replace("/", "").rstrip("-/.").isupper())
    ):
        return None
    number = written[len(prefix) :]
    value = Decimal(number) if _NUMBER.fullmatch(number) else None
    end = match.start() + len(written)
    return LabelFound(value, written.casefold(), match.start(), end, tokens.after(end, index))


def is_enumerator(tokens: Tokens, index: int) -> bool:
    """Whether the number at `index` numbers a heading or a list item: it begins a line and `.` or `)` follows."""
    start, end = tokens.starts[index], tokens.ends[index]
    mark, space = tokens.text[end : end + 1], tokens.text[end + 1 : end + 2]
    if mark not in {".", ")"} or not space.isspace():
        return False
    return not tokens.text[tokens.text.rfind("\n", 0, start) + 1 : start].strip(" \t#*>•»-<b")


def continues(tokens: Tokens, lexicon: Lexicon, end: int, index: int, name: str) -> bool:
    """Whether the number at `index` belongs to the label that ends at `end`: Themes 1 and 2, targets 10.2–10.7."""
    gap = tokens.text[end : tokens.starts[index]]
    if not _RANGE_GAP.fullmatch(gap):
        return False
    is_plural = name in lexicon.plural_labels
    return (is_plural or gap.strip() in {"-", "–", "—"}) and not _is_noun(tokens, lexicon, index + 1)


def _is_noun(tokens: Tokens, lexicon: Lexicon, index: int) -> bool:
    """Whether a plain lower-case word follows, so that the number counts it."""
    return tokens.is_spaced(index) and tokens.raw[index].islower() and tokens.words[index] not in lexicon.function_words
