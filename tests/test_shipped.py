"""The pack that comes with the program is found, installed or not."""

from pathlib import Path

import pytest

from briefpack import shipped
from briefpack.shipped import shipped_pack

ROOT = Path(__file__).parents[1]


def test_the_shipped_pack_holds_a_whole_pack() -> None:
    pack = shipped_pack()

    assert (pack / "content" / "pack.toml").is_file()
    assert (pack / "templates" / "base").is_dir()
    assert any((pack / "seeds").iterdir())


@pytest.mark.parametrize("folder", ["content", "seeds", "templates"])
def test_the_shipped_pack_is_this_repository_byte_for_byte(folder: str) -> None:
    assert _files(shipped_pack() / folder) == _files(ROOT / folder)


def test_an_installed_package_ships_its_own_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "briefpack" / "_shipped"
    copy.mkdir(parents=True)
    monkeypatch.setattr(shipped, "__file__", str(tmp_path / "briefpack" / "shipped.py"))

    assert shipped_pack() == copy.resolve()


def test_a_checkout_ships_its_own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "__file__", str(tmp_path / "src" / "briefpack" / "shipped.py"))

    assert shipped_pack() == tmp_path.resolve()


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
