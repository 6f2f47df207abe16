"""Documents become passages: each with one source, region and validity, none too long, nothing lost."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Block, Document, Section, Source, Validity
from corpus.fact import Fact
from corpus.load import load
from corpus.split import LONGEST, passages, sentences, whole_sentences
from settings import CHECKOUT


def fact(identity: str, region: str = "全国", source: str = "甲") -> Fact:
    return Fact(identity, "figure", region, Source(source), Validity("in_force"))


def cut(*blocks: Block, facts: tuple[Fact, ...] = ()):
    document = Document("d", "题", (Section("条件", blocks),), Source("总"))
    return list(passages(document, {one.id: one for one in facts}))


def test_a_passage_has_exactly_one_region_and_source() -> None:
    found = cut(Block("甲。", ("a",)), Block("乙。", ("b",)), facts=(fact("a"), fact("b", "浙江省")))
    assert [(passage.text, passage.region) for passage in found] == [("甲。", "全国"), ("乙。", "浙江省")]


def test_a_joining_sentence_goes_with_the_block_after_it() -> None:
    found = cut(Block("如下："), Block("甲。", ("a",)), facts=(fact("a", "浙江省"),))
    assert [(passage.text, passage.region) for passage in found] == [("如下：\n甲。", "浙江省")]


def test_items_of_one_fact_stay_together() -> None:
    items = [Block(f"{number}. " + "步" * 60 + "。", ("a",)) for number in range(1, 9)]
    assert len(cut(*items, facts=(fact("a"),))) == 1


def test_a_span_holds_the_very_words_of_its_fact() -> None:
    (passage,) = cut(Block("甲事。", ("a",)), Block("乙事。", ("b",)), facts=(fact("a"), fact("b")))
    assert [(passage.text[s.start : s.end], s.facts) for s in passage.spans] == [("甲事。", ("a",)), ("乙事。", ("b",))]


def test_the_id_changes_with_the_text_and_stays_with_it() -> None:
    one, again, other = cut(Block("甲。")), cut(Block("甲。")), cut(Block("乙。"))
    assert one[0].id == again[0].id != other[0].id


@given(st.lists(st.text("甲乙丙。；！ ", min_size=1, max_size=900), min_size=1, max_size=4))
def test_nothing_of_an_unmarked_document_is_lost_and_nothing_grows_too_long(texts: list[str]) -> None:
    found = cut(*[Block(text) for text in texts])
    assert _bare("".join(passage.text for passage in found)) == _bare("".join(texts))
    assert all(
        len(passage.text) <= LONGEST
        for passage in found
        if max(map(len, sentences(passage.text)), default=0) < LONGEST // 2
    )


@given(st.text("甲乙丙。；！？”》《\n ", max_size=120))
def test_sentences_lose_nothing_but_space(text: str) -> None:
    assert _bare("".join(sentences(text))) == _bare(text)


def test_a_mark_inside_a_title_ends_no_sentence() -> None:
    assert sentences("据《分别奖励5万、15万元！》，绍兴奖15万元。完。") == (
        "据《分别奖励5万、15万元！》，绍兴奖15万元。",
        "完。",
    )


def test_what_a_semicolon_parts_stays_one_sentence_for_a_reader() -> None:
    assert whole_sentences("甲；乙；丙。丁。") == ("甲；乙；丙。", "丁。")


def test_every_passage_of_the_corpus_is_found_whole_in_its_document() -> None:
    knowledge = load((CHECKOUT / "corpus",))
    texts = {
        d.id: "\n".join(block.text for section in d.sections for block in section.blocks) for d in knowledge.documents
    }
    assert all(line in texts[passage.document] for passage in knowledge.passages for line in passage.text.split("\n"))
    assert len({passage.id for passage in knowledge.passages}) == len(knowledge.passages)


def _bare(text: str) -> str:
    return "".join(text.split())
