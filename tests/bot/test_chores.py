from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from bot.chores import KEEP_CLAIMS, KEEP_DIALOGS, KEEP_SIGN_INS, TOO_LATE, make_chores
from bot.scheduler import Schedule
from storage.repositories import retention
from tests.support.citizens import open_town

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.citizens import Town


@pytest.fixture
def town(database_url: str) -> Iterator[Town]:
    with open_town(database_url) as town:
        yield town


def count(town: Town) -> tuple[int, int]:
    with town.database.engine.connect() as connection:
        claims = connection.scalar(text("SELECT count(*) FROM claim"))
        return claims, connection.scalar(text("SELECT count(*) FROM dialog"))


def dial(town: Town, dialog: str) -> None:
    key = town.key(dialog=dialog)
    write = town.write(key, town.load(key))
    assert town.database.turns.save(replace(write, screen="{}"))


def test_claims_and_dialogs_go_when_they_have_had_their_day(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention.Retention.prune_claims, "__defaults__", (2,))
    for number in range(5):
        dial(town, f"old {number}")
    town.wait(minutes=1)
    dial(town, "new")
    schedule = Schedule(make_chores(town.database))

    schedule.tick(town.now)
    assert count(town) == (6, 6)

    schedule.tick(town.now + KEEP_DIALOGS)
    assert count(town) == (6, 1)

    schedule.tick(town.now + KEEP_CLAIMS)
    assert count(town) == (1, 0)


def test_wrong_passwords_are_forgotten_after_their_while(town: Town) -> None:
    with town.database.unit() as unit:
        unit.sign_ins.lock("somebody", town.now)
    schedule = Schedule(make_chores(town.database))
    counts = []
    for now in (town.now + KEEP_SIGN_INS, town.now + KEEP_SIGN_INS + timedelta(hours=1)):
        schedule.tick(now)
        with town.database.engine.connect() as connection:
            counts.append(connection.scalar(text("SELECT count(*) FROM sign_in_attempts")))
    assert counts == [1, 0]


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
