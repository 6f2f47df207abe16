"""Callbacks opened and replies sealed: signature, age, encryption and XML are checked here and nowhere else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bot.channels._wechat.crypto import Box, Unreadable, is_signed, keyed_hash, signature
from bot.records.messages import Reply
from settings import Account

WINDOW = 300
"""Seconds that a callback's timestamp may be off: a clock may be wrong, but yesterday's callback is a replay."""
LARGEST = 64 * 1024
"""Bytes of a callback; WeChat's longest text message has some 2,000."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Refused(ValueError):
    """A callback that did not come from WeChat, or not to this account, or not now. The message is for whoever runs the server."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message or event. `id` and `asker` are keyed hashes; `sender` and `account` are WeChat's own ids, needed to reply and never stored."""

    id: str
    asker: str
    sender: str
    account: str
    kind: str
    """text, voice, image …, or event."""
    at: int
    text: str = ""
    event: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """How one account's callbacks are opened. `channel` keeps the askers of several accounts apart."""

    channel: str
    account: Account

    @property
    def box(self) -> Box | None:
        """What decrypts; None for an account whose callbacks come in plain text."""
        return Box.of(self.account.aes_key, self.account.id) if self.account.aes_key else None

    def echo(self, query: Mapping[str, str], now: float) -> str:
        """What the check of the address wants to hear. Raises Refused.

        An Official Account signs the address alone and sends its text in plain, whatever the mode; WeCom signs and encrypts it.
        """
        self._fresh(query, now)
        told = query.get("echostr", "")
        if "msg_signature" in query and self.box:
            self._signed(query, "msg_signature", told)
            return self._decrypted(self.box, told).decode()
        if self.channel != "wechat":
            raise Refused("the check of the address is not encrypted: WeCom's always is")
        self._signed(query, "signature")
        return told

    def open(self, query: Mapping[str, str], body: bytes, now: float) -> Incoming:
        """The message in a callback. Raises Refused."""
        return self._incoming(self.fields(query, body, now))

    def fields(self, query: Mapping[str, str], body: bytes, now: float) -> dict[str, str]:
        """The elements of a callback. Raises Refused.

        With an EncodingAESKey only what is encrypted counts, also in compatible mode, where the same stands beside it in plain text.
        """
        self._fresh(query, now)
        box = self.box
        if not box:
            self._signed(query, "signature")
            fields = _fields(body)
            if "MsgType" not in fields:
                raise Refused("the message is encrypted: set the EncodingAESKey, or choose plain mode in the console")
            return fields
        sealed = _fields(body).get("Encrypt", "")
        if not sealed:
            raise Refused("the message is not encrypted: choose safe mode in the console, or unset the EncodingAESKey")
        self._signed(query, "msg_signature", sealed)
        return _fields(self._decrypted(box, sealed))

    def seal(self, incoming: Incoming, reply: Reply) -> bytes:
        """The response that carries a reply: byte for byte the same for each attempt of a message."""
        plain = _xml(
            ToUserName=incoming.sender,
            FromUserName=incoming.account,
            CreateTime=reply.at,
            MsgType="text",
            Content=reply.text,
        )
        if not self.box:
            return plain
        salt = bytes.fromhex(keyed_hash(self.account.aes_key, incoming.id, reply.text))
        sealed, nonce = self.box.encrypt(plain, salt), incoming.id[:16]
        signed = signature(self.account.token, str(reply.at), nonce, sealed)
        return _xml(Encrypt=sealed, MsgSignature=signed, TimeStamp=reply.at, Nonce=nonce)

    def _fresh(self, query: Mapping[str, str], now: float) -> None:
        told = query.get("timestamp", "")
        if not re.fullmatch(r"\d{1,12}", told, re.ASCII) or abs(now - int(told)) > WINDOW:
            raise Refused(f"the timestamp {told!r:.20} is not of now: a replay, or this server's clock is wrong")

    def _signed(self, query: Mapping[str, str], name: str, *more: str) -> None:
        parts = (self.account.token, query.get("timestamp", ""), query.get("nonce", ""), *more)
        if not is_signed(query.get(name, ""), *parts):
            raise Refused("the signature is wrong: a forgery, or the token is not that of the console")

    def _decrypted(self, box: Box, sealed: str) -> bytes:
        try:
            return box.decrypt(sealed)
        except Unreadable as error:
            raise Refused(str(error)) from error

    def _incoming(self, fields: Mapping[str, str]) -> Incoming:
        """Raises Refused. A message is told by its MsgId, an event (which has none) by sender, second and kind."""
        sender, told = fields.get("FromUserName", ""), fields.get("CreateTime", "")
        kind, event, key = fields.get("MsgType", ""), fields.get("Event", ""), fields.get("EventKey", "")
        if not sender or not kind or not re.fullmatch(r"\d{1,12}", told, re.ASCII):
            raise Refused("a message without sender, kind or time")
        identity = (fields["MsgId"],) if fields.get("MsgId") else (told, event, key)
        hashed = self.account.token, self.channel, sender
        text = fields.get("Recognition", "") if kind == "voice" else fields.get("Content", "")
        return Incoming(
            keyed_hash(*hashed, *identity),
            keyed_hash(*hashed),
            sender,
            fields.get("ToUserName", ""),
            kind.lower(),
            int(told),
            text.strip(),
            event.lower(),
            key,
        )


def _fields(body: bytes) -> dict[str, str]:
    """Names and texts of the elements of an XML document. Raises Refused, also for entities and document types. UTF-8 as WeChat sends
    it, whatever the document says of itself: an encoding is not the sender's to choose before we know who it is."""
    try:
        root = fromstring(body.decode("utf-8-sig"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Refused("the body is no XML of a callback") from error
    return {element.tag: element.text or "" for element in root}


def _xml(**fields: str | int) -> bytes:
    """Elements in WeChat's form: numbers bare, texts as CDATA that nothing within can end."""
    inner = "".join(f"<{name}>{_value(value)}</{name}>" for name, value in fields.items())
    return f"<xml>{inner}</xml>".encode()


def _value(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    return f"<![CDATA[{_NOT_XML.sub('', value).replace(']]>', ']]]]><![CDATA[>')}]]>"
