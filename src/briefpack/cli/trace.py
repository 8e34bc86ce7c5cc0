"""`briefpack trace`: a card in its source, and everything that rests on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.text import Text

from briefpack.citations.model import Anchor, CardResult
from briefpack.cli import completion
from briefpack.cli.console import STYLES, Screen, counted, harmless, stdout
from briefpack.cli.diagnostics import show_diagnostics
from briefpack.cli.excerpt import Lines
from briefpack.cli.loading import Opened, find_source, misuse, open_pack
from briefpack.cli.place import shown_path
from briefpack.diagnostics import Code
from briefpack.pack.validation import did_you_mean
from briefpack.products.view import View
from briefpack.sources.model import WITHHELD, Passage
from briefpack.sources.source import Source
from briefpack.summaries.model import Statement


def trace(
    context: typer.Context,
    citation: Annotated[str, typer.Argument(help="source/card", autocompletion=completion.citations)],
) -> None:
    """Show a quoted passage in its context, and everything that cites it.

    For example:

      briefpack trace public-works/families

    Next: `briefpack quote` finds another passage; `briefpack sources` says how much
    of each source is cited.
    """
    opened = open_pack(context)
    result = find_card(opened, citation)
    screen = stdout()
    _show_place(screen, opened, result)
    citing = citing_statements(opened, result.card.address)
    _show_citing(screen, opened, citing)
    _show_audiences(screen, opened, result, citing)


def find_card(opened: Opened, citation: str) -> CardResult:
    """Return the card that `source/card` or `[@source/card]` names; raise `BriefpackError` where there is none."""
    source, _, name = citation.strip("[]").lstrip("@").partition("/")
    if not name:
        hint = f"write source/card, such as {next(iter(opened.verified.cards), 'public-works/families')}"
        raise misuse(Code.CITATION_MALFORMED, f"{citation!r} is not a citation", hint)
    if result := opened.verified.cards.get(f"{source}/{name}"):
        return result
    summary = opened.verified.summary(source) or opened.verified.summary(find_source(opened, source).id)
    known = list(summary.cards) if summary else []
    if summary and name in known:
        return opened.verified.cards[f"{summary.id}/{name}"]
    hint = did_you_mean(name, known) or f"its cards: {', '.join(known)}"
    raise misuse(Code.CITATION_UNKNOWN, f"no card {name!r} in {source!r}", hint)


def citing_statements(opened: Opened, address: str) -> list[Statement]:
    """Every statement that cites the card, in the order of the files."""
    content = opened.verified.content
    everything = [s for summary in content.summaries for s in summary.statements()]
    everything += [s for sheet in content.comparisons for s in sheet.statements()]
    everything += content.overview.statements() if content.overview else ()
    found = [s for s in everything if any(pointer.address == address for pointer in s.pointers)]
    return sorted(found, key=lambda statement: statement.location)


def _show_place(screen: Screen, opened: Opened, result: CardResult) -> None:
    card, anchor = result.card, result.anchor
    source = opened.verified.sources.get(card.source)
    head = Text(card.address, style="bold").append(
        f"  {result.status.value}", style=STYLES["ok" if anchor else "error"]
    )
    screen.line(head.append(f", {anchor.tier.value}" if anchor else "", style="not bold"))
    place = card.location
    screen.line(f"  card    {shown_path(opened.world.root, place.file)}:{place.line}:{place.column}")
    if card.note:
        screen.paragraph(f"  note    {card.note}", indent=10)
    if source is None or anchor is None:
        problems = [d for d in opened.outcome.diagnostics if d.subject == card.address]
        screen.line()
        show_diagnostics(screen, problems, Lines(opened.world), lambda path: shown_path(opened.world.root, path))
        return
    for fragment in anchor.fragments:
        line = source.file.line_of(fragment.start)
        where = f"characters {fragment.start:,} to {fragment.end:,}, line {line}"
        screen.line(f"  file    {source.file.path}: {where}")
    headings = source.passage(anchor.passages[0]).headings
    if headings:
        screen.paragraph(f"  under   {' › '.join(headings)}", indent=10)
    screen.line()
    _show_passages(screen, source, anchor)


def _show_passages(screen: Screen, source: Source, anchor: Anchor) -> None:
    """The passages that hold the quotation, and their neighbours, shortened."""
    first, last = anchor.passages[0], anchor.passages[-1]
    for number in range(max(1, first - 1), min(len(source.passages), last + 1) + 1):
        passage = source.passage(number)
        label = f"¶ {number}".ljust(6)
        marked = _marked(passage, anchor, is_plain=screen.width is None)
        screen.paragraph(Text(label, style="dim") + marked, indent=8, first=2)
    screen.line()


def _marked(passage: Passage, anchor: Anchor, *, is_plain: bool) -> Text:
    ranges = sorted((r.start, r.end) for f in anchor.fragments for r in f.ranges if r.passage == passage.number)
    text = passage.text
    if not ranges:
        shortened = text if len(text) <= 160 else text[:160].rpartition(" ")[0] + " …"
        return Text(harmless(shortened.replace(WITHHELD, "[withheld]")), style="dim")
    shown, at = Text(), 0
    for start, end in ranges:
        shown.append(harmless(text[at:start]))
        quoted = harmless(text[start:end])
        shown.append(f"[[{quoted}]]" if is_plain else quoted, style="bold reverse")
        at = end
    shown.append(harmless(text[at:]))
    return shown


def _show_citing(screen: Screen, opened: Opened, citing: Sequence[Statement]) -> None:
    if not citing:
        screen.line("Nothing cites it.", STYLES["warning"])
    else:
        screen.line(f"Cited by {counted(len(citing), 'statement')}", "bold")
    for statement in citing:
        place = statement.location
        screen.line(f"  {shown_path(opened.world.root, place.file)}:{place.line}:{place.column}  {statement.address}")
        if statement.text:
            screen.paragraph(" ".join(statement.text.split()), "dim", indent=6, first=6)
    screen.line()


def _show_audiences(screen: Screen, opened: Opened, result: CardResult, citing: Sequence[Statement]) -> None:
    screen.line("Shown to", "bold")
    audiences = opened.verified.pack.audiences
    width = max((len(audience.id) for audience in audiences), default=0)
    for audience in audiences:
        said = shown_to(View(opened.verified, audience), result, citing)
        screen.paragraph(f"{audience.id.ljust(width)}  {said}", indent=width + 4, first=2)


def shown_to(view: View, result: CardResult, citing: Sequence[Statement]) -> str:
    """Whether an audience is shown a card, and if not, why."""
    card, summary = result.card, view.verified.summary(result.card.source)
    labels = summary.labels if summary else ()
    chosen = view.audience.sources
    reasons = {
        "it was not found in its source": result.anchor is None,
        "the source is not among the audience's `sources`": chosen is not None and card.source not in chosen,
        f"the source has the label {_names(labels)}": not view.sees(labels),
        f"the card has the label {_names(card.labels)}": not view.sees(card.labels),
    }
    if reason := next((said for said, holds in reasons.items() if holds), ""):
        return f"no: {reason}"
    visible = [statement for statement in citing if view.shows(statement)]
    if not visible:
        return "no: it sees no statement that cites it"
    if len(visible) < len(citing):
        hidden = [statement.address for statement in citing if statement not in visible]
        return f"yes, but not by {', '.join(hidden)}"
    return "yes"


def _names(labels: Sequence[str]) -> str:
    return ", ".join(f"`{label}`" for label in labels)
