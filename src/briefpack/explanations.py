"""What each code means, with an example and how to mend it: for `briefpack explain` and `docs/diagnostics.md`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefpack.diagnostics import Code
from briefpack.explanations_pdf import OF_PAGES


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a problem means, lines that show it, and what to do; Markdown's `code` marks are used, nothing else."""

    meaning: str
    example: str
    mend: str


def explain(code: Code) -> str:
    """Return the explanation as paragraphs parted by blank lines; the example is indented by four spaces."""
    found = EXPLANATIONS[code]
    example = "\n".join(f"    {line}".rstrip() for line in found.example.split("\n"))
    return f"{found.meaning}\n\n{example}\n\n{found.mend}"


def to_markdown() -> str:
    """Return `docs/diagnostics.md`: all codes in alphabetical order."""
    parts = [
        "# Diagnostics",
        "Made from `src/briefpack/explanations.py`. `briefpack explain CODE` prints each of these.",
    ]
    for code in sorted(Code, key=str):
        found = EXPLANATIONS[code]
        parts += [f"## {code}", f"*{code.severity}.* {found.meaning}", f"```text\n{found.example}\n```", found.mend]
    return "\n\n".join(parts) + "\n"


def _e(meaning: str, example: str, mend: str) -> Explanation:
    return Explanation(meaning, example, mend)


EXPLANATIONS: Mapping[Code, Explanation] = {
    # Files and how they are written
    Code.FILE_MISSING: _e(
        "A file that the pack names, or needs, is not there. Often its name differs in a capital letter or an "
        "ending, which some computers overlook and others do not.",
        "source:\n  file: Report.txt        (in seeds/ it is called report.txt)",
        "Put the file there, or correct its name. Originals belong into `seeds/`; `briefpack add FILE` copies one"
        " there without changing it.",
    ),
    Code.FILE_UNREADABLE: _e(
        "The file or folder is there, but the system does not let briefpack read it, or the disk fails. Nothing "
        "of it was used, so whatever rests on it is unproven.",
        "'content/overview.md' cannot be read: permission denied",
        "Give yourself the permission to read it (`chmod u+r FILE`), or have whoever owns it do so. On a network "
        "disk, check that it is connected.",
    ),
    Code.FILE_EMPTY: _e(
        "The file is there and holds no text. A summary without front matter, or an original of which nothing can"
        " be quoted, is most often a download or a save that broke off.",
        "'seeds/report.html' holds no text",
        "Put the original there again, or write the front matter of the summary between two lines `---`. A "
        "scanned page needs a text rendering, named under `source.text`.",
    ),
    Code.FILE_TOO_LARGE: _e(
        "The file is larger than briefpack reads. The limits keep a broken or hostile file from filling the "
        "memory of the machine that builds the pack.",
        "'seeds/annual-report.html' has 310 MB",
        "Use the document itself and not an archive of it. A long work can be split into files, each a source of "
        "its own.",
    ),
    Code.FILE_OUTSIDE_PACK: _e(
        "A path leads out of the pack's own folder, by `..`, from the root of the disk, or through a symbolic "
        "link. A pack holds all it rests on, so that another person can check and build it.",
        "file: ../downloads/report.txt",
        "Copy the file into the pack (`briefpack add FILE`) and name it by its path there.",
    ),
    Code.NAME_INVALID: _e(
        "Ids of sources, cards, statements and audiences consist of letters and digits of any script, joined by "
        "single hyphens: they become names of files and parts of citations.",
        "san miguel_2017:      (write san-miguel-2017)",
        "Rename it with letters, digits and `-`, and change the citations that use it. A summary's id is the name"
        " of its file without `.md`.",
    ),
    Code.ENCODING_INVALID: _e(
        "The file's bytes are no text in the encoding it should have. Files that you write are UTF-8; originals "
        "may have another encoding, if it can be told. Guessing wrongly would change quotations.",
        "byte 0xf3 at offset 1204 is not UTF-8",
        "Save the file as UTF-8 in your editor. Never change the original: if its encoding cannot be told, give a"
        " text rendering of it under `source.text`.",
    ),
    Code.FRONT_MATTER_MISSING: _e(
        "Summaries, comparisons and the overview begin with front matter: keys and values between two lines of "
        "three hyphens. Here one of these lines is missing, or something stands before the first.",
        "---\ntitle: Returns\n---\nThe text.",
        "Begin the file with a line `---` and close the front matter with another. No blank line may stand before"
        " the first.",
    ),
    Code.YAML_INVALID: _e(
        "The front matter cannot be read as keys and values. The usual causes are a missing colon, a line that is"
        " indented differently from its neighbours, and a quotation mark that is not closed.",
        "points:\n  - id: first\n   text: One space too few.",
        "Compare the indentation of the line named, and of the one before it, with a summary that works.",
    ),
    Code.YAML_NEEDS_BLOCK: _e(
        "About one English sentence in eight means something else to YAML: it has a colon and a space, ` #`, or "
        "begins with a quotation mark or bracket. Read as it stands, the text would break or be cut.",
        "headline: Returns: a count        becomes\nheadline: >-\n  Returns: a count",
        "Put the text on a line of its own under `>-`, indented. The repaired lines are printed with the problem,"
        " ready to paste.",
    ),
    Code.YAML_TAB: _e(
        "A tab indents this line. Editors show tabs with different widths, so nobody can see what belongs to "
        "what; YAML therefore forbids them.",
        "points:\n[tab]- id: first",
        "Indent with spaces, two a level. Most editors do it for you once told to insert spaces for tabs.",
    ),
    Code.YAML_ALIAS: _e(
        "An anchor (`&name`) or alias (`*name`) stands here. They copy values about, which makes a file hard to "
        "read and a hostile one endless. A text that begins with `*` or `&` looks like one.",
        "text: *Important* is the date.",
        "Write the value out where it is needed. If it is a text, put it on its own line under `>-`.",
    ),
    Code.YAML_DUPLICATE_KEY: _e(
        "The same key stands twice in one place. Many programs silently keep the last one; here, a claim or a "
        "card could vanish that way, so it is an error.",
        "evidence:\n  launch: >-\n    …\n  launch: >-\n    …",
        "Rename or remove one of them, and correct the citations that mean the other.",
    ),
    Code.YAML_FLOW_MAPPING: _e(
        "Braces are not used in these files: inside `{ }` a comma in a sentence silently cuts it. `[ ]` is "
        "allowed for lists of names only.",
        "- { id: first, text: Schools, roads }      (the text would be: Schools)",
        "Write one key a line, each with its value, indented alike.",
    ),
    Code.YAML_TOO_LARGE: _e(
        "The front matter is larger than 2 MB, has more than 10,000 values, or is nested deeper than 20 levels. "
        "No summary that a person wrote comes near; a generated or hostile file may.",
        "more than 10,000 values in one file",
        "Move long text into the body below the front matter, or split the source into several works with `from` "
        "and `to`.",
    ),
    Code.TOML_INVALID: _e(
        "`pack.toml` or a `template.toml` cannot be read. In TOML every text stands in quotation marks, a table's"
        " name in square brackets, and a list between brackets with commas.",
        'title = For the press        (write title = "For the press")',
        "Go to the line and column named; the mistake is there or on the line before.",
    ),
    Code.KEY_UNKNOWN: _e(
        "No such key is used in this place. A misspelt key would be ignored elsewhere; here it is refused, "
        "because what it says would be missing from the pages without anybody noticing.",
        "headlin: More than 170 trained.        (did you mean 'headline'?)",
        "Correct the spelling, or remove the key. `briefpack schema` lists all keys of each kind of file.",
    ),
    Code.KEY_MISSING: _e(
        "A key that this place cannot do without is not there: a summary needs `source` and `headline`, a "
        "statistic its `id`, `measure`, `value` and `cite`, a pack at least one audience.",
        "statistics:\n  - id: returns\n    value: 1,058        (measure and cite are missing)",
        "Add the key that is named, with its value, at the place shown.",
    ),
    Code.KEY_MISPLACED: _e(
        "The key exists, but belongs into another file or table. What is said, and to whom, stands in "
        "`pack.toml`; how it looks stands in `templates/<bundle>/template.toml`.",
        '[audiences.press]\npaper = "A4"        (belongs into template.toml)',
        "Move it to the place that the hint names.",
    ),
    Code.VALUE_INVALID: _e(
        "The value cannot mean anything here: an empty text, a word where yes or no is expected, a list where one"
        " text belongs, or something outside the values that are allowed.",
        'annex = "half"        (allowed: full, cited, none)',
        "Write one of the values that the message names. An empty statement wants its text, or its lines removed.",
    ),
    Code.DATE_INVALID: _e(
        "The date is not written in the form used here (EDTF), or is no day of the calendar. A fixed form keeps "
        "dates sortable and lets them be printed in any language.",
        "issued: 14/11/2017        (write 2017-11-14)",
        "Write 2017, 2017-09 or 2017-09-07, an interval as 2017-01/2017-09, and `?` before a date that you inferred.",
    ),
    Code.LANGUAGE_INVALID: _e(
        "Languages are named by BCP 47 tags: `en`, `es`, `es-SV`. The tag decides hyphenation, how numbers are "
        "read and printed, and how a screen reader speaks the page.",
        "language: Spanish        (write es, or es-SV)",
        "Write the tag of the language that the text is in. For a source that is the original's language, not yours.",
    ),
    Code.ID_DUPLICATE: _e(
        "Two things in one file have the same id. Ids are the addresses by which citations, translations and "
        "links find their target, so each must be the only one.",
        "points:\n  - id: returns\n  - id: returns",
        "Rename one of the two, and whatever points at it.",
    ),
    Code.REFERENCE_UNKNOWN: _e(
        "A name points at something that is not there: a source, comparison, measure, place, criterion or "
        "audience that nothing declares. What it should refer to would be missing from the page.",
        "measure: retuns        (pack.toml declares [measures.returns])",
        "Correct the spelling, or declare the thing: measures and places in `content/pack.toml`, sources by their"
        " summary.",
    ),
    Code.LABEL_UNDECLARED: _e(
        "A label stands on a statement, card or summary, or in an audience's settings, that `pack.toml` does not "
        "declare. Were it ignored, a misspelt label could publish what was meant to stay inside.",
        "labels: [intern]        ([labels] declares internal)",
        "Correct it, or declare it under `[labels]` as `restricted` or `open`. Until then what carries it is withheld.",
    ),
    Code.PACK_MISSING: _e(
        "The command works on a pack, and there is none here: no `content/pack.toml` in this folder or in one "
        "above it, nor in the folder that `--pack` names.",
        "cd Documents && briefpack check",
        "Change into the pack's folder, name it with `--pack DIR`, or make a new pack with `briefpack init DIR`.",
    ),
    Code.TRANSLATION_IGNORED: _e(
        "A file has the name of a translation (`<name>.es.md`), and nothing of it is printed: there is no document of "
        "that name of which it could be the translation, or no audience reads its language.",
        "content/summaries/trainning.es.md        (the summary is training.md)",
        "Give it the name of its original, with the language before `.md`. If the original was removed, remove the "
        "translation too.",
    ),
    # Sources
    Code.MEDIA_UNKNOWN: _e(
        "No reader knows this kind of file, so nothing in it could be quoted. Text, Markdown and HTML are read; "
        "the file name decides which, unless `source.media` says otherwise.",
        "source:\n  file: speech.rtf\n  text: speech.txt",
        "Name a plain-text rendering under `source.text` and keep the original beside it, or set `media` if the "
        "name hides the type.",
    ),
    Code.RANGE_NOT_FOUND: _e(
        "A text that bounds a range (`from` or `to` of the source, of `furniture` or of `withhold`) does not "
        "occur in the file, or not in this order. Without a range to withhold the source is not used at all.",
        "withhold:\n  - from: For more infomation\n    to: aamaya@iom.int",
        "Copy the words from the original. `from` is the first place where they occur, `to` the first after it.",
    ),
    Code.OUTLINE_NOT_FOUND: _e(
        "`outline` repairs headings that the file marks wrongly or not at all, and names one here by words that "
        "do not occur in the source.",
        "outline:\n  - at: Regular migraton\n    level: 2",
        "Copy the heading's words from the original. Level 1 to 6 makes a heading of the passage, 0 takes one away.",
    ),
    Code.WORKS_OVERLAP: _e(
        "Two sources claim the same stretch of one file. Its passages would have two numbers, and a quotation two"
        " works to come from.",
        "zacatecoluca and explainer both hold lines 30 to 38 of one file",
        "Narrow `from` and `to` of one of them. Where two files hold the same work, use one file.",
    ),
    Code.ISSUED_INFERRED: _e(
        "The date of issue was inferred by you: it begins with `?`, or does not occur in the work or in the card "
        "that `issued-from` names. It is printed in brackets, as libraries do.",
        "issued: ?2017-11-14        (printed as 14 November [2017])",
        "Nothing, if that is right. Otherwise quote the place that has the date and name its card under `issued-from`.",
    ),
    Code.UNUSED_NUMBER_UNKNOWN: _e(
        "`source.unused` gives a reason for a number that the source does not have, or that a statement uses "
        "after all. The reason would stand there and explain nothing.",
        "unused:\n  - number: 1,085\n    why: counted twice        (the source has 1,058)",
        "Write the number as the source has it, or remove the entry. `briefpack sources --numbers` lists what is "
        "unused.",
    ),
    # Cards and citations
    Code.QUOTE_EMPTY: _e(
        "A card quotes nothing: its text, or one of its fragments, is empty. A claim that cites it would rest on "
        "no words at all.",
        "evidence:\n  launch: >-",
        "Put the words of the source there; `briefpack quote SOURCE WORDS` prints them. Or remove the card.",
    ),
    Code.QUOTE_NOT_FOUND: _e(
        "The quotation does not occur in its source, character by character. Only white space, kinds of quotation"
        " marks and dashes, and hyphens that cannot be seen are levelled before comparing; nothing similar "
        "counts.",
        'source has "1,058", card has "1,085"',
        "Correct the card from the nearest words, which are shown below the problem, ready to paste. Where the "
        "source itself has the misprint, keep it.",
    ),
    Code.QUOTE_AMBIGUOUS: _e(
        "The quotation occurs more than once in its source, so a reader could not be led to the place you mean.",
        "evidence:\n  families:\n    quote: their families\n    prefix: migrant workers and",
        "Lengthen it, or add the words that stand before it as `prefix` or after it as `suffix`. `briefpack "
        "quote` does it for you.",
    ),
    Code.QUOTE_IN_OTHER_SOURCE: _e(
        "The quotation is not in this source, but word for word in another of the pack. Cited like this, the page"
        " would attribute it to the wrong work.",
        "not in 'training' but in 'explainer', ¶ 9",
        "Move the card to the other source's summary, and cite it as `[@source/card]`.",
    ),
    Code.QUOTE_WITHHELD: _e(
        "The words stand in a range that `withhold` keeps from everybody: a telephone number, an address. Quoting"
        " them would print what must not be printed.",
        "withhold:\n  - from: For more information\n    to: aamaya@iom.int\n    why: private addresses",
        "Quote other words, or narrow the range if it takes in more than it should.",
    ),
    Code.QUOTE_GAP: _e(
        "The card quotes several fragments, printed with […] between them. They must stand in the source in this "
        "order and within neighbouring passages; otherwise the quotation joins what its author kept apart.",
        "quote:\n  - launched the regeneration\n  - the Ambassador",
        "Put the fragments in the source's order, or make a card of each.",
    ),
    Code.QUOTE_LONG: _e(
        "The card has more than 60 words. Long quotations are rarely read, push a brief over its page, and hide "
        "which words the claim rests on.",
        "the card 'process' has 74 words; over 60 are rarely read",
        "Quote only the words the claim rests on, leave a gap between two fragments, or make two cards.",
    ),
    Code.QUOTE_TOO_LONG: _e(
        "The card has more than 120 words. That is no quotation any more but a reprint: the page cannot hold it, "
        "and the law may not allow it.",
        "the card 'theme-one' has 164 words; at most 120 are allowed",
        "Quote the words the claim rests on, or make several cards. The full text stands in the annex anyway.",
    ),
    Code.CITATION_MISSING: _e(
        "The statement cites nothing, and it is of a kind that must: headline, points, statistics, definitions, "
        "actors, events, cells, and each block of longer text. Only the desk's own voice may go without.",
        "headline: Works are to benefit 9,000 families. [@families]",
        "Add `[@card]` after what it rests on. What is your own judgement belongs under `analysis` or `cautions`.",
    ),
    Code.CITATION_UNKNOWN: _e(
        "The citation names a card, or a source, that does not exist. `[@card]` looks in the summary's own "
        "`evidence`, `[@source/card]` in that of another.",
        "text: Works began. [@famlies]        (did you mean 'families'?)",
        "Correct the name, write `[@source/card]` for a card of another source, or add the card under `evidence`.",
    ),
    Code.CITATION_UNVERIFIED: _e(
        "The card may well be right, but its source or its summary could not be read, so nothing could be looked "
        "up. The statement is not printed until it can.",
        "'explainer' could not be read, so [@difference] is unproven",
        "Mend the file that is named: its own problem is listed as well. This one then disappears.",
    ),
    Code.CITATION_MALFORMED: _e(
        "Something looks like a citation and cannot be read as one. Printed as it stands it would be a stray "
        "bracket on the page, and the claim would have no proof.",
        "[@families, p. 2]        (write [@families]: the place is known)",
        "Write `[@card]`, `[@a; @b]` or `[@source/card]`. In the overview the source is always named. No page "
        "numbers inside.",
    ),
    Code.CITATION_TWICE: _e(
        "The statement has citations under `cite` and a text as well. Two places for one thing would soon disagree.",
        "- text: Works began. [@launch]\n  cite: [families]",
        "Write all citations into the text, where they stand. `cite` is for statistics, which have no text.",
    ),
    Code.CARD_UNUSED: _e(
        "No statement, cell or block cites this card. It is looked up and verified, but highlighted nowhere and "
        "printed nowhere.",
        "nothing cites the card 'manes'",
        "Cite it where it belongs, or remove it. While you are still writing you can leave it.",
    ),
    # Numbers
    Code.NUMBER_UNSUPPORTED: _e(
        "A number of the statement is not in the quotations it cites, with the same value and of the same kind: a"
        " count does not support a percentage, nor a sum a rank. Dates and labels may stand in the passage.",
        "text: Works are to benefit 9,500 families. [@families]\n(families has 9,000)",
        "Correct the number, cite the card that has it, or show how you got it: `derived: 1,890 = 1,058 + 558 + 274`.",
    ),
    Code.NUMBER_SWAPPED: _e(
        "The number occurs in the cited cards, but beside other words than in your statement, and another number "
        "there fits these words better. Two numbers may have changed places. It is a suspicion, no proof.",
        "statement: 26 people from 40 institutions\ncard: 40 civil servants participated, from 26 institutions",
        "Compare both places that are shown. If the statement is right, keep it, or quote so that only one number"
        " fits.",
    ),
    Code.NUMBER_COUNTED: _e(
        "A number written as a word is in no card, but equals the number of cards that the statement cites. It is"
        " taken to count them.",
        "text: Three took part. [@usulutan; @san-miguel; @zacatecoluca]",
        "Nothing, if it does. Otherwise cite the passage that has the number; `derived: three = counted` says it "
        "expressly.",
    ),
    Code.QUALIFIER_CHANGED: _e(
        "The statement qualifies a number in another direction than its source: “more than” where the source has "
        "“almost”. That says the opposite about what is not known exactly.",
        "text: more than 500,000 dollars [@investment]\n(the card has: almost 500,000 dollars)",
        "Use the source's direction: below (almost, nearly, up to), about (some, about), above (more than, at least).",
    ),
    Code.QUALIFIER_DROPPED: _e(
        "The source qualifies the number (“almost”, “more than”, “some”), the statement does not. It looks more "
        "exact than its source is.",
        "text: 500,000 dollars were invested. [@investment]\n(the card has: almost 500,000 dollars)",
        "Say it as the source does: “almost 500,000 dollars”. In a statistic, set `qualifier: almost`.",
    ),
    Code.QUALIFIER_ADDED: _e(
        "The statement qualifies a number (“about”, “almost”) that the source gives without. A reader would take "
        "the source for less exact than it is.",
        "text: About 1,058 returnees were received. [@san-miguel]",
        "Remove the qualifier. If you have rounded, write the source's number.",
    ),
    Code.DERIVATION_INVALID: _e(
        "An entry under `derived` is no equation that can be recomputed. On the left stands the number as in the "
        "statement, then `=` or `~`, then numbers of the cited cards with + - * /.",
        "derived:\n  - 1,890 = 1,058 + 558 + 274\n  - USD 56 ~ USD 500,000 / 9,000",
        "Write it in this form, with the currency on both sides where there is one. `~` means equal when rounded "
        "as written.",
    ),
    Code.DERIVATION_WRONG: _e(
        "Recomputed, the right side of a derivation does not give its left side. Either the number in the "
        "statement or one of the operands is wrong.",
        "derived: 1,980 = 1,058 + 558 + 274        (the sum is 1,890)",
        "Correct the number. If it is rounded, write `~` instead of `=`.",
    ),
    Code.DERIVATION_OPERAND: _e(
        "A number on the right side of a derivation is in none of the cards that the statement cites. The result "
        "would rest on something that nobody can look up.",
        "derived: 1,890 = 1,058 + 558 + 274        (274 is in no cited card)",
        "Cite the card that has it, or correct the operand.",
    ),
    Code.DERIVATION_UNUSED: _e(
        "A derivation explains a number that the statement does not have. Usually the statement was changed and "
        "its derivation was not.",
        "text: Together they took in 1,900.\nderived: 1,890 = 1,058 + 558 + 274",
        "Write the number as the statement has it, or remove the entry.",
    ),
    Code.STATISTIC_UNSUPPORTED: _e(
        "A part of a statistic (value, qualifier, place or period) is supported by no card it cites, nor by that "
        "card's passage, its headings or the date of issue.",
        "- id: returns\n  place: usulutan\n  value: 1,058        (the card names San Miguel)",
        "Cite a card that also names the place or the period (`cite: [returns, launch]`), or correct the part "
        "that is named.",
    ),
    # Summaries and comparisons
    Code.TOO_FEW: _e(
        "A list has fewer entries than its place on the page needs: a brief has 2 to 7 points, a comparison at "
        "least two sources.",
        "points:\n  - id: only\n    text: One point. [@card]",
        "Add what is missing. A source that has only one thing to say may need no brief of its own: cite it in "
        "another.",
    ),
    Code.TOO_MANY: _e(
        "A list has more entries than fit its place: at most 7 points, at most two statements of `lead`. A page "
        "that says everything says nothing.",
        "12 points; at most 7 are printed in a brief",
        "Keep the most important ones. The others belong into the body, which follows the brief as the record.",
    ),
    Code.CHART_TOO_SMALL: _e(
        "A chart has fewer than three values for an audience, perhaps because a label withholds one. Two values are "
        "read faster as two numbers, so they are printed as single figures.",
        "chart: bar returns        (on two statistics only)",
        "Leave `chart` out of them, or put it on the other values of the same measure too.",
    ),
    Code.CHART_MIXED: _e(
        "A chart sets side by side what cannot be compared: other measures, other units, places in an order drawn as "
        "lengths, two kinds of drawing under one name, or a value without a period in a line or timeline.",
        "chart: bar returns        (on 558 returnees and on 500,000 USD)",
        "Give each comparable group a chart name of its own. Ranks and lone values are better as single figures.",
    ),
    Code.MARKDOWN_UNSUPPORTED: _e(
        "The text uses a part of Markdown that is not printed here: tables, images, raw HTML, footnotes, nested "
        "lists. It would come out as stray signs, or not at all.",
        "| place | returns |        (use `statistics` or a comparison)",
        "Write paragraphs, headings, simple lists, emphasis. Figures belong under `statistics`, tables into "
        "comparisons.",
    ),
    Code.FENCE_UNCLOSED: _e(
        "A line `::: analysis` opens a stretch in the desk's own voice, and no line `:::` closes it. All that "
        "follows would be taken for the desk's own and need no citation.",
        "::: analysis\nIn our reading the counts do not meet.\n:::",
        "Close it with a line of three colons.",
    ),
    Code.CELL_MISSING: _e(
        "A criterion has no cell for one of the comparison's sources. An empty cell would leave it open whether "
        "the source is silent or was not read.",
        "cells:\n  training: By indicators. [@indicators]\n  explainer: not addressed",
        "Add a line for the source: a statement with its citation, `not addressed`, or `unclear:` and why.",
    ),
    Code.CELL_UNKNOWN: _e(
        "A cell stands under a source that the comparison does not list. It has no column and would not be printed.",
        "sources: [explainer, training]\n…\n  cells:\n    consultation: …",
        "Add the source to `sources`, correct its id, or remove the cell.",
    ),
    Code.SILENCE_DOUBTFUL: _e(
        "A cell says `not addressed`, yet a word under `look-for` does occur in that source. That a source is "
        "silent is a claim as well.",
        "'training' has 'convention' in ¶ 6, though the cell says `not addressed`",
        "Read the passage. Cite it if it answers the question; otherwise choose narrower words for `look-for`.",
    ),
    Code.FIGURES_DISAGREE: _e(
        "Two statistics give the same measure different values for places and periods that overlap. Both are "
        "printed, marked and listed; neither is chosen silently.",
        "'returns': 'public-works' has 274, 'zacatecoluca' has 358",
        "Check both originals. If they count different things, declare two measures; if they contradict each "
        "other, say so in a caution.",
    ),
    Code.SOURCE_UNPLACED: _e(
        "`pack.toml` arranges the dossier in parts, and none of them lists this source. It is not lost: it "
        "follows after the parts, by date.",
        '[[parts]]\ntitle = "Return"\nsources = ["public-works", "zacatecoluca"]',
        "List it under the part where it belongs, or leave it.",
    ),
    Code.REVIEW_STALE: _e(
        "Somebody reviewed the summary, and it has been changed since: the digest under `reviewed` is not that of"
        " the text. The colophon says “changed since”.",
        "reviewed:\n  by: A. Name\n  on: 2026-11-01\n  of: 3fa9c1d2",
        "Have it reviewed again and write the new date and digest, or leave it: nothing untrue is printed.",
    ),
    # Translations
    Code.TRANSLATION_BLOCKS: _e(
        "A body is translated block by block, in order: a heading for a heading, a list item for a list item, each "
        "under its own line `<!-- of: … -->`, and inside `::: analysis` where the original is. Here the blocks of "
        "the two do not match, so nobody could say which text stands for which.",
        "<!-- of: 3fa9c1d2 -->\nOne paragraph of the original,\n\nmade two.",
        "Divide the text as the original is divided. `briefpack translate SOURCE es` writes the lines for blocks "
        "that are missing.",
    ),
    Code.TRANSLATION_CITATIONS: _e(
        "A translated statement must rest on the same passages as its original: it has to cite the same cards, as "
        "often, in whatever order its sentences need. This one lost a citation on the way, or gained one. It is not "
        "printed for the audiences of that language until it is mended.",
        "text: Works benefit 9,000 families. [@families; @launch]\n"
        "text: Las obras benefician a 9,000 familias. [@families]",
        "Take the citations over from the original. If the original should cite something else, change it there first.",
    ),
    Code.TRANSLATION_MISSING: _e(
        "Some audience reads another language than the pack is written in, and would be shown this text as it is: no "
        "translation has it. It is printed in the original's language and marked as such.",
        "points:\n  first:\n    of: 3fa9c1d2\n    text: >-",
        "Write the text in the translation. `briefpack translate SOURCE es` puts every missing one into its place, "
        "the original above it.",
    ),
    Code.TRANSLATION_NUMBER: _e(
        "A translated title, note or text in the desk's own voice has a number that its original has not. No card "
        "is asked about such texts, so only the original can say what is right, and it says something else.",
        "note: Seventeen boats, counted twice.\nnote: Dieciocho barcas, contadas dos veces.",
        "Write the number that the original has. If the original is wrong, mend it first: the translation is then "
        "stale, and shown as such.",
    ),
    Code.TRANSLATION_STALE: _e(
        "The original of a translated text has changed since it was translated: the digest under `of` is no longer "
        "its own. The translation may now say something else, so the original is printed instead, marked as such.",
        "first:\n  of: 3fa9c1d2        (the original is now 1b2c3d4e)\n  text: …",
        "Translate it again and bring `of` up to date. If it is right as it is, `briefpack translate SOURCE es "
        "--still-good points/first` does so.",
    ),
    Code.ID_MISSING: _e(
        "A pack with a second language finds the translation of a list item by its `id`, and this one has none. "
        "Nothing can be translated that cannot be named; it is printed in the original's language.",
        "points:\n  - text: San Miguel took in 1,058 returnees. [@san-miguel]",
        "Give it an `id` of one or two words, unlike the others of its list. Any word will do; it is never printed.",
    ),
    # Templates and pages
    Code.TEMPLATE_MISSING: _e(
        "An audience is set in a bundle of templates that does not exist, or a template includes a file that is "
        "in none of the folders it inherits from.",
        '[audiences.press]\ntemplates = "pres"        (the folder is templates/press)',
        "Correct the name, or make the folder `templates/NAME` with a `template.toml`. `briefpack templates list`"
        " shows all files.",
    ),
    Code.TEMPLATE_SYNTAX: _e(
        "A template cannot be read: a block that is not closed, a bracket too few, a word that Jinja does not "
        "know. Other audiences are not touched by it.",
        "{% if brief.lead %} … (without {% endif %})",
        "Go to the line named. To begin anew, delete your copy: the one that comes with briefpack then counts again.",
    ),
    Code.TEMPLATE_FIELD: _e(
        "A template asks for a field that the data does not have. Elsewhere it would print nothing; here it is an"
        " error, because nobody would notice the gap.",
        "{{ brief.headlin }}        (did you mean 'headline'?)",
        "Correct the name; the hint lists what there is at that place.",
    ),
    Code.BLOCK_UNKNOWN: _e(
        "A template replaces a block that the template it extends has not. Jinja would leave such a block out"
        " without a word: the page would look as if nothing had been changed.",
        "{% block maasthead %} in templates/press/brief.html",
        "Correct the name; the message lists the blocks that there are, and `briefpack templates explain press"
        " brief.html` says what each of them holds.",
    ),
    Code.TEMPLATE_FORBIDDEN: _e(
        "A template uses something that templates may not: private attributes, filters that switch escaping off, "
        "imports, endless loops. Templates are handed on between people, so they run in a sandbox.",
        "{{ text|safe }}",
        "Leave it out. What needs a decision or a computation belongs into the content or the settings.",
    ),
    Code.ASSET_MISSING: _e(
        "A style sheet, font, logo or image that a template or `template.toml` names is not in the bundle. The "
        "page would be set without it, and look home-made.",
        'logo = "images/logo.svg"        (no such file in templates/press)',
        "Add the file to the bundle's folder, or correct the path: it counts from that folder.",
    ),
    Code.ASSET_FORBIDDEN: _e(
        "A page asks for a file outside the bundle: from the network, or from elsewhere on the disk. Pages are "
        "made of what is in the pack, so that they come out alike everywhere and give nothing away.",
        "@import url(//fonts.example/face.css);",
        "Put the file into the bundle and name it by its path there.",
    ),
    Code.GLYPH_MISSING: _e(
        "A character of the text is in no font of the bundle. It would come out as an empty box, so nothing is set.",
        "no font has U+0D15 MALAYALAM LETTER KA, in “…”",
        "Add a font that has it to the bundle and list it under `fonts` in `template.toml`; or correct the "
        "character, if it is a slip.",
    ),
    Code.PAGE_OVERFLOW: _e(
        "The brief does not fit its one page, though spacing, size and the form of quotations went as far as "
        "`[brief]` of `pack.toml` allows. Nothing is dropped to make it fit.",
        "press/brief/training is 9 lines over its page",
        "Shorten what the message names, set `brief: no` or `key: no` on something, or widen the limits in "
        "`pack.toml`.",
    ),
    Code.LINK_BROKEN: _e(
        "A link inside the PDF leads to a place that is not in it. A reader who follows a citation must arrive at"
        " the passage.",
        "no target for #public-works-p2 in press/dossier",
        "If you changed a template, keep the `id` of each element. Otherwise this is a defect of briefpack: "
        "please report it.",
    ),
    Code.WITHHELD_LEAK: _e(
        "A finished PDF says something that its audience may not see: in its text, its tags, its names and links, its"
        " description or an attached file. The PDF was not written; the one that was there before stays.",
        "press/dossier: 'press' may not see the statement 'Ask who pays.' of\n"
        "river/points/pay, which stands in the tag tree (page 3)",
        "Look for the text in the templates and settings of the audience and take it out. If the audience may see it,"
        " remove the label or add it to `include`.",
    ),
    Code.RENDER_FAILED: _e(
        "The page could not be set: the layout engine stopped, ran too long, or left out text that was planned. "
        "The product is not written, and what was there before stays.",
        "press/brief/training: 2 of 85 texts did not arrive",
        "If you changed templates or styles, take the last change back. Otherwise please report it, with the source.",
    ),
    Code.OUTPUT_UNWRITABLE: _e(
        "A file cannot be put where it belongs: something is there already, the folder cannot be written to, or "
        "another run is working on the same pack.",
        "another run is building this pack",
        "Wait for the other run to end, give yourself the permission, or move what stands in the way.",
    ),
    **{code: _e(*said) for code, said in OF_PAGES.items()},
}
"""One explanation for each code."""
