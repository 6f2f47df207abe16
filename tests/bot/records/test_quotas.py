"""Quotas: nobody gets more than theirs, whoever counts."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.records.store import open_records
from settings import CHECKOUT

NOW = 1_800_000_000.0
ASKING = f"""
import sys
from bot.records.store import open_records
quotas = open_records(sys.argv[1]).quotas
limits = dict([("session:one", 20), ("address:both", 30)])
print(sum(quotas.spend(limits, now={NOW}) is None for _ in range(40)))
"""


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'records.db'}"


@pytest.fixture
def records(url):
    records = open_records(url)
    yield records
    records.close()


def test_a_quota_fills_up_again_at_its_own_pace(records):
    spend = records.quotas.spend
    assert [spend({"a": 2}, NOW) is None for _ in range(3)] == [True, True, False]
    assert spend({"a": 2}, NOW).retry_after == 30
    assert spend({"a": 2}, NOW + 30) is None
    assert spend({"a": 2}, NOW + 30) is not None


def test_what_one_quota_refuses_costs_the_others_nothing(records):
    for _ in range(2):
        records.quotas.spend({"a": 1, "b": 2}, NOW)
    assert records.quotas.spend({"b": 2}, NOW) is None
    assert records.quotas.spend({"b": 2}, NOW).who == "b"


def test_threads_get_no_more_than_one_would(records):
    with ThreadPoolExecutor(8) as pool:
        allowed = list(pool.map(lambda _: records.quotas.spend({"a": 25}, NOW) is None, range(60)))
    assert sum(allowed) == 25


def test_processes_get_no_more_than_one_would(url, records):
    command = [sys.executable, "-c", ASKING, url]
    both = [subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert sum(int(one.communicate(timeout=60)[0]) for one in both) == 20


def test_what_is_full_again_is_swept(records):
    records.quotas.spend({"a": 1, "b": 60}, NOW)
    records.quotas.sweep(NOW + 30)
    assert records.quotas.spend({"a": 1}, NOW + 30) is not None
    with records._engine.connect() as connection:
        assert [row[0] for row in connection.exec_driver_sql("SELECT who FROM quotas")] == ["a"]
