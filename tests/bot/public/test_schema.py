"""Whatever a program sends: no server error, and nothing that /openapi.json does not describe (schemathesis makes the requests)."""

import os

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bot.server import api
from tests.serving import serving

LIGHT = settings(
    max_examples=int(os.environ.get("EXAMPLES", "20")),
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
"""For each operation; there are some twenty. EXAMPLES=200 in the environment makes thousands."""
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def described(desk):
    with serving(api(desk)) as address:
        yield schemathesis.openapi.from_url(f"{address}/openapi.json")


def asked(operation):
    """How many requests of an operation were made and found sound; those that break something are shown."""
    sent = []

    @LIGHT
    @given(case=operation.as_strategy())
    def ask(case):
        sent.append(case.call_and_validate(checks=CHECKS).status_code)

    ask()
    return len(sent)


def test_no_request_breaks_the_contract(described, subtests):
    sent = {}
    for result in described.get_all_operations():
        operation = result.ok()
        with subtests.test(operation.label):
            sent[operation.label] = asked(operation)
    assert len(sent) > 15
    print(sum(sent.values()), "requests")
    assert sum(sent.values()) > 200
