"""Words of owners become subjects, aspects, and what is left of a question."""

import pytest

from corpus.naming import asks_there_is
from corpus.terms import load_terms
from settings import CHECKOUT

TERMS = load_terms((CHECKOUT / "corpus",))


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("3C怎么办", "3C认证"),
        ("ccc证书", "3C认证"),
        ("绿标", "绿色产品认证"),
        ("我家民宿", "民宿"),
        ("民宿认证", "乡村民宿服务认证"),
        ("民宿灭火器", "民宿消防"),
        ("３Ｃ", "3C认证"),
    ],
)
def test_a_subject_is_known_by_the_names_that_people_use(text: str, subject: str) -> None:
    assert TERMS.subject_mentions(text)[0].of == subject


def test_the_longest_name_wins() -> None:
    assert TERMS.subject_mentions("民宿服务认证")[0].text == "民宿服务认证"


def test_a_look_alike_is_marked_with_what_it_is() -> None:
    (mention,) = TERMS.subject_mentions("绿色饭店怎么办")
    assert mention.near
    assert mention.of == "绿色产品认证"


@pytest.mark.parametrize(
    ("text", "aspect"),
    [("能管几年", "有效期"), ("罚多少", "处罚"), ("咋办理", "步骤"), ("政府给多少", "补贴"), ("要交啥文件", "材料")],
)
def test_an_aspect_is_known_by_loose_words(text: str, aspect: str) -> None:
    assert aspect in {mention.of for mention in TERMS.aspect_mentions(text)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [("奖几万", "money"), ("要多久", "duration"), ("哪天开始", "date"), ("有几家", "count"), ("多少分", "score")],
)
def test_the_kind_of_value_wanted_is_known_by_its_words(text: str, kind: str) -> None:
    assert kind in TERMS.wants(text)


def test_what_is_left_of_a_question_is_what_it_is_about() -> None:
    assert TERMS.left("请问充电宝要不要做3C").split() == ["充电宝"]
    assert TERMS.left("3C是什么").split() == []
    assert "五钻" in TERMS.left("五钻民宿怎么评")


def test_a_mere_name_asks_for_the_first_aspect_of_the_list() -> None:
    assert TERMS.bare_aspect("3C") == next(iter(TERMS.aspects))
    assert TERMS.bare_aspect("3C的纸质证书被水泡烂了") == ""


def test_a_further_folder_adds_names_and_subjects(tmp_path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "terms.yaml").write_text(
        "3C认证: {names: [三西认证]}\n养老服务认证: {names: [养老院认证]}\n", encoding="utf-8"
    )
    terms = load_terms((CHECKOUT / "corpus", tmp_path))
    assert terms.subject_mentions("三西认证")[0].of == terms.subject_mentions("3C")[0].of
    assert "养老服务认证" in terms.subjects


def test_words_apart_name_a_subject_and_a_narrower_one_stands_for_the_wider() -> None:
    whole = "我家民宿才开张半年，能不能报认证"
    for clause in whole.split("，"):
        assert TERMS.subjects_of(TERMS.subject_mentions(clause), clause, whole) == ("乡村民宿服务认证",)


def test_a_subject_is_kin_to_what_it_lies_within_and_to_no_sibling() -> None:
    assert TERMS.kin("民宿消防") == {"民宿消防", "民宿"}
    assert {"民宿消防", "民宿卫生"} <= TERMS.kin("民宿")
    assert TERMS.kin("没有这个") == {"没有这个"}


@pytest.mark.parametrize(
    ("asked", "wanted"), [("帮了几万家", ("count",)), ("能拿几个钱", ("money",)), ("要补几个点", ("score",))]
)
def test_the_longest_words_tell_what_is_wanted(asked, wanted):
    assert TERMS.wants(asked) == wanted


@pytest.mark.parametrize(
    ("text", "compares"),
    [
        ("德清和安吉哪个多", True),
        ("哪家更划算", True),
        ("两张证哪种要得快", True),
        ("哪家要多少钱", False),
        ("哪个要多久", False),
        ("哪个多少钱", False),
        ("哪张多大", False),
    ],
)
def test_which_has_more_compares_but_not_which_costs_how_much(text: str, compares: bool) -> None:
    assert TERMS.compares(text) is compares


@pytest.mark.parametrize(
    ("text", "asks"), [("这样对不对", True), ("墙要砌多高", True), ("他时不时来查", False), ("动不动就罚", False)]
)
def test_a_verb_with_its_negation_asks(text, asks):
    assert TERMS.asks(text) is asks


@pytest.mark.parametrize(
    ("left", "nothing"), [(" 一张   ", True), ("办个", True), ("", True), ("递上去", False), ("床垫", False)]
)
def test_what_is_put_together_of_empty_words_names_nothing(left, nothing):
    assert TERMS.names_nothing(left) is nothing


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("85分能拿几星", ()), ("评上能拿几万", ("money",)), ("奖几年一评", ("duration",)), ("十几个人的小厂", ())],
)
def test_a_few_of_what_is_counted_and_some_of_it_are_told_apart(text: str, wanted: tuple[str, ...]) -> None:
    assert TERMS.wants(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("房子前几年鉴定过", ()),
        ("前台放几个充电宝借给客人", ()),
        ("头几件检几件", ("count",)),
        ("要办哪几样证", ()),
        ("单子上看几样", ("count",)),
    ],
)
def test_a_vague_quantity_and_a_list_ask_for_no_figure(text: str, wanted: tuple[str, ...]) -> None:
    assert TERMS.wants(text) == wanted


def test_what_is_some_ten_of_asks_nothing() -> None:
    assert not TERMS.asks("前几年鉴定过")
    assert not TERMS.asks("十几个人的小厂")
    assert TERMS.asks("要几个人")


def test_a_part_of_a_subject_stays_whole_though_the_segmenter_knows_it_not() -> None:
    assert TERMS.left("个税能不能少点").split()[0] == "个税"
    assert TERMS.parts_in("增值税和个税") == ("增值税", "个税")


def test_what_prevails_is_asked_about_whatever_is_named_beside_it() -> None:
    text = "花钱买了张9001的证"
    assert TERMS.subjects_of(TERMS.subject_mentions(text), text, text) == ("假认证与买证",)


@pytest.mark.parametrize(
    ("text", "has"), [("收不收钱", False), ("收钱不", False), ("不收钱", True), ("偷偷收钱", True)]
)
def test_the_negation_that_only_asks_whether_is_no_word_of_its_own(text: str, has: bool) -> None:
    assert TERMS.has_one_of("不偷", text) is has


@pytest.mark.parametrize(("aspect", "is_price"), [("费用", True), ("补贴", False), ("处罚", False), ("时限", False)])
def test_a_price_is_money_that_is_neither_paid_by_the_government_nor_a_fine(aspect: str, is_price: bool) -> None:
    assert TERMS.is_price(aspect) is is_price


@pytest.mark.parametrize(
    ("text", "asks"),
    [("武汉这边有质量贷吗", True), ("哪家银行有认证贷", True), ("德清有没有", True), ("质量贷是什么", False)],
)
def test_whether_there_is_something_is_asked_by_its_words(text: str, asks: bool) -> None:
    assert asks_there_is(text) is asks


def test_words_that_deny_all_ask_nothing() -> None:
    assert not TERMS.asks("我开个小厂啥也不懂")
