"""Answers and feedback are stored, masked, found again; the tables are moved by Alembic alone."""

import json
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError

from bot.records.store import UnknownAnswer, open_records
from bot.records.tables import Base
from settings import OWNERS_ALONE

PRIVATE = ("13812345678", "330521199003071234", "6222021234567890123", "a.b@example.cn")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "new" / "records.db"


@pytest.fixture
def records(file):
    records = open_records(f"sqlite:///{file}")
    yield records
    records.close()


def answer(identity="a1"):
    return {"id": identity, "answer": "德清县奖20万元。", "status": "answered", "citations": [{"number": 1}]}


def test_a_new_database_is_made_in_a_new_folder_with_all_tables(records, file):
    with sqlite3.connect(file) as database:
        names = {name for (name,) in database.execute("select name from sqlite_master where type = 'table'")}
    ours = {"answers", "feedback", "messages", "askers", "signatures", "keys", "quotas", "alembic_version"}
    assert ours <= names


def test_nobody_else_on_the_machine_can_read_them(records, file):
    """Nor what SQLite writes beside the file, whatever the process gives to others elsewhere."""
    records.keep_answer("德清奖多少", answer())
    written = [file.parent, *file.parent.iterdir()]
    assert len(written) >= 3, "the folder, the file, its log"
    assert [path.name for path in written if stat.S_IMODE(path.stat().st_mode) & OWNERS_ALONE] == []


def test_the_migrations_lead_to_the_tables_of_the_models(records, file):
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_a_database_that_is_there_is_opened_as_it_is(records, file):
    records.keep_answer("问", answer())
    again = open_records(f"sqlite:///{file}")
    assert again.answer("a1") == answer()
    again.close()


def test_an_answer_is_found_again_as_it_was(records):
    records.keep_answer("德清奖多少", answer())
    assert records.answer("a1") == answer()


def test_a_trace_is_kept_beside_its_answer_and_replaced_and_forgotten_with_it(records):
    records.keep_answer("问", answer(), {"way": "evidence"})
    assert records.answer("a1") == answer()
    assert records.trace("a1") == {"way": "evidence"}
    records.replace_answer(answer(), {"way": "tool"})
    assert records.trace("a1") == {"way": "tool"}
    records.forget("a1")
    with pytest.raises(UnknownAnswer):
        records.trace("a1")


def test_an_answer_from_before_traces_were_kept_has_none(records, file):
    records.keep_answer("问", answer())
    assert records.trace("a1") is None
    assert stored(file, "count(*)", "answers where trace is null") == [1]


def test_an_unknown_answer_is_not_found(records):
    with pytest.raises(UnknownAnswer):
        records.answer("nobody")


def stored(file, column, table):
    with sqlite3.connect(file) as database:
        return [value for (value,) in database.execute(f"select {column} from {table}")]


@pytest.mark.parametrize("private", PRIVATE)
def test_the_stored_question_is_masked(records, file, private):
    records.keep_answer(f"我是{private}，德清奖多少", answer())
    (question,) = stored(file, "question", "answers")
    assert private not in question
    assert "德清奖多少" in question


@pytest.mark.parametrize("hidden", ["\u200b", "\u202d", "\ud800"])
def test_an_invisible_character_hides_nothing_from_the_mask(records, file, hidden):
    records.keep_answer(f"我的电话138{hidden}12345678", answer())
    records.keep_feedback("a1", "down", f"打我电话138{hidden}12345678", None)
    assert stored(file, "question", "answers") == ["我的电话[手机号]"]
    assert stored(file, "reason", "feedback") == ["打我电话[手机号]"]


@pytest.mark.parametrize("private", PRIVATE)
def test_the_stored_reason_is_masked(records, file, private):
    records.keep_answer("问", answer())
    records.keep_feedback("a1", "down", f"不对，打我电话{private}", None)
    (reason,) = stored(file, "reason", "feedback")
    assert private not in reason
    assert "不对" in reason


def test_feedback_is_stored_in_the_order_given(records):
    records.keep_answer("问", answer())
    records.keep_feedback("a1", "up", None, None)
    records.keep_feedback("a1", "error", "金额过时", "p-1")
    found = [(one.vote, one.reason, one.passage) for one in records.feedback("a1")]
    assert found == [("up", None, None), ("error", "金额过时", "p-1")]


def test_feedback_on_an_unknown_answer_is_refused_and_not_stored(records, file):
    with pytest.raises(UnknownAnswer):
        records.keep_feedback("nobody", "up", None, None)
    assert stored(file, "vote", "feedback") == []


def test_an_answer_id_is_stored_once(records):
    records.keep_answer("问", answer())
    with pytest.raises(IntegrityError):
        records.keep_answer("又问", answer())
    assert records.answer("a1") == answer()


def test_sixteen_threads_store_at_once_and_nothing_is_lost(records):
    names = [f"a{number}" for number in range(64)]
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(lambda name: records.keep_answer("问", answer(name)), names))
        list(threads.map(lambda name: records.keep_feedback(name, "up", None, None), names))
    assert all(records.answer(name)["id"] == name and len(records.feedback(name)) == 1 for name in names)


def test_two_openings_of_one_database_see_each_other(records, file):
    other = open_records(f"sqlite:///{file}")
    records.keep_answer("问", answer())
    other.keep_feedback("a1", "up", None, None)
    assert len(records.feedback("a1")) == 1
    other.close()


def test_a_database_of_the_version_before_keeps_its_answers(file):
    file.parent.mkdir()
    with sqlite3.connect(file) as database:
        database.execute("create table alembic_version (version_num varchar(32) not null primary key)")
        database.execute("insert into alembic_version values ('0003')")
        database.execute(
            "create table answers (id varchar(32) primary key, asked datetime, question text, status varchar(16), answer json)"
        )
        told = json.dumps(answer())
        database.execute("insert into answers values ('a1', '2026-11-23 08:00:00', '问', 'answered', ?)", [told])
    records = open_records(f"sqlite:///{file}")
    assert (records.answer("a1"), records.trace("a1")) == (answer(), None)
    records.close()


def test_a_path_with_a_percent_sign_is_no_obstacle(tmp_path):
    records = open_records(f"sqlite:///{tmp_path / '100%' / 'records.db'}")
    records.keep_answer("问", answer())
    assert records.answer("a1")
    records.close()


def test_an_answer_is_kept_with_its_question_and_its_time_in_utc(records):
    records.keep_answer("德清奖多少", answer())
    kept = records.kept("a1")
    assert (kept.question, kept.answer) == ("德清奖多少", answer())
    assert kept.asked.utcoffset() == timedelta(0)
    assert datetime.now(UTC) - kept.asked < timedelta(minutes=1)


def test_what_is_forgotten_is_gone_with_its_feedback_and_nothing_else(records, file):
    for name in ("a1", "a2"):
        records.keep_answer(f"问{name}", answer(name))
        records.keep_feedback(name, "up", None, None)
    records.forget("a1")
    assert stored(file, "question", "answers") == ["问a2"]
    assert stored(file, "answer", "feedback") == ["a2"]
    with pytest.raises(UnknownAnswer):
        records.answer("a1")


def test_what_is_not_there_cannot_be_forgotten(records):
    with pytest.raises(UnknownAnswer):
        records.forget("nobody")


def test_what_is_forgotten_leaves_no_trace_in_the_file(records, file):
    records.keep_answer("这句话谁也不该再找到", answer())
    records.forget("a1")
    records.close()
    assert "这句话谁也不该再找到".encode() not in b"".join(path.read_bytes() for path in file.parent.iterdir())


def test_an_answer_is_replaced_under_its_id_unless_it_was_deleted(records):
    records.keep_answer("问", answer())
    records.replace_answer({**answer(), "answer": "更好的回答。", "status": "partial"})
    assert records.kept("a1").question == "问"
    assert records.answer("a1")["answer"] == "更好的回答。"
    records.forget("a1")
    records.replace_answer(answer())
    with pytest.raises(UnknownAnswer):
        records.answer("a1")
