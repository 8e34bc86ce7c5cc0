"""`content/overview.md`: from written to plain data."""

from __future__ import annotations

from briefpack.diagnostics import Findings
from briefpack.pack.validation import validate
from briefpack.summaries.document import Document, StatementBuilder
from briefpack.summaries.model import OverviewText
from briefpack.summaries.written import OverviewWritten


def build_overview(document: Document, findings: Findings) -> OverviewText | None:
    """Return the overview, or None where its front matter is unusable."""
    written = validate(OverviewWritten, document.node, findings)
    if written is None:
        return None
    builder = StatementBuilder(document, "overview", None, findings)
    return OverviewText(
        path=document.path,
        digest=document.digest,
        title=written.title,
        short=written.short or written.title,
        labels=tuple(written.labels),
        label_places=builder.places("labels", len(written.labels), ()),
        body=builder.body("overview"),
    )
