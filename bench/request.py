"""What a run of the benchmarks was asked for, and the generated packs that its parts share."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from bench.packs import Shape, write_pack


@dataclass(frozen=True, slots=True)
class Request:
    """How often and how large: `sizes` of the growth in sources, `repeats` of what is compared, `sources` of a dossier.

    `folder` is where generated packs are kept during the run. 0 sources: as many as the shapes say. `kind` is the
    kind of product whose growth is measured; empty means all.
    """

    folder: Path
    sizes: tuple[int, ...] = (100, 300, 1_000)
    repeats: int = 3
    sources: int = 0
    kind: str = "dossier"
    _written: dict[Shape, Path] = field(default_factory=dict)

    def pack(self, shape: Shape) -> Path:
        """The folder of a pack of this shape, generated once a run; what was built in it stays."""
        if shape not in self._written:
            folder = self.folder / f"pack-{len(self._written) + 1}"
            write_pack(folder, shape)
            self._written[shape] = folder
        return self._written[shape]

    def sized(self, shape: Shape) -> Shape:
        """The shape, with as many sources as were asked for."""
        return replace(shape, sources=self.sources) if self.sources else shape

    def say(self, text: str) -> None:
        """Say what is being measured."""
        print(f"bench: {text}", flush=True)
