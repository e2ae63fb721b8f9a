"""How a consultation gets on, counted on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update

from storage.models import Outbox
from storage.reported import MinuteCount, SegmentCount, WayCount
from tests.support.citizens import NOW

if TYPE_CHECKING:
    from tests.support.citizens import Town

FIRST, SECOND, THIRD = "+50255550101", "+50255550102", "+50255550103"


def test_ways_minutes_and_segments_are_counted(town: Town) -> None:
    waiting = town.take(FIRST).session
    assert waiting
    by_paper = {"channel": "ussd", "mode": "papel", "alert": "rapido"}
    town.take(SECOND, session=by_paper, stopped=True)
    town.take(THIRD)
    town.wait(minutes=7)
    done = {"outcome": "complete", "position": None}
    sent = town.outgoing("¿Sigue?", waiting.id, segments=2)
    town.take(THIRD, session=done, outgoing=(sent, town.outgoing("¿Y?", waiting.id)))
    with town.database.engine.begin() as connection:
        one = update(Outbox).where(Outbox.id == sent.id)
        connection.execute(one.values(state="sent", changed_at=town.now))

    with town.database.reading() as unit:
        ways = unit.progress.count_ways(town.consultation_id)
        minutes = unit.progress.count_minutes(town.consultation_id)
        segments = unit.progress.count_segments(town.consultation_id)

    assert set(ways) == {
        WayCount("sms", "propia", has_alert=False, outcome=None, position="p1", sessions=1),
        WayCount("ussd", "papel", has_alert=True, outcome="opted_out", position="p1", sessions=1),
        WayCount("sms", "propia", has_alert=False, outcome="complete", position=None, sessions=1),
    }
    assert minutes == [MinuteCount("sms", 7, 1)]
    later = NOW + timedelta(minutes=7)
    assert segments == [
        SegmentCount("sms", "in", 4, 0, later),
        SegmentCount("sms", "out", 4, 0, later),
        SegmentCount("sms", "out", 1, 2, later),
    ]
