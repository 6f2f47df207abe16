"""Reckons when a certificate runs out, from the day of issue and the row that states its term."""

import pytest

QUESTION = "绿色产品认证证书{}发的，有效期到哪天"


@pytest.mark.parametrize(
    ("issued", "until"),
    [
        ("2024年3月1日", "2029年2月28日"),
        ("2024-03-02", "2029年3月1日"),
        ("2023年3月1日", "2028年2月29日"),
        ("2024年2月29日", "2029年2月28日"),
        ("2024年1月1日", "2028年12月31日"),
        ("2022年12月31日", "2027年12月30日"),
    ],
)
def test_a_certificate_of_five_years_ends_the_day_before_the_fifth_anniversary(ask, first, issued, until):
    answer = ask(QUESTION.format(issued))
    assert answer["status"] == "tool"
    assert until in first(answer)


def test_the_reckoned_day_carries_the_receipt_of_the_row_it_is_reckoned_from(ask, desk):
    answer = ask(QUESTION.format("2024年3月1日"))
    assert "[1]" in answer["answer"]
    facts = [desk.bot.index.facts[fact] for fact in answer["citations"][0]["facts"]]
    assert "5年" in [fact.values.get("有效期") for fact in facts]
    assert "5年" in answer["citations"][0]["quote"]


def test_the_day_from_which_to_renew_is_told_where_the_row_states_the_notice(ask):
    assert "2028年11月30日" in ask(QUESTION.format("2024年3月1日"))["answer"]


def test_the_term_is_that_of_the_subject_asked_for(ask, first):
    assert "2027年2月28日" in first(ask("民宿服务认证证书2024年3月1日发的，有效期到哪天"))


@pytest.mark.parametrize("issued", ["2024年2月30日", "2024年3月", "2024年", "去年"])
def test_without_a_full_day_that_exists_the_question_is_answered_from_the_sources(ask, issued):
    answer = ask(QUESTION.format(issued))
    assert answer["status"] == "answered"
    assert "5年" in answer["answer"]


def test_a_day_in_a_question_about_something_else_is_not_reckoned_with(ask):
    assert ask("充电宝2024年8月1日起要不要做3C")["status"] != "tool"


def test_the_subject_may_come_from_the_conversation(ask, first):
    session = ask("绿色产品认证有效期几年")["session"]
    answer = ask("2024年3月1日发的证什么时候到期", session=session)
    assert answer["status"] == "tool"
    assert "2029年2月28日" in first(answer)


def test_without_a_row_that_states_the_term_nothing_is_reckoned(shelf):
    shelf.put("term", "## 有效期\n\n绿色产品认证证书长期有效。{row-term}")
    shelf.put_row("row-term", "全国", kind="requirement", values="{}", validity="{state: in_force}")
    answer = shelf.desk().ask(QUESTION.format("2024年3月1日"))
    assert answer["status"] != "tool"
    assert "2029" not in answer["answer"]


def test_another_term_in_the_row_is_reckoned_with(shelf):
    shelf.put("term", "## 有效期\n\n绿色产品认证证书有效期2年。{row-term}")
    shelf.put_row("row-term", "全国", kind="requirement", values="{有效期: 2年}", validity="{state: in_force}")
    answer = shelf.desk().ask(QUESTION.format("2024年3月1日"))
    assert "2026年2月28日" in answer["answer"]
