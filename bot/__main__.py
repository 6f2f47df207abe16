"""`python -m bot "…"` prints an answer (`--json`: the object of the HTTP contract); without a question it holds a conversation.

`python -m bot wechat menu` (or `wecom menu`) puts up the menu of an account.
`python -m bot serve` opens all doors but the pages of `ui.py`, which has built the index: a process more, or one that starts in half the time.
Of the server on the same data folder: `keys add|list|remove NAME` are keys that raise quotas; `maintenance on "…"` stops
answering and shows that, `maintenance off` goes on. `propose FOLDER` has the chat model of the settings propose questions for the
documents of a folder of knowledge, for a person to accept.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from bot import maintenance
from bot.answering import UnusableQuestion
from bot.assemble import reception
from bot.capacity import TurnedAway
from bot.channels._wechat.menu import ACCOUNTS, put_up
from bot.public import logs
from bot.reception import InvalidDay, Reception
from bot.records.keys import Keys, NameTaken, UnknownKey
from bot.records.store import open_records
from bot.secret import secret
from bot.server import api, serve
from corpus import registry
from corpus.registry import UnknownPlugin
from corpus.rows import MalformedFile
from index.dense import VectorsUnavailable
from index.store import NoIndex
from settings import InvalidSetting, from_environment, keep_private


def main(arguments: list[str] | None = None) -> int:
    """Runs the command and returns the exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if operates := OPERATIONS.get(arguments[0] if arguments else ""):
        return operates(arguments[1:])
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    parser.add_argument("question", nargs="?")
    parser.add_argument("--region", default="", help="any name or code: 德清, 330521")
    parser.add_argument("--on", help="the day as of which to answer, YYYY-MM-DD")
    parser.add_argument("--json", action="store_true")
    try:
        if len(arguments) > 1 and arguments[0] in ACCOUNTS:
            print(put_up(arguments, from_environment()))
            return 0
        chosen = parser.parse_args(arguments)
        desk = reception(from_environment())
        desk.bot.index.wait()
        if chosen.question:
            _print(desk.ask(chosen.question, {"region": chosen.region}, None, chosen.on), chosen.json)
        else:
            _converse(desk, chosen)
    except (
        InvalidSetting,
        NoIndex,
        MalformedFile,
        UnknownPlugin,
        UnusableQuestion,
        InvalidDay,
        TurnedAway,
        ValueError,
    ) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _keys(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot keys", description="Keys that raise quotas.")
    parser.add_argument("what", choices=("add", "list", "remove"))
    parser.add_argument("name", nargs="?", type=_name)
    chosen = parser.parse_args(arguments)
    if chosen.what != "list" and not chosen.name:
        parser.error(f"name the key to {chosen.what}")
    try:
        records = open_records(from_environment().records)
        try:
            _tend(records.keys, chosen.what, chosen.name)
        finally:
            records.close()
    except (InvalidSetting, NameTaken, UnknownKey) as error:
        print(error.args[0], file=sys.stderr)
        return 2
    return 0


def _tend(keys: Keys, what: str, name: str) -> None:
    if what == "add":
        print(f"{keys.add(name)}\nSend it as `Authorization: Bearer …`. It is not shown again.")
    elif what == "remove":
        keys.remove(name)
        print(f"removed: {name}")
    else:
        for key in keys.all():
            print(f"{key.name}\t{key.made:%Y-%m-%d}")


def _name(text: str) -> str:
    if not 0 < len(text.strip()) <= LONGEST_NAME:
        raise argparse.ArgumentTypeError(f"a name has 1 to {LONGEST_NAME} characters")
    return text.strip()


def _maintenance(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot maintenance", description="Stops answering, or goes on.")
    parser.add_argument("what", choices=("on", "off"))
    parser.add_argument("message", nargs="?", default="", help="what people are told")
    chosen = parser.parse_args(arguments)
    try:
        settings = from_environment()
    except InvalidSetting as error:
        print(error, file=sys.stderr)
        return 2
    if chosen.what == "on":
        maintenance.close(settings, chosen.message)
        print("closed: no question is answered on", settings.data)
    else:
        maintenance.reopen(settings)
        print("open again")
    return 0


def _propose(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bot propose", description="Proposes questions, for a person to accept."
    )
    parser.add_argument("folder", type=Path, help="a folder with documents/, as in CERTGUIDE_CORPUS")
    chosen = parser.parse_args(arguments)
    try:
        for line in registry.load("chat", "bot.writers").propose_for(from_environment(), chosen.folder):
            print(line)
    except (InvalidSetting, MalformedFile, UnknownPlugin) as error:
        print(error, file=sys.stderr)
        return 2
    print("Read them, mend them, and move what is good to questions/; then run `python -m corpus check`.")
    return 0


def _serve(arguments: list[str]) -> int:
    argparse.ArgumentParser(prog="python -m bot serve", description="All doors but the pages.").parse_args(arguments)
    try:
        settings = from_environment()
        keep_private()
        logs.begin(settings, secret(settings))
        serve(api(reception(settings)), settings)
    except (InvalidSetting, NoIndex, MalformedFile, UnknownPlugin, VectorsUnavailable, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


OPERATIONS = {"keys": _keys, "maintenance": _maintenance, "propose": _propose, "serve": _serve}
LONGEST_NAME = 64


def _converse(desk: Reception, chosen: argparse.Namespace) -> None:
    """Reads questions line by line until the end of input."""
    session: Any = None
    print(desk.bot.wording.say("greeting"))
    while (line := _line()) is not None:
        if not line.strip():
            continue
        try:
            answer = desk.ask(line, {"region": chosen.region}, session, chosen.on)
        except (UnusableQuestion, TurnedAway) as error:
            print(error)
            continue
        session = answer["session"]
        _print(answer, chosen.json)


def _line() -> str | None:
    try:
        return input("> ")
    except (EOFError, KeyboardInterrupt):
        return None


def _print(answer: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    print(answer["answer"])
    for source in answer["citations"]:
        number = f"（{source['document_number']}）" if source["document_number"] else ""
        print(f"  [{source['number']}] 《{source['title']}》{number} {source['region']}")
    print(f"  {answer['notice']}\n")


if __name__ == "__main__":
    sys.exit(main())
