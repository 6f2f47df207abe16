import json
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version

import pytest

from corpus.rows import digest
from index import store
from index.dense import open_dense
from index.embedders.hashing import Hashing

FACTS = """
- id: green-years
  also: [green-term]
  kind: figure
  region: 全国
  values: {years: 5年}
  objects: [企业]
  validity: {state: in_force, since: "2020-05"}
  source: {title: 绿色产品标识使用管理办法, number: 第20号, checked: primary}
"""


def versions(root):
    return {path.name for path in (root / "versions").iterdir()}


def stored_vectors(root, name, ids):
    with open_dense(store.folder(root, name), "", name) as dense:
        return dense.count(), {i for i, _ in dense.vectors(ids)}


def test_a_first_build_embeds_title_heading_and_text_of_every_passage(three, root, counting):
    embedder = counting()
    made = store.build(root, three.knowledge(), embedder)
    assert sorted(embedder.asked) == sorted(passage.searchable for passage in three.knowledge().passages)
    assert made.passages == 3
    assert store.current(root) == made.version


def test_a_second_build_with_nothing_changed_builds_nothing(three, root, counting):
    first = store.build(root, three.knowledge(), counting())
    written = (store.folder(root, first.version) / "manifest.json").stat().st_mtime_ns
    again, reports = counting(), []
    assert store.build(root, three.knowledge(), again, progress=lambda *report: reports.append(report)) == first
    assert (again.asked, reports) == ([], [])
    assert versions(root) == {first.version}
    assert (store.folder(root, first.version) / "manifest.json").stat().st_mtime_ns == written


def test_a_changed_document_is_embedded_again_and_the_others_are_not(three, root, counting):
    store.build(root, three.knowledge(), counting())
    three.put("green", "绿色产品认证证书的有效期改为三年。")
    embedder = counting()
    made = store.build(root, three.knowledge(), embedder)
    assert embedder.asked == ["文件green 办理\n绿色产品认证证书的有效期改为三年。"]
    ids = [passage.id for passage in three.knowledge().passages]
    assert stored_vectors(root, made.version, ids) == (3, set(ids))


def test_vectors_taken_over_are_the_vectors_that_were_made(three, root):
    store.build(root, three.knowledge(), Hashing())
    three.put("more", "新增的一份文件。")
    made, hashing = store.build(root, three.knowledge(), Hashing()), Hashing()
    texts = {passage.id: passage.searchable for passage in three.knowledge().passages}
    with open_dense(store.folder(root, made.version), "", made.version) as dense:
        vectors = dict(dense.vectors(list(texts)))
    assert vectors.keys() == texts.keys()
    for identity, vector in vectors.items():
        assert vector == pytest.approx(hashing.question(texts[identity]), abs=1e-6)


def test_nothing_of_a_removed_document_is_left_in_the_version_in_use(three, root, opened, found):
    before = store.build(root, three.knowledge(), Hashing())
    (removed,) = [passage.id for passage in three.knowledge().passages if passage.document == "homestay"]
    assert stored_vectors(root, before.version, [removed]) == (3, {removed})
    three.remove("homestay")
    made = store.build(root, three.knowledge(), Hashing())
    folder = store.folder(root, made.version)
    assert "homestay" not in (folder / "knowledge.json").read_text(encoding="utf-8")
    assert "民宿" not in (folder / "knowledge.json").read_text(encoding="utf-8")
    assert "homestay" not in made.documents
    assert stored_vectors(root, made.version, [removed]) == (2, set())
    assert sorted(found(opened(root), "民宿评定等级之后每三年复核一次")) == ["energy", "green"]


def test_the_manifest_names_model_library_versions_and_a_digest_per_document(three, root):
    made = store.build(root, three.knowledge(), Hashing(64))
    written = json.loads((store.folder(root, made.version) / "manifest.json").read_text(encoding="utf-8"))
    assert written["embedder"] == "hashing-64"
    assert written["documents"] == {
        name: digest(three.folder / "documents" / f"{name}.md") for name in ("green", "homestay", "energy")
    }
    assert {"chromadb", "sentence-transformers", "bm25s", "numpy"} <= written["libraries"].keys()
    assert all(version(library) == number for library, number in written["libraries"].items())
    assert store.manifest(root, made.version) == made


def test_passages_and_facts_are_read_back_as_they_were(three, root):
    three.put_facts(FACTS)
    three.put("green", "先看概况。", "绿色产品认证证书的有效期是5年。{green-years}")
    knowledge = three.knowledge()
    made = store.build(root, knowledge, Hashing())
    passages, facts = store.read_knowledge(root, made.version)
    assert passages == knowledge.passages
    assert any(passage.spans for passage in passages)
    assert list(facts) == ["green-years"]
    read, known = facts["green-years"], knowledge.facts["green-years"]
    for name in ("id", "also", "kind", "region", "values", "objects", "validity", "source"):
        assert getattr(read, name) == getattr(known, name)


def test_a_changed_row_makes_a_new_version_and_embeds_nothing(three, root, counting):
    three.put_facts(FACTS)
    first = store.build(root, three.knowledge(), counting())
    three.put_facts(FACTS.replace("5年", "3年"))
    embedder = counting()
    assert store.build(root, three.knowledge(), embedder).version != first.version
    assert embedder.asked == []


def test_a_build_with_another_embedder_embeds_all_again(three, root, counting):
    store.build(root, three.knowledge(), counting("one"))
    other = counting("another")
    made = store.build(root, three.knowledge(), other)
    assert len(other.asked) == 3
    assert store.manifest(root, made.version).embedder == "another"


def test_only_the_last_versions_are_kept(three, root):
    names = []
    for number in range(store.KEPT + 2):
        three.put("green", f"第{number}版。")
        names.append(store.build(root, three.knowledge(), Hashing()).version)
    assert len(set(names)) == store.KEPT + 2
    assert versions(root) == set(names[-store.KEPT :])


def test_going_back_to_a_kept_version_builds_nothing(three, root, counting, opened, found):
    first = store.build(root, three.knowledge(), counting())
    three.remove("green")
    store.build(root, three.knowledge(), counting())
    three.put("green", "绿色产品认证证书的有效期是五年。")
    again = counting()
    assert store.build(root, three.knowledge(), again) == first
    assert again.asked == []
    assert found(opened(root), "绿色产品认证证书")[0] == "green"


def test_a_build_whose_embedder_fails_leaves_the_version_in_use_and_the_next_one_clears_up(three, root, counting):
    first = store.build(root, three.knowledge(), counting())

    class Failing(counting):
        def passages(self, texts):
            raise MemoryError("no room for the model")

    three.put("more", "新增的一份文件。")
    with pytest.raises(MemoryError):
        store.build(root, three.knowledge(), Failing())
    assert store.current(root) == first.version
    second = store.build(root, three.knowledge(), counting())
    assert versions(root) == {first.version, second.version}


def test_progress_counts_up_to_the_passages_that_are_new(shelf, root):
    for number in range(store.BATCH + 10):
        shelf.put(f"d{number}", f"第{number}份文件。")
    reports = []
    store.build(root, shelf.knowledge(), Hashing(), progress=lambda *report: reports.append(report))
    assert reports == [(store.BATCH, store.BATCH + 10), (store.BATCH + 10, store.BATCH + 10)]


def test_two_builds_at_once_make_one_version_and_embed_once(three, root, counting):
    embedders = [counting(), counting()]
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda embedder: store.build(root, three.knowledge(), embedder), embedders))
    assert made[0] == made[1]
    assert sorted(len(embedder.asked) for embedder in embedders) == [0, 3]


def test_where_nothing_was_built_there_is_no_version_and_the_message_says_what_to_run(root):
    assert store.current(root) is None
    with pytest.raises(store.NoIndex, match="python -m index"):
        store.manifest(root, "0123")


def test_a_built_version_is_never_written_to_by_later_builds(three, root):
    first = store.build(root, three.knowledge(), Hashing()).version
    files = ["knowledge.json", "manifest.json"]
    before = [(store.folder(root, first) / name).read_bytes() for name in files]
    three.put("more", "新增的一份文件。")
    store.build(root, three.knowledge(), Hashing())
    assert [(store.folder(root, first) / name).read_bytes() for name in files] == before
    assert {
        "knowledge.json",
        "manifest.json",
        "passages",
        "ways.json",
        "ways.npy",
        "ways-own.npy",
        "ways",
        "chroma",
    } == {path.name for path in store.folder(root, first).iterdir()}


def test_what_a_kill_left_beside_the_versions_is_cleared_by_the_next_build(three, root, counting):
    store.build(root, three.knowledge(), counting())
    (root / ".partial-12345678-current").write_text("half")
    (root / "versions" / ".partial-x").mkdir()
    three.put("green", "绿色产品认证证书的有效期改为三年。")
    made = store.build(root, three.knowledge(), counting())
    assert store.current(root) == made.version
    assert not list(root.rglob(".partial-*"))
