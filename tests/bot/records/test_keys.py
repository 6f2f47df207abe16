"""Keys: shown once, stored as digests, void when removed."""

import pytest

from bot.records.keys import NameTaken, UnknownKey
from bot.records.store import open_records


@pytest.fixture
def keys(tmp_path):
    records = open_records(f"sqlite:///{tmp_path / 'records.db'}")
    yield records.keys
    records.close()


def test_a_key_is_known_by_its_name_until_it_is_removed(keys):
    key = keys.add("a firm")
    assert keys.named(key) == "a firm"
    keys.remove("a firm")
    assert keys.named(key) is None


def test_a_name_is_given_once(keys):
    keys.add("a firm")
    with pytest.raises(NameTaken, match="a firm"):
        keys.add("a firm")
    with pytest.raises(UnknownKey, match="keys list"):
        keys.remove("nobody")


@pytest.mark.parametrize("value", ["", "none", "cg-", "cg-" + "x" * 43, "cg-\x00", "cg-" + "钥" * 9])
def test_anything_else_is_no_key(keys, value):
    keys.add("a firm")
    assert keys.named(value) is None
