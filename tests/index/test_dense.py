import socket
from contextlib import closing

import chromadb
import numpy as np
import pytest

from index import store
from index.dense import VectorsUnavailable, open_dense
from index.embedders.hashing import Hashing

QUERIES = ["绿色产品证书有效期", "民宿复核", "补贴向谁申领", "县市场监管局", "五年"]


def unit(*rows):
    vectors = np.array(rows, np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def collections(address):
    client = chromadb.HttpClient(host="127.0.0.1", port=int(address.rpartition(":")[2]))
    try:
        return {collection.name for collection in client.list_collections()}
    finally:
        client.close()


def test_the_nearest_vectors_come_first_with_their_cosine(tmp_path):
    with open_dense(tmp_path, "", "v", create=True) as dense:
        dense.add(["east", "north", "between"], unit([1, 0], [0, 1], [3, 4]))
        found = dense.query(unit([1, 0])[0], 3)
    assert [i for i, _ in found] == ["east", "between", "north"]
    assert [cosine for _, cosine in found] == pytest.approx([1, 0.6, 0], abs=1e-6)


def test_vectors_are_given_for_the_ids_that_there_are(tmp_path):
    with open_dense(tmp_path, "", "v", create=True) as dense:
        dense.add(["east", "north"], unit([1, 0], [0, 1]))
        found = dict(dense.vectors(["north", "nowhere"]))
    assert {i: vector.tolist() for i, vector in found.items()} == {"north": [0, 1]}


def test_vectors_held_in_memory_give_what_chroma_gives(tmp_path):
    vectors, ids = unit(*np.random.default_rng(1).normal(size=(300, 8))), [str(number) for number in range(300)]
    with open_dense(tmp_path, "", "v", create=True) as dense:
        dense.add(ids, vectors)
        asked = dense.query(vectors[7], 10), list(dense.vectors(["7", "none", "8"]))
        dense.hold(ids)
        held = dense.query(vectors[7], 10), list(dense.vectors(["7", "none", "8"]))
    assert [i for i, _ in held[0]] == [i for i, _ in asked[0]]
    assert [cosine for _, cosine in held[0]] == pytest.approx([cosine for _, cosine in asked[0]], abs=1e-6)
    assert {i: vector.tolist() for i, vector in held[1]} == {i: vector.tolist() for i, vector in asked[1]}


def test_where_some_vectors_are_of_ids_not_named_none_are_held(tmp_path):
    with open_dense(tmp_path, "", "v", create=True) as dense:
        dense.add(["east", "north"], unit([1, 0], [0, 1]))
        assert [i for i, _ in dense.hold(["east"]).query(unit([0, 1])[0], 1)] == ["north"]


def test_what_was_added_is_there_after_closing_and_opening_again(tmp_path):
    with open_dense(tmp_path, "", "v", create=True) as dense:
        dense.add(["east", "north"], unit([1, 0], [0, 1]))
    with open_dense(tmp_path, "", "v") as dense:
        assert dense.count() == 2
        assert dense.query(unit([0, 1])[0], 1)[0][0] == "north"


def test_more_vectors_than_chroma_takes_at_once_are_added_and_read(tmp_path):
    vectors = unit(*np.random.default_rng(1).normal(size=(6000, 4)))
    ids = [str(number) for number in range(6000)]
    with open_dense(tmp_path, "", "v", create=True) as dense:
        dense.add(ids, vectors)
        assert dense.count() == 6000
        assert {i for i, _ in dense.vectors(ids)} == set(ids)
        assert dense.query(vectors[5999], 1)[0][0] == "5999"


def test_creating_begins_empty(tmp_path):
    for _ in range(2):
        with open_dense(tmp_path, "", "v", create=True) as dense:
            assert dense.count() == 0
            dense.add(["east"], unit([1, 0]))


def test_vectors_that_are_not_there_raise_and_the_message_says_what_to_do(tmp_path):
    with pytest.raises(VectorsUnavailable, match="python -m index"):
        open_dense(tmp_path, "", "v")


def test_an_address_where_nothing_listens_raises_and_the_message_says_what_to_do(three, root):
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(VectorsUnavailable, match="chroma run") as raised:
            store.build(root, three.knowledge(), Hashing(), address)
    assert address in str(raised.value)
    assert "CERTGUIDE_CHROMA" in str(raised.value)
    assert store.current(root) is None


def test_a_version_on_a_server_is_a_collection_named_by_it(three, root, chroma_server):
    made = store.build(root, three.knowledge(), Hashing(), chroma_server)
    assert f"certguide-{made.version}" in collections(chroma_server)
    assert not (store.folder(root, made.version) / "chroma").exists()


def test_an_index_on_a_server_finds_what_an_embedded_one_finds_in_the_same_order(
    three, tmp_path, chroma_server, opened
):
    for number in range(30):
        three.put(f"d{number}", f"第{number}份文件说的是{'证书补贴民宿'[number % 6]}第{number * 7 % 13}项的办理。")
    made = store.build(tmp_path / "embedded", three.knowledge(), Hashing())
    assert store.build(tmp_path / "server", three.knowledge(), Hashing(), chroma_server).version == made.version
    embedded, served = opened(tmp_path / "embedded"), opened(tmp_path / "server", server=chroma_server)
    for query in QUERIES:
        one, other = embedded.search(query, limit=33), served.search(query, limit=33)
        assert len(one) == 33
        assert [hit.passage for hit in one] == [hit.passage for hit in other]
        assert [hit.dense for hit in one] == pytest.approx([hit.dense for hit in other], abs=1e-5)
        assert any(hit.dense for hit in other)


def test_an_address_may_be_given_without_http(three, root, chroma_server, opened, found):
    address = chroma_server.removeprefix("http://")
    store.build(root, three.knowledge(), Hashing(), address)
    assert found(opened(root, server=address), "民宿复核")[0] == "homestay"


def test_nothing_of_a_removed_document_is_left_in_the_collection_in_use(three, root, counting, chroma_server):
    store.build(root, three.knowledge(), counting(), chroma_server)
    passages = three.knowledge().passages
    three.remove("homestay")
    three.put("more", "新增的一份文件。")
    embedder = counting()
    made = store.build(root, three.knowledge(), embedder, chroma_server)
    assert embedder.asked == ["文件more 办理\n新增的一份文件。"]
    with open_dense(store.folder(root, made.version), chroma_server, made.version) as dense:
        left = {i for i, _ in dense.vectors([passage.id for passage in passages])}
        assert dense.count() == 3
    assert left == {passage.id for passage in passages if passage.document != "homestay"}


def test_collections_of_versions_no_longer_kept_are_removed_from_the_server(three, root, chroma_server):
    names = []
    for number in range(store.KEPT + 1):
        three.put("green", f"服务器上的第{number}版。")
        names.append(f"certguide-{store.build(root, three.knowledge(), Hashing(), chroma_server).version}")
    assert set(names) & collections(chroma_server) == set(names[1:])
