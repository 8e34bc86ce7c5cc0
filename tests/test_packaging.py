"""Rules about the project itself: what the wheel holds, what the lock pins, what no module may call."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import briefpack

ROOT = Path(__file__).parents[1]
PACKAGE = Path(briefpack.__file__).parent

# The folders and modules of the design, and no others.
PARTS = {
    "diagnostics.py", "explanations.py", "explanations_pdf.py", "world.py", "shipped.py",
    "pack", "sources", "summaries", "citations", "products", "templating",
    "pdf", "builder", "editions", "schedule", "cli",
}  # fmt: skip

# Where the door itself is: these may touch files. `cli` looks for the pack before there is a `World`.
# The fingerprint reads the program itself; records and the store's entries are checked by digest: none of it is input.
DOORS = ("world.py", "shipped.py", "cli/", "builder/fingerprint.py", "builder/record.py", "builder/store.py")
BANNED_CALLS = {
    "open": "World.read, write_atomically",
    "read_text": "World.read",
    "read_bytes": "World.read",
    "write_text": "write_atomically",
    "write_bytes": "write_atomically",
    "iterdir": "World.listing",
    "glob": "World.listing",
    "rglob": "World.listing",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the names in the wheel: built from the sources, or, where there are none, the one that is being tested."""
    folder = ROOT / "dist"
    if (ROOT / "src").is_dir():
        folder = tmp_path_factory.mktemp("dist")
        command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    with ZipFile(path) as archive:
        return archive.namelist()


@pytest.mark.parametrize("folder", ["content", "seeds", "templates"])
def test_the_wheel_holds_every_file_of_the_pack(wheel: list[str], folder: str) -> None:
    expected = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
    prefix = "briefpack/_shipped/"

    assert {name.removeprefix(prefix) for name in wheel if name.startswith(f"{prefix}{folder}/")} == expected


def test_the_wheel_holds_one_package_and_its_metadata(wheel: list[str]) -> None:
    version = briefpack.__version__

    assert {name.split("/")[0] for name in wheel} == {"briefpack", f"briefpack-{version}.dist-info"}
    assert "briefpack/py.typed" in wheel


def test_the_version_is_stated_once_in_effect() -> None:
    assert _project()["version"] == briefpack.__version__


def test_the_package_has_the_parts_of_the_design_and_no_others() -> None:
    found = {path.name for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}

    assert found - PARTS - {"__init__.py"} == set()


def test_each_font_has_its_licence_beside_it() -> None:
    fonts = ROOT / "templates" / "base" / "fonts"
    families = {path.name.split("-")[0] for path in fonts.glob("*.ttf")}

    assert families
    assert {path.name for path in fonts.glob("*-OFL.txt")} == {f"{family}-OFL.txt" for family in families}


def test_the_lock_names_no_address() -> None:
    assert not re.search(r"://|--(extra-)?index|--find-links", _lock())


def test_each_locked_requirement_is_exact_and_has_a_hash() -> None:
    loose = [
        requirement
        for requirement in re.split(r"\n(?=\S)", _lock())
        if not requirement.startswith("#")
        and not re.match(r"[\w.-]+==[\w.]+( ; [^\\]+)? \\\n    --hash=sha256:[0-9a-f]{64}", requirement)
    ]

    assert loose == []


def test_the_lock_satisfies_every_dependency_of_the_project() -> None:
    locked = {canonicalize_name(name): version for name, version in re.findall(r"(?m)^([\w.-]+)==([\w.]+)", _lock())}
    written = tomllib.loads((ROOT / "pyproject.toml").read_text())
    dependencies = [*written["project"]["dependencies"], *written["dependency-groups"]["dev"]]
    unmet = [
        dependency
        for dependency in map(Requirement, dependencies)
        if not dependency.specifier.contains(locked.get(canonicalize_name(dependency.name), "0"))
    ]

    assert unmet == []


def test_each_runtime_dependency_is_bounded_on_both_sides() -> None:
    for dependency in map(Requirement, _project()["dependencies"]):
        assert {specifier.operator for specifier in dependency.specifier} == {">=", "<"}, dependency.name


def test_no_module_touches_files_but_through_the_world() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{line}: `{name}`, use {BANNED_CALLS[name]}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if not path.relative_to(PACKAGE).as_posix().startswith(DOORS)
        for line, name in _banned_calls(path.read_text(), in_pdf=path.relative_to(PACKAGE).parts[0] == "pdf")
    ]

    assert found == []


def test_the_search_for_banned_calls_sees_names_and_methods_but_not_the_door() -> None:
    source = "open('a')\npath.read_text()\nworld.glob('*')\nself.world.read_bytes('a')\nPdf.open(stream)\n"

    assert _banned_calls(source) == [(1, "open"), (2, "read_text")]


def _banned_calls(source: str, *, in_pdf: bool = False) -> list[tuple[int, str]]:
    """Return line and name of each call of the built-in `open` and of each file method, unless on a `World`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id="open")):
                found.append((node.lineno, "open"))
            case ast.Call(func=ast.Attribute(value=ast.Name(id="world") | ast.Attribute(attr="world" | "_world"))):
                pass
            case ast.Call(func=ast.Attribute(attr="read_bytes")) if in_pdf:
                pass  # the bytes of a stream inside a PDF
            case ast.Call(func=ast.Attribute(attr=name)) if name in BANNED_CALLS and name != "open":
                found.append((node.lineno, name))
    return sorted(found)


def _project() -> dict[str, str]:
    project: dict[str, str] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return project


def _lock() -> str:
    return (ROOT / "requirements.lock").read_text()
