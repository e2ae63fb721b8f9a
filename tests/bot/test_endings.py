"""Conversations that end by themselves, in the whole house on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from bot.endings import EXPIRE_AFTER, make_endings
from storage.repositories import endings
from tests.bot.test_reminders import begin, look
from tests.support.clock import Clock
from tests.support.crowds import at_once
from tests.support.house import open_house, set_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storage.database import Database
    from tests.support.house import House

NINE = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@pytest.fixture
def town(tmp_path: Path, database_url: str) -> Iterator[House]:
    with open_house(set_up(tmp_path, database_url, Clock(NINE))) as house:
        yield house


def let_pass(house: House, **spans: float) -> list[str | None]:
    """Let time pass, have the scheduler look, and say how the conversations stand."""
    house.settings.clock.advance(**spans)  # type: ignore[attr-defined]
    look(house, house.database)
    return stand(house)


def stand(house: House) -> list[str | None]:
    return [row["estado"] for row in house.table("dispositions") for _ in range(count(row))]


def count(row: dict[str, str]) -> int:
    return int(row["conversaciones"])


def close(house: House, **spans: float) -> None:
    now = house.settings.clock()
    until = now + timedelta(**spans) if spans else None
    with house.database.unit() as unit:
        (consultation,) = unit.consultations.list()
        unit.consultations.close(consultation.id, now, "ana", until)


def test_a_month_of_silence_ends_a_conversation_and_its_next_message_goes_on(town: House) -> None:
    phone = begin(town, "1", "1", "1")
    assert let_pass(town, days=8) == ["en_curso"]
    assert let_pass(town, days=21) == ["en_curso"]
    assert let_pass(town, days=1) == ["parcial"]
    assert town.count("due_work") == 0
    assert phone.send("hola").texts[0].startswith("2/5"), "where she was"
    assert stand(town) == ["en_curso"]


def test_who_wrote_meanwhile_has_another_month(town: House) -> None:
    phone = begin(town, "1", "1", "1")
    let_pass(town, days=8)
    town.settings.clock.advance(days=10)  # type: ignore[attr-defined]
    phone.send("1")
    assert let_pass(town, days=12) == ["en_curso"]
    assert let_pass(town, days=18) == ["parcial"]


def test_who_finished_or_left_stands_as_that(town: House) -> None:
    begin(town, "2", number="+50255550102")
    phone = begin(town, "1", "1", "1", number="+50255550103")
    let_pass(town, days=8)
    phone.send("BAJA")
    assert sorted(let_pass(town, days=EXPIRE_AFTER.days)) == ["baja", "rechazo"]  # type: ignore[type-var]
    assert town.count("due_work") == 0


def test_a_consultation_closes_at_its_time_and_ends_what_is_not_finished(
    town: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endings.Endings.close, "__defaults__", (1,))
    people = [begin(town, "1", "1", "1", number=f"+5025555010{place}") for place in range(3)]
    left = begin(town, "1", "1", "1", "BAJA", number="+50255550109")
    close(town, hours=2)
    assert let_pass(town, hours=1) == ["baja", *["en_curso"] * 3]
    people[0].send("1")
    assert let_pass(town, hours=1) == ["baja", *["parcial"] * 3]
    with town.database.engine.begin() as connection:  # as what a spool kept from before does
        connection.execute(text("UPDATE session SET outcome = NULL WHERE turns = 5"))
    assert stand(town) == ["baja", "en_curso", *["parcial"] * 2]
    assert let_pass(town, days=1) == ["baja", *["parcial"] * 3]
    let_pass(town, days=1)
    assert people[1].send("1").texts[0].startswith("Esta consulta ya cerro.")
    assert left.send("hola").texts == ()
    assert town.count("answer", "question = 'p2'") == 1, "what she said is kept"
    assert town.count("due_chore", "kind = 'close'") == 0


def test_opened_again_it_does_not_close(town: House) -> None:
    begin(town, "1", "1", "1")
    close(town, hours=2)
    with town.database.unit() as unit:
        (consultation,) = unit.consultations.list()
        unit.consultations.open(consultation.id, town.settings.clock(), "ana")
    assert let_pass(town, hours=3) == ["en_curso"]


def test_four_schedulers_at_once_do_no_harm(town: House) -> None:
    for number in range(12):
        begin(town, "1", "1", "1", number=f"+5025555{number:04}")
    now = town.settings.clock.advance(days=8)  # type: ignore[attr-defined]
    look(town, town.database)
    close(town)
    now += EXPIRE_AFTER

    def tick(place: int, database: Database) -> None:
        chores = make_endings(database)
        for chore in chores if place % 2 else reversed(chores):
            chore.run(now)

    at_once(town.settings, 4, tick)
    assert stand(town) == ["parcial"] * 12
    assert town.count("due_work") == 0
