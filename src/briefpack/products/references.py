"""How sources are named: the entries of the bibliography and the source lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from briefpack.pack.edtf import parse_edtf
from briefpack.products.alphabet import SortKey, sort_key
from briefpack.products.model import Brief, NoteRef, Reference
from briefpack.products.view import View
from briefpack.summaries.model import Summary


@dataclass(frozen=True, slots=True)
class FilesOf:
    """The files each source stands in, copies included, and how it is attached ("original", "extract", "")."""

    files: Mapping[str, tuple[str, ...]]
    attached: Mapping[str, str]


def reference(summary: Summary, view: View, files: FilesOf, quoted: Iterable[int] = ()) -> Reference:
    """The entry of one source; `quoted` are the numbers of the passages that this product quotes."""
    work = summary.work
    csl = work.csl or {}
    source = view.verified.sources.get(summary.id)
    issued = parse_edtf(work.issued.value) if work.issued else None
    return Reference(
        source=summary.id,
        short=summary.short,
        author=csl.get("author", ""),
        title=csl.get("title", "") or work.file.value,
        container=csl.get("container-title", ""),
        publisher=csl.get("publisher", ""),
        language=work.language,
        issued=issued,
        issued_inferred=summary.id in view.verified.inferred,
        url=work.url,
        files=files.files.get(summary.id, (work.file.value,)),
        quoted=len(set(quoted)),
        passages=len(source.passages) if source else 0,
        attached=files.attached.get(summary.id, ""),
        anchor=f"source-{summary.id}",
    )


def alphabetical(references: Iterable[Reference], language: str) -> tuple[Reference, ...]:
    """Sorted as a bibliography in `language`: by the short name that leads each entry."""

    def key(entry: Reference) -> tuple[SortKey, str]:
        return (sort_key(entry.short, language), entry.source)

    return tuple(sorted(references, key=key))


_VERDICT = re.compile(r"\*\*(.+?)\*\*")
_SENTENCE = re.compile(r".+?[.!?…](?=\s|$)", re.DOTALL)


def with_cautions(entry: Reference, brief: Brief) -> Reference:
    """The entry with what its brief warns of: the bold verdict of each caution, else its first sentence."""
    verdicts = []
    for cited in brief.cautions:
        text = "".join(part for part in cited.prose if not isinstance(part, NoteRef)).strip()
        bold, sentence = _VERDICT.match(text), _SENTENCE.match(text)
        verdicts.append(bold[1] if bold else sentence[0] if sentence else text)
    return replace(entry, cautions=tuple(verdicts), cautions_href=f"#{brief.anchor}" if verdicts else "")


def with_annex(entry: Reference, href: str) -> Reference:
    """The entry with a link to its annex."""
    return replace(entry, annex_href=href)
