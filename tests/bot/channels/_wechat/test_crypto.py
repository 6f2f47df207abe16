"""Encryption and signatures, against wechatpy as the independent implementation."""

import os
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import PrpCrypto
from wechatpy.utils import WeChatSigner

from bot.channels._wechat.crypto import Box, Unreadable, is_signed, keyed_hash, signature

AES_KEY, OWNER = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wx0123456789abcdef"
box = Box.of(AES_KEY, OWNER)
peer = PrpCrypto(box.key)
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(texts)
def test_what_the_peer_encrypts_is_read(text):
    assert box.decrypt(peer.encrypt(text, OWNER).decode()).decode() == text


@given(texts)
def test_the_peer_reads_what_is_encrypted(text):
    assert peer.decrypt(box.encrypt(text.encode(), os.urandom(16)), OWNER) == text


@given(st.lists(st.text(string.printable, min_size=1), min_size=1))
def test_signatures_are_the_peers(parts):
    signer = WeChatSigner()
    signer.add_data(*parts)
    assert signature(*parts) == signer.signature
    assert is_signed(signer.signature, *parts)
    assert not is_signed(signer.signature, *parts, "x")


def test_what_is_meant_for_another_account_is_not_read():
    with pytest.raises(Unreadable, match="another account"):
        box.decrypt(peer.encrypt("问", "wx-another").decode())


@given(st.binary() | st.text().map(str.encode))
def test_no_bytes_do_more_harm_than_being_unreadable(sealed):
    with pytest.raises(Unreadable):
        box.decrypt(sealed.decode("latin-1"))


def test_a_hash_tells_its_parts_apart_and_needs_the_key():
    assert keyed_hash("k", "ab", "c") != keyed_hash("k", "a", "bc")
    assert keyed_hash("k", "openid") != keyed_hash("other", "openid")
    assert len(keyed_hash("k", "openid")) == 64
