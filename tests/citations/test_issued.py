"""A date of issue stands in the work, or prints in brackets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.citations.making import check

Edit = Callable[[str, str, str], Path]
RIVER = "content/summaries/river.md"


@pytest.mark.parametrize(
    ("issued", "inferred"),
    [
        ("2019-05-02", False),
        ("2019-05", False),
        ("2019", False),
        ("1954", False),
        ("?2019-05-02", True),
        ("2019-05-03", True),
        ("2019-06", True),
        ("2018", True),
        ("2019-02-05", True),
        ("2019\n  issued-from: rise", False),
        ("2019-05-02\n  issued-from: rise", True),
    ],
)
def test_a_date_that_the_work_does_not_have_is_inferred(edited: Edit, issued: str, inferred: bool) -> None:
    outcome = check(edited(RIVER, "issued: 2019-05-02", f"issued: {issued}"))
    assert outcome.verified is not None

    assert outcome.verified.inferred == ({"river"} if inferred else frozenset())
    assert [f"{d.location} {d.code}" for d in outcome.diagnostics] == (
        [f"{RIVER}:11:13 issued-inferred"] if inferred else []
    )
