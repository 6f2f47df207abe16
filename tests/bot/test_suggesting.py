"""What may be asked next is on record and not what was just asked."""

from bot.conversation import Question, Session
from bot.reading.read import read
from bot.words import load_wording


def test_further_aspects_of_the_subject_are_offered(ask):
    answer = ask("绿色产品认证怎么申请")
    assert 0 < len(answer["suggestions"]) <= 3
    assert all(suggestion.startswith("绿色产品认证") for suggestion in answer["suggestions"])
    assert "绿色产品认证怎么办" not in answer["suggestions"]


def test_a_suggestion_asks_for_its_aspect_as_an_owner_would(desk):
    known, wording = desk.bot.know(), load_wording()
    for aspect in set(wording.list("suggest.questions")) - {"__line__"}:
        question = Question(wording.say(f"suggest.questions.{aspect}", subject="3C认证"), Session(), "2026-11-29")
        assert [need.aspect for need in read(question, known.vocabulary).needs] == [aspect]


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
    suggestions, known = ask("内审与管理评审是什么")["suggestions"], desk.bot.know()
    assert suggestions
    for suggestion in suggestions:
        needs = read(Question(suggestion, Session(), "2026-11-29"), known.vocabulary).needs
        assert {need.aspect for need in needs} <= own


def test_a_family_without_documents_offers_what_its_members_have(ask):
    assert ask("我想开民宿要办什么证")["suggestions"]
