"""The summary of a new source before anybody has written it: every key in its place, and what goes there."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from briefpack.sources.model import Passage, PassageKind

_TEMPLATE = """\
---
source:
  file: {file}
  language: {language}  # of the original: en, es, es-SV …
  # from: the first words of the work    (only where the file holds more than this work)
  # to: its last words
  csl:
    type: report  # report, webpage, article, legislation, speech, document …
    title: >-
{title}
    # publisher: who issued it
    # issued: 2017-11-14  (or ?2017-11-14 where you inferred the year)

# Who it is by, in a few words, for notes and contents:
# short: Public works

# What you rely on, word for word. `briefpack quote {id} SOME WORDS` prints the first card to paste here, with the line
# `evidence:` above it; further cards follow below.

# The one sentence that a reader takes away, with its citation: [@card]
headline: >-

# Two to seven statements, the most important first, each with its citation:
points:
  - id: first
    text: >-

  - id: second
    text: >-

# Further keys, where there is something to say: lead, statistics, definitions, recommendations, actors, events.
# In the desk's own voice: cautions, analysis. `briefpack schema` lists them all.
---
"""


def source_id(name: str) -> str:
    """Return the id that a file's name suggests: its words, joined by `-`."""
    stem = name.rsplit(".", 1)[0] if "." in name[1:] else name
    return "-".join(re.findall(r"[^\W_]+", stem.casefold())) or "source"


def proposed_title(passages: Sequence[Passage], fallback: str) -> str:
    """Return the first heading, else a first passage short enough to be a title, else `fallback`."""
    for passage in passages:
        if passage.kind is PassageKind.HEADING and passage.text:
            return passage.text
    first = next((passage.text for passage in passages if passage.text), "")
    return first if first and len(first.split()) <= 20 else fallback


def skeleton(id: str, file: str, language: str, title: str) -> str:
    """Return the text of `content/summaries/<id>.md`; `file` is the name inside `seeds/`."""
    return _TEMPLATE.format(id=id, file=file, language=language, title=folded(title, 6))


def folded(text: str, indent: int, width: int = 118) -> str:
    """Return `text` as the lines under a `>-`: broken at single spaces only, so that it reads back the same."""
    lines = textwrap.wrap(
        " ".join(text.split()), width - indent, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
    )
    return "\n".join(" " * indent + line for line in lines)
