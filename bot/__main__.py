"""`python -m bot "…"` prints an answer (`--json`: the object of the HTTP contract); without a question it holds a conversation.

`python -m bot wechat menu` (or `wecom menu`) puts up the menu of an account.
"""

import argparse
import json
import sys
from typing import Any

from bot.answering import UnusableQuestion
from bot.assemble import reception
from bot.channels._wechat.menu import ACCOUNTS, put_up
from bot.reception import InvalidDay, Reception
from corpus.registry import UnknownPlugin
from corpus.rows import MalformedFile
from index.store import NoIndex
from settings import InvalidSetting, from_environment


def main(arguments: list[str] | None = None) -> int:
    """Runs the command and returns the exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
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
    except (InvalidSetting, NoIndex, MalformedFile, UnknownPlugin, UnusableQuestion, InvalidDay, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _converse(desk: Reception, chosen: argparse.Namespace) -> None:
    """Reads questions line by line until the end of input."""
    session: Any = None
    print(desk.bot.wording.say("greeting"))
    while (line := _line()) is not None:
        if not line.strip():
            continue
        try:
            answer = desk.ask(line, {"region": chosen.region}, session, chosen.on)
        except UnusableQuestion as error:
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
