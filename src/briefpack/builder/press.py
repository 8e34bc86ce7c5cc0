"""What all products of one audience are printed with, and the jobs that are made of them."""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from briefpack.builder.bare import bare
from briefpack.builder.jobs import Job, make_job
from briefpack.builder.joining import Recipe
from briefpack.pack.model import Audience, BriefLimits
from briefpack.pdf.setting import FurniturePage
from briefpack.products.absence import Absence
from briefpack.products.canonical import canonical, product_digest
from briefpack.products.model import Brief
from briefpack.products.pages import SectionHtml, Styles
from briefpack.templating.bundle import Bundle
from briefpack.templating.styles import styles_of
from briefpack.world import Digest, digest


@dataclass(slots=True)
class Press:
    """The bundle of an audience, packed once for all jobs; `assets` holds what they name by digest."""

    bundle: Bundle
    audience: Audience
    limits: BriefLimits
    fingerprint: Digest
    styles: Styles = field(init=False)
    assets: dict[Digest, bytes] = field(init=False)
    look: Digest = field(init=False)
    """The digest of the packed styles."""
    absent: Digest = ""
    """The digest of what must be absent, under which its pickle is an asset; empty where that is nothing."""
    kit: Digest = field(init=False)
    """The digest of the bundle, under which its pickle is an asset."""

    def __post_init__(self) -> None:
        self.styles = styles_of(self.bundle)
        packed = self.styles.to_bytes()
        self.look = digest(packed)
        self.kit = digest(f"bundle {self.bundle.digest}".encode())
        self.assets = {self.look: packed, self.kit: pickle.dumps(self.bundle)}
        self.assets |= {digest(content): content for _, content in sorted(self.styles.assets.items())}

    def fit(self, brief: Brief, folio: bool) -> Job:
        """How a brief fits its page, and `brief` itself set so, as the child has it all at hand.

        Where citations lead makes no difference to the fit, so a brief is fitted once for all products that hold it.
        """
        wanted = (brief, self.limits, self.audience.optional, folio)
        identity = canonical(
            (
                product_digest(bare(brief)),
                repr(self.limits),
                self.audience.optional,
                self.bundle.digest,
            )
        )
        name = f"{self.audience.id}, fit of the brief: {brief.short}"
        return make_job("fit", name, pickle.dumps(wanted), (self.kit, self.look), self.fingerprint, identity)

    def fit_name(self, brief: Brief) -> Digest:
        """A name for the fit of a brief that is found without taking it apart."""
        said = (product_digest(brief), repr(self.limits), self.audience.optional, self.bundle.digest, self.fingerprint)
        return digest(canonical(said))

    def section(self, section: SectionHtml) -> Job:
        """One section of a product."""
        body = _plain({"section": asdict(section), "styles": self.look})
        return make_job(
            "section", f"{self.audience.id}, {section.kind}: {section.title}", body, (self.look,), self.fingerprint
        )

    def furniture(
        self, pages: Sequence[FurniturePage], first: int, lang: str, before: Mapping[str, str], kind: str
    ) -> Job:
        """Running heads and folios of a run of pages."""
        listed = [[page.name, {name: list(values) for name, values in page.strings.items()}] for page in pages]
        body = _plain({"pages": listed, "first": first, "lang": lang, "before": dict(before), "styles": self.look})
        name = f"{self.audience.id}/{kind}, running heads from page {first}"
        return make_job("furniture", name, body, (self.look,), self.fingerprint)

    def face(self, program: Digest, glyphs: Sequence[int]) -> Job:
        """A font program, cut to the glyphs of a file."""
        body = _plain({"program": program, "glyphs": sorted(glyphs)})
        return make_job(
            "face", f"{self.audience.id}, a font of {len(glyphs)} glyphs", body, (program,), self.fingerprint
        )

    def join(self, recipe: Recipe, results: Mapping[Digest, bytes]) -> Job:
        """A file, joined of `results` by their keys."""
        body = pickle.dumps((recipe, dict(results)))
        name = f"{recipe.subject}, joining from page {recipe.first_page}"
        absent = (recipe.absent,) if recipe.absent else ()
        return make_job("join", name, body, absent, self.fingerprint, canonical(recipe))

    def withhold(self, absence: Absence) -> None:
        """Look for what `absence` names in every file that is joined from now on."""
        if absence.secrets:
            packed = pickle.dumps(absence)
            self.absent = product_digest(absence)
            self.assets[self.absent] = packed


def _plain(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")
