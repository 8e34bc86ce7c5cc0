"""A brief has room for six key figures; a chart counts once, and each audience for itself."""

from __future__ import annotations

from briefpack.citations.gate import Verified
from briefpack.diagnostics import Code, Findings
from briefpack.products.brief import has_brief
from briefpack.products.figures import split
from briefpack.products.view import View

MOST_KEY_FIGURES = 6


def check_key_figures(verified: Verified, findings: Findings) -> None:
    """Report every brief with too many key figures, at the first figure that is one too many."""
    for audience in verified.pack.audiences:
        view = View(verified, audience)
        for summary in view.summaries():
            if not has_brief(summary, view):
                continue
            single, charted = split(summary.statistics, view, key=True)
            charts = {statistic.chart: statistic for statistic in reversed(charted)}
            chosen = {statistic.id for statistic in (*single, *charts.values())}
            key = [statistic for statistic in summary.statistics if statistic.id in chosen]
            if len(key) > MOST_KEY_FIGURES:
                findings.report(
                    Code.TOO_MANY,
                    f"{len(key)} key figures for {audience.id!r} where at most {MOST_KEY_FIGURES} stand",
                    key[MOST_KEY_FIGURES].value.location,
                    hint="leave `key` out of one, or name under it the audiences that need it",
                    subject=f"{audience.id}/brief/{summary.id}",
                )
