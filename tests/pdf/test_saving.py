"""No stream of a saved file ends in a carriage return, whatever its checksum is."""

import io
import zlib

import pikepdf
import pytest

from briefpack.pdf.saving import saved

DOUBTFUL = next(
    content for content in (b"%" + b"a" * number for number in range(300)) if zlib.compress(content).endswith(b"\r")
)


@pytest.mark.parametrize("where", ["contents", "attachment"])
def test_a_stream_that_would_end_in_doubt_arrives_whole_and_certain(where: str) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    if where == "contents":
        pdf.pages[0].Contents = pdf.make_stream(DOUBTFUL)
    else:
        pdf.attachments["a.txt"] = DOUBTFUL
    content = saved(pdf)
    assert b"\r\nendstream" not in content
    with pikepdf.open(io.BytesIO(content)) as again:
        if where == "contents":
            assert again.pages[0].Contents.read_bytes() == DOUBTFUL
        else:
            assert again.attachments["a.txt"].get_file().read_bytes() == DOUBTFUL


def test_a_file_without_such_a_stream_is_saved_as_it_is() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    with pikepdf.open(io.BytesIO(saved(pdf))) as again:
        assert "/BriefpackPadding" not in again.Root
