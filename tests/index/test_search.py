import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import numpy as np
import pytest

from index import store
from index.embedders.hashing import Hashing
from index.fusing import fused, z_scores
from index.search import Index

QUERIES = ["绿色产品证书有效期", "民宿复核", "补贴向谁申领", "第7份文件", "县市场监管局", "五年", "证书", "火星"]
TOPICS = ["证书申请", "补贴申领", "民宿评定", "现场检查", "年度复核"]


class Knowing(Hashing):
    """The hashing embedder, taken for one whose cosines tell meaning."""

    semantic = True


class Slow(Hashing):
    """Its first use waits for `loaded`, as that of a model does."""

    def __init__(self):
        super().__init__()
        self.loaded = Event()

    def question(self, text):
        assert self.loaded.wait(60)
        return super().question(text)


class Broken(Hashing):
    def question(self, text):
        raise RuntimeError("the model's folder is damaged")


def absent():
    raise FileNotFoundError("there is no such model")


@pytest.fixture
def many(three):
    for number in range(150):
        three.put(f"d{number}", f"第{number}份文件说的是{TOPICS[number % 5]}第{number * 7 % 13}项。")
    return three


def z(values):
    mean = sum(values) / len(values)
    deviation = (sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5
    return [(value - mean) / deviation for value in values]


def test_the_fused_order_is_that_of_the_weighted_z_scores():
    """By hand: z(4 0 2) = 1.2247 -1.2247 0; z(.2 .5 .8) = -1.2247 0 1.2247; 0.55 of one and 0.45 of the other."""
    scores = fused(np.array([4, 0, 2], np.float32), np.array([0.2, 0.5, 0.8], np.float32))
    assert scores.tolist() == pytest.approx([0.12247, -0.67361, 0.55114], abs=1e-4)


def test_the_fused_score_without_vectors_is_the_z_score_of_words():
    assert fused(np.array([4, 0, 2], np.float32), None).tolist() == pytest.approx([1.2247, -1.2247, 0], abs=1e-4)


def test_scores_that_are_all_equal_weigh_nothing():
    assert z_scores(np.array([0.3, 0.3, 0.3], np.float32)).tolist() == [0, 0, 0]
    assert fused(np.array([1, 1], np.float32), np.array([0, 1], np.float32)).tolist() == pytest.approx([-0.45, 0.45])


def test_a_hit_is_scored_by_its_bm25_and_its_cosine_among_all_that_were_found(three, root, opened):
    store.build(root, three.knowledge(), Hashing())
    hits = opened(root).search("绿色产品认证证书的补贴")
    assert len(hits) == 3
    words, meaning = z([hit.lexical for hit in hits]), z([hit.dense for hit in hits])
    expected = [0.55 * word + 0.45 * mean for word, mean in zip(words, meaning, strict=True)]
    assert [hit.score for hit in hits] == pytest.approx(expected, abs=1e-4)
    assert expected == sorted(expected, reverse=True)
    hashing = Hashing()
    for hit in hits:
        cosine = hashing.question(hit.passage.searchable) @ hashing.question("绿色产品认证证书的补贴")
        assert hit.dense == pytest.approx(float(cosine), abs=1e-5)


def test_sixteen_threads_at_once_get_the_results_that_one_gets(many, root, opened):
    store.build(root, many.knowledge(), Hashing())
    alone, shared = opened(root), opened(root)
    expected = {query: alone.search(query) for query in QUERIES}
    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(lambda query: (query, shared.search(query)), QUERIES * 20))
    assert len(results) == 160
    assert all(hits == expected[query] for query, hits in results)


def test_words_alone_are_searched_while_the_embedder_is_loading(three, root, opened):
    store.build(root, three.knowledge(), Hashing())
    slow = Slow()
    index = opened(root, lambda: slow, wait=False)
    loading = index.search("民宿复核")
    assert not index.ready
    assert loading[0].passage.document == "homestay"
    assert [hit.dense for hit in loading] == [0, 0, 0]
    assert [hit.score for hit in loading] == pytest.approx(z([hit.lexical for hit in loading]), abs=1e-4)
    slow.loaded.set()
    index.wait()
    assert index.ready
    assert index.search("民宿复核")[0].dense > 0


@pytest.mark.parametrize(("make", "error"), [(Broken, RuntimeError), (absent, FileNotFoundError)])
def test_after_an_embedder_that_raises_words_alone_go_on_and_the_error_is_kept(three, root, opened, make, error):
    store.build(root, three.knowledge(), Hashing())
    index = opened(root, make)
    assert isinstance(index.failure, error)
    assert not index.ready
    hits = index.search("民宿复核")
    assert hits[0].passage.document == "homestay"
    assert [hit.dense for hit in hits] == [0, 0, 0]


def test_an_embedder_that_loads_leaves_no_failure(three, root, opened):
    store.build(root, three.knowledge(), Hashing())
    assert opened(root).failure is None


def test_vectors_of_another_embedder_are_not_compared_with_the_question(three, root, opened):
    store.build(root, three.knowledge(), Hashing(64))
    hits = opened(root, lambda: Hashing(512)).search("民宿复核")
    assert hits[0].passage.document == "homestay"
    assert [hit.dense for hit in hits] == [0, 0, 0]


def test_a_running_index_sees_a_new_version_without_being_opened_again(three, root, opened, found):
    before = store.build(root, three.knowledge(), Hashing())
    index = opened(root)
    assert (index.version, found(index, "民宿复核")[0]) == (before.version, "homestay")
    three.remove("homestay")
    three.put("fire", "消防验收由住建部门办理。")
    after = store.build(root, three.knowledge(), Hashing())
    assert index.version == after.version != before.version
    assert found(index, "消防验收")[0] == "fire"
    assert "homestay" not in found(index, "民宿复核")
    assert {passage.document for passage in index.passages.values()} == {"green", "energy", "fire"}


def test_a_search_in_flight_stays_on_its_own_version(three, root, opened):
    store.build(root, three.knowledge(), Hashing())
    index = opened(root)

    def swaps(passage):
        """Called by the search while it runs: a build in the midst of it."""
        three.put("green", "全新的内容。")
        store.build(root, three.knowledge(), Hashing())
        return True

    texts = [hit.passage.text for hit in index.search("绿色产品认证证书", keep=swaps)]
    assert "绿色产品认证证书的有效期是五年。" in texts
    assert "全新的内容。" not in texts
    assert "全新的内容。" in [hit.passage.text for hit in index.search("全新的内容")]


def test_only_passages_that_the_caller_keeps_are_found(three, root, opened, found):
    store.build(root, three.knowledge(), Hashing())
    index = opened(root)
    kept = found(index, "民宿复核", keep=lambda passage: passage.document != "homestay")
    assert sorted(kept) == ["energy", "green"]
    assert found(index, "民宿复核", keep=lambda passage: False) == []


def test_a_kept_passage_is_compared_with_the_question_though_a_hundred_others_are_nearer(many, root, opened):
    store.build(root, many.knowledge(), Hashing())
    query = "第3份文件说的是民宿评定"
    asked = Hashing().question(query)
    cosines = {p.document: float(Hashing().question(p.searchable) @ asked) for p in many.knowledge().passages}
    assert sum(cosine > cosines["homestay"] > 0.01 for cosine in cosines.values()) > 100
    hits = opened(root).search(query, keep=lambda passage: passage.document == "homestay")
    assert [hit.passage.document for hit in hits] == ["homestay"]
    assert hits[0].dense == pytest.approx(cosines["homestay"], abs=1e-5)


def test_at_most_as_many_are_given_as_asked_for_and_they_are_the_best(many, root, opened):
    store.build(root, many.knowledge(), Hashing())
    index = opened(root)
    few, more = index.search("补贴申领", limit=5), index.search("补贴申领", limit=50)
    assert (len(few), len(more)) == (5, 50)
    assert few == more[:5]
    assert len(index.search("补贴申领", limit=200)) == 153


def test_passages_named_besides_come_after_the_best_with_their_own_scores(many, root, opened):
    store.build(root, many.knowledge(), Hashing())
    index = opened(root)
    everything = index.search("补贴申领", limit=200)
    few, last = everything[:5], everything[-1]
    found = index.search("补贴申领", limit=5, besides=[last.passage.id, few[0].passage.id, "unknown"])
    assert [hit.passage.id for hit in found] == [*(hit.passage.id for hit in few), last.passage.id]
    assert found[-1].dense == pytest.approx(last.dense, abs=1e-5)


def test_a_passage_named_besides_is_left_out_where_it_is_not_kept(many, root, opened):
    store.build(root, many.knowledge(), Hashing())
    index = opened(root)
    other = index.search("补贴申领", limit=200)[-1].passage
    found = index.search("补贴申领", lambda passage: passage.id != other.id, 5, besides=[other.id])
    assert other.id not in {hit.passage.id for hit in found}


def test_a_fact_is_found_by_its_id_and_by_the_ids_joined_into_it(three, root, opened):
    three.put_facts(
        "- {id: years, also: [term], kind: figure, region: 全国, values: {years: 5年}, "
        "validity: {state: unknown}, source: {title: 办法}}\n"
    )
    store.build(root, three.knowledge(), Hashing())
    facts = opened(root).facts
    assert facts["term"] is facts["years"]
    assert facts["years"].values == {"years": "5年"}


def test_opening_where_nothing_was_built_raises_and_the_message_says_what_to_run(root):
    with pytest.raises(store.NoIndex, match="python -m index"):
        Index.open(root, Hashing)


def test_a_version_of_another_format_is_not_opened_and_the_message_says_what_to_run(three, root):
    manifest = store.folder(root, store.build(root, three.knowledge(), Hashing()).version) / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": store.FORMAT - 1}))
    with pytest.raises(store.NoIndex, match="python -m index"):
        Index.open(root, Hashing)


def test_a_process_that_runs_goes_on_where_a_newer_program_has_built_another_format(three, root, opened, caplog):
    store.build(root, three.knowledge(), Hashing())
    index = opened(root)
    before = index.version
    three.put("new", "新的一句话。")
    manifest = store.folder(root, store.build(root, three.knowledge(), Hashing()).version) / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": store.FORMAT + 1}))
    assert [index.version, index.version] == [before, before]
    assert caplog.text.count("stays in use") == 1


def test_what_is_alike_stands_above_the_ordinary_for_a_model_that_knows_meaning(many, root):
    store.build(root, many.knowledge(), Knowing())
    index = Index.open(root, Knowing)
    index.wait()
    best, *_, last = index.search("第3份文件说的是民宿评定", limit=50)
    assert best.standing > 2 > last.standing
    index.snapshot().dense.close()


def test_nothing_is_concluded_from_how_high_a_cosine_is_where_it_tells_no_meaning(many, root, opened):
    store.build(root, many.knowledge(), Hashing())
    assert {hit.standing for hit in opened(root).search("民宿评定")} == {None}


def test_among_too_few_passages_nothing_is_ordinary(three, root):
    store.build(root, three.knowledge(), Knowing())
    index = Index.open(root, Knowing)
    index.wait()
    assert {hit.standing for hit in index.search("民宿复核")} == {None}
    index.snapshot().dense.close()


def test_the_standing_of_one_text_with_one_passage_is_that_of_its_hit(many, root):
    store.build(root, many.knowledge(), Knowing())
    index = Index.open(root, Knowing)
    index.wait()
    query = "第3份文件说的是民宿评定"
    best = index.search(query)[0]
    assert index.standing(query, best.passage.id) == pytest.approx(best.standing, abs=1e-4)
    assert index.standing(query, "no such passage") is None
    index.snapshot().dense.close()
