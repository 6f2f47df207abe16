"""A file is written whole or not at all."""

import pytest

from corpus.whole import whole, write_whole


def test_a_text_takes_the_place_of_the_old_one(tmp_path):
    write_whole(tmp_path / "it", "旧")
    write_whole(tmp_path / "it", "新")
    assert (tmp_path / "it").read_text("utf-8") == "新"


def test_while_it_is_written_the_old_one_stands(tmp_path):
    write_whole(tmp_path / "it", "旧")
    with whole(tmp_path / "it") as file:
        file.write("新".encode())
        assert (tmp_path / "it").read_text("utf-8") == "旧"
    assert (tmp_path / "it").read_text("utf-8") == "新"


def test_what_fails_leaves_the_old_one_and_nothing_else(tmp_path):
    write_whole(tmp_path / "it", "旧")
    with pytest.raises(ZeroDivisionError), whole(tmp_path / "it") as file:
        file.write(b"half")
        raise ZeroDivisionError
    assert (tmp_path / "it").read_text("utf-8") == "旧"
    assert [path.name for path in tmp_path.iterdir()] == ["it"]


def test_no_file_where_there_is_no_folder(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "nowhere" / "it", "x")
