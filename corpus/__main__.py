"""`python -m corpus check`: what is wrong with the knowledge, file by file. Exit status 1 if anything is."""

import argparse
import sys
from pathlib import Path

from corpus.check import check
from settings import InvalidSetting, from_environment


def main(arguments: list[str] | None = None) -> int:
    """Runs the command and returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m corpus", description=__doc__)
    parser.add_argument("command", choices=["check"])
    parser.parse_args(arguments)
    try:
        folders = from_environment().corpus
    except InvalidSetting as error:
        print(error, file=sys.stderr)
        return 2
    problems = check(folders)
    for problem in problems:
        print(str(problem).removeprefix(f"{Path.cwd()}/"))
    print(f"{len(problems)} problems" if problems else "nothing to mend")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
