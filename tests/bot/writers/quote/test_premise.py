"""A figure that a question takes for granted is corrected by the one on record; a condition that it names is none."""

import pytest

from bot.conversation import Need
from bot.words import load_wording
from bot.writers.quote.premise import mistaken

TEXT = "首次通过绿色产品认证的企业一次性奖励20万元。证书有效期5年。"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("德清绿色产品认证奖励100万元对吗", "100万元"),
        ("绿色产品奖20万元没错吧", ""),
        ("奖励200000元是不是", ""),
        ("年产值100万元的厂能奖多少", ""),
        ("绿色产品认证要10年是吧", ""),  # a duration is no amount: the sentence does not speak of it
    ],
)
def test_only_a_figure_of_the_kind_on_record_that_is_asked_to_be_confirmed(statement, asked, found):
    whole = statement(TEXT, TEXT.split("。", maxsplit=1)[0] + "。")
    need = Need("绿色产品认证", "补贴", None, "2026-11-23", asked)
    assert mistaken(need, whole.text, whole, load_wording()) == found


def test_a_sentence_of_the_same_statement_may_have_the_figure(statement):
    whole = statement(TEXT)
    need = Need("绿色产品认证", "有效期", None, "2026-11-23", "有效期5年对吗")
    assert mistaken(need, TEXT.split("。", maxsplit=1)[0], whole, load_wording()) == ""
