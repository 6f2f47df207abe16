"""Signatures and encryption of callbacks, one scheme for Official Accounts, WeCom and WeChat customer service.

Source: 消息加解密说明 (developers.weixin.qq.com) and 加解密方案说明 (developer.work.weixin.qq.com/document/path/90968).
"""

import base64
import binascii
import hashlib
import hmac
import struct
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

BLOCK_BITS = 256
"""WeChat pads to 32 bytes, not to the 16 of AES."""
SALT = 16


class Unreadable(ValueError):
    """A text that this key did not encrypt, or that is meant for another account."""


def signature(*parts: str) -> str:
    """SHA-1 over the sorted parts, in hexadecimal."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def is_signed(told: str, *parts: str) -> bool:
    """Whether `told` is the signature of the parts; how long it takes tells nothing."""
    return hmac.compare_digest(signature(*parts).encode(), told.encode())


def keyed_hash(key: str, *parts: str) -> str:
    """HMAC-SHA-256 of the parts, each told apart from the next: 64 hexadecimal digits."""
    return hmac.new(key.encode(), "\0".join(parts).encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Box:
    """Encrypts for and decrypts from one account: AES-256-CBC over 16 random bytes, the length, the text, the account's id."""

    key: bytes
    owner: str

    @classmethod
    def of(cls, aes_key: str, owner: str) -> "Box":
        """The box of an EncodingAESKey (43 characters: Base64 without its padding) and an AppID or CorpID."""
        return cls(base64.b64decode(aes_key + "="), owner)

    def encrypt(self, text: bytes, salt: bytes) -> str:
        """The text as Base64; `salt` are 16 bytes that no other text is encrypted with."""
        whole = salt[:SALT] + struct.pack(">I", len(text)) + text + self.owner.encode()
        padder, encryptor = PKCS7(BLOCK_BITS).padder(), self._cipher().encryptor()
        padded = padder.update(whole) + padder.finalize()
        return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()

    def decrypt(self, sealed: str) -> bytes:
        """The text. Raises Unreadable."""
        try:
            decryptor, unpadder = self._cipher().decryptor(), PKCS7(BLOCK_BITS).unpadder()
            padded = decryptor.update(base64.b64decode(sealed, validate=True)) + decryptor.finalize()
            whole = unpadder.update(padded) + unpadder.finalize()
            (length,) = struct.unpack(">I", whole[SALT : SALT + 4])
        except (ValueError, binascii.Error, struct.error) as error:
            raise Unreadable("the message cannot be decrypted: is the EncodingAESKey that of the console?") from error
        text, owner = whole[SALT + 4 : SALT + 4 + length], whole[SALT + 4 + length :]
        if not hmac.compare_digest(owner, self.owner.encode()):
            raise Unreadable("the message is meant for another account: is the AppID or CorpID right?")
        return text

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES256(self.key), modes.CBC(self.key[:SALT]))
