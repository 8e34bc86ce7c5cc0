"""`briefpack quote`: from a few words to a card."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from briefpack.citations.search import Hit, card_name, find_words
from briefpack.cli import completion
from briefpack.cli.console import Screen, counted, harmless, stderr, stdout
from briefpack.cli.loading import find_source, misuse, open_pack
from briefpack.diagnostics import Code
from briefpack.sources.model import WITHHELD
from briefpack.sources.normalise import normalise
from briefpack.sources.skeleton import folded
from briefpack.sources.source import Source
from briefpack.summaries.model import Summary

_LISTED = 8


def quote(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="The source, or how its id begins.", autocompletion=completion.sources)],
    words: Annotated[list[str], typer.Argument(help="A few words of the passage, in any order, or all of it.")],
    passage: Annotated[int | None, typer.Option(help="Look in this passage only.", min=1, metavar="NUMBER")] = None,
) -> None:
    """Find a passage by a few words and print the card, ready to paste under evidence.

    The words may be in any order and slightly misspelt; what is printed is the
    source's own text. Where the quotation occurs more than once, the card carries
    the words before it, so that it means one place.

    For example:

      briefpack quote public-works families regeneration
      briefpack quote pub "will directly benefit 9,000 Salvadoran families"

    Next: paste the card, shorten it to what the claim rests on, cite it with its
    name, and run briefpack check.
    """
    opened = open_pack(context)
    found = find_source(opened, source)
    wanted = " ".join(words)
    if passage is not None and passage > len(found.passages):
        raise misuse(
            Code.QUOTE_NOT_FOUND, f"{found.id!r} has no passage {passage}", f"the last one is ¶ {len(found.passages)}"
        )
    hits = find_words(found, wanted, passage)
    if not hits:
        hint = "try fewer words, or other ones; `briefpack sources` lists the sources"
        raise misuse(Code.QUOTE_NOT_FOUND, f"no passage of {found.id!r} has most of these words", hint, found.file.path)
    screen, aside = stdout(), stderr()
    if len(hits) > 1:
        _list_hits(aside, hits, found)
    _show_context(aside, hits[0], found)
    summary = opened.verified.summary(found.id)
    if summary is not None:
        _name_same(aside, hits[0], summary)
    name = card_name(wanted, summary.cards if summary else ())
    first = ["evidence:"] if summary and not summary.cards else []
    for line in [*first, *card_lines(name, hits[0])]:
        screen.raw(line + "\n")
    aside.line()
    where = "into" if first else "under `evidence:` in"
    aside.paragraph(f"Paste it {where} content/summaries/{found.id}.md and cite it as [@{name}].", "dim")


def card_lines(name: str, hit: Hit) -> list[str]:
    """The card as it stands in a summary, two spaces in."""
    if not hit.prefix and not hit.suffix:
        return [f"  {name}: >-", folded(hit.quotation, 4)]
    key, context = ("prefix", hit.prefix) if hit.prefix else ("suffix", hit.suffix)
    return [f"  {name}:", "    quote: >-", folded(hit.quotation, 6), f"    {key}: >-", folded(context, 6)]


def _list_hits(screen: Screen, hits: tuple[Hit, ...], source: Source) -> None:
    screen.paragraph(
        f"{counted(len(hits), 'place')} in {source.id}; the card is for the first (--passage takes another):"
    )
    for hit in hits[:_LISTED]:
        label = f"¶ {hit.passage}  "
        screen.paragraph(label + hit.quotation, indent=len(label) + 2, first=2)
    if len(hits) > _LISTED:
        screen.line(f"  … and {len(hits) - _LISTED} more")
    screen.line()


def _show_context(screen: Screen, hit: Hit, source: Source) -> None:
    """The passage with the quotation marked, under its headings."""
    passage = source.passage(hit.passage)
    where = " › ".join(passage.headings)
    screen.paragraph(f"{source.id}, ¶ {passage.number}" + (f", under “{where}”" if where else ""), "bold")
    before, after = passage.text[: hit.start], passage.text[hit.end :]
    shown = Text(harmless(_shortened(before, -160)), style="dim")
    shown.append(harmless(passage.text[hit.start : hit.end]), style="not dim bold")
    shown.append(harmless(_shortened(after, 160)))
    screen.paragraph(shown, indent=2, first=2)
    screen.line()


def _shortened(text: str, most: int) -> str:
    text = text.replace(WITHHELD, "[withheld]")
    if len(text) <= abs(most):
        return text
    return "… " + text[most:].partition(" ")[2] if most < 0 else text[:most].rpartition(" ")[0] + " …"


def _name_same(screen: Screen, hit: Hit, summary: Summary) -> None:
    wanted = normalise(hit.quotation)
    for card in summary.cards.values():
        if wanted in normalise(" ".join(card.fragments)):
            screen.paragraph(f"The card `{card.name}` quotes these words already.", "yellow")
            screen.line()
            return
