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


@pytest.fixture
def guests(tmp_path, monkeypatch):
    """A folder of plug-ins from outside."""
    folder = tmp_path / "guests"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "visitor.py").write_text("EXTENSIONS = ('.eml',)\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield folder
    for name in [name for name in sys.modules if name.split(".")[0] == "guests"]:
        del sys.modules[name]


def test_a_higher_floor_brings_its_own_folder(guests) -> None:
    assert registry.load("visitor", "corpus.readers", "guests").EXTENSIONS == (".eml",)
    assert "visitor" in registry.names("corpus.readers", "guests")


def test_what_a_plugin_lacks_is_named_with_how_to_install_it(guests) -> None:
    (guests / "hungry.py").write_text("import nowhere_to_be_found\n")
    with pytest.raises(registry.MissingPackage, match=r"nowhere_to_be_found.*pip install .*\[hungry\]"):
        registry.load("hungry", "guests")
