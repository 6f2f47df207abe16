"""What tokens are signed with, and what is an asker's alone: as the operator set it, else made once and kept in the data folder, so that a restart voids no token."""

import hmac
import os
import secrets
import tempfile
from hashlib import sha256
from pathlib import Path

from settings import Settings

BYTES = 32


def secret(settings: Settings) -> str:
    """The secret of these settings. Several processes on one folder get the same one, whoever comes first."""
    return settings.secret or _kept(settings.data / "secret")


def key_of(answer: str, key: str) -> str:
    """What whoever asked gets with an answer and nobody else can make: an answer's id goes on with every link to it."""
    return hmac.new(key.encode(), f"answer:{answer}".encode(), sha256).hexdigest()[:24]


def _kept(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(path)
    return path.read_text(encoding="ascii")


def _make(path: Path) -> None:
    """Appears whole or not at all; where another process was first, its secret stays."""
    handle, name = tempfile.mkstemp(dir=path.parent)  # readable by nobody else
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()
