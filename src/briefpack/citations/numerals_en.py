"""The number words of English."""

from __future__ import annotations

from decimal import Decimal

from briefpack.citations.lexicon import (
    Direction,
    Lexicon,
    Role,
    cardinals,
    idioms,
    numbers,
    phrases,
    triggers,
    words,
)

_CARDINALS = {
    **cardinals(Role.UNIT, "one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9"),
    **cardinals(
        Role.TEEN,
        "ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19",
    ),
    **cardinals(Role.TEN, "twenty=20 thirty=30 forty=40 fourty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90"),
    **cardinals(Role.HUNDRED, "hundred=100", counted=True),
    **cardinals(
        Role.SCALE,
        "dozen=12 thousand=1000 million=1000000 billion=1000000000 trillion=1000000000000 "
        "dozens=12 hundreds=100 thousands=1000 millions=1000000 billions=1000000000 trillions=1000000000000",
        counted=True,
    ),
}
_RANKS = numbers(
    "first=1 second=2 third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8 ninth=9 tenth=10 eleventh=11 twelfth=12 "
    "thirteenth=13 fourteenth=14 fifteenth=15 sixteenth=16 seventeenth=17 eighteenth=18 nineteenth=19 twentieth=20 "
    "thirtieth=30 fortieth=40 fiftieth=50 sixtieth=60 seventieth=70 eightieth=80 ninetieth=90 hundredth=100 last=-1"
)
_PARTS = {
    **dict.fromkeys(("half", "halves"), 2),
    **numbers("third=3 thirds=3 quarter=4 quarters=4"),
    **{name: value for name, value in _RANKS.items() if 4 <= value <= 20 or value == 100},
    **{f"{name}s": value for name, value in _RANKS.items() if 4 <= value <= 20 or value == 100},
}
_MULTIPLES = {
    **dict.fromkeys(("twice", "double", "doubled", "doubles", "doubling", "twofold"), Decimal(2)),
    **dict.fromkeys(("triple", "tripled", "triples", "tripling", "threefold", "thrice"), Decimal(3)),
    **dict.fromkeys(("quadruple", "quadrupled", "quadrupling", "fourfold"), Decimal(4)),
    **dict.fromkeys(("fivefold", "quintupled"), Decimal(5)),
    "tenfold": Decimal(10),
    **dict.fromkeys(("half", "halved", "halves", "halving"), Decimal(1) / 2),
}
_MONTHS = numbers(
    "january=1 february=2 march=3 april=4 may=5 june=6 july=7 august=8 september=9 october=10 november=11 december=12"
)
_SHORT_MONTHS = numbers("jan=1 feb=2 mar=3 apr=4 jun=6 jul=7 aug=8 sep=9 sept=9 oct=10 nov=11 dec=12")

_IDIOMS = idioms(
    "[first] and foremost | at [first] | in the [first,third,last] place | in the [second] place , | at [first] "
    "sight | [first] aid | [first] lady | [first] ladies | [first] hand | [first] name | [first] names | [first] "
    "come | come [first] | [first] served | [first] thing | [first] responders | [first] responder | [first] line "
    "| [first] instance | [second] look | [second] thoughts | [second] nature | [second] chance | [second] hand | "
    "[second] to none | [second] language | [first] language | every [second] counts | first [half] | second "
    "[half] | other [half] | better [half] | [third] party | [third] parties | [third] country | [third] "
    "countries | [third] person | [third] persons | [third] world | [third] sector | [fourth] estate | at [last] "
    "| at long [last] | [last] year | [last] years | [last] month | [last] months | [last] week | [last] weeks | "
    "[last] decade | [last] decades | [last] night | [last] time | [last] minute | [last] name | [last] few | "
    "[last] resort | [last] but not least | [last] mile | [double] standard | [double] standards | [double] check "
    "| [double] edged | [half] hearted | [half] way | [half] brother | [half] sister | [two] way | at [sixes] and "
    "sevens | [fifty] fifty | fifty [fifty] | think [twice] | once or [twice] | one or [two] | [quarter] final | "
    "the [four] corners | nine to [five] | [nine] to five | [five] star"
)

_QUALIFIERS = {
    **phrases(
        Direction.BELOW,
        "almost | nearly | up to | less than | fewer than | under | below | at most | just under | close to but "
        "under | not more than | no more than | not quite | a maximum of | at the most | as many as | as much as "
        "| well under | no higher than | maximum of | up to as many as | not exceeding | slightly under | "
        "slightly less than | lower than",
    ),
    **phrases(
        Direction.ABOUT,
        "about | some | roughly | around | approximately | circa | close to | approx | ca | an estimated | "
        "estimated | in the region of | in the order of | on the order of | more or less",
    ),
    **phrases(
        Direction.ABOVE,
        "more than | over | at least | above | just over | well over | no fewer than | not fewer than | no less "
        "than | not less than | a minimum of | minimum of | upwards of | upward of | greater than | higher than | "
        "in excess of | surpassed | surpasses | surpass | surpassing | exceeded | exceeds | exceed | exceeding | "
        "topped | slightly over | slightly more than | a little over | well above",
    ),
}

_LABELS = words(
    "theme phase goal article chapter section table annex resolution law decree paragraph objective sdg sdgs "
    "agenda component module unit category type class zone region district room route indicator priority volume "
    "no nos nr appendix box scenario title clause recital protocol convention pillar track session period round "
    "outcome output activity programme task tier art sec para fig version axis commitment guideline principle "
    "subtheme page pages pp part parts step stage item point line level group question option form target figure "
    "number column row working regulation directive act cluster lot strand recommendation schedule"
)
_PLURAL_LABELS = words(
    "themes phases goals articles chapters sections tables annexes resolutions laws decrees paragraphs objectives "
    "components modules units categories types classes zones regions districts rooms routes indicators priorities "
    "volumes appendices boxes scenarios titles clauses pillars sessions periods rounds outcomes outputs "
    "activities pages parts steps stages items points lines levels groups questions options forms targets figures "
    "numbers columns rows recommendations subthemes sdgs nos pp"
)
_LABEL_VERBS = words(
    "target figure number line level group form point part step stage table phase round question row type act "
    "item room unit class period session zone working lot schedule title output process page agenda law protocol "
    "convention programme track task activity box priority no component region district category route volume"
)

_FUNCTION_WORDS = words(
    "a an the and or but nor of in on at to for from with without by as than that this these those which who whom "
    "whose where when while is are was were be been being has have had do does did will would can could may might "
    "shall should must not it its they them their he she his her we our you your i if so then there here during "
    "since until before after between among against through over under into onto upon about per via versus "
    "because although though both either neither also only more most less fewer least such no yes what how why "
    "within across along"
)

_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_SHORT = "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}(?:(?:\s*[-–—/]\s*|\s*,\s*(?:and\s+)?|\s+(?:to|and|or|through|until)\s+(?:the\s+)?){_DAY}){{0,7}}"

ENGLISH = Lexicon(
    cardinals=_CARDINALS,
    ones=words("a an one"),
    joiners=words("and"),
    half_scale=words("half"),
    and_half=(("and", "a", "half"), ("and", "one", "half")),
    ranks=_RANKS,
    rank_suffix=r"(?:st|nd|rd|th)\b",
    not_rank_before=words("of and"),
    parts=_PARTS,
    rank_parts=frozenset(_PARTS) & frozenset(_RANKS),
    multiples=_MULTIPLES,
    times=words("times fold"),
    both=words("both"),
    percent=(("per", "cent"), ("percent",), ("percentage", "points"), ("percentage", "point"), ("pct",)),
    currencies={
        **dict.fromkeys(("dollars", "dollar"), "$"),
        **dict.fromkeys(("euros", "euro"), "EUR"),
        **dict.fromkeys(("pounds", "pound"), "GBP"),
        **dict.fromkeys(("quetzales", "quetzals"), "GTQ"),
        **dict.fromkeys(("lempiras",), "HNL"),
        **dict.fromkeys(("pesos",), "MXN"),
        **dict.fromkeys(("yen",), "JPY"),
        **dict.fromkeys(("francs",), "CHF"),
    },
    currency_adjectives={
        "us": "USD",
        "u": "USD",
        "s": "USD",
        "american": "USD",
        "canadian": "CAD",
        "australian": "AUD",
    },
    months=_MONTHS,
    short_months=_SHORT_MONTHS,
    cautious_months=words("march may"),
    temporal=words(
        "in since of by until till during year years before after from to between mid early late through around "
        "and or about for circa throughout within on as onwards last next this every each past"
    ),
    strong_temporal=words("in since until till during year mid early late throughout circa"),
    decades=words("decade"),
    centuries=words("century centuries"),
    labels=_LABELS,
    plural_labels=_PLURAL_LABELS,
    label_verbs=_LABEL_VERBS,
    trailing_labels=words("agenda period periods session sessions congress summit conference assembly legislature"),
    qualifiers=_QUALIFIERS,
    qualifiers_after={
        **phrases(Direction.ABOVE, "or more | and more | or over | and over | at least | or above | and above"),
        **phrases(Direction.BELOW, "or fewer | or less | at most | or under | or below"),
        **phrases(Direction.ABOUT, "or so"),
    },
    qualifier_fillers=words("a an"),
    idioms=_IDIOMS,
    function_words=_FUNCTION_WORDS,
    range_words=words("to"),
    between=words("between from"),
    date_patterns=(
        rf"(?P<days>{_DAYS})(?:\s+(?:day\s+)?of)?[\s-]+(?P<month>{_MONTH}|{_SHORT})\b\.?"
        r"(?:(?:\s*,\s*|\s+of\s+|\s*/\s*|[\s-]+)(?P<year>\d{4})(?![\d.,]\d|\d))?",
        rf"(?P<month>{_MONTH}|{_SHORT})\b(?:(?<!may)(?<!march)(?<!june)(?<!july)\.(?=\s*\d))?\s+(?:the\s+)?(?P<days>{_DAYS})"
        r"(?!\d|[.,]\d|\s*(?:%|per\b)|[^\W\d_]|-[^\W\d_])"
        r"(?:(?:,?\s+of\s+|\s*,\s*|\s+)(?P<year>\d{4})(?![\d.,]\d|\d))?",
        rf"(?P<month>{_MONTH}|{_SHORT})\b(?:(?:,?\s+of\s+(?:the\s+year\s+)?|\s*,\s*|[\s-]+|\.\s*)(?P<year>[12]\d{{3}})(?![\d.,]\d|\d))",
        rf"(?P<month>{_MONTH})\b|(?P<short>{_SHORT})\b\.?(?=\s?[-–—]\s?(?:{_MONTH}|{_SHORT})\b)",
    ),
    triggers=triggers(_CARDINALS, _RANKS, _PARTS, _MULTIPLES, _MONTHS, _SHORT_MONTHS, ("both", "a", "an")),
)
