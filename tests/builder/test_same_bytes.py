"""The same input gives the same bytes, wherever, whenever and by whomever it is built, and however many help."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from tests.builder.test_cluster import a_cluster
from tests.conftest import TINY

Files = Mapping[str, bytes]

BUILD = """
import datetime, os, sys
from pathlib import Path

umask, today, jobs, address, force, pack, only = sys.argv[1:]
os.umask(int(umask, 8))

from briefpack.builder.build import build
from briefpack.builder.report import BuildRequest
from briefpack.world import World

request = BuildRequest(
    only=tuple(filter(None, only.split())),
    is_forced=force == "force",
    jobs=int(jobs),
    engine="dask" if address else "local",
    scheduler=address,
)
world = World(Path(pack), dict(os.environ), datetime.date.fromisoformat(today) if today else None)
report = build(world, request)
assert report.products and all(product.is_made for product in report.products), report
"""
BUILD_AS_OTHER = """
import os, sys, tempfile
from pathlib import Path
from tests.builder.engines import Here
import tests.builder.engines as engines

from briefpack.builder.build import build
from briefpack.builder.engines import ENGINES
from briefpack.builder.report import BuildRequest
from briefpack.pdf.engine import prepare
from briefpack.world import World

own, pack, user, only = sys.argv[1:]
ENGINES["local"] = lambda _: Here()  # the other user may not be allowed to start this interpreter, so it is not forked
request = BuildRequest(only=tuple(only.split()))
(Path(own) / "fonts").mkdir()
prepare(Path(own) / "fonts")
assert not build(World(Path(own)), request).has_errors  # everything is imported now
engines._KNOWN.clear()
os.setgroups([])
os.setgid(int(user))
os.setuid(int(user))
os.environ.update(HOME="/nonexistent", USER="nobody", LOGNAME="nobody", TMPDIR=str(Path(pack).parent / "temporary"))
tempfile.tempdir = None  # the system's own may be closed to this user
with tempfile.TemporaryDirectory() as folder:
    prepare(Path(folder))
    report = build(World(Path(pack)), request)
assert report.products and all(product.is_made and product.sections_made for product in report.products), report
"""
SOME = "council/brief/river public/comparison/flood"
"""Two files, where a whole build would take too long: a brief that is fitted, and a sheet in landscape."""
NOBODY = 65534
ROOT = Path(__file__).parents[2]


def a_pack(root: Path) -> Path:
    shutil.copytree(TINY, root)
    return root


def built(
    root: Path,
    *,
    only: str = "",
    jobs: int = 0,
    umask: str = "022",
    today: str = "",
    address: str = "",
    force: bool = False,
    **environment: str,
) -> Files:
    """The files that a process of its own makes of the pack in `root`."""
    options: Sequence[str] = (umask, today, str(jobs), address, "force" if force else "", str(root), only)
    command = [sys.executable, "-c", BUILD, *options]
    ended = subprocess.run(
        command,
        env={**os.environ, **environment},
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stderr
    return files_of(root)


def files_of(root: Path) -> Files:
    """The finished files of a pack, which all may read whatever the umask."""
    out = root / "build" / "out"
    assert {oct(file.stat().st_mode)[-3:] for file in out.rglob("*.pdf")} == {"644"}
    return {str(file.relative_to(out)): file.read_bytes() for file in sorted(out.rglob("*.pdf"))}


def assert_same(one: Files, other: Files) -> None:
    """By name: the difference of two PDFs is nothing to print."""
    assert list(one) == list(other)
    assert [name for name in one if one[name] != other[name]] == []


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """All files, made by one worker."""
    root = a_pack(tmp_path_factory.mktemp("whole") / "one")
    return built(root, jobs=1, TZ="UTC", PYTHONHASHSEED="0", LANG="C.UTF-8", LC_ALL="C.UTF-8")


@pytest.fixture(scope="module")
def some(whole: Files) -> Files:
    """The files named in `SOME`."""
    return {name: whole[name] for name in ("council/briefs/river.pdf", "public/comparisons/flood.pdf")}


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter; pytest's own are the user's alone."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_surroundings_change_no_byte(whole: Files, tmp_path: Path) -> None:
    home = tmp_path / "somebody"
    home.mkdir()
    other = built(
        a_pack(tmp_path / "ein anderer Ordner" / "päck"),
        jobs=4,
        umask="077",
        TZ="Pacific/Kiritimati",
        PYTHONHASHSEED="4242",
        LANG="es_SV.ISO-8859-1",
        LC_ALL="POSIX",
        HOME=str(home),
        USER="somebody",
        TMPDIR=str(home),
        SOURCE_DATE_EPOCH="1600000000",
    )
    assert_same(whole, other)


def test_a_folder_with_a_long_path_changes_no_byte(some: Files, tmp_path: Path) -> None:
    root = a_pack(tmp_path.joinpath(*["a folder with a long name" * 4] * 8, "pack"))
    assert_same(some, built(root, only=SOME))


@pytest.mark.parametrize("jobs", [2, 3])
def test_the_number_of_workers_and_the_order_of_sets_change_no_byte(some: Files, tmp_path: Path, jobs: int) -> None:
    assert_same(some, built(a_pack(tmp_path / "pack"), only=SOME, jobs=jobs, PYTHONHASHSEED=str(jobs)))


def test_what_is_in_the_store_changes_no_byte(some: Files, tmp_path: Path) -> None:
    root = a_pack(tmp_path / "pack")
    assert_same(some, built(root, only=SOME))
    assert_same(some, built(root, only=SOME))
    shutil.rmtree(root / "build" / "out")
    assert_same(some, built(root, only=SOME))
    assert_same(some, built(root, only=SOME, force=True))


def test_what_was_built_together_makes_no_difference(whole: Files, tmp_path: Path) -> None:
    root = a_pack(tmp_path / "pack")
    built(root, only="public/dossier")
    built(root, only="council/brief/harbour public/comparison/flood")
    found = built(root)
    assert_same(whole, found)


def test_times_and_rights_of_files_and_the_date_change_no_byte(some: Files, tmp_path: Path) -> None:
    root = a_pack(tmp_path / "pack")
    for at, file in enumerate(sorted(path for path in root.rglob("*") if path.is_file())):
        then = file.stat().st_mtime + (30 if at % 2 else -40) * 365 * 86_400
        os.utime(file, (then, then))
        file.chmod(0o400)
    assert_same(some, built(root, only=SOME, today="2056-02-29", umask="027"))


def may_write(user: int, folder: Path) -> bool:
    """Whether a user can write there: some machines close the folders above to everybody but root."""
    probe = f"import os; os.setuid({user}); os.mkdir({str(folder / 'probe')!r})"
    ended = subprocess.run([sys.executable, "-S", "-c", probe], capture_output=True, check=False, timeout=60)
    return ended.returncode == 0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be somebody else")
def test_another_user_changes_no_byte(some: Files, tmp_path: Path, open_folder: Path) -> None:
    root = a_pack(open_folder / "pack")
    (open_folder / "temporary").mkdir()
    (open_folder / "temporary").chmod(0o777)
    if not may_write(NOBODY, open_folder / "temporary"):
        pytest.skip("this machine lets no other user into its temporary folders")
    for path in (root, *sorted(root.rglob("*"))):
        os.chown(path, NOBODY, NOBODY)
    command = [sys.executable, "-c", BUILD_AS_OTHER, str(a_pack(tmp_path / "own")), str(root), str(NOBODY), SOME]
    paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    ended = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=False, timeout=120
    )
    assert ended.returncode == 0, ended.stderr
    assert {file.stat().st_uid for file in root.rglob("*.pdf")} == {NOBODY}
    assert_same(some, files_of(root))


def test_a_cluster_of_two_workers_changes_no_byte(some: Files, tmp_path: Path) -> None:
    with a_cluster(tmp_path, "one", "two") as cluster:
        found = built(a_pack(tmp_path / "pack"), only=SOME, address=cluster.address)
    assert_same(some, found)
