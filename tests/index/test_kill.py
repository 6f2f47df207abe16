"""A build that adds, changes and removes documents is killed; what is then served is the old knowledge or the new, whole."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from index import store
from index.embedders.hashing import Hashing

STEPS = {f"step {number} of 20": ("step", (number - 1) / 19) for number in range(1, 21)}
WRITING = {f"{percent}% into writing vectors": ("writing", percent / 100) for percent in (5, 25, 45, 65, 85)}
SWITCH = {"right before the switch": ("switch", "before"), "right after the switch": ("switch", "after")}
POINTS = {**STEPS, **WRITING, **SWITCH}
HERE = Path(__file__).parent


def told(knowledge):
    """What a corpus holds: digest and text of each document (each is one passage)."""
    digests = {document.id: document.digest for document in knowledge.documents}
    return digests, {passage.document: passage.text for passage in knowledge.passages}


def served(root, opened):
    """The same, of what the index serves: by its manifest and by a search, each hit of which has its own vector."""
    index = opened(root)
    manifest = store.manifest(root, index.version)
    hits = index.search("文件说的是办理", limit=1000)
    vectors = index.snapshot().dense
    ids = [hit.passage.id for hit in hits]
    assert {i for i, _ in vectors.vectors(ids)} == set(ids)
    assert len(ids) == vectors.count() == manifest.passages
    assert index.ready
    assert any(hit.dense for hit in hits)
    return manifest.documents, {hit.passage.document: hit.passage.text for hit in hits}


class Scene:
    """An index per point, killed there, and the old and the new knowledge."""

    def __init__(self, folder, shelf):
        self.folder, base = folder, folder / "base"
        for number in range(40):
            shelf.put(f"d{number}", f"第{number}份文件说的是第{number * 7 % 13}项的办理。")
        for edition in range(store.KEPT):  # so that the killed build has something to prune
            shelf.put("edition", f"第{edition}版文件说的是办理。")
            store.build(base, shelf.knowledge(), Hashing())
        self.old = told(shelf.knowledge())
        for number in range(5):
            shelf.remove(f"d{number}")
            shelf.put(f"d{number + 10}", f"第{number}份文件说的是改过的办理。")
            shelf.put(f"new{number}", f"新增的第{number}份文件说的是办理。")
        self.knowledge = shelf.knowledge()
        self.new = told(self.knowledge)
        for point in (*POINTS, "counted", "timed"):
            shutil.copytree(base, folder / point)
        run = subprocess.run(
            [sys.executable, HERE / "victim.py", folder, shelf.folder, json.dumps(POINTS)],
            env={**os.environ, "PYTHONPATH": str(HERE.parent.parent)},
            check=True,
            stdout=subprocess.PIPE,
        )
        self.ends = json.loads(run.stdout)


@pytest.fixture(scope="module")
def scene(tmp_path_factory, new_shelf):
    folder = tmp_path_factory.mktemp("scene")
    yield Scene(folder, new_shelf(folder / "corpus"))
    shutil.rmtree(folder)


def test_the_build_adds_changes_and_removes_documents(scene):
    (old, old_texts), (new, new_texts) = scene.old, scene.new
    assert len(new.keys() - old.keys()) == len(old.keys() - new.keys()) == 5
    assert sum(old[name] != new[name] for name in old.keys() & new.keys()) == 5
    assert old.keys() == old_texts.keys()
    assert new.keys() == new_texts.keys()


def test_the_points_are_spread_over_the_build_from_before_the_first_write_to_after_the_switch(scene):
    in_use = [store.current(scene.folder / point) for point in STEPS]
    assert len(set(in_use)) == 2
    assert in_use == sorted(in_use, key=in_use.index)
    assert in_use[-1] == store.current(scene.folder / "counted")
    assert any(list((scene.folder / point / "versions").glob(".partial-*")) for point in STEPS)


@pytest.mark.parametrize("point", [*STEPS, *WRITING])
def test_after_a_kill_the_old_or_the_new_is_served_and_the_next_build_gives_the_new(scene, opened, point):
    root = scene.folder / point
    assert scene.ends[point] == -(signal.SIGALRM if point in WRITING else signal.SIGKILL)
    assert served(root, opened) in (scene.old, scene.new)
    store.build(root, scene.knowledge, Hashing())
    assert served(root, opened) == scene.new
    assert not list((root / "versions").glob(".partial-*"))


@pytest.mark.parametrize(("point", "kept"), [("right before the switch", "old"), ("right after the switch", "new")])
def test_a_kill_right_before_the_switch_leaves_the_old_and_one_right_after_it_the_new(scene, opened, point, kept):
    root = scene.folder / point
    assert scene.ends[point] == -signal.SIGKILL
    assert served(root, opened) == getattr(scene, kept)
    store.build(root, scene.knowledge, Hashing())
    assert served(root, opened) == scene.new


def test_a_killed_build_does_not_keep_the_next_one_waiting_for_its_lock(scene, tmp_path):
    root = tmp_path / "index"
    shutil.copytree(scene.folder / "step 10 of 20", root)
    assert scene.ends["step 10 of 20"] == -signal.SIGKILL
    with FileLock(root / "lock", timeout=5) as lock:
        assert lock.is_locked
