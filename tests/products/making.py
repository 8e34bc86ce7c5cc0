"""A small pack with everything that labels can hide, and short ways to its products."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

from briefpack.builder.check import check_pack
from briefpack.citations.gate import Verified
from briefpack.products.composer import Composed, Composer
from briefpack.products.dossier import compose_dossier
from briefpack.products.model import Annex, Brief, Cited, ComparisonSheet, Dossier, Input, Note, RecordSheet
from briefpack.products.originals import survey_originals
from briefpack.products.view import View
from briefpack.world import World

FILES: Mapping[str, str] = {
    "content/pack.toml": """
[pack]
title = "Bridges"
language = "en"

[edition]
date = 2020-01-01

[labels]
secret = "restricted"
early = "open"

[measures.bridges]
name = "Bridges built"
unit = "bridges"

[measures.boats]
name = "Boats lost"
unit = "boats"

[places.north]
name = "North"

[places.south]
name = "South"

[[parts]]
title = "All"
sources = ["alpha", "beta", "gamma"]
comparisons = ["views"]

[audiences.insiders]
title = "For insiders"
include = ["secret"]
flag = ["secret"]

[audiences.public]
title = "For the public"
exclude = ["early"]
""",
    "seeds/alpha.txt": """On the bridges of the north

3 May 2018

The council of the north built 41 bridges in 2018. Nobody in the north counted the boats in that year.

The masons of the north ask for better wages. The bishop praised the masons of the north in public.

The ferrymen of the north lost 17 boats in 2018, says the harbour master. A bridge is a road over water.

The engineers expect that the new bridges will need paint in 2024, and that nobody will pay for it.
""",
    "seeds/beta.txt": """On the bridges of the south

4 June 2018

The council of the south built 52 bridges in 2018. The ferrymen of the south lost no boats at all.

The masons of the south are content with their wages, as they told the bishop of the south.

Call the clerk Maria Ledesma at 555-0142-77 or write to maria.ledesma@south.example for the plans.
""",
    "seeds/gamma.txt": """On the money for the bridges

5 July 2018

The treasury keeps a secret fund of USD 900 for the bridges of the north and of the south.

The treasurer told the council that the fund of the bridges will be empty before the year ends.
""",
    "content/summaries/alpha.md": """---
source:
  file: alpha.txt
  language: en
  url: https://example.org/alpha
  csl:
    title: On the bridges of the north
    issued: 2018-05-03
evidence:
  built: The council of the north built 41 bridges in 2018.
  uncounted: Nobody in the north counted the boats
  wages: The masons of the north ask for better wages.
  bishop:
    quote: The bishop praised the masons of the north in public.
    labels: [secret]
  boats: The ferrymen of the north lost 17 boats in 2018
  road: A bridge is a road over water.
  paint: the new bridges will need paint in 2024
headline: The north built 41 bridges. [@built]
points:
  - id: wages
    text: Masons want better wages. [@wages]
  - id: hidden
    text: Painting the bridges is the matter nobody speaks about. [@paint]
    labels: [secret]
  - id: boats
    text: Ferrymen lost 17 boats. [@boats]
  - id: praise
    text: A man of the church praised masons loudly. [@bishop]
  - id: uncounted
    text: Boats were not counted. [@uncounted]
    labels: [early]
statistics:
  - id: bridges
    measure: bridges
    place: north
    period: 2018
    value: 41
    key: yes
    cite: [built]
  - id: boats
    measure: boats
    place: north
    period: 2018
    value: 17
    cite: [boats]
definitions:
  - id: bridge
    term: Bridge
    text: A road over water. [@road]
recommendations:
  - id: pay
    text: Ask who will pay for the paint of the bridges.
    by: desk
    labels: [secret]
  - id: ask
    text: Ask the masons.
    by: desk
actors:
  - id: ferrymen
    name: Ferrymen
    text: Lost 17 boats. [@boats]
events:
  - id: built
    date: 2018
    text: The north builds 41 bridges. [@built]
  - id: hidden
    date: 2024
    text: Somebody has to paint the bridges in 2024. [@paint]
    labels: [secret]
cautions:
  - id: count
    text: No boats were counted. [@uncounted]
---
## What was built

The north built 41 bridges. [@built]

## What the church says

### About masons

A bishop spoke well of them. [@bishop]
""",
    "content/summaries/beta.md": """---
source:
  file: beta.txt
  language: en
  withhold:
    - from: Call the clerk
      to: for the plans.
      why: a private number
  csl:
    title: On the bridges of the south
    issued: 2018-06-04
evidence:
  built: The council of the south built 52 bridges in 2018.
  boats: The ferrymen of the south lost no boats at all.
  wages: The masons of the south are content with their wages
headline: The south built 52 bridges. [@built]
points:
  - No boats were lost. [@boats]
  - Masons are content. [@wages; @alpha/wages]
statistics:
  - id: bridges
    measure: bridges
    place: south
    period: 2018
    value: 52
    key: yes
    cite: [built]
events:
  - id: built
    date: 2018
    text: The south builds 52 bridges. [@built]
---
""",
    "content/summaries/gamma.md": """---
source:
  file: gamma.txt
  language: en
  csl:
    title: On the money for the bridges
    issued: 2018-07-05
labels: [secret]
short: Moneybags
evidence:
  fund: The treasury keeps a secret fund of USD 900
  empty: the fund of the bridges will be empty
headline: There is a fund of USD 900. [@fund]
points:
  - The fund is to be empty soon. [@empty]
  - It is for bridges. [@fund; @empty]
---
""",
    "content/comparisons/views.md": """---
title: Two views of bridges
question: What was built, and who is content?
short: Views
sources: [alpha, beta, gamma]
criteria:
  - id: built
    title: What was built?
    cells:
      alpha: Bridges, 41 of them. [@built]
      beta: Bridges, 52 of them. [@built]
      gamma: not addressed
    differ: [alpha, beta]
    reading: Each council counts for itself.
  - id: church
    title: What does the church say?
    cells:
      alpha: Praise for masons. [@bishop]
      beta: not addressed
      gamma: not addressed
    differ: [alpha, beta]
    reading: The church reading is for insiders.
  - id: money
    title: Is there money?
    cells:
      alpha: not addressed
      beta: not addressed
      gamma: A fund. [@fund]
reading: All in all a fair view.
cautions:
  - id: whole
    text: Both councils praise themselves.
  - id: church
    at: church/alpha
    text: The church caution is for insiders.
  - id: funds
    at: money/gamma
    text: The fund caution is for insiders.
  - id: wide
    at: built/beta
    text: Bridges of the south are wide.
---
Masons are heard. [@alpha/wages]
""",
    "content/overview.md": """---
title: In short
---
## Bridges

In the north 41 were built. [@alpha/built]

## Money

There is a fund of USD 900. [@gamma/fund]
""",
}


def write_pack(root: Path, *changes: tuple[str, str, str]) -> Path:
    """Write the pack with changes, each of them file, old and new text; without an old text the file is replaced."""
    contents = dict(FILES)
    for file, old, new in changes:
        assert not old or old in contents.get(file, ""), f"{old!r} is not in {file}"
        contents[file] = contents[file].replace(old, new) if old else new
    for name, content in contents.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content.lstrip("\n"), encoding="utf-8")
    return root


def verified_of(root: Path) -> Verified:
    outcome = check_pack(World(root))
    assert outcome.verified is not None
    errors = [f"{d.location}: {d.message}" for d in outcome.diagnostics if d.is_error]
    assert not errors, "\n".join(errors)
    return outcome.verified


def composer_of(root: Path, audience: str = "public", *, is_complete: bool = True) -> Composer:
    verified = verified_of(root)
    found = next(item for item in verified.pack.audiences if item.id == audience)
    originals = survey_originals(World(root), verified.sources, is_complete=is_complete)
    view = View(verified, found)
    inputs = tuple(Input(summary.path, summary.digest) for summary in view.summaries())
    return Composer(view, originals, inputs)


def brief_of(root: Path, source: str = "alpha", audience: str = "public") -> Brief:
    made = made_brief(root, source, audience)
    assert made is not None
    assert isinstance(made.product, Brief)
    return made.product


def made_brief(root: Path, source: str = "alpha", audience: str = "public") -> Composed | None:
    composer = composer_of(root, audience)
    summary = composer.view.verified.summary(source)
    assert summary is not None
    return composer.brief(summary)


def sheet_of(root: Path, audience: str = "public", sheet: str = "views") -> ComparisonSheet:
    composer = composer_of(root, audience)
    found = next(item for item in composer.view.verified.content.comparisons if item.id == sheet)
    made = composer.comparison(found)
    assert made is not None
    assert isinstance(made.product, ComparisonSheet)
    return made.product


def dossier_of(root: Path, audience: str = "public") -> Dossier:
    made = compose_dossier(composer_of(root, audience))
    assert made is not None
    assert made.blockers == ()
    assert isinstance(made.product, Dossier)
    return made.product


def record_of(dossier: Dossier, source: str = "alpha") -> RecordSheet:
    return next(s for s in dossier.sections if isinstance(s, RecordSheet) and s.id == source)


def annex_of(dossier: Dossier, source: str = "alpha") -> list[Annex]:
    return [s for s in dossier.sections if isinstance(s, Annex) and s.reference.source == source]


def cited_in(value: object) -> Iterator[Cited]:
    """Every statement in a product, in the order of its fields."""
    if isinstance(value, Cited):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from cited_in(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from cited_in(getattr(value, field.name))


def words(cited: Cited) -> str:
    return "".join(part for part in cited.prose if isinstance(part, str)).strip()


def notes_in(value: object) -> list[Note]:
    return [note for cited in cited_in(value) for note in cited.notes]


def everything(value: object) -> str:
    """All that a product says, anchors and links included, as one text."""
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return repr(value)
