"""Owners' questions as ways in: read with file and line, without the names of places."""

from pathlib import Path

import pytest

from corpus.rows import MalformedFile
from corpus.ways import load_ways


def put(folder: Path, text: str) -> None:
    (folder / "questions").mkdir(exist_ok=True)
    (folder / "questions" / "tonglu.yaml").write_text(text, encoding="utf-8")


def test_a_question_points_to_its_fact_and_names_no_place(folder: Path) -> None:
    put(folder, "- fact: sub-tonglu\n  ask: [桐庐绿标给几万]\n")
    (way,) = load_ways([folder])
    assert (way.text, way.fact) == ("绿标给几万", "sub-tonglu")


def test_a_question_may_point_to_the_sentence_that_answers(folder: Path) -> None:
    put(
        folder,
        "- {fact: sub-tonglu, sentence: 每张证书, ask: [一张证给几万]}\n- {fact: sub-tonglu, ask: [绿标给钱不]}\n",
    )
    assert sorted(way.sentence for way in load_ways([folder])) == ["", "每张证书"]


def test_a_question_that_several_facts_answer_points_to_a_subject(folder: Path) -> None:
    put(folder, "- subject: 绿色产品认证\n  aspect: 补贴\n  ask: [做绿标给钱不]\n")
    (way,) = load_ways([folder])
    assert (way.fact, way.subject, way.aspect) == ("", "绿色产品认证", "补贴")


def test_a_place_within_a_subjects_name_stays(folder: Path) -> None:
    put(folder, "- subject: 品字标浙江制造\n  aspect: 步骤\n  ask: [浙江制造咋弄]\n")
    assert load_ways([folder])[0].text == "浙江制造咋弄"


def test_a_question_that_nothing_answers_yet_names_its_subject(folder: Path) -> None:
    put(folder, "- gap: 绿色产品认证\n  ask: [加急要多收几个钱]\n")
    (way,) = load_ways([folder])
    assert (way.gap, way.fact, way.subject) == ("绿色产品认证", "", "")


def test_the_same_question_is_one_way(folder: Path) -> None:
    put(folder, "- fact: sub-tonglu\n  ask: [绿标给几万, 桐庐绿标给几万]\n")
    assert len(load_ways([folder])) == 1


def test_a_request_that_is_refused_has_a_reason_and_no_answer(folder: Path) -> None:
    put(folder, "- refuse: buying\n  ask: [有没有熟人直接出证]\n")
    assert [(way.refuse, way.fact) for way in load_ways([folder])] == [("buying", "")]
    put(folder, "- refuse: because\n  ask: [有没有熟人直接出证]\n")
    with pytest.raises(MalformedFile):
        load_ways([folder])


@pytest.mark.parametrize(
    "text",
    [
        "a: b\n",
        "- fact: x\n",
        "- ask: [问]\n",
        "- {fact: x, ask: []}\n",
        "- {fact: x, ask: 问}\n",
        "- {gap: 民宿, sentence: 每, ask: [问]}\n",
    ],
)
def test_a_malformed_row_is_refused_with_what_to_write(folder: Path, text: str) -> None:
    put(folder, text)
    with pytest.raises(MalformedFile, match=r"tonglu\.yaml:1"):
        load_ways([folder])


def test_without_questions_there_are_no_ways(folder: Path) -> None:
    assert load_ways([folder]) == ()
