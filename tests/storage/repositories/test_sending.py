from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import text

from storage.due import Taken
from tests.storage.repositories.test_outbox import lease, owe, states

if TYPE_CHECKING:
    from tests.support.citizens import Town

WHO = "ana@example.org"


def actions(town: Town) -> list[str]:
    with town.database.engine.connect() as connection:
        sql = "SELECT action FROM audit_event WHERE action LIKE 'staff:%ing:%' ORDER BY at"
        return list(connection.scalars(text(sql)))


def test_while_sending_is_stopped_nothing_goes_out_and_nothing_is_lost(town: Town) -> None:
    owe(town, "uno")
    with town.database.unit() as unit:
        assert unit.sending.find_stop() is None
        assert unit.sending.stop(town.now, WHO)
        assert not unit.sending.stop(town.now, "otro@example.org")
        assert unit.sending.find_stop() == (town.now, WHO)
    assert list(lease(town)) == []

    town.wait(minutes=1)
    with town.database.unit() as unit:
        assert unit.sending.resume(town.now, WHO)
        assert not unit.sending.resume(town.now, WHO)
    assert [due.text for due in lease(town)] == ["uno"]
    assert actions(town) == ["staff:sending:stop", "staff:sending:resume"]


def test_what_got_stuck_is_listed_and_can_be_sent_again(town: Town) -> None:
    dead, unknown, _ = owe(town, "uno", "dos", "tres")
    with town.database.unit() as unit:
        unit.outbox.record_dead(dead, town.now, "21211")
        unit.outbox.record_uncertain(unknown, town.wait(minutes=1), "timeout")
    with town.database.reading() as unit:
        first, second = unit.sending.list_stuck(10)
        assert len(unit.sending.list_stuck(1)) == 1
    assert (first.id, first.state, first.code) == (unknown, "uncertain", "timeout")
    assert (second.id, second.state, second.tries, second.kind) == (dead, "dead", 1, "receipt")

    town.wait(days=30)
    with town.database.unit() as unit:
        assert unit.sending.resend(dead, town.now, WHO)
        assert not unit.sending.resend(dead, town.now, WHO)

    due = next(due for due in lease(town) if due.id == dead)
    assert (due.text, due.tries, due.created_at) == ("uno", 0, town.now)


def test_messages_are_counted_by_channel_and_state(town: Town) -> None:
    ids = owe(town, "uno", "dos", "tres")
    owe(town, "cuatro", channel="whatsapp")
    with town.database.unit() as unit:
        unit.outbox.record_dead(ids[0], town.now, "21211")
        unit.outbox.record_sent([Taken(ids[1], town.now, "SM1", 1)])
        assert unit.sending.count() == {
            ("sms", "dead"): 1,
            ("sms", "waiting"): 1,
            ("whatsapp", "waiting"): 1,
        }


def test_what_was_due_long_ago_is_given_up(town: Town) -> None:
    owe(town, "uno")
    owe(town, "dos", due_at=town.now + timedelta(days=3))
    town.wait(days=2)
    with town.database.unit() as unit:
        assert unit.sending.give_up(town.now - timedelta(days=1), town.now, "expired") == 1
    assert states(town) == ["dead", "waiting"]
