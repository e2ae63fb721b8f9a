from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.chores import TOO_LATE, make_chores
from bot.scheduler import Schedule
from tests.support.citizens import open_town

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.citizens import Town


@pytest.fixture
def town(database_url: str) -> Iterator[Town]:
    with open_town(database_url) as town:
        yield town


def test_each_minute_leases_end_and_what_nobody_can_send_is_given_up(town: Town) -> None:
    for kind, due_at in (("reply", town.now), ("receipt", town.now + TOO_LATE)):
        key = town.key()
        out = town.outgoing("Gracias", kind=kind, due_at=due_at)
        assert town.database.turns.save(replace(town.write(key, town.load(key)), outgoing=(out,)))
    with town.database.unit() as unit:
        assert len(unit.outbox.lease("sms", town.now, town.wait(minutes=2), 10)) == 1
    schedule = Schedule(make_chores(town.database))

    schedule.tick(town.wait(minutes=1))
    with town.database.reading() as unit:
        assert unit.sending.count() == {("sms", "waiting"): 2}

    town.now += TOO_LATE
    schedule.tick(town.now)
    with town.database.reading() as unit:
        assert unit.sending.count() == {("sms", "waiting"): 1, ("sms", "dead"): 1}
