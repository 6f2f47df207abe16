"""What may be asked next is on record and not what was just asked."""


def test_further_aspects_of_the_subject_are_offered(ask):
    answer = ask("绿色产品认证怎么申请")
    assert 0 < len(answer["suggestions"]) <= 3
    assert all(suggestion.startswith("绿色产品认证") for suggestion in answer["suggestions"])
    assert "绿色产品认证步骤" not in answer["suggestions"]


def test_each_suggestion_can_be_answered(ask):
    for suggestion in ask("3C是什么")["suggestions"]:
        assert ask(suggestion)["status"] in ("answered", "partial", "other_region")


def test_a_place_to_choose_is_a_full_name(ask):
    assert "江苏省南京市鼓楼区" in ask("鼓楼区绿色产品认证补贴多少")["suggestions"]


def test_what_is_not_our_field_suggests_nothing(ask):
    assert ask("今天天气怎么样")["suggestions"] == []


def test_a_subject_offers_no_aspect_that_only_its_family_has(ask, desk):
    passages = desk.bot.index.passages.values()
    own = {passage.aspect for passage in passages if passage.subject == "内审与管理评审"}
    suggestions = ask("内审与管理评审是什么")["suggestions"]
    assert suggestions
    assert {suggestion.removeprefix("内审与管理评审") for suggestion in suggestions} <= own


def test_a_family_without_documents_offers_what_its_members_have(ask):
    assert ask("我想开民宿要办什么证")["suggestions"]
