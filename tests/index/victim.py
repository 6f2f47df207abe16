"""Run by test_kill.py: `victim.py FOLDER CORPUS POINTS` builds the index FOLDER/POINT for each point and dies there, without tidying up.

A child is forked per point. Its steps are the lines of index/ when first reached and each change of a folder. Prints how each child ended.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path

from corpus.load import load
from index import dense, store
from index.embedders.hashing import Hashing

HERE = str(Path(store.__file__).parent)
FOLDERS_CHANGE = ("os.mkdir", "os.rename", "os.remove", "os.rmdir")


def kill():
    os.kill(os.getpid(), signal.SIGKILL)


class Steps:
    """Counts the steps of a build, and kills at the last one allowed."""

    def __init__(self, last=None):
        self.reached, self.last = set(), last
        sys.addaudithook(self.audit)
        sys.settrace(self.trace)

    def trace(self, frame, event, argument):
        if frame.f_code.co_filename.startswith(HERE):
            self.step((frame.f_code.co_filename, frame.f_lineno))
            return self.trace
        return None

    def audit(self, event, arguments):
        if event in FOLDERS_CHANGE:
            self.step(len(self.reached))

    def step(self, what):
        self.reached.add(what)
        if len(self.reached) == self.last:
            kill()


def around_switch(when):
    """Kills right before or right after `current` is replaced."""
    replace = os.replace

    def murderous(source, target):
        if when == "before" and Path(target).name == "current":
            kill()
        replace(source, target)
        if when == "after" and Path(target).name == "current":
            kill()

    os.replace = murderous


def while_writing(seconds):
    """Dies so long after vectors began to be written, be it in the midst of Chroma: nothing handles the alarm, the kernel ends the process."""
    add = dense.Dense.add

    def murderous(self, ids, vectors):
        signal.setitimer(signal.ITIMER_REAL, seconds)
        add(self, ids, vectors)
        signal.pause()

    dense.Dense.add = murderous


def time_writing(noted):
    add = dense.Dense.add

    def timed(self, ids, vectors):
        started = time.perf_counter()
        add(self, ids, vectors)
        noted.append(time.perf_counter() - started)

    dense.Dense.add = timed


def forked(root, corpus, before, after=lambda: None):
    """Builds in a child, `before` and `after` being called there, and returns its exit status: negative, the signal that ended it."""
    child = os.fork()
    if not child:
        try:
            knowledge = load([corpus])
            before()
            store.build(root, knowledge, Hashing())
            after()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def measured(folder, corpus):
    """How many steps an unkilled build has, and how many seconds its first writing of vectors takes."""
    report, counted, noted = folder / "report", [], []
    steps = forked(
        folder / "counted",
        corpus,
        lambda: counted.append(Steps()),
        lambda: report.write_text(f"{len(counted[0].reached)}"),
    )
    number = int(report.read_text())
    timed = forked(folder / "timed", corpus, lambda: time_writing(noted), lambda: report.write_text(f"{noted[0]}"))
    assert steps == timed == 0
    return number, float(report.read_text())


def main(folder, corpus, points):
    steps, seconds = measured(folder, corpus)
    ends = {}
    for name, (kind, value) in points.items():
        ways = {
            "step": lambda share: Steps(1 + round((steps - 1) * share)),
            "writing": lambda share: while_writing(seconds * share),
            "switch": around_switch,
        }
        ends[name] = forked(folder / name, corpus, lambda: ways[kind](value))  # noqa: B023 - called in this round
    print(json.dumps(ends))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3]))
