"""The README's promises hold: its policy, its reader, its settings, its commands."""

import importlib.util
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from bot.assemble import reception
from corpus.check import check
from index.__main__ import refresh
from settings import CHECKOUT, Account, Settings, from_environment

README = (CHECKOUT / "README.md").read_text(encoding="utf-8")


def block(language: str, holding: str) -> str:
    """The code block of a language that holds some words."""
    return next(text for text in re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL) if holding in text)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder that the README tells a clerk to make."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "facts").mkdir()
    (tmp_path / "documents" / "tonglu-quality.md").write_text(block("markdown", "tonglu"), encoding="utf-8")
    (tmp_path / "facts" / "tonglu.yaml").write_text(block("yaml", "tonglu"), encoding="utf-8")
    return tmp_path


def test_the_made_up_policy_is_sound_and_answers(own: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    corpus = (CHECKOUT / "corpus", own)
    assert check(corpus) == []
    settings = Settings(data=tmp_path_factory.mktemp("data"), corpus=corpus, embedder="hashing")
    refresh(settings)
    answer = reception(settings).ask("桐庐首次获得绿色产品认证奖多少", on="2026-06-01")
    assert "8万元" in answer["answer"].split("。")[0]
    assert answer["citations"][0]["facts"] == ["sub-tonglu-green"]
    later = reception(settings).ask("桐庐首次获得绿色产品认证奖多少", on="2027-06-01")
    assert later["status"] != "answered" or "已失效" in later["answer"]


def test_the_reader_shown_reads(tmp_path: Path) -> None:
    (tmp_path / "reader.py").write_text(block("python", "EXTENSIONS"), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("reader", tmp_path / "reader.py")
    assert spec
    assert spec.loader
    reader = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reader)
    film = tmp_path / "film.srt"
    film.write_text(
        "1\n00:00:01,000 --> 00:00:04,000\n民宿服务认证\n自愿做。\n\n2\n00:00:05,000 --> 00:00:06,000\n完。\n",
        encoding="utf-8",
    )
    document = reader.read(film)
    assert [b.text for b in document.sections[0].blocks] == ["民宿服务认证自愿做。", "完。"]


def test_every_setting_is_told_and_none_is_invented() -> None:
    told = set(re.findall(r"CERTGUIDE_([A-Z_]*[A-Z])", README))
    names = {field.name.upper() for field in fields(Settings)}
    of_accounts = {name for name in told if name.partition("_")[0] in ("WECHAT", "WECOM", "KF")}
    assert {name.partition("_")[2] for name in of_accounts} - {""} <= {field.name.upper() for field in fields(Account)}
    assert told - of_accounts | {name.partition("_")[0] for name in of_accounts} == names


def test_a_setting_that_cannot_be_used_says_what_it_may_be() -> None:
    with pytest.raises(ValueError, match="CERTGUIDE_PORT"):
        from_environment({"CERTGUIDE_PORT": "many"})
    with pytest.raises(ValueError, match="CERTGUIDE_CORPUS"):
        from_environment({"CERTGUIDE_CORPUS": "/nowhere/at/all"})
    with pytest.raises(ValueError, match="CERTGUIDE_CHAT_URL"):
        from_environment({"CERTGUIDE_WRITER": "chat", "CERTGUIDE_CHAT_MODEL": "qwen-plus"})
    for seconds in ("soon", "0", "-1", "nan", "inf"):
        with pytest.raises(ValueError, match="CERTGUIDE_CHAT_LIMIT"):
            from_environment({"CERTGUIDE_CHAT_LIMIT": seconds})


def test_a_key_is_not_printed_with_the_settings() -> None:
    settings = from_environment({"CERTGUIDE_CHAT_KEY": "sk-secret"})
    assert settings.chat_key == "sk-secret"
    assert "sk-secret" not in repr(settings)


def test_every_make_target_and_file_named_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (CHECKOUT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"make ([a-z-]+)", README)) <= targets
    assert all((CHECKOUT / name).exists() for name in re.findall(r"\]\(([^)#:]+)\)", README))


@pytest.mark.parametrize("module", sorted(set(re.findall(r"python -m (corpus|index|bot|evals)", README))))
def test_every_command_tells_how_it_is_used(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module, "--help"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("usage")
