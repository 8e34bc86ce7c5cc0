"""The small pack with readers of Spanish, and translations that are right as they are."""

from __future__ import annotations

from pathlib import Path

from tests.products.making import write_pack

from briefpack.diagnostics import Findings
from briefpack.summaries.load import load_content, originals_of, read_document
from briefpack.summaries.translating import bring_up_to_date
from briefpack.summaries.translation import read_translation
from briefpack.world import World

PACK = "content/pack.toml"
SPANISH = """
[pack.es]
title = "Puentes"

[measures.bridges.es]
name = "Puentes construidos"
unit = "puentes"

[audiences.vecinos]
title = "Para los vecinos"
language = "es-SV"
sources = ["alpha"]
products = ["brief"]

[audiences.barrio]
title = "Para el barrio"
language = "es-ES"
sources = ["alpha"]
products = ["brief"]
"""

ALPHA = """---
# by hand
short:
  of: 00000000
  text: Los puentes
evidence:
  wages:
    of: 00000000
    about: Los albañiles piden más.
headline:
  of: 00000000
  text: El norte construyó 41 puentes. [@built]
points:
  wages:
    of: 00000000
    text: Los albañiles quieren mejores salarios. [@wages]
  boats:
    of: 00000000
    text: Los barqueros perdieron 17 barcas. [@boats]
  uncounted:
    of: 00000000
    text: Nadie contó las barcas. [@uncounted]
recommendations:
  ask:
    of: 00000000
    text: Pregunten a los albañiles.
cautions:
  count:
    of: 00000000
    text: No se contó ninguna barca. [@uncounted]
---
"""


def write_translated_pack(root: Path, *changes: tuple[str, str, str], spanish: str = ALPHA) -> Path:
    """The small pack with two audiences that read Spanish, and its first source in Spanish, up to date."""
    write_pack(root, *changes)
    settings = root / PACK
    settings.write_text(settings.read_text(encoding="utf-8") + SPANISH, encoding="utf-8")
    path = "content/summaries/alpha.es.md"
    (root / path).write_text(spanish, encoding="utf-8")
    original = next(found for found in originals_of(load_content(World(root)).value.content) if found.id == "alpha")
    document = read_document(World(root), path, "alpha", Findings())
    assert document is not None
    translation = read_translation(document, original, Findings())
    (root / path).write_text(bring_up_to_date(translation, spanish, translation.stale()), encoding="utf-8")
    return root
