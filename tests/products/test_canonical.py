"""Bytes that stand for products: the same for equal ones, in every process; others for others."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.products.making import brief_of, dossier_of, write_pack

from briefpack.products.canonical import canonical, product_digest
from briefpack.products.model import Dossier, NoteRef, Place, Withheld
from briefpack.products.pages import RenderOptions


@dataclass(frozen=True, slots=True)
class _Pair:
    left: object
    right: object = None


@dataclass(frozen=True, slots=True)
class _Other:
    left: object
    right: object = None


@dataclass(frozen=True, slots=True)
class _Single:
    left: object
    kept: dict[str, int] = field(default_factory=dict, compare=False)


class _Colour(Enum):
    RED = "red"


class _Shade(StrEnum):
    RED = "red"


_ATOMS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False).filter(lambda number: number != 0)
    | st.just(0.0)
    | st.text(max_size=4)
    | st.binary(max_size=4)
    | st.dates()
    | st.sampled_from([_Colour.RED, _Shade.RED, 0, 1, "", "red", "RED", (), b""])
)


def _holding(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return (
        st.lists(inner, max_size=3).map(tuple)
        | st.builds(_Pair, inner, inner)
        | st.builds(_Other, inner, inner)
        | st.builds(_Single, inner)
        | st.dictionaries(st.text(max_size=2) | st.integers(0, 3), inner, max_size=3).map(MappingProxyType)
    )


_VALUES = st.recursive(_ATOMS, _holding, max_leaves=8)


def _typed(value: object) -> object:
    """The value with its types written out, as `==` compares 0, 0.0 and False alike."""
    if isinstance(value, tuple):
        return ("tuple", tuple(_typed(item) for item in value))
    if isinstance(value, MappingProxyType):
        return ("mapping", frozenset((_typed(key), _typed(item)) for key, item in value.items()))
    if isinstance(value, _Pair | _Other):
        return (type(value), _typed(value.left), _typed(value.right))
    if isinstance(value, _Single):
        return (_Single, _typed(value.left))
    return (type(value), value)


@given(_VALUES, _VALUES)
def test_equal_values_and_only_those_have_equal_bytes(one: object, other: object) -> None:
    assert (canonical(one) == canonical(other)) == (_typed(one) == _typed(other))


_SIMILAR: tuple[object, ...] = (
    "", None, (), 0, False, 0.0, -0.0, b"", MappingProxyType({}), _Single(None), _Pair(None), _Other(None),
    ("",), (None,), ((),), (0,), (False,), ("a", "b"), ("ab",), (("a",), "b"), ("a", ("b",)), (("a", "b"),),
    "a", b"a", _Colour.RED, _Shade.RED, "RED", "red", 1, True, 1.0, "1", 2**40, float(2**40),
    datetime.date(2026, 11, 22), "2026-11-22", _Pair("a", "b"), _Other("a", "b"), _Pair(("a", "b")), _Pair("b", "a"),
    _Pair(_Pair("a"), "b"), _Pair("a", _Pair("b")), MappingProxyType({"a": "b"}), MappingProxyType({"b": "a"}),
    MappingProxyType({"a": MappingProxyType({})}), MappingProxyType({1: "b"}), MappingProxyType({"1": "b"}),
    MappingProxyType({True: "b"}), "\ud800", "a\0", ("a\0",),
)  # fmt: skip


def test_values_that_look_alike_have_bytes_of_their_own() -> None:
    assert len({canonical(value) for value in _SIMILAR}) == len(_SIMILAR)


def test_the_order_in_which_a_mapping_was_filled_makes_no_difference() -> None:
    assert canonical({"a": 1, "b": 2}) == canonical({"b": 2, "a": 1})


def test_whether_equal_parts_are_one_object_makes_no_difference() -> None:
    text, copy = "a long text, twice", "".join(["a long ", "text, twice"])
    assert text is not copy
    shared = NoteRef(1)
    assert canonical((text, text, shared, shared)) == canonical((text, copy, shared, NoteRef(1)))


def test_fields_that_do_not_compare_are_left_out() -> None:
    assert canonical(_Single("a", {"kept": 1})) == canonical(_Single("a"))


@pytest.mark.parametrize("value", [["a"], {"a"}, object(), (1, [2]), _Pair({1})])
def test_what_no_product_may_hold_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="cannot hold"):
        canonical(value)


def test_each_setting_of_a_page_counts() -> None:
    changed = [
        RenderOptions(),
        RenderOptions(size=9.5),
        RenderOptions(spacing=0.9),
        RenderOptions(quotations="short"),
        RenderOptions(quotation_words=9),
        RenderOptions(left_out=("lead",)),
        RenderOptions(levers=("lead",)),
        RenderOptions(folio=False),
    ]
    assert len({product_digest(options) for options in changed}) == len(changed)


def test_a_change_deep_inside_a_brief_counts(tmp_path: Path) -> None:
    brief = brief_of(write_pack(tmp_path))
    moved = replace(brief, headline=replace(brief.headline, place=Place("headline", 1)))
    assert product_digest(brief) == product_digest(replace(brief))
    assert product_digest(brief) != product_digest(moved)


def test_every_section_of_a_dossier_has_bytes_of_its_own(tmp_path: Path) -> None:
    dossier = dossier_of(write_pack(tmp_path))
    assert isinstance(dossier, Dossier)
    assert len({canonical(section) for section in dossier.sections}) == len(dossier.sections)
    assert canonical(dossier.attachments)


_PRINTING = """
from types import MappingProxyType
from briefpack.citations.model import Tier
from briefpack.products.canonical import product_digest
from briefpack.products.model import Highlight, Place, Withheld
names = MappingProxyType({name: len(name) for name in {"one", "three", "five", "seven", "eleven"}})
print(product_digest((names, Tier.VERBATIM, Place("cell", 3), Highlight("a", ("a",), ()), Withheld("why"), 1.5)))
"""


def test_every_process_and_hash_seed_gives_the_same_digest() -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-c", _PRINTING],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(printed) == 1
    assert len(printed.pop().strip()) == len(product_digest(Withheld("")))
