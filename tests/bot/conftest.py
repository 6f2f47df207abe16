"""What the bot's tests share: the project's own corpus indexed once, small corpora that a test writes, the doors over them."""

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from bot.assemble import reception
from bot.conversation import Statement
from bot.server import api
from bot.words import load_wording
from corpus.document import Passage, Source, Validity
from corpus.load import load
from index import store
from index.embedding import embedder
from settings import CHECKOUT, Settings
from tests.serving import serving

DAY = "2026-11-23"


def indexed(settings):
    """A reception over a fresh index of the settings' corpus, its embedder loaded."""
    store.build(settings.index, load(settings.corpus), embedder(settings.embedder, settings.data))
    desk = reception(settings)
    desk.bot.index.wait()
    return desk


def close(desk):
    desk.records.close()
    desk.bot.index.snapshot().dense.close()


@pytest.fixture(scope="session")
def settings(tmp_path_factory):
    return Settings(data=tmp_path_factory.mktemp("data"), embedder="hashing")


@pytest.fixture(scope="session")
def desk(settings):
    """The reception over the project's own corpus."""
    desk = indexed(settings)
    yield desk
    close(desk)


@pytest.fixture(scope="session")
def another_desk(settings, desk):
    """Opens further receptions on the same index, with other settings or another writer."""
    opened = []

    def opens(writer=None, **changes):
        made = reception(replace(settings, **changes), desk.bot.index)
        opened.append(made)
        return replace(made, bot=replace(made.bot, writer=writer)) if writer else made

    yield opens
    for made in opened:
        made.records.close()


@pytest.fixture(scope="session")
def web(desk):
    """A client of the API; what fails inside comes as a 500, as it would to a user."""
    return TestClient(api(desk), raise_server_exceptions=False)


@pytest.fixture(scope="session")
def address(desk):
    """The API on a real socket."""
    with serving(api(desk)) as found:
        yield found


@pytest.fixture(scope="session")
def ask(desk):
    """Asks the project's corpus as of a fixed day; gives the answer object."""

    def asks(question, region=None, session=None, on=DAY):
        return desk.ask(question, {"region": region}, session, on)

    return asks


@pytest.fixture(scope="session")
def say():
    return load_wording().say


@pytest.fixture(scope="session")
def label(say):
    """What the wording puts before a sentence: label("draft") or label("not_yet", since="2030-01-01")."""
    return lambda key, **names: say(key, **{"sentence": "\0", **names}).split("\0")[0]


@pytest.fixture(scope="session")
def first():
    """The first sentence of an answer object, without source marks."""
    return lambda answer: re.sub(r"\[\d+\]", "", re.split(r"[。\n]", answer["answer"])[0])


@pytest.fixture(scope="session")
def facts_of():
    """Ids of the facts that an answer object cites."""
    return lambda answer: {fact for citation in answer["citations"] for fact in citation["facts"]}


PAID = {"sub-deqing": ("浙江省湖州市德清县", 20), "sub-anji": ("浙江省湖州市安吉县", 8)}
"""Subsidies by id: where, and how many 万元."""
CONVERSATION = (("德清首次获得绿色产品认证奖多少", "20万元"), ("那安吉呢", "8万元"), ("证书有效期几年", "5年"))
"""Three questions on that corpus, each with what its answer must say; the last two make no sense alone."""


@pytest.fixture
def town(shelf):
    """A reception over a small corpus: what two counties pay, and how long a certificate holds. Settings by name."""

    def makes(**changes):
        text = "## 有效期\n绿色产品认证证书有效期5年。{green-term}"
        shelf.put_row("green-term", "全国", kind="requirement", values="{有效期: 5年}", validity="{state: in_force}")
        for name, (region, paid) in PAID.items():
            shelf.put_row(name, region, values=f"{{奖励: {paid}0000元}}")
            text += (
                f"\n\n## 补贴：{region[-3:]}\n{region[-3:]}对首次获得绿色产品认证的企业一次性奖励{paid}万元。{{{name}}}"
            )
        shelf.put("green", text)
        return shelf.desk(**changes)

    return makes


class Shelf:
    """A small folder of knowledge that a test writes, with the project's own words."""

    def __init__(self, folder):
        self.folder, self._desks = folder, []
        (folder / "documents").mkdir(parents=True)
        (folder / "facts").mkdir()
        (folder / "words").symlink_to(CHECKOUT / "corpus" / "words")

    def put(self, name, text, **header):
        """Writes a document of 绿色产品认证; further keys of the header by name."""
        keys = {"id": name, "title": "绿色产品认证补贴", "subject": "绿色产品认证", **header}
        lines = "\n".join(f"{key}: {value}" for key, value in keys.items())
        (self.folder / "documents" / f"{name}.md").write_text(f"---\n{lines}\n---\n\n{text}\n", encoding="utf-8")

    def put_row(self, identity, region="浙江省湖州市德清县", **keys):
        """Writes a row; by default of money in 德清 of which nobody knows whether it still runs."""
        row = {
            "id": identity,
            "kind": "subsidy",
            "region": region,
            "values": "{奖励: 30000元}",
            "validity": "{state: unknown}",
            "source": f"{{title: 文件{identity}, checked: secondary}}",
            **keys,
        }
        text = "- " + "\n  ".join(f"{key}: {value}" for key, value in row.items())
        (self.folder / "facts" / f"{identity}.yaml").write_text(text + "\n", encoding="utf-8")

    def desk(self, **changes):
        """A reception over what was written so far."""
        data = self.folder.parent / f"data{len(self._desks)}"
        made = indexed(Settings(data=data, corpus=(self.folder,), **{"embedder": "hashing", **changes}))
        self._desks.append(made)
        return made

    def close(self):
        for desk in self._desks:
            close(desk)


@pytest.fixture(scope="session")
def new_shelf():
    return Shelf


@pytest.fixture
def shelf(tmp_path):
    shelf = Shelf(tmp_path / "corpus")
    yield shelf
    shelf.close()


@pytest.fixture
def statement():
    """Makes a statement: a passage that says `text`, of which `part` is the statement."""

    def makes(text, part=None, state="in_force", region="全国", facts=(), heading="补贴", **source):
        validity = Validity(state, source.pop("since", None), source.pop("until", None))
        whole = Source(**{"title": "某份文件", **source})
        passage = Passage("p-" + text[:6], "doc", "某文", heading, text, whole, validity, region, "绿色产品认证")
        return Statement(passage, part or text, tuple(facts), state, 1.0)

    return makes
