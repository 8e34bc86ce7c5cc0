"""Python's collector of cyclic garbage, kept out of work that makes many lasting objects and no cycles to speak of.

What a check reads and what is composed from it lives until the end. The collector would walk through all of it again
and again as it grows: a third of the time of a large pack's check, and half of that of composing its dossier.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Switch the collector off for a while; what was off before stays off. Objects without cycles go as ever."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
