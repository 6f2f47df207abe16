"""`python -m bot`: the same answer in the terminal."""

import json
import os
import socket
import subprocess
import sys

import httpx
import pytest

from bot.__main__ import main
from settings import CHECKOUT


@pytest.fixture
def terminal(settings, desk, monkeypatch, capsys):
    """Runs the command over the project's corpus; returns exit status, output and complaints."""
    monkeypatch.setenv("CERTGUIDE_DATA", str(settings.data))
    monkeypatch.setenv("CERTGUIDE_EMBEDDER", "hashing")

    def runs(*arguments):
        status = main(list(arguments))
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return runs


def test_an_answer_with_its_sources(terminal):
    status, out, _ = terminal("充电宝要不要做3C")
    assert status == 0
    assert "[1] 《" in out


def test_the_object_of_the_contract(terminal):
    _, out, _ = terminal("绿色产品认证补贴多少", "--region", "德清", "--json", "--on", "2026-11-23")
    answer = json.loads(out)
    assert (answer["region"], answer["on"]) == ("浙江省湖州市德清县", "2026-11-23")


def test_a_conversation_goes_on_after_an_unusable_line(settings, desk):
    environment = {**os.environ, "CERTGUIDE_DATA": str(settings.data), "CERTGUIDE_EMBEDDER": "hashing"}
    typed = "3C是什么\n" + "问" * 600 + "\n那证书有效期呢\n"
    command = [sys.executable, "-m", "bot"]
    run = subprocess.run(
        command, check=False, input=typed, cwd=CHECKOUT, env=environment, capture_output=True, text=True
    )
    assert run.returncode == 0
    assert "5年" in run.stdout
    assert "问题太长" in run.stdout


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("3C是什么", "--region", "亚特兰蒂斯"), "不认识"),
        (("3C是什么", "--on", "soon"), "YYYY-MM-DD"),
        ((" ",), "请先输入"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_line(terminal, arguments, advice):
    status, _, complaint = terminal(*arguments)
    assert status == 2
    assert advice in complaint
    assert "Traceback" not in complaint


def test_an_embedder_that_does_not_exist_is_named_with_those_that_do(terminal, monkeypatch):
    monkeypatch.setenv("CERTGUIDE_EMBEDDER", "hashin")
    status, _, complaint = terminal("3C是什么")
    assert status == 2
    assert "there are: hashing, sentence" in complaint


def test_keys_are_made_listed_and_removed(settings, monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("CERTGUIDE_DATA", str(tmp_path))
    said = []
    for arguments in (["add", "a firm"], ["add", "a firm"], ["list"], ["remove", "a firm"], ["remove", "a firm"]):
        status = main(["keys", *arguments])
        said.append((status, capsys.readouterr()))
    assert [status for status, _ in said] == [0, 2, 0, 0, 2]
    assert said[0][1].out.startswith("cg-")
    assert "already" in said[1][1].err
    assert "a firm" in said[2][1].out
    assert said[0][1].out.split()[0] not in said[2][1].out, "a key is shown once"
    assert "keys list" in said[4][1].err


def test_a_key_needs_a_name():
    with pytest.raises(SystemExit):
        main(["keys", "add"])
    with pytest.raises(SystemExit):
        main(["keys", "add", "x" * 65])


def test_while_closed_the_terminal_says_so_too(terminal, settings):
    assert main(["maintenance", "on", "今晚八点后再来"]) == 0
    try:
        status, _, complaint = terminal("3C是什么")
    finally:
        assert main(["maintenance", "off"]) == 0
    assert status == 2
    assert "今晚八点后再来" in complaint


def test_all_doors_but_the_pages_are_served_and_a_question_is_answered(settings, desk):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = {"CERTGUIDE_DATA": str(settings.data), "CERTGUIDE_EMBEDDER": "hashing", "CERTGUIDE_PORT": str(port)}
    command = [sys.executable, "-m", "bot", "serve"]
    with subprocess.Popen(command, cwd=CHECKOUT, env={**os.environ, **told}, stdout=subprocess.PIPE, text=True) as run:
        assert str(port) in run.stdout.readline()
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", transport=httpx.HTTPTransport(retries=20)) as client:
            assert client.post("/api/ask", json={"question": "充电宝要不要做3C"}).json()["status"] == "answered"
            assert client.get("/").status_code == 404
        run.terminate()
        run.wait(10)
