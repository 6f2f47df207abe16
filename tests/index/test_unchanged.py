"""Whether the index was made of these very files."""

import pytest

from index import store
from index.embedders.hashing import Hashing
from index.unchanged import digest, remember, unchanged


@pytest.fixture
def files(three):
    """The digest of the shelf as it stands."""
    return lambda: digest([three.folder], "hashing")


def test_an_index_made_of_these_files_is_known_by_them(three, root, files):
    made = store.build(root, three.knowledge(), Hashing())
    assert unchanged(root, files()) is None
    remember(root, made.version, files())
    assert unchanged(root, files()) == made


def test_a_file_changed_added_or_removed_makes_it_another(three, files):
    seen = [files()]
    three.put("new", "新的一句话。")
    seen.append(files())
    three.put("new", "新的两句话。")
    seen.append(files())
    three.remove("new")
    assert len(set(seen)) == 3
    assert files() == seen[0]


def test_what_one_file_loses_and_the_next_gains_does_not_go_unseen(tmp_path):
    (tmp_path / "a").write_text("xy")
    (tmp_path / "b").write_text("z")
    before = digest([tmp_path], "hashing")
    (tmp_path / "a").write_text("x")
    (tmp_path / "b").write_text("yz")
    assert digest([tmp_path], "hashing") != before


def test_another_embedder_makes_it_another(three, files):
    assert digest([three.folder], "another") != files()


def test_a_version_that_another_build_has_replaced_is_not_known(three, root, files):
    remember(root, store.build(root, three.knowledge(), Hashing()).version, files())
    before = files()
    three.put("new", "新的一句话。")
    store.build(root, three.knowledge(), Hashing())
    assert unchanged(root, before) is None
