import pytest

from corpus.registry import UnknownPlugin
from index.embedding import embedder


def test_a_setting_names_a_module_of_embedders(tmp_path):
    assert embedder("hashing", tmp_path).name == "hashing-512"
    assert embedder("sentence", tmp_path).name == "sentence:multilingual-e5-small"


def test_what_follows_the_first_colon_is_the_argument(tmp_path):
    assert embedder("hashing:64", tmp_path).name == "hashing-64"
    assert embedder("sentence:C:/models/own", tmp_path).name == "sentence:C:/models/own"


@pytest.mark.parametrize("setting", ["openai", "_e5", "", ":64"])
def test_a_name_that_is_no_embedder_raises_and_the_message_lists_those_there_are(tmp_path, setting):
    with pytest.raises(UnknownPlugin, match="hashing, sentence"):
        embedder(setting, tmp_path)
