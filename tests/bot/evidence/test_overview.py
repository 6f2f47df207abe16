"""All that is on record: computed over the rows."""


def test_money_of_a_place_is_listed_with_how_many_there_are(ask, facts_of):
    answer = ask("湖州底下各个县都有哪些补贴")
    assert answer["status"] == "answered"
    assert "记录在案" in answer["answer"]
    assert len(facts_of(answer)) >= 3


def test_what_holds_elsewhere_is_not_listed(ask, desk):
    answer = ask("德清有哪些补贴")
    regions = {desk.bot.index.passages[c["passage"]].region for c in answer["citations"]}
    assert regions <= {"浙江省湖州市德清县", "浙江省湖州市", "浙江省", "全国"}
    assert "浙江省湖州市德清县" in regions


def test_where_little_is_on_record_the_usual_answer_is_given(ask):
    assert "记录在案" not in ask("机器人CR认证有哪些补贴")["answer"]
