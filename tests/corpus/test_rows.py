"""Rows are read strictly: every scalar is text, every value has its one form."""

from pathlib import Path

import pytest

from corpus.fact import Fact
from corpus.rows import MalformedFile, digest, read_rows, read_yaml

ROW = "- {{id: a, kind: figure, region: 全国, values: {{数: {value}}}, validity: {{state: in_force}}, source: {{title: 甲}}}}\n"


def rows(folder: Path, text: str) -> list[Fact | MalformedFile]:
    path = folder / "some.yaml"
    path.write_text(text, encoding="utf-8")
    return read_rows(path)


@pytest.mark.parametrize("value", ["200000元", "90天", "0.15", "2025-08-15", "2025", "50家", "2500元/人日", "70分"])
def test_a_value_in_its_form_is_kept(tmp_path: Path, value: str) -> None:
    (row,) = rows(tmp_path, ROW.format(value=value))
    assert isinstance(row, Fact)
    assert row.values == {"数": value}


@pytest.mark.parametrize(
    ("value", "advice"),
    [("20万元", "200000元"), ("三个月", "3月"), ("15%", "0.15"), ("很多", "one number"), ("5万至20万元", "one number")],
)
def test_a_value_in_another_form_is_refused_with_the_right_one(tmp_path: Path, value: str, advice: str) -> None:
    (row,) = rows(tmp_path, ROW.format(value=value))
    assert isinstance(row, MalformedFile)
    assert advice in row.message


def test_conditions_are_truths_words_or_questions(tmp_path: Path) -> None:
    row = ROW.format(value="50家").replace(
        "values:", "conditions: {first_time: true, other: 限一次, ask: [是第一次吗]}, values:"
    )
    (read,) = rows(tmp_path, row)
    assert isinstance(read, Fact)
    assert read.conditions == {"first_time": True, "other": "限一次", "ask": ["是第一次吗"]}


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.cn", "https://a.cn/ b", "https://a.cn/<", "null"]
)
def test_an_address_that_opens_no_page_is_refused(tmp_path: Path, url: str) -> None:
    address = ROW.format(value="50家").replace("title: 甲", f"title: 甲, url: '{url}'")
    (row,) = rows(tmp_path, address)
    assert isinstance(row, MalformedFile)
    assert "https://" in row.message


def test_a_bad_row_does_not_hide_the_good_one_after_it(tmp_path: Path) -> None:
    bad, good = rows(tmp_path, ROW.format(value="20万元") + ROW.format(value="200000元"))
    assert isinstance(bad, MalformedFile)
    assert bad.line == 1
    assert isinstance(good, Fact)
    assert good.line == 2


def test_scalars_stay_text() -> None:
    assert read_yaml("[2025-08-15, yes, 0755, null]", "x.yaml") == ["2025-08-15", "yes", "0755", "null"]


def test_a_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert digest(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
