from math import log

import pytest

from index.lexical import Lexical


def test_tokens_are_words_and_character_bigrams():
    assert Lexical([]).tokens("绿色产品") == ["绿色", "产品", "绿色", "色产", "产品"]


def test_full_width_and_capital_letters_are_the_same_as_ordinary_ones():
    index = Lexical([])
    assert index.tokens("ＩＳＯ９００１") == index.tokens("iso9001") == index.tokens("ISO9001")


def test_bigrams_do_not_cross_punctuation():
    assert "色产" not in Lexical([]).tokens("绿色，产品")


def test_a_name_given_is_not_cut():
    assert "泰顺石茶" not in Lexical([]).tokens("申请泰顺石茶标志")
    assert "泰顺石茶" in Lexical([], ["泰顺石茶"]).tokens("申请泰顺石茶标志")


def test_the_score_is_that_of_bm25():
    """One text of two tokens (word and bigram), asked with the same two: 2 x idf x tf / (tf + k1)."""
    idf = log(1 + (1 - 1 + 0.5) / (1 + 0.5))
    assert Lexical(["证书"]).scores("证书") == pytest.approx([2 * idf * 2 / (2 + 1.5)], rel=1e-5)


def test_scores_stand_in_the_order_of_the_texts_and_the_text_asked_for_scores_best():
    texts = ["民宿等级评定办法", "绿色产品认证证书的有效期", "节能产品的补贴"]
    scores = Lexical(texts).scores("绿色产品认证")
    assert scores.shape == (3,)
    assert scores[1] > scores[2] > scores[0] == 0


def test_of_two_texts_with_the_word_the_shorter_one_scores_higher():
    scores = Lexical(["补贴申领", "补贴申领的条件、材料、步骤、时限、费用都由县里另行公布", "民宿"]).scores("补贴")
    assert scores[0] > scores[1] > 0


@pytest.mark.parametrize("query", ["", "？！", "火星", "  "])
def test_a_query_without_a_known_word_scores_zero_everywhere(query):
    assert Lexical(["绿色产品", "民宿"]).scores(query).tolist() == [0, 0]


def test_no_texts_have_no_scores():
    assert Lexical([]).scores("绿色产品").shape == (0,)


def test_a_text_without_words_scores_zero_beside_others():
    scores = Lexical(["！！！", "绿色产品"]).scores("绿色产品")
    assert scores[0] == 0 < scores[1]


def test_the_own_score_of_a_text_is_that_of_asking_for_it():
    texts = ["绿标给几万", "民宿多少分算过", "充电宝要不要做3C 充电宝", ""]
    lexical = Lexical(texts)
    asked = [lexical.scores(text)[place] for place, text in enumerate(texts)]
    assert lexical.own_scores(texts) == pytest.approx(asked, rel=1e-5)
    assert Lexical([]).own_scores([]).shape == (0,)


def test_what_was_written_scores_as_what_was_made_and_cuts_as_it_did(tmp_path):
    made = Lexical(["申请泰顺石茶标志", "民宿多少分算过"], ["泰顺石茶"])
    made.write(tmp_path / "words")
    read = Lexical.read(tmp_path / "words")
    assert read.scores("泰顺石茶").tolist() == made.scores("泰顺石茶").tolist()
    assert read.tokens("泰顺石茶") == made.tokens("泰顺石茶")


def test_an_index_of_no_texts_is_read_again(tmp_path):
    Lexical([]).write(tmp_path / "words")
    assert Lexical.read(tmp_path / "words").scores("绿色产品").shape == (0,)
