"""The HTTP contract, door by door."""

import json

QUESTION = "充电宝要不要做3C"


def events(text):
    """Server-sent events as (name, data)."""
    for block in text.strip().split("\n\n"):
        name, data = (line.split(": ", 1)[1] for line in block.split("\n"))
        yield name, json.loads(data)


def test_the_pieces_of_a_stream_are_the_answer(web):
    told = list(events(web.post("/api/stream", json={"question": QUESTION}).text))
    *pieces, (last, answer) = told
    assert last == "answer"
    assert {name for name, _ in pieces} == {"piece"}
    assert "".join(data["text"] for _, data in pieces) == answer["answer"]


def test_a_stream_answers_as_ask_does(web):
    streamed = list(events(web.post("/api/stream", json={"question": QUESTION}).text))[-1][1]
    asked = web.post("/api/ask", json={"question": QUESTION}).json()
    changing = ("id", "key", "took_ms")
    assert {k: v for k, v in streamed.items() if k not in changing} == {
        k: v for k, v in asked.items() if k not in changing
    }


def test_the_session_handed_back_carries_the_subject(web):
    first = web.post("/api/ask", json={"question": "3C是什么"}).json()
    then = web.post("/api/ask", json={"question": "那证书有效期呢", "session": first["session"]}).json()
    assert "5年" in then["answer"]


def test_null_counts_as_absent(web):
    body = {"question": QUESTION, "profile": {"region": None}, "session": None, "on": None}
    assert web.post("/api/ask", json=body).json()["status"] == "answered"


def test_a_quote_stands_word_for_word_in_its_passage(web):
    answer = web.post("/api/ask", json={"question": QUESTION}).json()
    assert answer["citations"]
    for citation in answer["citations"]:
        passage = web.get(f"/api/passages/{citation['passage']}").json()
        assert citation["quote"] in passage["text"]
        assert passage.keys() >= {"id", "text", "heading", "document", "source"}


def test_an_answer_is_found_again_without_its_session(web):
    answer = web.post("/api/ask", json={"question": QUESTION}).json()
    kept = web.get(f"/api/answers/{answer['id']}").json()
    assert "session" not in kept
    assert kept["answer"] == answer["answer"]
    assert kept["citations"] == answer["citations"]


def test_why_an_answer_is_so_is_told_apart_from_it(web):
    answer = web.post("/api/ask", json={"question": QUESTION}).json()
    trace = web.get(f"/api/answers/{answer['id']}/trace").json()
    assert "trace" not in answer
    assert "trace" not in web.get(f"/api/answers/{answer['id']}").json()
    assert (trace["answer"], trace["status"]) == (answer["id"], answer["status"])
    assert trace.keys() == {"answer", "status", "way", "needs", "struck", "steps_ms"}
    (need,) = trace["needs"]
    used = [found["passage"] for found in need["found"] if found["use"] == "used"]
    assert set(used) == {citation["passage"] for citation in answer["citations"]}


def test_of_no_answer_and_of_one_without_a_trace_there_is_none(web, desk):
    desk.records.keep_answer("问", {"id": "from-before", "status": "answered"})
    for identity, error in (("nowhere", "unknown_answer"), ("from-before", "not_found")):
        refused = web.get(f"/api/answers/{identity}/trace")
        assert (refused.status_code, refused.json()["error"]) == (404, error)
    desk.records.forget("from-before")


def test_a_vote_is_stored_with_its_reason(web, desk):
    answer = web.post("/api/ask", json={"question": QUESTION}).json()
    vote = {"answer": answer["id"], "vote": "error", "reason": "电话13812345678", "passage": None}
    assert web.post("/api/feedback", json=vote).status_code == 204
    (kept,) = desk.records.feedback(answer["id"])
    assert (kept.vote, kept.reason) == ("error", "电话[手机号]")


def test_a_vote_on_no_answer_or_of_no_kind_is_refused(web):
    assert web.post("/api/feedback", json={"answer": "nowhere", "vote": "up"}).status_code == 404
    assert web.post("/api/feedback", json={"answer": "nowhere", "vote": "maybe"}).status_code == 422


def test_a_deleted_answer_is_gone_with_its_feedback(web, desk):
    answer = web.post("/api/ask", json={"question": QUESTION}).json()
    web.post("/api/feedback", json={"answer": answer["id"], "vote": "up"})
    done = web.delete(f"/api/answers/{answer['id']}", headers={"X-Answer-Key": answer["key"]})
    assert (done.status_code, done.content) == (204, b"")
    assert web.get(f"/api/answers/{answer['id']}").status_code == 404
    assert web.get(f"/api/answers/{answer['id']}/trace").status_code == 404
    assert desk.records.feedback(answer["id"]) == []


def test_whoever_may_read_an_answer_may_not_delete_it(web):
    """The id is in every link; the key is given once, to whoever asked, and kept nowhere."""
    answer, other = (web.post("/api/ask", json={"question": QUESTION}).json() for _ in range(2))
    read = web.get(f"/api/answers/{answer['id']}").text + web.get(f"/h5/answers/{answer['id']}").text
    assert answer["key"] not in read
    for key in ("", other["key"], answer["key"][:-1], answer["id"], "é"):
        refused = web.delete(f"/api/answers/{answer['id']}", headers={"X-Answer-Key": key.encode()})
        assert (refused.status_code, refused.json()["error"]) == (403, "wrong_key")
        assert "X-Answer-Key" in refused.json()["message"]
    assert web.get(f"/api/answers/{answer['id']}").status_code == 200


def test_an_unknown_answer_cannot_be_deleted(web):
    refused = web.delete("/api/answers/nowhere")
    assert refused.status_code == 404
    assert refused.json()["error"] == "unknown_answer"
