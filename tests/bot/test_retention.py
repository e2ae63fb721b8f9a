"""What has had its day goes at night, in batches, by whoever comes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.retention import find_next_night, make_retention
from storage.approvals import NewRequest
from storage.attempts import Attempts
from storage.repositories import retention
from storage.repositories.due_chores import RETAIN
from storage.repositories.retention import RETENTION
from tests.support.citizens import open_town

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.citizens import Town

GUATEMALA = ZoneInfo("America/Guatemala")
TABLES = ("claim", "dialog", "sign_in_attempts", "outbox", "message", "approval_request")
DAYS = {kept.table.name: kept.days for kept in RETENTION}


@pytest.fixture
def town(database_url: str) -> Iterator[Town]:
    with open_town(database_url) as town:
        yield town


def take(town: Town, dialog: str = "") -> None:
    """Take a turn that leaves a row in every table."""
    key = town.key(dialog=dialog)
    snapshot = town.load(key)
    write = town.write(key, snapshot)
    out = town.outgoing("Gracias")
    message = town.message("in", "hola", None)
    assert town.database.turns.save(
        replace(write, screen="{}" if dialog else None, outgoing=(out,), messages=(message,))
    )


def count(town: Town) -> dict[str, int]:
    with town.database.engine.connect() as connection:
        return {
            name: connection.scalar(text(f"SELECT count(*) FROM {name}"))  # noqa: S608 - above
            for name in TABLES
        }


def look(town: Town) -> None:
    (chore,) = make_retention(town.database, GUATEMALA)
    chore.run(town.now)


def test_each_table_keeps_its_rows_for_its_days(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention.Retention.prune, "__defaults__", (2,))
    with town.database.unit() as unit:
        for key, until in (("k1", None), ("k2", town.now + timedelta(days=4))):
            unit.sign_ins.lock(key, town.now)
            unit.sign_ins.save(key, Attempts(1, town.now, until))
        asked = (
            town.make_id(),
            "script:publish",
            "plan-digital",
            "{}",
            "un guion",
            "ana",
            town.now,
        )
        unit.approvals.ask(NewRequest(*asked, town.now + timedelta(days=3)))
    for number in range(5):
        take(town, f"dialog {number}")
    with town.database.engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET state = 'sent' WHERE kind = 'receipt'"))
    town.now += timedelta(minutes=1)
    take(town)  # what waits is never too old
    begin = town.now
    gone = {}
    for days in sorted({0, 6, 734, *(days + 1 for days in DAYS.values())}):
        town.now = begin + timedelta(days=days)
        look(town)
        gone[days] = count(town)
    assert [gone[day]["dialog"] for day in (0, 2)] == [5, 0]
    assert [gone[day]["sign_in_attempts"] for day in (0, 3, 6)] == [2, 1, 0]
    assert [gone[day]["claim"] for day in (6, 31)] == [6, 0]
    assert [gone[day]["outbox"] for day in (31, 91)] == [6, 1]
    assert [gone[day]["message"] for day in (91, 731)] == [6, 0]
    assert [gone[day]["approval_request"] for day in (91, 731, 734)] == [1, 1, 0]


def test_once_a_night_whoever_looks(town: Town) -> None:
    look(town)
    take(town, "dialog")
    due_at = find_next_night(town.now, GUATEMALA)
    with town.database.reading() as unit:
        assert unit.due_chores.list(RETAIN, due_at - timedelta(seconds=1)) == []
        (read,) = unit.due_chores.list(RETAIN, due_at)
    town.now = due_at + timedelta(days=1, hours=1)
    look(town)
    assert count(town)["dialog"] == 0
    with town.database.unit() as unit:
        assert not unit.due_chores.move(read, town.now), "another scheduler was quicker"


def test_who_lost_the_race_deletes_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    look(town)
    take(town, "dialog")
    town.now += timedelta(days=3)
    monkeypatch.setattr("storage.repositories.due_chores.DueChores.move", lambda *_: False)
    look(town)
    assert count(town)["dialog"] == 1


@pytest.mark.parametrize(("hour", "night"), [(2, "2026-03-02"), (3, "2026-03-03")])
def test_the_night_is_that_of_the_people(hour: int, night: str) -> None:
    now = datetime(2026, 3, 2, hour, tzinfo=GUATEMALA).astimezone(UTC)
    assert f"{find_next_night(now, GUATEMALA):%Y-%m-%d %H:%M %z}" == f"{night} 03:00 -0600"
