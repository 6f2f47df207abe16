"""Validity is judged as of a day."""

import pytest

from corpus.document import Source, Validity


@pytest.mark.parametrize(
    ("validity", "day", "state"),
    [
        (Validity("in_force", until="2025-12-31"), "2025-12-31", "in_force"),
        (Validity("in_force", until="2025-12-31"), "2026-01-01", "lapsed"),
        (Validity("in_force", since="2027-01-01"), "2026-12-31", "not_yet"),
        (Validity("not_yet", since="2027-01-01"), "2027-01-01", "in_force"),
        (Validity("in_force", until="2025-12"), "2025-12-31", "in_force"),
        (Validity("in_force", until="2025"), "2026-01-01", "lapsed"),
        (Validity("unknown"), "2030-01-01", "unknown"),
        (Validity("draft"), "2030-01-01", "draft"),
        (Validity("lapsed"), "1999-01-01", "lapsed"),
    ],
)
def test_a_validity_stands_as_its_dates_say(validity: Validity, day: str, state: str) -> None:
    assert validity.on(day).state == state


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", " https://a.cn"])
def test_no_reader_makes_a_source_whose_address_opens_no_page(url: str) -> None:
    with pytest.raises(ValueError, match="https://"):
        Source("甲", url=url)
    assert Source("甲", url="https://www.cnca.gov.cn/a?b=1").url
