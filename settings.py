"""All settings, read once from the environment into one frozen value. Read only by `__main__` files, ui.py and bot/assemble.py."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

CHECKOUT = Path(__file__).resolve().parent
LOOPBACK = ("127.0.0.0/8", "::1/128")
LONGEST_WAIT = 600
"""Seconds that anybody waits for a model."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account at WeChat or WeCom: how its callbacks are signed and encrypted, and with what its interfaces are called."""

    token: str = field(repr=False)
    """Signs the callbacks, and is the key under which users' ids are hashed."""
    id: str = ""
    """AppID or CorpID."""
    aes_key: str = field(default="", repr=False)
    """EncodingAESKey, 43 characters; empty: callbacks come in plain text (only an Official Account may)."""
    secret: str = field(default="", repr=False)
    """To call WeChat's interfaces; empty: none is called."""
    agent: str = ""
    """AgentId of a WeCom app."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every switch the product has; each is `CERTGUIDE_` plus the name in capitals. Durations in seconds, sizes in bytes."""

    data: Path
    """Where everything is written: index/, records.db, uploads/, model/, secret."""
    corpus: tuple[Path, ...] = (CHECKOUT / "corpus",)
    """Folders of knowledge: the checkout's own, then those that CERTGUIDE_CORPUS names (separated as in PATH)."""
    region: str = ""
    """Region of an asker who names none (full name, short name or GB/T 2260 code); empty: unknown."""
    embedder: str = "trained"
    """A module of index/embedders/, with `:` and an argument if it takes one: `trained`, `sentence:/path/to/model`, `hashing`."""
    chroma: str = ""
    """Address of a Chroma server (http://host:port); empty: Chroma embedded in the index folder."""
    writer: str = "quote"
    """A module of bot/writers/: `quote`, or `chat` for a chat model that phrases what is quoted."""
    chat_url: str = ""
    """OpenAI-compatible address of the chat model, up to /v1."""
    chat_key: str = field(default="", repr=False)
    """Its key; empty where it needs none. Never shown, never logged."""
    chat_model: str = ""
    """Its name."""
    chat_first_word: float = 5.0
    """How long the model may be silent before the quoting writer answers."""
    chat_limit: float = 20.0
    """How long it may take altogether; what it has not said by then the quoting writer says."""
    host: str = "127.0.0.1"
    port: int = 7860
    root_path: str = ""
    """Where a proxy serves us, which strips it: /certguide for https://example.cn/certguide/."""
    cors_origins: tuple[str, ...] = ()
    """Sites (https://example.cn) whose pages may call the API from a browser."""
    widget_origins: tuple[str, ...] = ()
    """Sites that may show the widget: their pages may call its door and no other."""
    secret: str = field(default="", repr=False)
    """What tokens are signed with, of all processes that serve one site; empty: made once and kept in `data`."""
    public: str = ""
    """Address under which users reach the server (https://…), for links in messages; empty: no links."""
    wechat: Account | None = None
    """An Official Account (公众号): CERTGUIDE_WECHAT_TOKEN, _ID, _AES_KEY, _SECRET; without a token that door is shut."""
    wecom: Account | None = None
    """An app of WeCom (企业微信自建应用): the same with WECOM, and CERTGUIDE_WECOM_AGENT."""
    kf: Account | None = None
    """WeChat customer service (微信客服): the same with KF."""

    proxies: tuple[str, ...] = LOOPBACK
    """Networks whose X-Forwarded-For is believed: loopback or private ones, where a proxy of ours stands."""
    limit_session: int = 60
    """Questions a minute of one browser; 0: as many as it likes. So for the next two."""
    limit_address: int = 1200
    """Requests a minute from one address: behind it there may be a whole office."""
    limit_key: int = 6000
    """Requests a minute with one key; those of session and address then do not count."""
    at_once: int = 2
    """Questions answered at the same time in one process; more wait for some seconds or are told that it is busy."""
    retention_days: int = 180
    """Days after which answers and feedback are deleted; 0: never."""
    metrics_token: str = field(default="", repr=False)
    """With it /metrics may be read from elsewhere than this machine."""
    log_format: str = "text"
    """`text` or `json`: how the log is written, a line for each event."""
    log_level: str = "info"
    """`debug`, `info`, `warning`, `error`."""

    @property
    def index(self) -> Path:
        return self.data / "index"

    @property
    def records(self) -> str:
        """Database URL of the records."""
        return f"sqlite:///{self.data / 'records.db'}"


class InvalidSetting(ValueError):
    """A setting that cannot be used; the message names it and what it may be."""


SHORTEST_SECRET = 16
OWNERS_ALONE = 0o077
"""Rights that nothing written from now on gives to anybody but its owner."""


def keep_private() -> None:
    """What this process writes is readable by its owner alone: there are questions in it. For processes that go on to serve."""
    os.umask(OWNERS_ALONE)


_ORIGIN = re.compile(r"https?://[a-z0-9.\[\]:-]+")


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings as the environment has them. Raises InvalidSetting."""

    def named(name: str, default: str = "") -> str:
        return environ.get(f"CERTGUIDE_{name}", "").strip() or default

    data = Path(named("DATA") or user_data_path("certguide", appauthor=False))
    more = tuple(Path(folder).expanduser() for folder in named("CORPUS").split(os.pathsep) if folder)
    for folder in more:
        if not folder.is_dir():
            raise InvalidSetting(f"CERTGUIDE_CORPUS names {folder}, which is no folder: create it or correct the path")
    return Settings(
        data=data.expanduser().absolute(),
        corpus=(CHECKOUT / "corpus", *more),
        region=named("REGION"),
        embedder=named("EMBEDDER", "trained"),
        chroma=named("CHROMA"),
        writer=named("WRITER", "quote"),
        **_chat(named),
        **_serving(named),
        public=_address(named("PUBLIC")),
        wechat=_account("WECHAT", named),
        wecom=_account("WECOM", named, "AES_KEY"),
        kf=_account("KF", named, "AES_KEY", "SECRET"),
        **_public(named),
    )


def _serving(named: Callable[..., str]) -> dict[str, Any]:
    """Where it is served and to whom. Raises InvalidSetting."""
    port, root_path, secret = named("PORT", "7860"), named("ROOT_PATH").rstrip("/"), named("SECRET")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise InvalidSetting(f"CERTGUIDE_PORT is {port!r}: give a number from 1 to 65535")
    if root_path and not root_path.startswith("/"):
        raise InvalidSetting(f"CERTGUIDE_ROOT_PATH is {root_path!r}: begin it with a slash, as in /certguide")
    if 0 < len(secret) < SHORTEST_SECRET:
        raise InvalidSetting(
            f"CERTGUIDE_SECRET has {len(secret)} characters: give at least {SHORTEST_SECRET}, at random"
        )
    return {
        "host": named("HOST", "127.0.0.1"),
        "port": int(port),
        "root_path": root_path,
        "cors_origins": _origins("CERTGUIDE_CORS_ORIGINS", named("CORS_ORIGINS")),
        "widget_origins": _origins("CERTGUIDE_WIDGET_ORIGINS", named("WIDGET_ORIGINS")),
        "secret": secret,
    }


def _public(named: Callable[[str, str], str]) -> dict[str, Any]:
    """What matters to whoever serves the public."""
    token = named("METRICS_TOKEN", "")
    if 0 < len(token) < SHORTEST_SECRET:
        raise InvalidSetting(f"CERTGUIDE_METRICS_TOKEN has {len(token)} characters: give at least {SHORTEST_SECRET}")
    return {
        "proxies": _networks(named("PROXIES", " ".join(LOOPBACK))),
        "limit_session": _number("LIMIT_SESSION", named("LIMIT_SESSION", "60")),
        "limit_address": _number("LIMIT_ADDRESS", named("LIMIT_ADDRESS", "1200")),
        "limit_key": _number("LIMIT_KEY", named("LIMIT_KEY", "6000")),
        "at_once": _number("AT_ONCE", named("AT_ONCE", "2"), least=1, most=64),
        "retention_days": _number("RETENTION_DAYS", named("RETENTION_DAYS", "180")),
        "metrics_token": token,
        "log_format": _one_of("LOG_FORMAT", named("LOG_FORMAT", "text"), ("text", "json")),
        "log_level": _one_of("LOG_LEVEL", named("LOG_LEVEL", "info").lower(), ("debug", "info", "warning", "error")),
    }


def _number(name: str, text: str, least: int = 0, most: int = 1_000_000) -> int:
    if not text.isdecimal() or not least <= int(text) <= most:
        raise InvalidSetting(f"CERTGUIDE_{name} is {text!r}: give a whole number from {least} to {most}")
    return int(text)


def _one_of(name: str, text: str, known: tuple[str, ...]) -> str:
    if text not in known:
        raise InvalidSetting(f"CERTGUIDE_{name} is {text!r}: give one of {', '.join(known)}")
    return text


def _networks(text: str) -> tuple[str, ...]:
    """Loopback or private networks, separated by spaces or commas; `none`: no proxy is believed."""
    found = () if text == "none" else tuple(text.replace(",", " ").split())
    for one in found:
        try:
            network = ip_network(one)
        except ValueError:
            network = None
        if network is None or not (network.is_loopback or network.is_private) or not network.prefixlen:
            raise InvalidSetting(
                f"CERTGUIDE_PROXIES names {one!r}: give loopback or private networks, as in 10.0.0.0/8"
            )
    return tuple(str(ip_network(one)) for one in found)


def _origins(variable: str, text: str) -> tuple[str, ...]:
    """Sites, separated by spaces or commas, each as a browser names it: scheme, host, port."""
    found = tuple(one.rstrip("/") for one in text.lower().replace(",", " ").split())
    for one in found:
        if not _ORIGIN.fullmatch(one):
            raise InvalidSetting(f"{variable} names {one!r}: write each site as https://example.cn, without a path")
    return found


def _chat(named: Callable[..., str]) -> dict[str, Any]:
    """The settings of the chat model. Raises InvalidSetting."""
    url, model = named("CHAT_URL"), named("CHAT_MODEL")
    if named("WRITER") == "chat" and not (model and url.startswith(("http://", "https://"))):
        raise InvalidSetting(
            "CERTGUIDE_WRITER=chat needs CERTGUIDE_CHAT_URL (http…/v1, OpenAI-compatible) and CERTGUIDE_CHAT_MODEL (the model's name)"
        )
    first_word = _seconds(named("CHAT_FIRST_WORD", "5"), "CHAT_FIRST_WORD")
    limit = _seconds(named("CHAT_LIMIT", "20"), "CHAT_LIMIT")
    return {
        "chat_url": url,
        "chat_key": named("CHAT_KEY"),
        "chat_model": model,
        "chat_first_word": min(first_word, limit),
        "chat_limit": limit,
    }


def _seconds(told: str, name: str) -> float:
    try:
        seconds = float(told)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= LONGEST_WAIT:
        raise InvalidSetting(f"CERTGUIDE_{name} is {told!r}: give seconds, above 0 and at most {LONGEST_WAIT}")
    return seconds


def _address(value: str) -> str:
    if value and not re.fullmatch(r"https?://[\w.:\[\]-]+(?:/[\w./~%-]*)?", value):
        raise InvalidSetting(f"CERTGUIDE_PUBLIC is {value!r}: give an address such as https://cert.example.cn")
    return value.rstrip("/")


def _account(name: str, named: Callable[[str], str], *needed: str) -> Account | None:
    """The account of CERTGUIDE_{name}_…; None without a token. Raises InvalidSetting for what would fail at the first message."""
    token, aes_key = named(f"{name}_TOKEN"), named(f"{name}_AES_KEY")
    if not token:
        return None
    for part in (*needed, *(("ID",) if aes_key or named(f"{name}_SECRET") else ())):
        if not named(f"{name}_{part}"):
            raise InvalidSetting(f"CERTGUIDE_{name}_{part} is missing: copy it from the console of WeChat or WeCom")
    if aes_key and not re.fullmatch(r"[A-Za-z0-9+/]{43}", aes_key):
        raise InvalidSetting(f"CERTGUIDE_{name}_AES_KEY is no EncodingAESKey: that has 43 letters and digits")
    return Account(token, named(f"{name}_ID"), aes_key, named(f"{name}_SECRET"), named(f"{name}_AGENT"))
