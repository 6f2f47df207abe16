"""What nothing on record speaks of is not let off or held to a rule for other things."""

import pytest

from bot.conversation import Need
from bot.evidence.gather import gather


@pytest.fixture
def asks(shelf):
    """A list of things, and a rule for none in particular; gives the status of whether something holds."""
    shelf.put_row("list", "全国", kind="requirement", objects="[商用燃气灶, 电子坐便器]", verdict="'yes'")
    shelf.put("list", "## 要不要做\n\n商用燃气灶、电子坐便器要做绿色产品认证。{list}")
    known = shelf.desk().bot.know()

    def asks(text, objects=()):
        need = Need("绿色产品认证", "要不要做", None, "2026-11-23", text, objects=objects)
        evidence = gather(need, known.ground)
        return evidence.status, evidence.need.objects

    return asks


def test_a_list_answers_for_what_it_holds(asks):
    assert asks("电子坐便器要不要做绿色产品认证", ("电子坐便器",))[0] == "answered"


def test_a_list_that_does_not_hold_it_answers_nothing_and_it_is_named(asks):
    assert asks("电子烟要不要做绿色产品认证") == ("not_covered", ("电子烟",))
