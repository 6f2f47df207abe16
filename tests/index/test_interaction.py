"""A small network reads question and sentence together: the same in numpy as in torch, where it was fitted."""

import random

import numpy as np
import pytest
import torch

from index.embedders import Asking
from index.interaction import FAR, Interaction
from index.training.interacting import Example, Stated, fitted, fresh, odds_of

WIDTH = 16


def units(numbers, count):
    vectors = numbers.normal(size=(count, WIDTH)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def asking(pieces):
    return Asking(pieces[0], pieces, np.full(len(pieces), 1 / len(pieces), np.float32))


def sentence(pieces, before=0):
    return np.rint(pieces * 127).astype(np.int8), np.arange(len(pieces)) >= before


def test_it_tells_what_it_was_fitted_to_tell():
    torch.manual_seed(1)
    numbers, weights = np.random.default_rng(1), fresh(WIDTH)
    network = Interaction({name: value.detach().numpy() for name, value in weights.items()})
    questions = [asking(units(numbers, count)) for count in (3, 9)]
    told = [[sentence(units(numbers, count), before) for count, before in ((5, 0), (12, 4))] for _ in questions]
    fitting = odds_of(weights, questions, told, dropped=0.0).detach().numpy()
    asked = [network.odds(one, some) for one, some in zip(questions, told, strict=True)]
    assert fitting == pytest.approx(np.array(asked), abs=1e-3)


def test_a_title_alone_answers_nothing():
    numbers = np.random.default_rng(1)
    network = Interaction({name: value.detach().numpy() for name, value in fresh(WIDTH).items()})
    assert network.odds(asking(units(numbers, 3)), [sentence(units(numbers, 4), before=4)]) == [FAR]


def test_it_learns_which_kind_of_thing_is_asked_for_and_that_nothing_answers():
    """Each sentence has one piece of a kind, and one that tells which thing it is of; likeness alone knows the thing and no kind."""
    random.seed(2)
    torch.manual_seed(2)
    numbers = np.random.default_rng(2)
    kinds, asks, things = (units(numbers, count) for count in (3, 3, 20))
    told = [[sentence(np.array([thing, kind])) for kind in kinds] for thing in things]

    def example(thing, kind, answered=True):
        own = [s for place, s in enumerate(told[thing]) if place != kind]
        right = [told[thing][kind]] if answered else []
        rival = Stated(frozenset("f"), {str(n): s for n, s in enumerate(own)})
        return Example(
            asking(np.array([things[thing], asks[kind]])),
            "f" if answered else "",
            right,
            own if answered else [],
            [rival],
        )

    known = [(thing, kind) for thing in range(20) for kind in range(3) if (thing, kind) not in ((0, 0), (1, 1), (2, 2))]
    shown = [example(*one) for one in known] * 30 + [example(thing, kind, answered=False) for thing, kind in known] * 5
    network = fitted(shown, lambda _done, _total: None)
    for one in (example(0, 0), example(1, 1), example(2, 2)):
        assert max(network.odds(one.asking, one.right)) > max(network.odds(one.asking, one.own))
