"""What is said in passing is kept, what is not spoken of stays."""

import pytest

from bot.conversation import Profile
from bot.reading.profile import load_telling, told
from corpus.terms import load_terms
from settings import CHECKOUT

FOLDERS = (CHECKOUT / "corpus",)
TERMS, TELLING = load_terms(FOLDERS), load_telling(FOLDERS)


@pytest.fixture
def tells():
    return lambda text, known=None: told(text, known or Profile(), TELLING, TERMS)


@pytest.mark.parametrize(
    ("text", "industry", "size"),
    [("我是德清一家小厂 做家具的", "家具", "小微企业"), ("夫妻店开饭店的", "餐饮", "个体工商户"), ("3C是什么", "", "")],
)
def test_industry_and_size_are_understood(tells, text, industry, size):
    assert (tells(text).industry, tells(text).size) == (industry, size)


@pytest.mark.parametrize("text", ["我们已经有9001了，再加个14001", "9001早做了，14001还要备什么"])
def test_a_certificate_said_to_be_held_is_kept_and_one_asked_for_is_not(tells, text):
    assert tells(text).certificates == ("质量管理体系认证",)


def test_what_is_not_spoken_of_stays(tells):
    known = Profile("浙江省湖州市德清县", "家具", "小微企业", ("3C认证",))
    assert tells("绿色产品认证补贴多少", known) == known


def test_what_was_said_is_in_the_session_of_the_answer(ask):
    session = ask("我在德清做家具的，绿色产品认证补贴多少")["session"]
    assert session["profile"]["industry"] == "家具"
    assert ask("有效期几年", session=session)["session"]["profile"]["industry"] == "家具"
