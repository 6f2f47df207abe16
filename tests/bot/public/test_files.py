"""Gradio copies or fetches what a request names as a file: no request may name one."""

import json

import httpx
import pytest

from bot.public.files import names_a_file
from tests.serving import serving
from ui import application

FILE = {"path": "/proc/self/environ", "meta": {"_type": "gradio.FileData"}}
ADDRESS = {"path": "http://192.0.2.1/", "url": "http://192.0.2.1/", "meta": {"_type": "gradio.FileData"}}
CALLS = ("/gradio_api/call/ask", "/gradio_api/run/ask", "/gradio_api/queue/join", "/knowledge/gradio_api/queue/join")


@pytest.fixture(scope="module")
def site(desk):
    with serving(application(desk)) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


@pytest.mark.parametrize("path", CALLS)
@pytest.mark.parametrize("named", [FILE, ADDRESS, {"kept": [{"session": FILE}]}])
def test_nobody_can_have_the_server_copy_or_fetch_a_file(site, path, named):
    body = {"data": ["3C是什么", "", named], "fn_index": 0, "session_hash": "nobody"}
    answer = site.post(path, json=body)
    assert answer.status_code == 422
    assert answer.json()["error"] == "no_files"


def test_a_file_is_found_however_its_name_is_spelled():
    spelled = json.dumps({"data": [FILE]}).replace("gradio", r"\u0067radio").replace("_type", r"\u005ftype")
    assert names_a_file(spelled.encode())
    assert names_a_file(spelled.encode("utf-16"))
    assert names_a_file(b"[" * 100_000)


def test_what_names_none_passes(site):
    assert not names_a_file(b'{"data": ["gradio.FileData", {"meta": "gradio.FileData"}, {"meta": {"_type": 1}}]}')
    assert not names_a_file(b"no JSON")
    answer = site.post("/gradio_api/call/ask", json={"data": ["3C是什么", "", None]})
    assert answer.status_code == 200
