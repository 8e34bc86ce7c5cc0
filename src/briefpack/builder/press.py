"""What all products of one audience are printed with, and the jobs that are made of them."""

from __future__ import annotations

import dataclasses
import json
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypeVar

from briefpack.builder.jobs import Job, make_job
from briefpack.pack.model import Audience, BriefLimits
from briefpack.pdf.setting import FurniturePage
from briefpack.products.canonical import canonical, product_digest
from briefpack.products.model import Brief, Note
from briefpack.products.pages import SectionHtml, Styles
from briefpack.templating.bundle import Bundle
from briefpack.templating.styles import styles_of
from briefpack.world import Digest, digest

T = TypeVar("T")


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
    kit: Digest = field(init=False)
    """The digest of the bundle, under which its pickle is an asset."""

    def __post_init__(self) -> None:
        self.styles = styles_of(self.bundle)
        packed = self.styles.to_bytes()
        self.look = digest(packed)
        self.kit = digest(f"bundle {self.bundle.digest}".encode())
        self.assets = {self.look: packed, self.kit: pickle.dumps(self.bundle)}
        self.assets |= {digest(content): content for _, content in sorted(self.styles.assets.items())}

    def fit(self, brief: Brief) -> Job:
        """How a brief fits its page. Where citations lead makes no difference to that, so links are left out."""
        bare = _without_links(brief)
        wanted = (bare, self.limits, self.audience.optional)
        identity = canonical((product_digest(bare), repr(self.limits), self.audience.optional, self.bundle.digest))
        name = f"{self.audience.id}, fit of the brief: {brief.short}"
        return make_job("fit", name, pickle.dumps(wanted), (self.kit, self.look), self.fingerprint, identity)

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


def _plain(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")


def _without_links(value: T) -> T:
    """The same product with citations that lead nowhere."""
    if isinstance(value, tuple):
        return tuple(_without_links(item) for item in value)  # type: ignore[return-value]
    if isinstance(value, Note):
        return replace(value, href="")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed: dict[str, Any] = {}
        for item in dataclasses.fields(value):
            old = getattr(value, item.name)
            new = _without_links(old) if isinstance(old, tuple) or dataclasses.is_dataclass(old) else old
            if new is not old:
                changed[item.name] = new
        return replace(value, **changed) if changed else value
    return value
