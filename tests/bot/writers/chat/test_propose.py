"""Questions proposed by a chat model for documents that have none: over real HTTP, for a person to accept, read by nothing before."""

import pytest
import yaml

from bot.__main__ import main
from corpus.ways import load_ways
from tests.worst_model import Refuse, says

WRITTEN = "1. 头一张绿标县里发几万\n- 绿标到手能领多少\n\n头一张绿标县里发几万\n好\n"


@pytest.fixture
def shelf(new_shelf, tmp_path):
    shelf = new_shelf(tmp_path / "corpus")
    shelf.put(
        "award",
        "## 补贴：德清\n德清县对首次通过绿色产品认证的企业，一次性奖励20万元。{award}\n\n## 有效期\n有效期为5年。",
    )
    shelf.put_row("award", values="{奖励: 200000元}")
    yield shelf
    shelf.close()


@pytest.fixture
def proposes(shelf, model, monkeypatch, tmp_path):
    """Runs the command for a model that behaves so; gives its exit status and the folder."""

    def proposed(behaviour=None):
        folder = tmp_path / "corpus"
        monkeypatch.setenv("CERTGUIDE_CORPUS", str(folder))
        monkeypatch.setenv("CERTGUIDE_DATA", str(tmp_path / "data"))
        if behaviour:
            model.behaviours["any"] = behaviour
            monkeypatch.setenv("CERTGUIDE_CHAT_URL", model.url)
            monkeypatch.setenv("CERTGUIDE_CHAT_MODEL", "any")
        return main(["propose", str(folder)]), folder

    return proposed


def test_what_the_model_proposes_waits_for_a_person(proposes):
    status, folder = proposes(says(WRITTEN))
    assert status == 0
    rows = yaml.safe_load((folder / "proposed" / "award.yaml").read_text(encoding="utf-8"))
    assert rows[0] == {"fact": "award", "ask": ["头一张绿标县里发几万", "绿标到手能领多少"]}
    assert load_ways([folder]) == ()


def test_once_moved_it_is_a_way_in(proposes):
    _, folder = proposes(says(WRITTEN))
    (folder / "proposed").rename(folder / "questions")
    assert "award" in {way.fact for way in load_ways([folder])}


def test_a_model_that_is_of_no_use_leaves_no_file_and_says_so(proposes, capsys):
    status, folder = proposes(lambda _prompt: iter([Refuse(500)]))
    assert status == 0
    assert not list(folder.glob("proposed/*"))
    assert "nothing for" in capsys.readouterr().out


def test_without_a_model_it_says_which_settings_are_missing(proposes, capsys):
    status, _ = proposes()
    assert status == 2
    assert "CERTGUIDE_CHAT_URL" in capsys.readouterr().err
