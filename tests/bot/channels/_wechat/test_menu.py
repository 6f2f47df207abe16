"""The menu from its file, in WeChat's form and within its limits; each of its questions is answered."""

import json

import pytest

from bot.__main__ import main
from bot.channels._wechat.menu import MENU, menu
from corpus.rows import MalformedFile

PUBLIC = "https://cert.example.cn"


def entries(made):
    return [entry for bar in made["button"] for entry in bar["sub_button"]]


def test_our_menu_is_within_the_limits_with_all_pages():
    made = menu(MENU, PUBLIC)
    assert 1 <= len(made["button"]) <= 3
    assert {entry["type"] for entry in entries(made)} == {"click", "view"}
    assert all(entry["url"].startswith(f"{PUBLIC}/") for entry in entries(made) if "url" in entry)


def test_without_a_public_address_no_page_is_offered():
    assert {entry["type"] for entry in entries(menu(MENU, ""))} == {"click"}


@pytest.mark.parametrize("question", [entry["key"] for entry in entries(menu(MENU, ""))])
def test_each_question_of_our_menu_is_answered(ask, question):
    assert ask(question)["status"] == "answered"


ENTRY = "{name: 名, ask: 问}"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([f"{{name: 菜单, entries: [{ENTRY}]}}"] * 4, "at most 3"),
        (["{name: 菜单, entries: [" + ", ".join([ENTRY] * 6) + "]}"], "shows 5"),
        ([f"{{name: 太长的菜单名字, entries: [{ENTRY}]}}"], "name is too long"),
        (["{name: 菜单, entries: [{name: 名, ask: " + "问" * 50 + "}]}"], "ask is too long"),
    ],
)
def test_what_wechat_would_refuse_is_told_with_its_line(tmp_path, rows, told):
    file = tmp_path / "menu.yaml"
    file.write_text("menu:\n" + "".join(f"  - {row}\n" for row in rows), encoding="utf-8")
    with pytest.raises(MalformedFile, match=told):
        menu(file, "")


def test_the_command_shows_what_it_would_send(capsys):
    assert main(["wechat", "menu", "--show"]) == 0
    assert json.loads(capsys.readouterr().out) == menu(MENU, "")


def test_without_an_account_the_command_says_what_to_set(capsys):
    assert main(["wecom", "menu"]) == 2
    assert "CERTGUIDE_WECOM_SECRET" in capsys.readouterr().err
