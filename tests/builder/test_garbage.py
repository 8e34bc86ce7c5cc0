"""The collector of cyclic garbage is off for a while, and never longer."""

from __future__ import annotations

import gc

import pytest

from briefpack.builder.garbage import without_collection


def test_the_collector_is_off_inside_and_on_again_afterwards() -> None:
    with without_collection():
        inside = gc.isenabled()
    assert (inside, gc.isenabled()) == (False, True)


def test_it_is_on_again_after_an_error() -> None:
    with pytest.raises(KeyError), without_collection():
        raise KeyError
    assert gc.isenabled()


def test_one_stretch_inside_of_another_does_not_end_it() -> None:
    with without_collection():
        with without_collection():
            pass
        between = gc.isenabled()
    assert (between, gc.isenabled()) == (False, True)
