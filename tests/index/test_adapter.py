"""The low-rank adapter: merged into a model's weights, kept whole on disk."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from index.adapter import SHIPPED, Adapter, Origin, read_adapter, write_adapter
from index.interaction import NAMES, Interaction
from index.pieces import Projection

ORIGIN = Origin("m", 7, "d", 1, {}, {})


@pytest.fixture
def adapter():
    numbers = np.random.default_rng(1)
    a, b = (numbers.normal(size=shape).astype(np.float16).astype(np.float32) for shape in ((2, 4), (3, 2)))
    matrix, weigher = (numbers.normal(size=shape).astype(np.float16).astype(np.float32) for shape in ((2, 3), (3,)))
    reading = Interaction({name: numbers.normal(size=3).astype(np.float16).astype(np.float32) for name in NAMES})
    return Adapter(2.0, {"0": (a, b)}, Projection(matrix, weigher), reading)


def test_it_adds_its_product_to_the_weights_of_the_layer(adapter):
    model = torch.nn.Sequential(torch.nn.Linear(4, 3, bias=False))
    before = model[0].weight.detach().numpy().copy()
    adapter.merge(model)
    a, b = adapter.layers["0"]
    assert model[0].weight.detach().numpy() == pytest.approx(before + 2.0 * b @ a, abs=1e-5)


def test_an_adapter_of_another_model_is_refused(adapter):
    with pytest.raises(KeyError):
        adapter.merge(torch.nn.Linear(4, 3))


def test_it_is_read_as_it_was_written_and_says_how_it_was_made(adapter, tmp_path):
    path = tmp_path / "model" / "adapter.npz"
    write_adapter(path, adapter, ORIGIN)
    assert read_adapter(path).digest == adapter.digest
    assert read_adapter(path).scale == 2.0
    reading = read_adapter(path).interaction
    assert reading is not None
    assert all(reading.weights[name] == pytest.approx(adapter.interaction.weights[name]) for name in NAMES)
    assert '"seed": 7' in path.with_suffix(".json").read_text()


def test_one_made_before_there_was_a_network_that_reads_has_none(adapter, tmp_path):
    write_adapter(tmp_path / "adapter.npz", replace(adapter, interaction=None), ORIGIN)
    assert read_adapter(tmp_path / "adapter.npz").interaction is None


def test_the_shipped_one_is_a_few_megabytes():
    assert SHIPPED.stat().st_size < 5_000_000
    assert len(read_adapter().layers) == 72
