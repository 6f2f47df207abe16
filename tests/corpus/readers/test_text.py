"""Plain text: title, paragraphs, two encodings."""

from pathlib import Path

import pytest

from corpus.readers.text import read
from corpus.rows import MalformedFile

TEXT = "民宿通知\n\n第一段\n还是第一段。\n\n第二段。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_paragraphs_are_parted_by_blank_lines_in_every_encoding_in_use(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "some.txt"
    path.write_bytes(TEXT.encode(encoding))
    document = read(path)
    assert document.title == "民宿通知"
    assert [block.text for block in document.sections[0].blocks] == ["民宿通知", "第一段\n还是第一段。", "第二段。"]


def test_what_is_no_text_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_bytes(b"\xff\xfe\x00\x81\x20\xff")
    with pytest.raises(MalformedFile, match="UTF-8"):
        read(path)
