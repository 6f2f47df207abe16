"""What is remembered of an asker, and forgotten when asked to."""

import pytest

from bot.memory import chips, forgotten, is_division, remembered

DEQING = "浙江省湖州市德清县"


@pytest.fixture
def regions(desk):
    return desk.bot.know().vocabulary.regions


def answer(region="", **profile):
    return {"region": region, "session": {"profile": profile, "turns": []}}


def test_what_was_said_in_passing_is_remembered(regions):
    found = remembered(answer(industry="家具", size="小微企业", certificates=["3C认证"]), {"language": "en"}, regions)
    assert found == {"language": "en", "industry": "家具", "size": "小微企业", "certificates": ["3C认证"]}


def test_the_region_answered_for_is_the_region_from_now_on(regions):
    assert remembered(answer("浙江省嘉兴市"), {"region": DEQING}, regions)["region"] == "浙江省嘉兴市"


def test_an_answer_for_nowhere_or_everywhere_changes_no_region(regions):
    for region in ("", "全国", "长三角"):
        assert remembered(answer(region), {"region": DEQING}, regions)["region"] == DEQING


def test_each_certificate_is_a_chip_of_its_own():
    profile = {"certificates": ["3C认证", "ISO 9001"], "region": DEQING, "language": "zh"}
    assert chips(profile) == [("region", DEQING), ("certificates", "3C认证"), ("certificates", "ISO 9001")]


def test_a_forgotten_part_is_gone_from_profile_and_session():
    session = {"version": 1, "profile": {"industry": "家具", "size": "小微企业"}, "turns": []}
    profile, session = forgotten("industry", "家具", {"industry": "家具", "size": "小微企业"}, session)
    assert profile == {"industry": "", "size": "小微企业"}
    assert session["profile"] == {"industry": "", "size": "小微企业"}


def test_a_forgotten_region_is_gone_from_the_turns_too():
    session = {"version": 1, "profile": {"region": DEQING}, "turns": [{"question": "问", "region": DEQING}]}
    _, session = forgotten("region", DEQING, {"region": DEQING}, session)
    assert session["turns"] == [{"question": "问", "region": ""}]


def test_one_certificate_of_several_is_forgotten():
    profile, _ = forgotten("certificates", "3C认证", {"certificates": ["3C认证", "ISO 9001"]}, None)
    assert profile == {"certificates": ["ISO 9001"]}


def test_a_list_of_regions_is_no_division(regions):
    assert is_division(DEQING, regions)
    assert not is_division("长三角", regions)
    assert not is_division("不知道哪里", regions)
    assert not is_division("鼓楼区", regions)
