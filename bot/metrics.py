"""What is counted, for Prometheus: numbers and fixed names, nothing of a question or an asker. The server shows it at /metrics."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

REGISTRY = CollectorRegistry()
CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
_SECONDS = (0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 30)

QUESTIONS = Counter("certguide_questions", "Questions answered, by the answer's status", ["status"], registry=REGISTRY)
ANSWERING = Histogram(
    "certguide_answer_seconds", "How long the bot took for an answer", registry=REGISTRY, buckets=_SECONDS
)
REQUESTS = Counter(
    "certguide_requests", "HTTP requests, by door (page: none) and status", ["door", "code"], registry=REGISTRY
)
LATENCY = Histogram(
    "certguide_request_seconds", "From request to the end of its response", ["door"], registry=REGISTRY, buckets=_SECONDS
)  # fmt: skip
CHANNEL_ERRORS = Counter(
    "certguide_channel_errors",
    "What a channel could not do for us: internal errors, streams broken off",
    ["door"],
    registry=REGISTRY,
)
LIMITED = Counter("certguide_limited", "Requests refused by a quota: session, address, key", ["quota"], registry=REGISTRY)  # fmt: skip
INSIDE = Gauge("certguide_questions_inside", "Questions being answered or waiting", registry=REGISTRY)


def exposed() -> bytes:
    """All of it in Prometheus' text format."""
    return generate_latest(REGISTRY)
