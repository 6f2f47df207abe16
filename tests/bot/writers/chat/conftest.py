"""What the tests of the chat writer share: the worst model there is, served over real HTTP."""

import threading

import pytest

from tests.worst_model import WorstModel


@pytest.fixture(scope="module")
def model():
    server = WorstModel()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()
