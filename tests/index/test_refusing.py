"""Requests that nobody is helped with are told from honest ones by examples of both."""

import numpy as np
import pytest

from corpus.ways import Way
from index.embedders.hashing import Hashing
from index.refusing import read_refusing, write_refusing
from index.training.refusing import FEWEST, fitted

DOINGS, THINGS = (
    ("帮我编一份", "给我弄张假的", "替我伪造", "代做假的", "帮忙凭空造"),
    ("检测报告", "内审记录", "培训记录", "证书", "体检单"),
)
REFUSED = [Way(doing + thing, refuse="records") for doing in DOINGS for thing in THINGS]
ASKED = [
    Way(f"{thing}{asking}", fact="f")
    for asking in ("怎么办", "要多少钱", "几年有效", "去哪查", "丢了怎么补", "谁来审")
    for thing in THINGS
]


def model(ways):
    return fitted(ways, Hashing().passages([way.text for way in ways]))


@pytest.mark.parametrize(
    ("text", "refused"), [("替我编一份台账", True), ("台账要多少钱", False), ("记录丢了去哪补", False)]
)
def test_a_request_never_seen_is_told_by_those_that_were(text, refused):
    assert (model([*REFUSED, *ASKED]).odds(text, Hashing().question(text)) >= 0) is refused


def test_from_too_few_nothing_is_learned():
    assert model([*REFUSED[: FEWEST - 1], *ASKED]) is None
    assert fitted([], np.zeros((0, 4), np.float32)) is None


def test_what_was_learned_is_read_as_it_was_written(tmp_path):
    made = model([*REFUSED, *ASKED])
    assert made is not None
    write_refusing(tmp_path, made)
    again = read_refusing(tmp_path)
    assert again is not None
    asked = [("替我编一份台账", True), ("台账要多少钱", False)]
    assert [again.odds(text, Hashing().question(text)) >= 0 for text, _ in asked] == [refused for _, refused in asked]


def test_a_version_without_one_refuses_nothing(tmp_path):
    assert read_refusing(tmp_path) is None
