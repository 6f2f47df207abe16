"""How the log is written: a line for each event, as text or JSON, personal data and secrets masked in whatever is logged, or printed
to standard error past it."""

import io
import logging
import re
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any, TextIO

from asgi_correlation_id import CorrelationIdFilter
from pythonjsonlogger.json import JsonFormatter

from bot.guard import masked
from bot.records.keys import PREFIX
from settings import Settings

OURS = ("bot", "corpus", "index", "pages", "ui")
HIDDEN = "[secret]"
_SECRETS = re.compile(rf"(?:Bearer\s+|{PREFIX}|\bcertguide=)[\w.~+/=-]{{8,}}")
_TEXT = "%(asctime)s %(levelname)s %(name)s [%(correlation_id)s] %(message)s"
_INDENT = "\n    "
"""Before each further line of an event, so that nothing a caller sends can look like an event of its own."""
_JSON = ("asctime", "levelname", "name", "correlation_id", "message")
_FRAMES = 5
"""Of a traceback the last are shown: those before are the same layers of libraries each time, and a log is read, and filled, by lines."""
_SAID_ALREADY = ("uvicorn.error", "Exception in ASGI application\n")
"""What bot/server.py has logged with the number of the request, raised once more as Starlette does."""


def begin(settings: Settings, secret: str, stream: TextIO | None = None) -> None:
    """Sends all logs to `stream` (standard error), and what is printed to standard error with them; what libraries say from warnings on."""
    here = sys.stderr.beneath if isinstance(sys.stderr, _Printed) else sys.stderr
    handler = logging.StreamHandler(stream or here)
    handler.setFormatter(formatter(settings, secret))
    handler.addFilter(CorrelationIdFilter(default_value="-"))
    handler.addFilter(_heard)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(settings.log_level.upper())
    sys.stderr = _Printed(handler, here)


def _heard(record: logging.LogRecord) -> bool:
    """Ours, and what is serious: some libraries set their own levels."""
    if (record.name, record.msg) == _SAID_ALREADY:
        return False
    return record.levelno >= logging.WARNING or record.name.split(".")[0] in OURS


def formatter(settings: Settings, secret: str) -> logging.Formatter:
    """The form of the settings, masking."""
    mask = masking(secret, settings.secret, settings.metrics_token)
    if settings.log_format == "json":
        return _Json(mask)
    return _Text(mask)


def masking(*secrets: str) -> Callable[[str], str]:
    """Hides personal data, keys, tokens and these very words."""
    words = [word for word in secrets if word]

    def mask(text: str) -> str:
        for word in words:
            text = text.replace(word, HIDDEN)
        return masked(_SECRETS.sub(HIDDEN, text))

    return mask


class _Short(logging.Formatter):
    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        return "".join(traceback.format_exception(*ei, limit=-_FRAMES)).rstrip()


class _Text(_Short):
    def __init__(self, mask: Callable[[str], str]) -> None:
        super().__init__(_TEXT)
        self._mask = mask

    def format(self, record: logging.LogRecord) -> str:
        return self._mask(super().format(record)).replace("\n", _INDENT)


class _Json(_Short, JsonFormatter):
    def __init__(self, mask: Callable[[str], str]) -> None:
        super().__init__(_JSON, json_ensure_ascii=False)
        self._mask = mask

    def format(self, record: logging.LogRecord) -> str:
        return self._mask(super().format(record))


class _Printed(io.TextIOBase):
    """Standard error as an event for each thing printed: Gradio prints what its handlers raise, with what was sent to them."""

    def __init__(self, handler: logging.Handler, beneath: TextIO) -> None:
        self.beneath = beneath
        self._handler, self._own = handler, threading.local()

    def write(self, text: str) -> int:
        """Takes what is printed, which goes on where a line ends with it."""
        self._own.begun = getattr(self._own, "begun", "") + text
        if text.endswith("\n"):
            lines, self._own.begun = self._own.begun.rstrip(), ""
            self._tell(lines)
        return len(text)

    def _tell(self, lines: str) -> None:
        if lines and not getattr(self._own, "inside", False):  # a handler that fails prints that as well
            self._own.inside = True
            self._handler.handle(logging.LogRecord("printed", logging.WARNING, "", 0, "%s", (lines,), None))
            self._own.inside = False

    def flush(self) -> None:
        """Nothing waits but half a line."""
