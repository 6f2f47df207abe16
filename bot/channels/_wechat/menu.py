"""The menu under the conversation, from a file: `python -m bot wechat menu`. A click asks the question that is its key."""

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx

from bot.channels._wechat.calls import Declined, Interface, OfficialAccount, WeComApp
from bot.words import FOLDER
from corpus.rows import MalformedFile, read_yaml
from settings import Settings

MENU = FOLDER / "zh" / "menu.yaml"
MOST, MOST_ENTRIES = 3, 5
LONGEST_NAME, LONGEST_ENTRY, LONGEST_KEY = 16, 60, 128
"""Bytes: of a name in the bar, of an entry's name, of the question that a click asks."""
ACCOUNTS: Mapping[str, type[Interface]] = {"wechat": OfficialAccount, "wecom": WeComApp}


def menu(path: Path, public: str) -> dict[str, Any]:
    """The menu in WeChat's form; pages are left out where there is no public address. Raises MalformedFile."""
    rows = read_yaml(path.read_text(encoding="utf-8"), path)["menu"]
    if len(rows) > MOST:
        raise MalformedFile(path, 1, f"has {len(rows)} menus: WeChat shows at most {MOST}")
    return {"button": [_bar(row, path, public) for row in rows]}


def put_up(arguments: list[str], settings: Settings) -> str:
    """The command: sends the menu and says so. Raises ValueError with advice."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="The menu of an account at WeChat or WeCom.")
    parser.add_argument("channel", choices=ACCOUNTS)
    parser.add_argument("what", choices=["menu"])
    parser.add_argument("file", nargs="?", type=Path, default=MENU, help=f"default: {MENU}")
    parser.add_argument("--show", action="store_true", help="print what would be sent, send nothing")
    chosen = parser.parse_args(arguments)
    made = menu(chosen.file, settings.public)
    if chosen.show:
        return json.dumps(made, ensure_ascii=False, indent=1)
    account = {"wechat": settings.wechat, "wecom": settings.wecom}[chosen.channel]
    if not account or not account.secret:
        name = f"CERTGUIDE_{chosen.channel.upper()}"
        raise ValueError(f"set {name}_TOKEN, {name}_ID and {name}_SECRET first; --show prints the menu")
    try:
        ACCOUNTS[chosen.channel](account).put_up(made)
    except Declined as error:
        raise ValueError(str(error)) from error
    except httpx.HTTPError as error:
        raise ValueError(f"WeChat was not reached, look after the network: {error}") from error
    return "the menu is up; phones show it within 24 hours, at once to whoever follows the account anew"


def _bar(row: Mapping[str, Any], path: Path, public: str) -> dict[str, Any]:
    entries = list(_entries(row, path, public))
    if len(entries) > MOST_ENTRIES:
        raise MalformedFile(path, int(row["__line__"]), f"has {len(entries)} entries: WeChat shows {MOST_ENTRIES}")
    return {"name": _short(row, "name", LONGEST_NAME, path), "sub_button": entries}


def _entries(row: Mapping[str, Any], path: Path, public: str) -> Iterator[dict[str, str]]:
    for entry in row["entries"]:
        name = _short(entry, "name", LONGEST_ENTRY, path)
        if "ask" in entry:
            yield {"type": "click", "name": name, "key": _short(entry, "ask", LONGEST_KEY, path)}
        elif public:
            yield {"type": "view", "name": name, "url": public + entry["page"]}


def _short(entry: Mapping[str, Any], key: str, longest: int, path: Path) -> str:
    text = str(entry[key])
    if len(text.encode()) > longest:
        raise MalformedFile(path, int(entry["__line__"]), f"{key} is too long for WeChat: at most {longest} bytes")
    return text
