"""What the pages say is there in every language, and fills in the same names."""

import string

import pytest

from bot.words import FOLDER, languages
from corpus.rows import read_yaml


def sentences(entries, path=""):
    """Every sentence by its dotted key; of a list only how long it is."""
    for key, value in entries.items():
        if isinstance(value, dict):
            yield from sentences(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


def words(language):
    file = FOLDER / language / "page.yaml"
    return dict(sentences(read_yaml(file.read_text(encoding="utf-8"), file)))


def names(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(str(sentence)) if name}


@pytest.mark.parametrize("language", languages())
def test_each_language_has_every_sentence_with_the_same_names(language):
    own, chinese = words(language), words("zh")
    assert own.keys() == chinese.keys()
    for key, value in own.items():
        assert type(value) is type(chinese[key]), key
        assert isinstance(value, list) or names(value) == names(chinese[key]), key


def test_six_questions_are_offered_to_begin_with():
    assert all(len(words(language)["page.examples"]) == 6 for language in languages())
