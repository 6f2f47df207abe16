"""What is wrong with the knowledge is said with file, line and what to write instead."""

from pathlib import Path

import pytest

from corpus.check import check, is_official
from settings import CHECKOUT

DOCUMENT, FACTS = "documents/tonglu.md", "facts/tonglu.yaml"
SECOND_ROW = """- id: sub-tonglu-again
  kind: subsidy
  region: 浙江省杭州市桐庐县
  values: {奖励: 80000元}
  confirm_with: 桐庐县市场监督管理局
  validity: {state: unknown}
  source: {title: 另一篇报道, checked: secondary}
"""


def said(folder: Path) -> str:
    return "\n".join(str(problem).replace(str(folder), "") for problem in check([folder]))


def test_a_sound_corpus_has_nothing_to_mend(folder: Path) -> None:
    assert check([folder]) == []


def test_the_projects_own_corpus_has_nothing_to_mend() -> None:
    assert check([CHECKOUT / "corpus"]) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "advice"),
    [
        (DOCUMENT, "title: 桐庐的绿色产品认证\n", "", "tonglu.md:1", "title"),
        (DOCUMENT, "subject: 绿色产品认证", "subject: 三西认证", "tonglu.md:1", "terms.yaml"),
        (FACTS, "state: unknown", "state: in_force, since: '2026-02-30'", "tonglu.yaml:1", "YYYY-MM-DD"),
        (FACTS, "state: unknown", "state: perhaps", "tonglu.yaml:1", "in_force"),
        (FACTS, "80000元", "8万元", "tonglu.yaml:1", "write 80000元"),
        (FACTS, "kind: subsidy", "kind: subsidy\n  colour: red", "tonglu.yaml:1", "colour"),
        (DOCUMENT, "{sub-tonglu}", "{sub-nowhere}", "tonglu.md:8", "sub-nowhere"),
        (DOCUMENT, "8万元", "9万元", "tonglu.md:8", "90000元"),
        (DOCUMENT, "## 补贴：桐庐", "## 补贴：桐庐\n\n已经有12家。\n", "tonglu.md:9", "12家"),
        (FACTS, "region: 浙江省杭州市桐庐县", "region: 桐庐", "tonglu.yaml:1", "write 浙江省杭州市桐庐县"),
        (FACTS, "region: 浙江省杭州市桐庐县", "region: 桐芦县", "tonglu.yaml:1", "桐芦县"),
        (FACTS, "  confirm_with: 桐庐县市场监督管理局\n", "", "tonglu.yaml:1", "confirm_with"),
        (
            FACTS,
            "checked: secondary",
            "checked: secondary, url: 'https://example.com/a'",
            "tonglu.yaml:1",
            "official_hosts",
        ),
        (DOCUMENT, "8万元。", "8万元，见 https://example.com/a 。", "tonglu.md:8", "title and number"),
        (FACTS, "checked: secondary", "checked: guessed", "tonglu.yaml:1", "primary"),
        (FACTS, "validity:", "replaces: sub-nowhere\n  validity:", "tonglu.yaml:1", "sub-nowhere"),
    ],
)
def test_one_thing_wrong_is_named_with_place_and_advice(folder, change, file, old, new, where, advice) -> None:  # type: ignore[no-untyped-def]
    change(file, old, new)
    problems = said(folder)
    assert where in problems
    assert advice in problems


@pytest.mark.parametrize("word", ["被替代", "征求意见", "已废止"])
def test_a_sentence_that_says_it_is_past_needs_a_row_that_says_so(folder, change, word) -> None:  # type: ignore[no-untyped-def]
    change(DOCUMENT, "8万元。", f"8万元，该办法{word}。")
    change(FACTS, "state: unknown", "state: in_force")
    assert f"says {word}" in said(folder)
    change(FACTS, "state: in_force", "state: lapsed")
    assert check([folder]) == []


def test_an_id_stands_once(folder, change) -> None:  # type: ignore[no-untyped-def]
    change(FACTS, "", SECOND_ROW.replace("sub-tonglu-again", "sub-tonglu"))
    problems = said(folder)
    assert "tonglu.yaml:8" in problems
    assert "stands already" in problems


def test_money_said_twice_must_be_joined(folder, change) -> None:  # type: ignore[no-untyped-def]
    change(FACTS, "", SECOND_ROW)
    change(DOCUMENT, "", "\n桐庐县首次获得绿色产品认证奖8万元。{sub-tonglu-again}\n")
    assert "join them" in said(folder)
    change(FACTS, "  values: {奖励: 80000元}\n", "  also: [sub-tonglu-again]\n  values: {奖励: 80000元}\n")
    change(FACTS, SECOND_ROW, "")
    change(DOCUMENT, "\n桐庐县首次获得绿色产品认证奖8万元。{sub-tonglu-again}\n", "")
    assert check([folder]) == []


def test_a_row_that_no_document_states_is_named(folder, change) -> None:  # type: ignore[no-untyped-def]
    change(DOCUMENT, "{sub-tonglu}", "")
    assert "stated in no document" in said(folder)


def test_a_document_without_any_header_is_told_how_to_begin(folder: Path) -> None:
    (folder / "documents" / "tonglu.md").write_text("桐庐县奖励。{sub-tonglu}\n", encoding="utf-8")
    assert "has no header: begin with" in said(folder)


def test_a_strange_heading_may_stand_once(folder, change) -> None:  # type: ignore[no-untyped-def]
    change(DOCUMENT, "## 补贴：桐庐", "## 桐庐的钱")
    assert check([folder]) == []
    twin = (folder / DOCUMENT).read_text(encoding="utf-8").replace("green-tonglu", "green-twin")
    (folder / "documents" / "twin.md").write_text(twin, encoding="utf-8")
    assert "more than once" in said(folder)


def test_a_host_covers_its_subdomains_and_no_look_alike() -> None:
    assert is_official("https://www.cnca.gov.cn/x", ("cnca.gov.cn",))
    assert not is_official("https://cnca.gov.cn.example.com/x", ("cnca.gov.cn",))
    assert not is_official("https://notcnca.gov.cn/x", ("cnca.gov.cn",))


@pytest.mark.parametrize("name", ["documents/notice.docx", "notice.md"])
def test_a_file_that_nobody_reads_is_named(folder: Path, name: str) -> None:
    (folder / name).write_text("---\nid: a\n---\n", encoding="utf-8")
    assert f"{name}:1: is not read" in said(folder)


def test_a_document_that_says_nothing_is_named(folder: Path) -> None:
    (folder / "documents" / "empty.txt").write_text("\n", encoding="utf-8")
    assert "empty.txt:1: has no paragraph" in said(folder)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- fact: sub-nowhere\n  ask: [问]\n", "sub-nowhere"),
        ("- subject: 不存在\n  aspect: 补贴\n  ask: [问]\n", "不存在"),
        ("- subject: 绿色产品认证\n  aspect: 没有这面\n  ask: [问]\n", "没有这面"),
        ("- fact: sub-tonglu\n  ask: [问一, 问一]\n", "also stands"),
        ("- fact: sub-tonglu\n  sentence: 没有这一句\n  ask: [问]\n", "begins with '没有这一句'"),
    ],
)
def test_a_question_that_points_nowhere_or_stands_twice_is_told(folder, text, said):  # type: ignore[no-untyped-def]
    (folder / "questions").mkdir()
    (folder / "questions" / "q.yaml").write_text(text, encoding="utf-8")
    assert any(said in problem.message for problem in check([folder]))
