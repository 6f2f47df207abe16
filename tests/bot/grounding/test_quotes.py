"""Of what the quoting writer composes nothing is ever struck: its sentences are the sources' own, its frames are ours."""

import pytest

from evals.case import load_cases

DAY = "2026-11-23"
QUESTIONS = [turn for case in load_cases() for turn in case.turns]


class Watching:
    """Hands on the claims of another writer and remembers them."""

    def __init__(self, writer):
        self._writer, self.claims = writer, []

    def write(self, reading, evidence):
        for claim in self._writer.write(reading, evidence):
            self.claims.append(claim)
            yield claim


@pytest.mark.parametrize(("language", "questions"), [("", QUESTIONS[::2]), ("en", QUESTIONS[1::4])])
def test_every_sentence_of_the_quoting_writer_is_shown(desk, another_desk, language, questions):
    watching = Watching(desk.bot.writer)
    watched = another_desk(watching)
    missing = []
    for question in questions:
        watching.claims.clear()
        answer = watched.ask(question, {"region": "德清", "language": language}, None, DAY)["answer"]
        missing += [claim.text for claim in watching.claims if claim.text not in answer]
    assert missing == []
