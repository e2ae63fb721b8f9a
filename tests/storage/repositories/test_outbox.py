"""The outbox of both databases; `tests/bot/test_delivery_database.py` drains it in earnest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from storage.due import Taken
from tests.support.citizens import PHONE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from storage.due import DueMessage
    from tests.support.citizens import Town


def owe(town: Town, *texts: str, phone: str = PHONE, **more: Any) -> list[UUID]:
    key = town.key(phone)
    due_at = more.pop("due_at", town.now)
    out = tuple(
        town.outgoing(text, due_at=at, created_at=at, **more)
        for place, text in enumerate(texts)
        for at in [due_at + place * timedelta.resolution]
    )
    town.wait(milliseconds=1)  # ids and times go up
    assert town.database.turns.save(replace(town.write(key, town.load(key)), outgoing=out))
    return [one.id for one in out]


def lease(town: Town, limit: int = 10, minutes: int = 2) -> Sequence[DueMessage]:
    now = town.now
    with town.database.unit() as unit:
        until = town.wait(minutes=minutes)
        town.now = now
        return unit.outbox.lease("sms", now, until, limit)


def states(town: Town) -> list[str]:
    with town.database.engine.connect() as connection:
        return list(connection.scalars(text("SELECT state FROM outbox ORDER BY due_at")))


def test_what_is_leased_is_nobody_else_s_until_it_is_given_back(town: Town) -> None:
    ids = [*owe(town, "uno", "dos"), *owe(town, "tres", phone="+50255550102")]

    first = lease(town, 2)
    assert [(due.id, due.text, due.address) for due in first] == [
        (ids[0], "uno", PHONE),
        (ids[1], "dos", PHONE),
    ]
    assert [due.text for due in lease(town)] == ["tres"]
    assert list(lease(town)) == []

    with town.database.unit() as unit:
        unit.outbox.release([due.id for due in first])
    assert [due.text for due in lease(town)] == ["uno", "dos"]


def test_what_is_due_later_waits(town: Town) -> None:
    owe(town, "ahora")
    owe(town, "mañana", due_at=town.wait(days=1))
    town.wait(days=-1)

    assert [due.text for due in lease(town)] == ["ahora"]
    town.wait(days=1, minutes=3)
    assert "mañana" in [due.text for due in lease(town)]


def test_of_a_lease_that_ran_out_only_the_first_is_in_doubt(town: Town) -> None:
    owe(town, "uno", "dos", kind="reply")
    owe(town, "tres", kind="reminder", phone="+50255550102")
    lease(town, 2)
    town.wait(minutes=1)
    lease(town)
    town.wait(minutes=5)

    again = lease(town)

    assert [(due.text, due.tries) for due in again] == [("uno", 1), ("dos", 0)]
    assert states(town)[2] == "uncertain", "a reminder is never sent twice"


def test_a_reply_that_was_in_doubt_once_is_not_tried_a_third_time(town: Town) -> None:
    owe(town, "uno", kind="reply")
    for _ in range(2):
        lease(town)
        town.wait(minutes=5)

    assert list(lease(town)) == []
    assert states(town) == ["uncertain"]


def test_a_try_that_failed_for_certain_is_no_doubt(town: Town) -> None:
    [id_] = owe(town, "uno", kind="reply")
    lease(town)
    with town.database.unit() as unit:
        unit.outbox.record_failed(id_, town.now, "20429", town.now)
    lease(town)
    town.wait(minutes=5)

    assert [(due.tries, due.doubts) for due in lease(town)] == [(2, 1)]

    with town.database.unit() as unit:
        unit.outbox.record_failed(id_, town.now, "no_answer", town.now, is_doubt=True)
    assert [(due.tries, due.doubts) for due in lease(town)] == [(3, 2)]


def test_outcomes_are_recorded_and_reports_never_go_back(town: Town) -> None:
    ids = owe(town, "uno", "dos", "tres", "cuatro")
    lease(town)
    with town.database.unit() as unit:
        unit.outbox.record_sent([Taken(ids[0], town.now, "SM1", 2)])
        unit.outbox.record_failed(ids[1], town.now, "30003", town.now - timedelta(seconds=1))
        unit.outbox.record_uncertain(ids[2], town.now, "timeout")
        unit.outbox.record_dead(ids[3], town.now, "21211")
    assert states(town) == ["waiting", "sent", "uncertain", "dead"]

    def report(status: str) -> bool:
        with town.database.unit() as unit:
            return unit.outbox.record_status("sms", "SM1", status, town.now, "") is not None

    assert [report(status) for status in ("delivered", "sent", "failed", "read", "read")] == [
        *(True, False, False, True, False),
    ]
    assert states(town)[1] == "read"
    with town.database.unit() as unit:
        assert not unit.outbox.record_status("sms", "", "read", town.now)


def test_a_reminder_is_dropped_once_its_session_moved_on(town: Town) -> None:
    session = town.take().session
    assert session is not None
    owe(town, "recuerde", session_id=session.id, only_if_turns=1, kind="reminder")
    owe(town, "recuerde otra vez", session_id=session.id, only_if_turns=2, kind="reminder")
    town.take()

    assert [due.text for due in lease(town)] == ["recuerde otra vez"]
    assert states(town) == ["dropped", "leased"]


def test_nothing_goes_to_a_number_that_has_left_but_its_confirmation(town: Town) -> None:
    owe(town, "recuerde", kind="reminder")
    town.wait(minutes=1)
    town.take(stopped=True, outgoing=(town.outgoing("Listo.", kind="reply"),))

    assert [due.text for due in lease(town)] == ["Listo."]
    assert states(town) == ["dropped", "leased"]


def test_a_number_the_provider_says_has_left_is_silenced(town: Town) -> None:
    owe(town, "uno")
    [due] = lease(town)
    for _ in range(2):
        with town.database.unit() as unit:
            unit.outbox.stop_contact(due.contact_id, town.now)

    contact = town.load(town.key()).contact
    assert contact is not None
    assert (contact.stopped_at, contact.version) == (town.now, 3)
    town.take()


@pytest.mark.parametrize("state", ["sent", "dead"])
def test_the_address_is_kept_only_while_it_is_needed(town: Town, state: str) -> None:
    [one] = owe(town, "uno")
    with town.database.unit() as unit:
        if state == "sent":
            unit.outbox.record_sent([Taken(one, town.now, "SM1", None)])
        else:
            unit.outbox.record_dead(one, town.now, "21211")
    with town.database.engine.connect() as connection:
        address = connection.scalar(text("SELECT sealed_address FROM outbox"))
    assert (address is None) == (state == "sent"), "staff may send a dead letter again"


def test_replies_go_before_bulk_and_the_older_first(town: Town) -> None:
    owe(town, "lista", kind="invitation", phone="+50255550102")
    owe(town, "recuerde", kind="reminder", phone="+50255550103")
    owe(town, "gracias", kind="receipt", phone="+50255550104")
    owe(town, "uno", kind="reply", phone="+50255550105")
    owe(town, "dos", kind="reply", phone="+50255550106")

    assert [due.text for due in lease(town)] == ["uno", "dos", "gracias", "recuerde", "lista"]


def test_nobody_hears_the_second_before_the_first(town: Town) -> None:
    first, second = owe(town, "uno", "dos", kind="reply")
    [due] = lease(town, 1)
    assert due.id == first
    assert list(lease(town)) == [], "the first one is being sent"

    with town.database.unit() as unit:
        unit.outbox.record_failed(first, town.now, "30003", town.now + timedelta(seconds=10))
    assert list(lease(town)) == [], "the first one will be tried again"

    town.wait(seconds=10)
    assert [due.id for due in lease(town)] == [first, second]


def test_a_reminder_of_tomorrow_holds_up_nothing(town: Town) -> None:
    owe(town, "recuerde", kind="reminder", due_at=town.now + timedelta(days=1))
    owe(town, "gracias", kind="receipt")
    assert [due.text for due in lease(town)] == ["gracias"]


def lease_paced(town: Town, rate: float) -> Sequence[DueMessage]:
    with town.database.unit() as unit:
        return unit.outbox.lease("sms", town.now, town.now + timedelta(minutes=2), 100, rate)


def test_a_pace_gives_each_message_a_slot_of_its_segments(town: Town) -> None:
    owe(town, "uno", segments=2)
    owe(town, "dos", "tres", phone="+50255550102")
    begin = town.now

    first = lease_paced(town, rate=4)

    assert [due.send_at - begin for due in first if due.send_at] == [
        timedelta(seconds=seconds) for seconds in (0, 0.5, 0.75)
    ]


def test_slots_begin_once_the_rows_have_been_found(town: Town) -> None:
    """However long that took: else all of them would have gone by, and so with the next lease."""
    owe(town, "uno")
    found = town.now + timedelta(seconds=3)
    with town.database.unit() as unit:
        [due] = unit.outbox.lease(
            "sms", town.now, town.now + timedelta(minutes=2), 9, 4, clock=lambda: found
        )
    assert due.send_at == found


def test_slots_are_leased_a_second_ahead_by_all_workers_together(town: Town) -> None:
    for number in range(10):
        owe(town, "uno", phone=f"+502555501{number:02}")
    begin = town.now

    assert len(lease_paced(town, rate=4)) == 4
    assert list(lease_paced(town, rate=4)) == [], "another worker holds the slots of this second"
    town.wait(seconds=0.5)
    [due] = lease_paced(town, rate=2)
    assert due.send_at == begin + timedelta(seconds=1)
    town.wait(seconds=60)
    late = lease_paced(town, rate=4)
    assert late[0].send_at == town.now, "slots that nobody used are lost"


def test_a_message_longer_than_a_second_s_worth_still_goes(town: Town) -> None:
    first, _ = owe(town, "uno", "dos", segments=5)
    assert [due.text for due in lease_paced(town, rate=2)] == ["uno"]
    assert list(lease_paced(town, rate=2)) == []
    town.wait(seconds=2.5)
    with town.database.unit() as unit:
        unit.outbox.record_sent([Taken(first, town.now, "SM1", 5)])
    assert [due.text for due in lease_paced(town, rate=2)] == ["dos"]


def test_what_is_no_longer_wanted_behind_a_long_message_is_dropped_with_it(town: Town) -> None:
    session = town.take().session
    assert session is not None
    more = {"session_id": session.id, "only_if_turns": 1, "kind": "reminder"}
    owe(town, "recuerde", phone=PHONE, **more)
    owe(town, "larga", segments=5, phone="+50255550102", kind="reply")
    town.take()
    assert [due.text for due in lease_paced(town, rate=2)] == ["larga"]
    assert states(town) == ["dropped", "leased"]


def test_a_message_its_channel_will_not_take_moves_to_another(town: Town) -> None:
    [one] = owe(town, "uno", channel="whatsapp")
    with town.database.unit() as unit:
        unit.outbox.record_moved(one, town.now, "63024", "sms", 2)

    [due] = lease(town)
    assert (due.id, due.fell_from, due.tries) == (one, "whatsapp", 1)


def test_leases_of_a_channel_that_is_gone_end_too(town: Town) -> None:
    owe(town, "uno", "dos", kind="reply")
    lease(town)
    town.wait(minutes=5)
    with town.database.unit() as unit:
        unit.outbox.end_leases(town.now)
    assert states(town) == ["waiting", "waiting"]


def test_at_night_answers_alone_go_out(town: Town) -> None:
    owe(town, "lista", kind="invitation", phone="+50255550102")
    owe(town, "recuerde", kind="reminder", phone="+50255550103")
    owe(town, "gracias", kind="receipt", phone="+50255550104")
    owe(town, "uno", kind="reply", phone="+50255550105")

    with town.database.unit() as unit:
        until = town.now + timedelta(minutes=2)
        answers = unit.outbox.lease("sms", town.now, until, 10, answers_alone=True)

    assert [due.text for due in answers] == ["uno", "gracias"]
    assert [due.text for due in lease(town)] == ["recuerde", "lista"]


def test_a_look_that_finds_nothing_writes_nothing(town: Town) -> None:
    owe(town, "mañana", due_at=town.now + timedelta(days=1))
    assert list(lease(town)) == []
    with town.database.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM pace")) == 0
