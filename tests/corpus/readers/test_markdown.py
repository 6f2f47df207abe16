"""Markdown documents: header, headings, blocks, marks, and what is wrong said with its line."""

from pathlib import Path

import pytest

from corpus.readers.markdown import read
from corpus.rows import MalformedFile

TEXT = """---
id: some
title: 某认证
subject: 3C认证
region: 浙江省
---

## 条件：甲
**先**看[目录](https://www.cnca.gov.cn/)。
再申请。{one}

## 步骤
1. 申请。{two}
2. 发证。{two three}

| 项目 | 金额 |
| --- | --- |
| 申请费 | 500元 |
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "some.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_header_headings_and_marks_are_read(tmp_path: Path) -> None:
    document = read(write(tmp_path, TEXT))
    assert (document.id, document.title, document.subject, document.region) == ("some", "某认证", "3C认证", "浙江省")
    assert [(section.heading, section.aspect) for section in document.sections] == [
        ("条件：甲", "条件"),
        ("步骤", "步骤"),
    ]
    first = document.sections[0].blocks[0]
    assert (first.text, first.facts, first.line) == ("先看目录。 再申请。", ("one",), 9)


def test_items_keep_their_number_and_rows_become_sentences(tmp_path: Path) -> None:
    blocks = read(write(tmp_path, TEXT)).sections[1].blocks
    assert [block.text for block in blocks] == ["1. 申请。", "2. 发证。", "项目：申请费；金额：500元"]
    assert blocks[1].facts == ("two", "three")


def test_without_a_header_the_first_heading_is_the_title(tmp_path: Path) -> None:
    document = read(write(tmp_path, "# 通知\n\n正文。\n"))
    assert (document.title, document.sections[0].blocks[0].text) == ("通知", "正文。")


def test_a_broken_header_names_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(MalformedFile, match=r"some\.md:3"):
        read(write(tmp_path, "---\nid: a\n\ttitle: 甲\n---\n正文\n"))


def test_lines_ending_as_on_windows_read_the_same(tmp_path: Path) -> None:
    plain = read(write(tmp_path, TEXT)).sections
    (tmp_path / "some.md").write_bytes(TEXT.replace("\n", "\r\n").encode())
    assert read(tmp_path / "some.md").sections == plain
