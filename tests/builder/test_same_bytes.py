"""The same input gives the same bytes, wherever and by whomever it is built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

TINY = Path(__file__).parents[1] / "packs" / "tiny"
BUILD = """
import os, sys
os.umask(int(sys.argv[2], 8))
from pathlib import Path
from briefpack.builder.build import build
from briefpack.builder.report import BuildRequest
from briefpack.world import World
report = build(World(Path(sys.argv[1])), BuildRequest())
assert all(product.is_made for product in report.products), report
"""


def built(root: Path, umask: str, **environment: str) -> dict[str, bytes]:
    shutil.copytree(TINY, root)
    command = [sys.executable, "-c", BUILD, str(root), umask]
    surroundings = {**os.environ, **environment}
    subprocess.run(command, env=surroundings, cwd=root.parent, check=True, timeout=120)
    out = root / "build" / "out"
    assert {oct(file.stat().st_mode)[-3:] for file in out.rglob("*.pdf")} == {"644"}
    return {str(file.relative_to(out)): file.read_bytes() for file in sorted(out.rglob("*.pdf"))}


def test_folder_time_zone_hash_seed_language_and_umask_change_no_byte(tmp_path: Path) -> None:
    home = tmp_path / "somebody"
    home.mkdir()
    one = built(tmp_path / "one", "022", TZ="UTC", PYTHONHASHSEED="0", LANG="C.UTF-8", LC_ALL="C.UTF-8")
    other = built(
        tmp_path / "ein anderer Ordner" / "päck",
        "077",
        TZ="Pacific/Kiritimati",
        PYTHONHASHSEED="4242",
        LANG="es_SV.ISO-8859-1",
        LC_ALL="POSIX",
        HOME=str(home),
        USER="somebody",
        SOURCE_DATE_EPOCH="1600000000",
    )
    assert list(one) == list(other)
    assert [name for name in one if one[name] != other[name]] == []
