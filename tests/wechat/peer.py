"""One side of a callback as WeChat's servers play it, on wechatpy: signs, encrypts, reads replies. Independent of the code under test."""

import random
import time
from dataclasses import dataclass, field

import xmltodict
from wechatpy.crypto import WeChatCrypto
from wechatpy.enterprise.crypto import WeChatCrypto as WeComCrypto
from wechatpy.parser import parse_message
from wechatpy.replies import deserialize_reply
from wechatpy.utils import WeChatSigner

from settings import Account

OFFICIAL = "gh_0123456789ab"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
PLAIN = Account("TokenOfTheTests")
SAFE = Account("TokenOfTheTests", "wx0123456789abcdef", AES_KEY)
WECOM = Account("TokenOfTheTests", "ww0123456789abcdef", AES_KEY)


def cdata(text):
    """As XML demands it, however the text goes on."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def document(**fields):
    """A callback's XML: numbers bare, texts as CDATA."""
    inner = "".join(f"<{k}>{v if isinstance(v, int) else cdata(v)}</{k}>" for k, v in fields.items())
    return f"<xml>{inner}</xml>"


@dataclass(frozen=True)
class Message:
    """What a user did, in the fields of WeChat's XML."""

    fields: dict
    expected: str = ""

    @property
    def xml(self):
        made = document(**self.fields)
        assert parse_message(made).source == self.fields.get("FromUserName")  # wechatpy reads what we send
        return made


def message(sender, kind="text", at=None, expected="", **fields):
    """A message or event of a sender, with WeChat's fields beside."""
    head = {"ToUserName": OFFICIAL, "FromUserName": sender, "CreateTime": int(at or time.time()), "MsgType": kind}
    return Message({**head, **fields}, expected)


def text(sender, content, number=None, **more):
    """A text message; its MsgId is drawn unless given."""
    return message(sender, Content=content, MsgId=number or random.getrandbits(62), **more)


@dataclass(frozen=True)
class Peer:
    """Signs what is sent to one account and reads what comes back. `mode`: plain, compatible, safe; WeCom is always safe."""

    account: Account
    mode: str = "safe"
    wecom: bool = False
    rng: random.Random = field(default_factory=random.Random)

    @property
    def crypto(self):
        made = WeComCrypto if self.wecom else WeChatCrypto
        return made(self.account.token, self.account.aes_key, self.account.id)

    def signed(self, *parts):
        signer = WeChatSigner()
        signer.add_data(self.account.token, *parts)
        return signer.signature

    def request(self, sent, at=None):
        """The query and the body that bring a message, signed anew each time."""
        stamp, nonce = str(int(at or time.time())), str(self.rng.getrandbits(32))
        query = {"signature": self.signed(stamp, nonce), "timestamp": stamp, "nonce": nonce, "openid": "o"}
        if self.mode == "plain":
            return query, sent.xml.encode()
        sealed = xmltodict.parse(self.crypto.encrypt_message(sent.xml, nonce, stamp))["xml"]
        query |= {"encrypt_type": "aes", "msg_signature": sealed["MsgSignature"]}
        beside = sent.fields if self.mode == "compatible" else {"ToUserName": OFFICIAL}
        return query, document(**beside, Encrypt=sealed["Encrypt"]).encode()

    def check(self, echo, at=None):
        """The query of the check of the address, and what must come back."""
        stamp, nonce = str(int(at or time.time())), str(self.rng.getrandbits(32))
        if not self.wecom:
            return {"signature": self.signed(stamp, nonce), "timestamp": stamp, "nonce": nonce, "echostr": echo}
        sealed = xmltodict.parse(self.crypto.encrypt_message(echo, nonce, stamp))["xml"]
        return {
            "msg_signature": sealed["MsgSignature"],
            "timestamp": stamp,
            "nonce": nonce,
            "echostr": sealed["Encrypt"],
        }

    def read(self, body):
        """The reply in a response, decrypted, as wechatpy reads it; raises where its signature or form is wrong."""
        if self.mode != "plain":
            outer = xmltodict.parse(body)["xml"]
            body = self.crypto.decrypt_message(body, outer["MsgSignature"], outer["TimeStamp"], outer["Nonce"])
        return deserialize_reply(body)
