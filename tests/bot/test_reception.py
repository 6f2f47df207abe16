"""Every door brings its question here: it is completed, answered, stored."""

from dataclasses import replace

from bot.reception import today
from bot.records.store import open_records
from bot.records.tables import StoredAnswer


def test_the_day_is_chinas(desk):
    assert desk.ask("3C是什么")["on"] == today()


def test_another_day_is_taken_from_the_clock_handed_in(desk):
    assert replace(desk, today=lambda: "2020-01-02").ask("3C是什么")["on"] == "2020-01-02"


def test_a_region_by_any_name_is_given_back_in_full(desk):
    for name in ("德清", "330521", "浙江 湖州 德清县"):
        assert desk.ask("3C是什么", {"region": name})["region"] == "浙江省湖州市德清县"


def test_a_question_is_stored_with_personal_data_masked(desk):
    identity = desk.ask("我的电话13812345678，3C是什么")["id"]
    with desk.records._session() as session:
        assert "13812345678" not in session.get(StoredAnswer, identity).question


def test_an_answer_that_cannot_be_stored_is_still_given(desk, tmp_path, caplog):
    records = open_records(f"sqlite:///{tmp_path / 'records.db'}")
    with records._engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE answers")
    answer = replace(desk, records=records).ask("3C是什么")
    records.close()
    assert answer["status"] == "answered"
    assert "could not be stored" in caplog.text


def test_an_answer_written_anew_has_the_trace_of_the_new_one_under_its_own_id(desk):
    given = desk.ask("你好")
    assert desk.records.trace(given["id"])["way"] == "small_talk"
    desk.rewrite(given["id"], "充电宝要不要做3C", {}, None)
    trace = desk.records.trace(given["id"])
    assert (trace["answer"], trace["way"]) == (given["id"], "evidence")
