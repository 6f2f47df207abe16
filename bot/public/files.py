"""Files that a request of Gradio's names. Before any handler of ours runs, Gradio copies such a file from our disk, or fetches it from
wherever its address leads, so that it could be told to read our secrets, fill the disk or call others. Our pages take no files."""

import json
from collections.abc import Iterator
from typing import Any

FILE = "gradio.FileData"
"""How Gradio marks a file: `{"path": …, "meta": {"_type": …}}`, at any depth."""


def names_a_file(body: bytes) -> bool:
    """Whether the JSON of a request names a file anywhere. What is nested too deep to be looked through counts as one."""
    try:
        told = json.loads(body)
    except RecursionError:
        return True
    except ValueError:
        return False  # Gradio cannot read it either
    return any(map(_is_file, _within(told)))


def _within(told: Any) -> Iterator[Any]:
    """The value and all values in it."""
    waiting = [told]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _is_file(value: Any) -> bool:
    meta = value.get("meta") if isinstance(value, dict) else None
    return isinstance(meta, dict) and meta.get("_type") == FILE
