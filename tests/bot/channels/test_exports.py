"""A conversation as a file over HTTP."""

from dataclasses import replace
from urllib.parse import quote

import pytest

from bot.capacity import PATIENCE, Capacity
from bot.channels.exports import MOST_ANSWERS
from tests.bot.public.conftest import opened

HEADS = {"docx": b"PK", "pdf": b"%PDF-"}


@pytest.fixture
def identity(web):
    return web.post("/api/ask", json={"question": "充电宝要不要做3C"}).json()["id"]


@pytest.mark.parametrize("form", HEADS)
def test_a_file_comes_with_type_and_name(web, identity, form):
    got = web.get(f"/api/exports/{form}", params={"answer": [identity, identity]})
    assert got.status_code == 200
    assert got.content.startswith(HEADS[form])
    told = got.headers["content-disposition"]
    assert f"{quote('认证向导问答记录')}-" in told
    assert told.endswith(f".{form}")
    assert form in got.headers["content-type"] or "wordprocessingml" in got.headers["content-type"]


def test_in_english_the_frame_is_english(web, identity):
    got = web.get("/api/exports/pdf", params={"answer": identity, "language": "en"})
    assert "CertGuide%20conversation" in got.headers["content-disposition"]


def test_a_language_that_there_is_not_is_refused_with_those_there_are(web, identity):
    refused = web.get("/api/exports/pdf", params={"answer": identity, "language": "fr"})
    assert refused.status_code == 422
    assert "zh" in refused.json()["message"]


def test_an_unknown_answer_or_form_is_not_found(web, identity):
    assert web.get("/api/exports/docx", params={"answer": [identity, "nowhere"]}).status_code == 404
    refused = web.get("/api/exports/exe", params={"answer": identity})
    assert refused.status_code == 404
    assert "docx" in refused.json()["message"]


def test_none_or_too_many_answers_are_refused(web, identity):
    assert web.get("/api/exports/docx").status_code == 422
    assert web.get("/api/exports/docx", params={"answer": [identity] * (MOST_ANSWERS + 1)}).status_code == 422
    assert web.get("/api/exports/docx", params={"answer": [identity] * MOST_ANSWERS}).status_code == 200


def test_a_file_is_made_in_its_turn_as_answers_are(desk, identity):
    full = replace(desk, capacity=Capacity(1, _mean=PATIENCE * 2))
    with full.place(), opened(full) as client:
        refused = client.get("/api/exports/docx", params={"answer": identity})
    assert (refused.status_code, refused.json()["error"]) == (503, "busy")


def test_a_file_tells_nothing_of_how_long_answers_take(desk, identity):
    alone = replace(desk, capacity=Capacity(1, _mean=PATIENCE))
    with opened(alone) as client:
        assert client.get("/api/exports/docx", params={"answer": identity}).status_code == 200
    assert alone.capacity._mean == PATIENCE
