"""All settings, read once from the environment into one frozen value. Read only by `__main__` files, ui.py and bot/assemble.py."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_path

CHECKOUT = Path(__file__).resolve().parent


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
    """Where everything is written: index/, records.db, uploads/, model/."""
    corpus: tuple[Path, ...] = (CHECKOUT / "corpus",)
    """Folders of knowledge: the checkout's own, then those that CERTGUIDE_CORPUS names (separated as in PATH)."""
    region: str = ""
    """Region of an asker who names none (full name, short name or GB/T 2260 code); empty: unknown."""
    embedder: str = "trained"
    """A module of index/embedders/, with `:` and an argument if it takes one: `trained`, `sentence:/path/to/model`, `hashing`."""
    chroma: str = ""
    """Address of a Chroma server (http://host:port); empty: Chroma embedded in the index folder."""
    writer: str = "quote"
    """A module of bot/writers/."""
    host: str = "127.0.0.1"
    port: int = 7860
    public: str = ""
    """Address under which users reach the server (https://…), for links in messages; empty: no links."""
    wechat: Account | None = None
    """An Official Account (公众号): CERTGUIDE_WECHAT_TOKEN, _ID, _AES_KEY, _SECRET; without a token that door is shut."""
    wecom: Account | None = None
    """An app of WeCom (企业微信自建应用): the same with WECOM, and CERTGUIDE_WECOM_AGENT."""
    kf: Account | None = None
    """WeChat customer service (微信客服): the same with KF."""

    @property
    def index(self) -> Path:
        return self.data / "index"

    @property
    def records(self) -> str:
        """Database URL of the records."""
        return f"sqlite:///{self.data / 'records.db'}"


class InvalidSetting(ValueError):
    """A setting that cannot be used; the message names it and what it may be."""


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings as the environment has them. Raises InvalidSetting."""

    def named(name: str, default: str = "") -> str:
        return environ.get(f"CERTGUIDE_{name}", "").strip() or default

    data = Path(named("DATA") or user_data_path("certguide", appauthor=False))
    more = tuple(Path(folder).expanduser() for folder in named("CORPUS").split(os.pathsep) if folder)
    for folder in more:
        if not folder.is_dir():
            raise InvalidSetting(f"CERTGUIDE_CORPUS names {folder}, which is no folder: create it or correct the path")
    port = named("PORT", "7860")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise InvalidSetting(f"CERTGUIDE_PORT is {port!r}: give a number from 1 to 65535")
    return Settings(
        data=data.expanduser().absolute(),
        corpus=(CHECKOUT / "corpus", *more),
        region=named("REGION"),
        embedder=named("EMBEDDER", "trained"),
        chroma=named("CHROMA"),
        writer=named("WRITER", "quote"),
        host=named("HOST", "127.0.0.1"),
        port=int(port),
        public=_address(named("PUBLIC")),
        wechat=_account("WECHAT", named),
        wecom=_account("WECOM", named, "AES_KEY"),
        kf=_account("KF", named, "AES_KEY", "SECRET"),
    )


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
