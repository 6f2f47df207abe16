"""An answer as WeChat messages: it fits, it is cut at sentences, nothing of it is lost, nothing in it is a link but ours."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.answers import plain_lines
from bot.rendering.wechat import LARGEST, wechat_pages
from bot.words import load_wording

WORDING = load_wording()
NOTICE = "本回答由AI根据公开资料自动生成。"
LINK = "https://cert.example.cn/h5/answers/abc"


def citation(number, title="某某办法", document_number=None):
    return {"number": number, "title": title, "document_number": document_number}


def answer(text, citations=(), suggestions=(), status="answered"):
    return {
        "answer": text,
        "citations": list(citations),
        "suggestions": list(suggestions),
        "status": status,
        "notice": NOTICE,
    }


def pages(*arguments, link=LINK, **more):
    return wechat_pages(answer(*arguments, **more), WORDING, link)


def body(page):
    """What an answer says in a page: all before its hint, sources, choices, link or mark."""
    return re.split(rf"\n\n(?:{WORDING.say('wechat.more')}|\[\d+\]《|{WORDING.say('wechat.next')}|<a |{NOTICE})", page)[
        0
    ]


def test_a_short_answer_is_one_message_with_all_that_belongs_to_it():
    (page,) = pages("奖**20万元**。[1]", [citation(1, "奖励办法", "德政发〔2024〕1号")], ["要什么材料", "怎么申请"])
    assert page == (
        "奖20万元。[1]\n\n[1]《奖励办法》 德政发〔2024〕1号\n\n"
        f"{WORDING.say('wechat.next')}\n1 要什么材料\n2 怎么申请\n\n"
        f'<a href="{LINK}">{WORDING.say("wechat.link")}</a>\n\n{NOTICE}'
    )


def test_without_a_public_address_there_is_no_link():
    assert "<a" not in pages("奖20万元。", link="")[0]


def test_what_is_asked_back_is_to_be_chosen():
    (page,) = pages("是哪一个？", suggestions=["南京市鼓楼区"], status="clarify")
    assert f"{WORDING.say('wechat.choose')}\n1 南京市鼓楼区" in page


def test_a_long_answer_is_cut_after_a_sentence_with_its_mark():
    first, *rest = pages(
        "".join(f"第{n}条规定是这样那样的一句话。[{n}]" for n in range(1, 90)), map(citation, range(1, 90))
    )
    assert body(first).endswith("]")
    assert WORDING.say("wechat.more") in first
    assert WORDING.say("wechat.more") not in rest[-1]


def test_each_part_names_the_sources_of_what_it_says_and_no_others():
    text = "".join(f"第{n}条规定是这样那样的一句话。[{n}]" for n in range(1, 60))
    for page in pages(text, [citation(n, f"办法{n}") for n in range(1, 60)]):
        said = set(re.findall(r"。\[(\d+)\]", page))
        assert set(re.findall(r"\[(\d+)\]《", page)) == said


def test_one_source_under_several_numbers_is_named_once():
    (page,) = pages("甲。[1]乙。[2]丙。[3]", [citation(1), citation(2, "另一办法"), citation(3)])
    assert "[1][3]《某某办法》\n[2]《另一办法》" in page


def test_a_word_of_a_better_answer_stands_in_the_first_part_only():
    first, *rest = wechat_pages(answer("一句话。" * 300), WORDING, LINK, "正在写")
    assert "正在写" in first
    assert not any("正在写" in page for page in rest)


def test_nothing_in_an_answer_becomes_a_link_or_a_tag():
    (page,) = pages('<a href="https://evil">点我</a>', [citation(1)], ["<b>"], link="")
    assert "<" not in page


sentences = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=400)


@given(st.lists(sentences, min_size=1, max_size=12), st.integers(0, 9))
def test_every_message_fits_and_nothing_is_lost(said, sources):
    text = "".join(f"{one}。[{n % 10}]" for n, one in enumerate(said))
    made = wechat_pages(
        answer(text, [citation(n, "很长的题目" * 30) for n in range(sources)], ["问" * 30] * 3), WORDING, LINK, "正在写"
    )
    assert all(len(page.encode()) <= LARGEST for page in made)
    whole = "".join(plain_lines(text)).replace("<", "＜")
    shown = "".join(made)
    position = 0
    for character in re.sub(r"\s", "", whole):
        position = shown.index(character, position) + 1


@pytest.mark.parametrize("text", ["字" * 3000, "👨‍👩‍👧‍👦" * 400, "a" * 9000, ""])
def test_even_one_endless_sentence_fits(text):
    made = pages(text, [citation(1)], ["要什么材料"])
    assert all(len(page.encode()) <= LARGEST for page in made)
    assert sum(page.count(character) for page in made for character in set(text[:1])) >= len(text) // 7
