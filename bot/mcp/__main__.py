"""`python -m bot.mcp` serves an assistant on this machine over standard input and output. The index must be built: `python -m index`."""

import argparse
import sys

from bot.assemble import reception
from bot.mcp.server import server
from corpus.registry import UnknownPlugin
from corpus.rows import MalformedFile
from index.store import NoIndex
from settings import InvalidSetting, from_environment


def main(arguments: list[str] | None = None) -> int:
    """Serves until its input ends; returns the exit status."""
    argparse.ArgumentParser(prog="python -m bot.mcp", description=__doc__).parse_args(arguments)
    try:
        desk = reception(from_environment())
    except (InvalidSetting, NoIndex, MalformedFile, UnknownPlugin) as error:
        print(error, file=sys.stderr)
        return 2
    server(desk).run("stdio")
    return 0


if __name__ == "__main__":
    sys.exit(main())
