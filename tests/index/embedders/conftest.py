"""The default model unpacked, once for all tests of embedders."""

import shutil

import pytest

from index.embedders._e5 import unpacked


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    """A data folder beneath which the default model was unpacked, as the product does it; 480 MB, so deleted at the end."""
    folder = tmp_path_factory.mktemp("data")
    unpacked(folder / "model")
    yield folder
    shutil.rmtree(folder)
