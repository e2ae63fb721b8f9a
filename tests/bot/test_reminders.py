"""Reminders in the whole house: webhooks, the scheduler's look, the outbox, a strict Twilio."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.delivery import Delivery
from bot.endings import make_endings
from bot.hours import is_decent
from bot.publishing import publish
from puente.bundled import read_source
from puente.console import load_channels
from puente.house import make_database, make_reminders
from storage.errors import DatabaseAwayError
from tests.support.clock import Clock
from tests.support.house import open_house, set_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storage.database import Database
    from tests.support.fake_twilio import FakeTwilio
    from tests.support.house import House
    from tests.support.phones import Phone

NINE = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # a Tuesday, in Guatemala


@pytest.fixture
def town(tmp_path: Path, database_url: str) -> Iterator[House]:
    with open_house(set_up(tmp_path, database_url, Clock(NINE))) as house:
        yield house


def begin(house: House, *texts: str, by: str = "twilio-sms", number: str = "+50255550101") -> Phone:
    phone = house.phone(by, number)
    for one in ("CONSULTA", *texts):
        phone.send(one)
    return phone


def let_pass(house: House, **spans: float) -> int:
    """Let time pass, have the scheduler look, and count the reminders there are."""
    house.settings.clock.advance(**spans)  # type: ignore[attr-defined]
    look(house, house.database)
    return house.count("outbox", "kind = 'reminder'")


def look(house: House, database: Database) -> None:
    reminders = make_reminders(house.settings, database, load_channels(house.settings))
    for chore in (*reminders.chores, *make_endings(database)):
        chore.run(house.settings.clock())


def make_delivery(house: House, database: Database, twilio: FakeTwilio) -> Delivery:
    channels = {"twilio-sms": twilio.make_channel("twilio-sms")}
    clock = house.settings.clock
    return Delivery(
        database,
        channels,
        clock,
        chance=lambda: 0.0,
        is_decent=lambda now: is_decent(now, house.settings.timezone),
    )


def test_who_stopped_is_reminded_after_a_day_and_after_three_and_no_more(town: House) -> None:
    begin(town, "1", "1", "1")
    counts = [let_pass(town, **spans) for spans in ({"hours": 23}, {"hours": 1}, {"hours": 47})]
    assert counts == [0, 1, 1]
    assert [let_pass(town, hours=1)] + [let_pass(town, days=1) for _ in range(6)] == [2] * 7
    assert town.count("due_work", "kind = 'reminder'") == 0


def test_the_one_she_is_asked_for_answers_no_question(town: House, fake_twilio: FakeTwilio) -> None:
    phone = begin(town, "1", "1", "1")  # p2 is asked
    let_pass(town, days=1)
    assert make_delivery(town, town.database, fake_twilio).drain("twilio-sms") == 1
    (sent,) = fake_twilio.messages
    assert sent["Body"].startswith("Hola. Su consulta quedo en la pregunta 2 de")
    before = town.count("answer")
    assert phone.send("1").texts[0].startswith("2/5")
    assert town.count("answer") == before
    phone.send("1")
    assert town.count("answer") == before + 1
    assert let_pass(town, hours=25) == 1, "the second waits for three days of silence"
    assert let_pass(town, hours=48) == 2


def test_a_day_counts_from_the_last_message(town: House) -> None:
    phone = begin(town, "1", "1", "1")
    town.settings.clock.advance(hours=6)  # type: ignore[attr-defined]
    phone.send("1")
    assert [let_pass(town, hours=23), let_pass(town, hours=1)] == [0, 1]


@pytest.mark.parametrize("word", ["BAJA", "BORRAR"])
def test_who_left_is_not_reminded(town: House, word: str) -> None:
    phone = begin(town, "1", "1", "1", word)
    if word == "BORRAR":
        assert let_pass(town, days=1) == 0, "she is asked whether to delete"
        phone.send("1")
    assert [let_pass(town, days=1), let_pass(town, days=3)] == [0, 0]
    assert town.count("due_work") == 0


def test_nor_who_never_began_nor_who_was_refused(town: House) -> None:
    begin(town)
    begin(town, "1", "2", number="+50255550102")
    begin(town, "2", number="+50255550103")
    assert [let_pass(town, days=1) for _ in range(8)] == [0] * 8
    assert town.count("due_work", "kind = 'reminder'") == 0


def test_who_begins_late_is_reminded_all_the_same(town: House) -> None:
    phone = begin(town)
    assert let_pass(town, days=1) == 0
    for one in ("1", "1", "1"):
        phone.send(one)
    assert let_pass(town, days=1) == 1


def close(house: House) -> None:
    with house.database.unit() as unit:
        (consultation,) = unit.consultations.list()
        unit.consultations.close(consultation.id, house.settings.clock(), "ana")


def test_a_closed_consultation_reminds_nobody(town: House, fake_twilio: FakeTwilio) -> None:
    begin(town, "1", "1", "1")
    assert let_pass(town, days=1) == 1
    begin(town, "1", "1", "1", number="+50255550102")
    close(town)
    assert let_pass(town, days=1) == 1
    make_delivery(town, town.database, fake_twilio).drain("twilio-sms")
    assert not fake_twilio.messages, "not even what was written before it closed"
    assert town.count("outbox", "state = 'dropped'") == 1


def test_the_night_is_waited_for(town: House) -> None:
    town.settings.clock.advance(hours=12)  # type: ignore[attr-defined]
    begin(town, "1", "1", "1")  # at nine in the evening
    assert [let_pass(town, hours=26), let_pass(town, hours=9)] == [0, 1]


def test_who_asked_for_tomorrow_is_reminded_once_more(town: House) -> None:
    begin(town, "1", "1", "1", "2", "1", "1", "0", "Nebaj", "2")
    assert town.count("outbox", "kind = 'reminder'") == 1, "the pause's own"
    assert let_pass(town, hours=30) == 1
    assert [let_pass(town, hours=43), let_pass(town, days=1)] == [2, 2]


def test_another_person_on_the_number_is_not_reminded_of_the_first_ones(town: House) -> None:
    begin(town, "1", "1", "1")
    with town.database.engine.begin() as connection:
        columns = "INSERT INTO person (id, contact_id, created_at) "
        found = connection.execute(text("SELECT contact_id, created_at FROM person")).one()
        new = UUID(int=7)
        as_kept = new if connection.dialect.name == "postgresql" else new.hex
        connection.execute(
            text(columns + "VALUES (:id, :contact_id, :at)"),
            {"id": as_kept, "contact_id": found[0], "at": found[1]},
        )
        connection.execute(text("UPDATE contact SET person_id = :id"), {"id": as_kept})
    assert let_pass(town, days=1) == 0
    assert town.count("due_work", "kind = 'reminder'") == 0


def test_the_last_one_says_until_when_she_can_answer(town: House) -> None:
    begin(town, "1", "1", "1")
    with town.database.unit() as unit:
        (consultation,) = unit.consultations.list()
        midnight = datetime(2026, 12, 1, 6, tzinfo=UTC)  # of November's last day, in Guatemala
        unit.consultations.close(consultation.id, town.settings.clock(), "ana", midnight)
    let_pass(town, days=1)
    assert let_pass(town, days=2) == 2
    with town.database.unit() as unit:
        sent = unit.outbox.lease("twilio-sms", NINE + timedelta(days=3), NINE, 10)
    assert [one.text[:13] for one in sent] == ["Hola. Su cons", "Ultimo aviso:"]
    assert "hasta el 30/11/2026" in sent[1].text


@pytest.mark.parametrize("what", ["revision", "state"])
def test_one_that_cannot_be_read_holds_up_nobody(
    town: House, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.reminders.BATCH", 1)
    begin(town, "1", "1", "1")
    with town.database.engine.begin() as connection:
        if what == "revision":  # the first one's alone: the second gets one of her own
            connection.execute(text("UPDATE revision SET source = 'puente: 99'"))
        else:
            connection.execute(
                text("UPDATE session SET sealed_state = :sealed"), {"sealed": b"\x01x"}
            )
    if what == "revision":
        publish(
            town.database,
            *read_source("plan-digital"),
            who="prueba",
            note="",
            now=town.settings.clock(),
        )
    begin(town, "1", "1", "1", number="+50255550102")
    with capture_logs() as logs:
        assert let_pass(town, days=1) == 1
        assert let_pass(town, hours=1) == 1
    told = [log for log in logs if log["event"] == "reminder_impossible"]
    assert len(told) == 1, "it is looked at again tomorrow"


def test_a_database_that_is_away_is_no_fault_of_a_reminder(town: House) -> None:
    begin(town, "1", "1", "1")

    def be_away(*_: object) -> None:
        raise DatabaseAwayError

    reminders = make_reminders(town.settings, town.database, load_channels(town.settings))
    now = town.settings.clock.advance(days=1)  # type: ignore[attr-defined]
    with pytest.raises(DatabaseAwayError):
        replace(reminders, find_flow=be_away).run(now)  # type: ignore[arg-type]


def test_two_schedulers_and_four_workers_remind_each_person_once(
    town: House, fake_twilio: FakeTwilio
) -> None:
    for number in range(12):
        begin(town, "1", "1", "1", number=f"+5025555{number:04}")
    town.settings.clock.advance(days=1)  # type: ignore[attr-defined]
    gate = threading.Barrier(6)
    failed: list[BaseException] = []

    def work(database: Database, *, is_scheduler: bool) -> None:
        try:
            gate.wait(60)
            if is_scheduler:
                look(town, database)
            else:
                delivery = make_delivery(town, database, fake_twilio)
                for _ in range(20):
                    delivery.drain("twilio-sms")
        except BaseException as error:  # noqa: BLE001 - told by the test
            failed.append(error)

    with ExitStack() as stack:
        threads = []
        for place in range(6):
            database = make_database(town.settings)
            stack.callback(database.close)
            thread = threading.Thread(
                target=work, args=(database,), kwargs={"is_scheduler": place < 2}
            )
            threads.append(thread)
            thread.start()
        for thread in threads:
            thread.join(120)
    assert not failed
    make_delivery(town, town.database, fake_twilio).drain("twilio-sms")
    assert town.count("outbox", "kind = 'reminder'") == 12
    assert len({one["To"] for one in fake_twilio.messages}) == 12
    assert len(fake_twilio.messages) == 12


def test_a_scheduler_that_read_before_another_or_before_a_message_does_nothing(
    town: House,
) -> None:
    phone = begin(town, "1", "1", "1")
    now = town.settings.clock.advance(days=1)  # type: ignore[attr-defined]
    with town.database.reading() as unit:
        (read,) = unit.due_work.list_stalled(now, 10)
    phone.send("1")
    with town.database.unit() as unit:
        assert not unit.due_work.remind(read, read.state or "", [], now + timedelta(days=1))
    with town.database.reading() as unit:
        (again,) = unit.due_work.list_stalled(now, 10)
    look(town, town.database)
    with town.database.unit() as unit:
        assert not unit.due_work.remind(again, again.state or "", [], now + timedelta(days=1))
    assert town.count("outbox", "kind = 'reminder'") == 0
