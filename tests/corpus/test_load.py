"""Folders of knowledge are read together; what cannot be read says where."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.document import Validity
from corpus.load import load
from corpus.rows import MalformedFile
from settings import CHECKOUT

ROW = """- id: sub-tonglu
  kind: subsidy
  region: 浙江省杭州市桐庐县
  values: {奖励: 80000元}
  validity: {state: unknown}
  source: {title: 桐庐县质量奖励办法, checked: secondary}
"""


def test_a_folder_of_ones_own_adds_to_the_checkouts(folder: Path) -> None:
    own, both = load((folder,)), load((CHECKOUT / "corpus", folder))
    assert len(both.documents) == len(load((CHECKOUT / "corpus",)).documents) + len(own.documents)
    assert both.facts["sub-tonglu"].values == {"奖励": "80000元"}
    assert any(passage.region == "浙江省杭州市桐庐县" and "8万元" in passage.text for passage in both.passages)


def test_a_fact_is_found_by_an_id_that_was_joined_into_it() -> None:
    knowledge = load((CHECKOUT / "corpus",))
    joined = next(fact for fact in knowledge.facts.values() if fact.also)
    assert knowledge.fact(joined.also[0]) is joined
    assert knowledge.fact("nowhere") is None


def test_the_first_green_certificate_of_deqing_is_200_000_yuan_once() -> None:
    facts = load((CHECKOUT / "corpus",)).facts.values()
    awards = [
        fact
        for fact in facts
        if fact.region.endswith("德清县")
        and fact.kind == "subsidy"
        and "200000元" in fact.values.values()
        and "绿色产品认证" in str(fact.conditions.get("certification"))
    ]
    assert len(awards) == 1


def test_a_plain_folder_without_rooms_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text("通知\n\n民宿要登记。", encoding="utf-8")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    assert [document.title for document in load((tmp_path,)).documents] == ["通知"]


def test_a_row_that_cannot_be_read_stops_with_file_and_line(folder: Path) -> None:
    (folder / "facts" / "bad.yaml").write_text("- id: Bad Id\n  kind: subsidy\n", encoding="utf-8")
    with pytest.raises(MalformedFile, match=r"bad\.yaml:1"):
        load((folder,))


def test_two_documents_of_one_id_are_refused_before_anything_is_built(folder: Path) -> None:
    (folder / "documents" / "later").mkdir()
    text = (folder / "documents" / "tonglu.md").read_text(encoding="utf-8")
    (folder / "documents" / "later" / "copy.md").write_text(text, encoding="utf-8")
    with pytest.raises(MalformedFile, match="green-tonglu is also that of"):
        load((folder,))


def test_a_document_cannot_speak_in_the_name_of_another_folders_row(folder: Path) -> None:
    text = (folder / "documents" / "tonglu.md").read_text(encoding="utf-8")
    borrowed = text.replace("{sub-tonglu}", "{sub-deqing-green-product-first-200k}")
    (folder / "documents" / "tonglu.md").write_text(borrowed, encoding="utf-8")
    with pytest.raises(MalformedFile, match=r"sub-deqing-green-product-first-200k\} is a row of .* an id of its own"):
        load((CHECKOUT / "corpus", folder))


def test_hidden_files_are_no_documents(folder: Path) -> None:
    (folder / "documents" / ".notes.md").write_text("# 草稿", encoding="utf-8")
    assert len(load((folder,)).documents) == 1


def test_what_a_newer_row_replaces_ends_the_day_before(folder: Path, change: Callable[[str, str, str], None]) -> None:
    newer = "{state: in_force, since: '2026-03'}\n  replaces: sub-tonglu"
    change("facts/tonglu.yaml", "", ROW.replace("sub-tonglu", "sub-newer").replace("{state: unknown}", newer))
    assert load((folder,)).facts["sub-tonglu"].validity.until == "2026-02-28"
    assert load((folder,)).facts["sub-newer"].validity.until is None


def test_it_has_lapsed_where_the_newer_one_names_no_beginning(
    folder: Path, change: Callable[[str, str, str], None]
) -> None:
    newer = "{state: in_force}\n  replaces: sub-tonglu"
    change("facts/tonglu.yaml", "", ROW.replace("sub-tonglu", "sub-newer").replace("{state: unknown}", newer))
    assert load((folder,)).facts["sub-tonglu"].validity.state == "lapsed"


def test_a_draft_replaces_nothing(folder: Path, change: Callable[[str, str, str], None]) -> None:
    newer = "{state: draft}\n  replaces: sub-tonglu"
    change("facts/tonglu.yaml", "", ROW.replace("sub-tonglu", "sub-newer").replace("{state: unknown}", newer))
    assert load((folder,)).facts["sub-tonglu"].validity == Validity("unknown")
