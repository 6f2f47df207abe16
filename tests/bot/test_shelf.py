"""Documents are browsed by subject, region, validity and date."""

from dataclasses import replace

import pytest

from bot.capacity import PATIENCE, Busy, Capacity
from bot.guard import LONGEST_QUESTION
from bot.shelf import books, chosen

DAY = "2026-11-23"


@pytest.fixture(scope="module")
def regions(desk):
    return desk.bot.know().vocabulary.regions


@pytest.fixture(scope="module")
def passages(desk):
    return tuple(desk.bot.index.passages.values())


def test_every_document_is_a_book_with_all_its_passages(passages):
    shelf = books(passages, DAY)
    assert sum(len(book.passages) for book in shelf) == len(passages)
    assert len({book.id for book in shelf}) == len(shelf)


def test_a_book_counts_its_states_and_facts(passages):
    for book in books(passages, DAY):
        assert sum(book.states.values()) == len(book.passages)
        assert book.facts <= sum(len(passage.facts) for passage in book.passages)


def test_a_region_is_what_holds_there_and_within_it(passages, regions):
    found = {passage.region for passage in chosen(passages, DAY, regions, region=regions.find("德清"))}
    assert {"全国", "浙江省", "浙江省湖州市德清县"} <= found
    assert "浙江省杭州市余杭区" not in found


def test_a_state_is_judged_as_of_the_day(passages, regions):
    lapsed = chosen(passages, DAY, regions, state="lapsed")
    assert lapsed
    assert all(passage.validity.on(DAY).state == "lapsed" for passage in lapsed)


def test_a_year_keeps_what_was_issued_since(passages, regions):
    assert all((p.source.issued or "") >= "2025" for p in chosen(passages, DAY, regions, since="2025"))


def test_documents_by_http_are_narrowed(web):
    everything = web.get("/api/documents").json()
    one = web.get("/api/documents", params={"subject": "民宿消防", "region": "浮梁县"}).json()
    assert 40 <= len(everything) <= 90
    assert {document["subject"] for document in one} == {"民宿消防"}
    assert everything[0].keys() >= {"id", "title", "subject", "regions", "validity", "issued", "facts", "passages"}


def test_a_query_brings_the_document_first(web):
    assert web.get("/api/documents", params={"query": "民宿灭火器"}).json()[0]["subject"] == "民宿消防"


def test_an_unknown_region_is_refused_with_advice(web):
    answer = web.get("/api/documents", params={"region": "亚特兰蒂斯"})
    assert (answer.status_code, answer.json()["error"]) == (422, "unknown_region")


def test_a_search_takes_room_as_a_question_does_and_a_list_does_not(desk):
    full = replace(desk, capacity=Capacity(1, _mean=PATIENCE * 2))
    with full.place():
        assert full.documents(subject="民宿消防")
        with pytest.raises(Busy):
            full.documents(query="民宿灭火器")


def test_of_a_query_no_more_is_read_than_of_a_question(desk):
    asked = "民宿灭火器" + " " * LONGEST_QUESTION
    assert desk.found(asked + "充电宝" * 100_000, 5) == desk.found(asked, 5)
