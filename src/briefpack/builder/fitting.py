"""The job that fits a brief to its page: printed and laid out again and again in the child, until it is right.

The child then sets the brief in that setting, too: it has everything at hand, and the product that asked needs it next.
The setting alone is what the job's key stands for; the section set on the way is kept under the key of its own job.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache

from briefpack.builder.jobs import Outcome
from briefpack.pdf.answers import answer
from briefpack.pdf.fit import fit_page
from briefpack.pdf.setting import set_section, unpacked_styles
from briefpack.products.pages import RenderOptions
from briefpack.templating.bundle import Bundle
from briefpack.templating.fitting import BriefSetter
from briefpack.world import Digest, digest

_SIZE = 4
_SEAL = 64


@dataclass(frozen=True, slots=True)
class Aside:
    """A section set on the way: the digest of its HTML, and what its own job would have answered."""

    html: Digest = ""
    answer: bytes = b""


def perform_fit(body: bytes, assets: Mapping[Digest, bytes]) -> tuple[bytes, bool]:
    """Fit the brief of a job (see `Press.fit`); `parted` takes the result apart."""
    brief, limits, optional, folio = pickle.loads(body)
    kit, look = tuple(assets)[:2]
    bundle, styles = _bundle(assets[kit]), unpacked_styles(assets[look])
    fitted = fit_page(BriefSetter(brief, bundle, limits), styles, limits, optional, folio=folio)
    if fitted.value is None:
        return answer(None, fitted.diagnostics)
    setting = answer(json.dumps(asdict(replace(fitted.value.options, folio=True))).encode(), fitted.diagnostics)[0]
    head = len(setting).to_bytes(_SIZE, "big") + setting
    piece = set_section(fitted.value.section, styles, fitted.value.layout)
    if piece.value is None:
        return head, True  # its own job says what is wrong
    html = digest(fitted.value.section.html.encode()).encode()
    return head + html + answer(piece.value.to_bytes(), piece.diagnostics)[0], True


def parted(outcome: Outcome) -> tuple[Outcome, Aside]:
    """Return the outcome of a fit with nothing but the setting, and the section that was set on the way."""
    if not outcome.is_done:
        return outcome, Aside()
    end = _SIZE + int.from_bytes(outcome.result[:_SIZE], "big")
    rest = outcome.result[end:]
    aside = Aside(rest[:_SEAL].decode("ascii", "replace"), rest[_SEAL:]) if rest else Aside()
    return replace(outcome, result=outcome.result[_SIZE:end]), aside


@lru_cache(maxsize=4)
def _bundle(packed: bytes) -> Bundle:
    bundle: Bundle = pickle.loads(packed)
    return bundle


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
