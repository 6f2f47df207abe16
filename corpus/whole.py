"""Writes a file so that a kill at any moment leaves the old or the new, never half."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write into, which takes the place of `path` when all is on the disk. If writing fails `path` stays as it was."""
    partial = path.with_name(f".partial-{secrets.token_hex(4)}-{path.name}")
    try:
        with partial.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
        sync(path.parent)
    finally:
        partial.unlink(missing_ok=True)


def write_whole(path: Path, text: str) -> None:
    """Writes a text, in UTF-8. Raises OSError."""
    with whole(path) as file:
        file.write(text.encode())


def sync(directory: Path) -> None:
    """Writes a folder's entries to the disk, so that a rename survives a power cut."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
