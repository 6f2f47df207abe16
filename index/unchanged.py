"""Tells whether the index was made of these very files, without reading into them: a start takes seconds less."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path

from corpus.whole import write_whole
from index import store

NAME = "made-of"
"""The file beside `current` that holds a version and the digest of the files it was made of."""


def digest(folders: Sequence[Path], embedder: str) -> str:
    """Of all files of folders of knowledge, our own code of corpus/ among them, of the embedder and of the form of an index."""
    made = blake2b(f"{store.FORMAT} {embedder}".encode(), digest_size=16)
    for number, folder in enumerate(folders):
        for path in _files(folder):
            content = path.read_bytes()
            made.update(f"{number} {path.relative_to(folder)} {len(content)} ".encode())
            made.update(content)
    return made.hexdigest()


def unchanged(root: Path, files: str) -> store.Manifest | None:
    """The manifest of the version in use, if it was made of files of that digest."""
    try:
        version, made_of = (root / NAME).read_text().split()
    except (FileNotFoundError, ValueError):
        return None
    return store.manifest(root, version) if made_of == files and store.current(root) == version else None


def remember(root: Path, version: str, files: str) -> None:
    """Notes of which files a version was made."""
    write_whole(root / NAME, f"{version} {files}")


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
