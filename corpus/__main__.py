"""`python -m corpus check`: what is wrong with the knowledge, file by file; exit status 1 if anything is. `stats`: what it consists of."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from corpus.check import check
from corpus.load import load
from corpus.rows import MalformedFile
from corpus.stats import stats
from settings import InvalidSetting, from_environment


def main(arguments: list[str] | None = None) -> int:
    """Runs the command and returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m corpus", description=__doc__)
    parser.add_argument("command", choices=["check", "stats"])
    command = parser.parse_args(arguments).command
    try:
        folders = from_environment().corpus
    except InvalidSetting as error:
        print(error, file=sys.stderr)
        return 2
    if command == "stats":
        return _stats(folders)
    problems = check(folders)
    for problem in problems:
        print(str(problem).removeprefix(f"{Path.cwd()}/"))
    print(f"{len(problems)} problems" if problems else "nothing to mend")
    return 1 if problems else 0


def _stats(folders: Sequence[Path]) -> int:
    try:
        print(stats(load(folders), date.today().isoformat()))
    except MalformedFile as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
