"""What is embedded: an original only where all of it may be seen, and of what is withheld nothing, for nobody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.products.making import FILES, composer_of, dossier_of, made_brief, write_pack

from briefpack.products.attachments import _written
from briefpack.products.dossier import compose_dossier
from briefpack.products.model import Attachment

PACK = "content/pack.toml"
ALPHA, BETA, GAMMA = (f"content/summaries/{name}.md" for name in ("alpha", "beta", "gamma"))
WITHHELD = "Call the clerk Maria Ledesma at 555-0142-77 or write to maria.ledesma@south.example for the plans."


def attached(root: Path, audience: str = "public", *, is_complete: bool = True) -> dict[str, Attachment]:
    made = compose_dossier(composer_of(root, audience, is_complete=is_complete))
    assert made is not None
    return {item.name: item for item in made.attachments}


def test_an_original_is_attached_as_received(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    item = attached(pack)["alpha.txt"]
    assert item.content == (pack / "seeds/alpha.txt").read_bytes()
    assert (item.relationship, item.media, item.description) == ("Source", "text/plain", "Original: Alpha")


def test_of_a_file_with_a_withheld_range_an_extract_is_attached(tmp_path: Path) -> None:
    for audience in ("insiders", "public"):
        files = attached(write_pack(tmp_path), audience)
        assert "beta.txt" not in files
        extract = files["beta-extract.txt"].content.decode()
        assert extract.startswith("Extract of the visible passages of: On the bridges of the south\n")
        assert "[5] [not reproduced: a private number]" in extract


@pytest.mark.parametrize(
    "copy",
    [
        WITHHELD,
        WITHHELD.replace(" or ", "\nor  ").upper(),
        "The clerk’s number is (555) 0142 77, they say.",
        "Her address is MARIA.LEDESMA@south.example, they say.",
    ],
)
def test_withheld_text_in_another_file_keeps_that_file_back(tmp_path: Path, copy: str) -> None:
    pack = write_pack(
        tmp_path,
        ("seeds/alpha.txt", "pay for it.\n", f"pay for it.\n\n{copy}\n"),
        (ALPHA, "  language: en\n", "  language: en\n  to: pay for it.\n"),
    )
    for audience in ("insiders", "public"):
        files = attached(pack, audience)
        assert "alpha.txt" not in files
        assert_nothing_withheld(files)


def assert_nothing_withheld(files: dict[str, Attachment]) -> None:
    everything = b"".join(item.content for item in files.values()).decode().casefold()
    for trace in ("0142", "ledesma", "south.example"):
        assert trace not in everything


def test_nothing_withheld_is_in_any_attachment(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    for audience in ("insiders", "public"):
        assert_nothing_withheld(attached(pack, audience))
        for source in ("alpha", "beta"):
            made = made_brief(pack, source, audience)
            assert made is not None
            assert_nothing_withheld({item.name: item for item in made.attachments})


def shared(tmp_path: Path) -> Path:
    """Alpha and the hidden gamma in one file."""
    return write_pack(
        tmp_path,
        ("seeds/alpha.txt", "", FILES["seeds/alpha.txt"] + "\n" + FILES["seeds/gamma.txt"]),
        (ALPHA, "  language: en\n", "  language: en\n  to: pay for it.\n"),
        (GAMMA, "  file: gamma.txt\n  language: en\n", "  file: alpha.txt\n  language: en\n  from: On the money\n"),
    )


def test_a_file_that_holds_a_hidden_work_is_attached_as_an_extract(tmp_path: Path) -> None:
    pack = shared(tmp_path)
    files = attached(pack)
    assert "alpha.txt" not in files
    assert b"treasur" not in b"".join(item.content for item in files.values())
    assert b"treasur" in attached(pack, "insiders")["alpha.txt"].content


def test_a_file_that_holds_a_copy_of_a_hidden_work_is_attached_as_an_extract(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path,
        ("seeds/alpha.txt", "", FILES["seeds/alpha.txt"] + "\n" + FILES["seeds/gamma.txt"]),
        (ALPHA, "  language: en\n", "  language: en\n  to: pay for it.\n"),
    )
    assert "alpha.txt" not in attached(pack)
    assert "alpha.txt" in attached(pack, "insiders")


def test_attach_no_keeps_a_file_out_of_every_pdf(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, (ALPHA, "  language: en\n", "  language: en\n  attach: no\n"))
    for audience in ("insiders", "public"):
        assert {name for name in attached(pack, audience) if name.startswith("alpha")} == set()


def test_attach_no_of_one_work_keeps_the_file_of_both(tmp_path: Path) -> None:
    pack = shared(tmp_path)
    text = (pack / GAMMA).read_text().replace("  language: en\n", "  language: en\n  attach: no\n")
    (pack / GAMMA).write_text(text)
    files = attached(pack, "insiders")
    assert "alpha.txt" not in files
    assert "alpha-extract.txt" in files


def test_where_a_summary_could_not_be_read_no_original_is_attached(tmp_path: Path) -> None:
    """Nobody knows which file holds its work, or whether it may be seen."""
    files = attached(write_pack(tmp_path), is_complete=False)
    assert sorted(files) == ["alpha-extract.txt", "beta-extract.txt", "dossier.json"]


@pytest.mark.parametrize(("attach", "names"), [("data", ["dossier.json"]), ("none", [])])
def test_an_audience_may_have_the_data_only_or_nothing(tmp_path: Path, attach: str, names: list[str]) -> None:
    pack = write_pack(tmp_path, (PACK, 'title = "For the public"', f'title = "For the public"\nattach = "{attach}"'))
    assert sorted(attached(pack)) == names


def test_two_files_of_one_name_are_both_attached(tmp_path: Path) -> None:
    changes = [(f"seeds/{n}/text.txt", "", FILES[f"seeds/{n}.txt"]) for n in ("alpha", "gamma")]
    changes += [(ALPHA, "file: alpha.txt", "file: alpha/text.txt"), (GAMMA, "file: gamma.txt", "file: gamma/text.txt")]
    pack = write_pack(tmp_path, *changes)
    files = attached(pack, "insiders")
    assert files["text.txt"].content == (pack / "seeds/alpha/text.txt").read_bytes()
    assert files["text-2.txt"].content == (pack / "seeds/gamma/text.txt").read_bytes()


def test_one_file_of_two_works_is_attached_once_and_names_both(tmp_path: Path) -> None:
    files = attached(shared(tmp_path), "insiders")
    assert files["alpha.txt"].description == "Original: Alpha; Moneybags"


def test_the_order_is_that_of_names(tmp_path: Path) -> None:
    files = attached(write_pack(tmp_path), "insiders")
    assert list(files) == ["alpha.txt", "beta-extract.txt", "dossier.json", "gamma.txt"]


def test_a_brief_carries_the_sources_that_it_quotes(tmp_path: Path) -> None:
    made = made_brief(write_pack(tmp_path), "beta")
    assert made is not None
    assert [item.name for item in made.attachments] == ["alpha.txt", "beta-extract.txt", "beta.json"]


def test_the_dossier_says_how_each_source_is_attached(tmp_path: Path) -> None:
    bibliography = next(s for s in dossier_of(write_pack(tmp_path)).sections if s.anchor == "bibliography")
    attached_as = {entry.source: entry.attached for entry in bibliography.references}  # type: ignore[union-attr]
    assert attached_as == {"alpha": "original", "beta": "extract"}


def test_data_say_what_a_figure_counts(tmp_path: Path) -> None:
    import json

    made = made_brief(write_pack(tmp_path))
    assert made is not None
    data = json.loads(next(item.content for item in made.attachments if item.name == "alpha.json"))
    figure = next(item for item in data["statements"] if item["kind"] == "figure")
    assert (figure["measure"], figure["places"], figure["value"], figure["unit"]) == (
        "bridges",
        ["north"],
        "41",
        "bridges",
    )


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(_VALUES)
def test_the_data_are_written_as_json_with_an_indent_of_one(value: object) -> None:
    assert _written(value) == json.dumps(value, ensure_ascii=False, indent=1)
