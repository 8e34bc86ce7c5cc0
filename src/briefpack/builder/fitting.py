"""The job that fits a brief to its page: printed and laid out again and again in the child, until it is right."""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache

from briefpack.pdf.answers import answer
from briefpack.pdf.fit import fit_page
from briefpack.products.pages import RenderOptions, Styles
from briefpack.templating.bundle import Bundle
from briefpack.templating.fitting import BriefSetter
from briefpack.world import Digest


def perform_fit(body: bytes, assets: Mapping[Digest, bytes]) -> tuple[bytes, bool]:
    """Fit the brief of a job (see `Press.fit`); the result is the setting, see `options_of`."""
    brief, limits, optional = pickle.loads(body)
    kit, look = tuple(assets)[:2]
    fitted = fit_page(BriefSetter(brief, _bundle(assets[kit]), limits), _styles(assets[look]), limits, optional)
    if fitted.value is None:
        return answer(None, fitted.diagnostics)
    return answer(json.dumps(asdict(fitted.value.options)).encode(), fitted.diagnostics)


@lru_cache(maxsize=4)
def _bundle(packed: bytes) -> Bundle:
    bundle: Bundle = pickle.loads(packed)
    return bundle


@lru_cache(maxsize=4)
def _styles(packed: bytes) -> Styles:
    return Styles.from_bytes(packed)


def options_of(result: bytes) -> RenderOptions:
    """Return the setting that `perform_fit` found; raise `ValueError` for anything else."""
    try:
        written = json.loads(result)
        return RenderOptions(
            float(written["size"]),
            float(written["spacing"]),
            str(written["quotations"]),
            int(written["quotation_words"]),
            tuple(str(block) for block in written["left_out"]),
            tuple(str(lever) for lever in written["levers"]),
            bool(written["folio"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a setting: {error}") from None
