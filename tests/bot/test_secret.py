"""What tokens are signed with is made once, by whoever comes first, and read by nobody else."""

import stat
from concurrent.futures import ThreadPoolExecutor

from bot.secret import secret
from settings import Settings


def test_the_operators_own_is_taken_and_nothing_written(tmp_path):
    assert secret(Settings(data=tmp_path, secret="x" * 20)) == "x" * 20
    assert list(tmp_path.iterdir()) == []


def test_it_is_made_once_and_kept(tmp_path):
    settings = Settings(data=tmp_path / "new")
    assert len(secret(settings)) >= 40
    assert secret(settings) == secret(settings)
    (kept,) = settings.data.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_all_that_start_at_once_get_the_same(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(secret, [Settings(data=tmp_path)] * 64))) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]
