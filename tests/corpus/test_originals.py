"""How to find an original: by number, else by title."""

from pathlib import Path

import pytest

from corpus.check import is_official, official_hosts
from corpus.document import Source
from corpus.originals import load_originals, original_of
from corpus.rows import MalformedFile
from settings import CHECKOUT

FOLDERS = (CHECKOUT / "corpus",)
ORIGINALS = load_originals(FOLDERS)


@pytest.mark.parametrize(
    ("source", "host"),
    [
        (Source("绿色产品评价通则", "GB/T 33761—2024"), "openstd.samr.gov.cn"),
        (Source("乡村民宿服务认证要求", "RB/T 081—2022"), "std.samr.gov.cn"),
        (Source("中华人民共和国认证认可条例", "国务院令第390号"), "www.gov.cn"),
        (Source("中华人民共和国广告法"), "flk.npc.gov.cn"),
    ],
)
def test_each_kind_of_document_has_its_database(source: Source, host: str) -> None:
    original = original_of(source, ORIGINALS)
    assert original
    assert host in (original.url or "")


def test_of_an_unknown_kind_there_is_none() -> None:
    assert original_of(Source("某网站的报道"), ORIGINALS) is None


def test_every_database_is_official() -> None:
    hosts = official_hosts(FOLDERS)
    assert all(is_official(original.url, hosts) for original in ORIGINALS if original.url)


def test_a_broken_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "originals.yaml").write_text("- {number: [GB]}\n", encoding="utf-8")
    with pytest.raises(MalformedFile, match="say"):
        load_originals((tmp_path,))
