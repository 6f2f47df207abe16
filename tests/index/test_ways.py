"""The owners' questions nearest to one, by words and by meaning."""

import numpy as np
import pytest

from corpus.ways import Way
from index.embedders.hashing import Hashing
from index.ways import read_ways, write_ways

TEXTS = ["绿标给几万", "民宿多少分算过", "充电宝要不要做3C"]


@pytest.fixture
def ways(tmp_path):
    """Writes ways in and reads them again, as a version does."""

    def made(texts=TEXTS):
        found = [Way(text, str(number)) for number, text in enumerate(texts)]
        write_ways(tmp_path, found, Hashing().questions(texts))
        return read_ways(tmp_path)

    return made


def test_the_question_itself_is_as_like_as_can_be(ways):
    near = {one.way.text: one.likeness for one in ways().near("民宿多少分算过", None, 3)}
    assert near["民宿多少分算过"] == pytest.approx(1.0)
    assert near["绿标给几万"] < 0.5


def test_without_a_vector_or_with_few_ways_nothing_is_known_of_the_meaning(ways):
    assert {one.standing for one in ways().near("绿标", None, 3)} == {None}
    assert {one.standing for one in ways().near("绿标", Hashing().question("绿标"), 3)} == {None}


def test_a_meaning_that_is_near_stands_above_the_ordinary(ways):
    texts = [f"第{n}个问题问的是第{n * 7 % 13}件事" for n in range(80)] + TEXTS
    near = ways(texts).near("民宿几分算过关", Hashing().question("民宿几分算过关"), 5)
    assert max(near, key=lambda one: one.standing).way.text == "民宿多少分算过"


def test_no_ways_no_neighbours(tmp_path):
    write_ways(tmp_path, [], np.zeros((0, 8), np.float32))
    assert read_ways(tmp_path).near("问", None, 5) == ()


def test_the_nearest_refused_request_tells_its_reason_and_how_much_nearer_such_are(tmp_path):
    found = [
        Way("帮我编一份内审记录", refuse="records"),
        Way("内审记录要保存几年", fact="f"),
        Way("民宿几分算过", fact="g"),
    ]
    texts = [way.text for way in found]
    write_ways(tmp_path, found, Hashing().questions(texts))
    ways = read_ways(tmp_path)
    reason, nearer = ways.nearest_refused(Hashing().question("帮我编一份培训记录"))
    assert (reason, nearer > 0) == ("records", True)
    assert ways.nearest_refused(Hashing().question("民宿几分算过"))[1] < 0


def test_where_nothing_is_refused_there_is_no_reason(ways):
    assert ways().nearest_refused(Hashing().question("绿标给几万")) == ("", 0.0)
