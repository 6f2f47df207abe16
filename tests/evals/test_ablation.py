"""Every ranker of the ablation is asked the same, each leaves out what its name says, and the last ones are the product's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from bot.answering import Bot
from bot.assemble import assemble
from bot.conversation import Need
from bot.evidence.candidates import sense_of, words_of
from bot.reading.read import read
from corpus.document import Passage, Source, Span, Validity
from corpus.load import Knowledge
from evals import ablation
from evals.case import Case
from evals.run import evidence_for, last_question
from index import store
from index.embedders import Asking, InPieces, Sentence, Vectors
from index.embedders.hashing import Hashing
from index.lexical import Lexical
from settings import CHECKOUT, Settings

TEXTS = {
    "tea": ("茶叶出口", "备案", "绿茶出口要办备案。备案由海关受理。"),
    "term": ("绿色产品认证", "有效期", "绿色产品认证证书有效期5年。到期前三个月申请再认证。"),
    "beds": ("民宿登记", "条件", "民宿客房不超过14间。消防由县里检查。"),
}
CASES = [
    Case("term", ("绿色产品认证证书有效期几年",), ("answered",), ("5年",), gold=(("f-term",),)),
    Case("beds", ("民宿最多几间客房",), ("answered",), ("14间",), gold=(("f-beds",),)),
    Case("nowhere", ("火星怎么去",), ("not_covered",), ("没有",)),
]


def passage(name: str, subject: str, heading: str, text: str) -> Passage:
    span = Span(0, len(text), (f"f-{name}",))
    validity = Validity("in_force")
    return Passage(name, name, subject, heading, text, Source(subject), validity, "全国", subject, (span,))


@dataclass(frozen=True)
class Built:
    bot: Bot
    index: Path

    def rankers(self) -> dict[str, ablation.Ranker]:
        return ablation.rankers(self.bot.know().ground, self.index, Hashing(), Hashing(64))

    def need(self, case: Case) -> Need:
        return read(last_question(case, self.bot), self.bot.know().vocabulary).needs[0]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    settings = Settings(data=tmp_path_factory.mktemp("data"), corpus=(CHECKOUT / "corpus",), embedder="hashing")
    passages = tuple(passage(name, *said) for name, said in TEXTS.items())
    store.build(settings.index, Knowledge((), {}, passages), Hashing())
    bot = assemble(settings)
    bot.index.wait()
    return Built(bot, settings.index)


def test_each_ranker_has_a_row_over_the_cases_whose_facts_are_stated(built: Built) -> None:
    asked: list[str] = []

    def remembering(need: Need) -> list[tuple[str, float]]:
        asked.append(need.text)
        return [("term", 1.0), ("beds", 0.5)]

    (row,) = ablation.measure(CASES, built.bot, {"always the term": remembering})
    assert len(asked) == 2
    assert (row.name, row.figures["hit@1"], row.figures["hit@5"]) == ("always the term", 0.5, 1.0)
    assert row.ms > 0


def test_every_ranker_puts_first_what_is_said_in_the_words_of_the_question(built: Built) -> None:
    rankers = built.rankers()
    rankers.popitem()  # the last judges too what is enough, which few passages and no rows are not
    rows = ablation.measure(CASES, built.bot, rankers)
    assert {row.name: row.figures["hit@1"] for row in rows} == dict.fromkeys(rankers, 1.0)


def test_the_last_ranker_gives_the_evidence_that_the_product_gathers(built: Built) -> None:
    ranker = list(built.rankers().values())[-1]
    for case in CASES[:2]:
        expected = evidence_for(last_question(case, built.bot), built.bot)
        assert ablation.best_first(ranker, [built.need(case)]) == expected


def test_words_and_bigrams_part_what_the_index_has_in_one_bag() -> None:
    text = "ISO 9001证书，有效期几年"
    parts = ablation.OnlyWords([]).tokens(text), ablation.OnlyBigrams([]).tokens(text)
    assert parts[0] + parts[1] == Lexical([]).tokens(text)
    assert parts[0] != parts[1]


def test_passages_for_several_needs_stand_in_the_order_of_their_scores_each_once(built: Built) -> None:
    need = built.need(CASES[0])
    scores = iter(([("a", 1.0), ("b", 3.0)], [("a", 2.0), ("c", 1.5)]))
    assert ablation.best_first(lambda _need: next(scores), [need, need]) == ["b", "a", "c"]


def test_ranks_are_fused_by_their_reciprocals(built: Built) -> None:
    first, second = np.array([3, 2, 1], np.float32), np.array([2, 1, 3], np.float32)
    found = ablation.by_rank(lambda _need: first, lambda _need: second)(built.need(CASES[0]))
    assert found == pytest.approx([1 / 61 + 1 / 62, 1 / 62 + 1 / 63, 1 / 63 + 1 / 61])


def test_z_scores_are_fused_as_the_index_fuses_them(built: Built) -> None:
    order, model = built.bot.index.snapshot().order, Hashing()
    words = ablation.by_words(built.bot.index.snapshot().lexical)
    vectors = ablation.by_vectors(model, model.passages([one.searchable for one in order]))
    need = built.need(CASES[0])
    found = dict(zip((one.id for one in order), ablation.by_z_score(words, vectors)(need), strict=True))
    hits = built.bot.index.search(words_of(need), meaning=sense_of(need))
    assert {hit.passage.id: hit.score for hit in hits} == pytest.approx(found, abs=1e-4)


def test_a_passage_is_as_near_as_its_best_sentence(built: Built) -> None:
    long = passage("long", "民宿登记", "条件", "民宿客房不超过14间。" + "别的事情另有规定。" * 9 + "消防由县里检查。")
    need, model = built.need(CASES[1]), Hashing()
    (whole,) = ablation.by_vectors(model, model.passages([long.searchable]))(need)
    best, other = ablation.by_sentences(model, [long, passage("tea", *TEXTS["tea"])])(need)
    assert best > max(whole, other)


def test_features_that_are_not_kept_count_nothing(built: Built) -> None:
    ground, need = built.bot.know().ground, built.need(CASES[0])
    assert {value for _, value in ablation.by_features(ground, ())(need)} == {0.0}
    assert {value for _, value in ablation.by_features(ground, ablation.TEXT)(need)} != {0.0}


def test_a_model_of_one_vector_gives_no_pieces() -> None:
    class Pieced(Hashing):
        def passages_in_pieces(self, texts: list[str]) -> tuple[Vectors, list[tuple[Vectors, np.ndarray]]]:
            raise AssertionError("nobody may ask")

        def question_in_pieces(self, text: str) -> Asking:
            raise AssertionError("nobody may ask")

        def odds(self, asking: Asking, sentences: Sequence[Sentence]) -> list[float]:
            raise AssertionError("nobody may ask")

    assert isinstance(Pieced(), InPieces)
    bare = ablation.OneVector(Pieced())
    assert not isinstance(bare, InPieces)
    assert (bare.name, bare.semantic) == (Hashing().name, False)


def test_the_table_has_a_line_a_ranker_and_is_put_between_the_marks(tmp_path: Path) -> None:
    rows = [ablation.Row("words", {"hit@1": 0.5, "hit@5": 0.75, "MRR": 0.6, "nDCG@10": 0.61234}, 1.26)]
    figures = ablation.table(rows)
    assert figures.splitlines()[2:] == ["| words | 0.500 | 0.750 | 0.612 | 1.3 |"]
    path = tmp_path / "ablation.md"
    path.write_text(f"before\n{ablation.BEGIN}\nold\n{ablation.END}\nafter\n", encoding="utf-8")
    ablation.write(figures, path)
    assert path.read_text(encoding="utf-8") == f"before\n{ablation.BEGIN}\n{figures}\n{ablation.END}\nafter\n"


def test_the_document_has_the_marks() -> None:
    text = ablation.DOCUMENT.read_text(encoding="utf-8")
    assert text.index(ablation.BEGIN) < text.index(ablation.END)
