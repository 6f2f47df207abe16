"""A folder is a registry: one new file adds a plug-in."""

import sys

import pytest

from corpus import registry


def test_modules_of_a_folder_are_its_plugins_and_helpers_are_not() -> None:
    assert {"markdown", "text"} <= set(registry.names("corpus.readers"))
    assert not any(name.startswith("_") for name in registry.names("index.embedders"))


def test_an_unknown_name_lists_those_there_are() -> None:
    with pytest.raises(registry.UnknownPlugin, match="hashing"):
        registry.load("word2vec", "index.embedders")


def test_a_higher_floor_brings_its_own_folder(tmp_path) -> None:
    folder = tmp_path / "guests"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "visitor.py").write_text("EXTENSIONS = ('.eml',)\n")
    sys.path.insert(0, str(tmp_path))
    try:
        assert registry.load("visitor", "corpus.readers", "guests").EXTENSIONS == (".eml",)
        assert "visitor" in registry.names("corpus.readers", "guests")
    finally:
        sys.path.remove(str(tmp_path))
