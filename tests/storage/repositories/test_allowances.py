"""A channel's daily allowance."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.support.citizens import open_town

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.citizens import Town


@pytest.fixture
def town(database_url: str) -> Iterator[Town]:
    with open_town(database_url) as town:
        yield town


def take(town: Town, wanted: int, channel: str = "sms") -> int:
    with town.database.unit() as unit:
        allowed = min(wanted, unit.allowances.count_left(channel, town.now, 10))
        unit.allowances.spend(channel, allowed)
    return allowed


def test_what_is_spent_comes_back_a_day_after_the_first_message(town: Town) -> None:
    assert [take(town, 6), take(town, 6), take(town, 6)] == [6, 4, 0]
    assert take(town, 6, "otro") == 6
    town.now += timedelta(hours=23, minutes=59)
    assert take(town, 1) == 0
    town.now += timedelta(minutes=1)
    assert [take(town, 6), take(town, 6)] == [6, 4]


def test_a_cap_that_was_lowered_leaves_nothing(town: Town) -> None:
    take(town, 10)
    with town.database.unit() as unit:
        assert unit.allowances.count_left("sms", town.now, 5) == 0
