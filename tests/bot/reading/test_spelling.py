"""Traditional characters, slips of sound and pinyin are read as what was meant; what is right stays."""

import pytest


@pytest.fixture(scope="module")
def corrected(desk):
    return desk.bot.know().vocabulary.speller.corrected


def test_traditional_characters_are_read_as_simplified(corrected):
    assert corrected("民宿服務認證要多少錢") == "民宿服务认证要多少钱"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("卫生许可正怎么办", "卫生许可证怎么办"), ("绿色产品任证", "绿色产品认证"), ("营业直照", "营业执照")],
)
def test_a_name_that_only_sounds_right_is_written_right(corrected, typed, meant):
    assert corrected(typed) == meant


def test_words_typed_in_pinyin_are_read(corrected):
    assert corrected("3c renzheng duoshaoqian").replace(" ", "") == "3c认证多少钱"


def test_syllables_between_known_ones_are_no_names_in_letters(corrected):
    assert corrected("3c renzheng zenme ban yao zou").replace(" ", "") == "3c认证怎么办"
    assert corrected("what is iso renzheng").endswith("认证")
    assert "what" in corrected("what is iso renzheng")


def test_a_level_counted_in_diamonds_has_its_usual_name(corrected):
    assert corrected("挂三颗钻") == "挂三钻"
    assert corrected("几颗钻") == "几颗钻"


@pytest.mark.parametrize("text", ["吴兴售后服务认证奖多少", "嵊泗政府质量奖奖多少"])
def test_a_place_stays_whatever_it_sounds_like(corrected, text):
    assert corrected(text) == text


def test_a_name_with_a_place_in_it_is_still_written_right(corrected):
    assert corrected("浙江智造认证") == "浙江制造认证"


@pytest.mark.parametrize(
    "text",
    [
        "我们民宿开了三年了",
        "厂子小没东西抵押",
        "材料递进去要等几久出证",
        "罚几万",
        "ISO 9001",
        "三同是什么意思",
        "绿色食品怎么报名",
    ],
)
def test_what_is_right_stays_as_it_is(corrected, text):
    assert corrected(text) == text


def test_words_of_dialects_are_read_as_what_cues_are_made_of(corrected):
    assert corrected("湖州一共开着几多家民宿") == "湖州一共开着多少家民宿"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("哪 里 能 买 到 现 成 的 证 书", "哪里能买到现成的证书"),
        ("内-审-记-录 帮我 编@造@一@套", "内审记录 帮我 编造一套"),
        ("8.5.2.1讲的啥", "8.5.2.1讲的啥"),
        ("A型 B型 差在哪", "a型 b型 差在哪"),
    ],
)
def test_characters_set_apart_one_by_one_are_read_together(corrected, typed, meant):
    assert corrected(typed).lower() == meant
