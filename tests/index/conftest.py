"""What the index's tests share: a corpus folder they write, an embedder that counts, indices that are closed, a Chroma server."""

import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from corpus.load import load
from index.embedders.hashing import Hashing
from index.search import Index


class Shelf:
    """A folder of knowledge that a test writes."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "documents").mkdir(parents=True)
        (folder / "facts").mkdir()

    def put(self, name, *paragraphs):
        """Writes or changes a document of one section; short paragraphs make one passage."""
        text = "\n\n".join(paragraphs)
        header = f"---\nid: {name}\ntitle: 文件{name}\n---\n\n## 办理\n\n"
        (self.folder / "documents" / f"{name}.md").write_text(header + text + "\n", encoding="utf-8")

    def remove(self, name):
        (self.folder / "documents" / f"{name}.md").unlink()

    def put_facts(self, yaml):
        (self.folder / "facts" / "facts.yaml").write_text(yaml, encoding="utf-8")

    def knowledge(self):
        return load([self.folder])


class Counting:
    """The hashing embedder, which remembers each passage it was asked for."""

    def __init__(self, name="counting"):
        self.name = name
        self.asked = []
        self._hashing = Hashing()

    def passages(self, texts):
        self.asked += texts
        return self._hashing.passages(texts)

    def question(self, text):
        return self._hashing.question(text)


@pytest.fixture(scope="session")
def new_shelf():
    return Shelf


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "corpus")


@pytest.fixture
def three(shelf):
    """A shelf with three documents of a passage each."""
    shelf.put("green", "绿色产品认证证书的有效期是五年。")
    shelf.put("homestay", "民宿评定等级之后每三年复核一次。")
    shelf.put("energy", "节能产品补贴向县市场监管局申领。")
    return shelf


@pytest.fixture
def root(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def counting():
    return Counting


@pytest.fixture
def opened():
    """Opens an Index whose embedder, unless `wait` is False, is loaded; closes it after the test."""
    indices = []

    def opens(root, embedder=Hashing, server="", wait=True):
        index = Index.open(root, embedder, server)
        indices.append(index)
        if wait:
            index.wait()
        return index

    yield opens
    for index in indices:
        index.snapshot().dense.close()


@pytest.fixture
def found():
    """The documents of the passages that a search gives, best first."""
    return lambda index, query, **more: [hit.passage.document for hit in index.search(query, **more)]


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory):
    """The address of a real Chroma server."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    console = Path(sys.executable).with_name("chroma")
    folder = tmp_path_factory.mktemp("chroma")
    command = [console, "run", "--path", folder, "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/api/v2/heartbeat", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()


def _wait(address, server):
    for _ in range(600):
        try:
            httpx.get(address).raise_for_status()
        except httpx.HTTPError:
            assert server.poll() is None, "chroma run ended by itself"
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"no heartbeat at {address}")
