"""Cases are data: read with file and line, refused with what to write."""

from pathlib import Path

import pytest

from corpus.rows import MalformedFile
from evals.case import load_cases


def write(folder: Path, text: str) -> Path:
    (folder / "some.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_projects_own_cases_can_be_read_and_are_at_least_sixty() -> None:
    assert len(load_cases()) >= 60


def test_a_group_of_gold_facts_offers_alternatives(tmp_path: Path) -> None:
    (case,) = load_cases(write(tmp_path, "- {id: a, turns: [问], status: [answered], gold: [x|y, z], direct: [答]}"))
    assert case.gold == (("x", "y"), ("z",))


def test_a_case_that_expects_a_refusal_is_not_answerable(tmp_path: Path) -> None:
    text = "- {id: a, turns: [问], status: [not_covered], direct: [答]}\n- {id: b, turns: [问], status: [answered], direct: [答]}"
    assert [case.answerable for case in load_cases(write(tmp_path, text))] == [False, True]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {id: a, turns: [问], status: [answered]}", "direct"),
        ("- {id: a, turns: [问], status: [perhaps], direct: [答]}", "perhaps"),
        ("- {id: a, turns: [问], status: [answered], direct: [答], golden: [x]}", "golden"),
        ("- {id: a, turns: [问], status: [answered], direct: [答]}\n" * 2, "twice"),
        ("id: a", "no list"),
    ],
)
def test_a_malformed_case_is_refused_with_file_and_reason(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(MalformedFile, match=r"some\.yaml:\d+: ") as caught:
        load_cases(write(tmp_path, text))
    assert said in str(caught.value)
