"""How a consultation gets on: by what way, where people stop, how long it takes, what is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, cast, func, select

from storage.models import Contact, Message, Outbox, Person, Session
from storage.reported import MinuteCount, SegmentCount, WayCount
from storage.repositories.session_rows import select_standing

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session as Work

SECONDS = 60
MINUTES_OF_A_DAY = 1440
WENT_OUT = ("queued", "sent", "delivered", "read", "uncertain")


class Progress:
    """Counts over a whole consultation inside one unit; each looks through all of its rows."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def count_ways(self, consultation_id: UUID) -> list[WayCount]:
        """Count the sessions by channel, mode, alert, how they stand and where they wait."""
        keys = (
            Session.channel,
            Session.mode,
            (Session.alert != "").label("has_alert"),
            select_standing().label("standing"),
            Session.position,
        )
        rows = self._work.execute(
            select(*keys, func.count())
            .join(Person, Person.id == Session.person_id)
            .join(Contact, Contact.id == Person.contact_id)
            .where(Session.consultation_id == consultation_id)
            .group_by(*keys)
        )
        return [
            WayCount(channel, mode, bool(alert), standing, position, sessions)
            for channel, mode, alert, standing, position, sessions in rows
        ]

    def count_minutes(self, consultation_id: UUID) -> list[MinuteCount]:
        """Count the completed sessions by channel and by the minutes they took."""
        keys = (Session.channel, self._minutes().label("minutes"))
        rows = self._work.execute(
            select(*keys, func.count())
            .where(Session.consultation_id == consultation_id, Session.outcome == "complete")
            .where(Session.ended_at.is_not(None))
            .group_by(*keys)
            .order_by(*keys)
        )
        return [MinuteCount(*row) for row in rows]

    def count_segments(self, consultation_id: UUID) -> list[SegmentCount]:
        """Count what was said in all sessions, by channel and direction.

        What the outbox carried is counted apart, as a row of its own, while it is kept there.
        """
        said = (Message.channel, Message.direction)
        rows = self._work.execute(
            select(*said, func.count(), func.sum(Message.segments), func.max(Message.at))
            .join(Session, Session.id == Message.session_id)
            .where(Session.consultation_id == consultation_id)
            .group_by(*said)
            .order_by(*said)
        )
        latest = func.max(Outbox.changed_at)
        carried = self._work.execute(
            select(Outbox.channel, func.count(), func.sum(Outbox.segments), latest)
            .join(Session, Session.id == Outbox.session_id)
            .where(Session.consultation_id == consultation_id, Outbox.state.in_(WENT_OUT))
            .group_by(Outbox.channel)
            .order_by(Outbox.channel)
        )
        return [
            *(SegmentCount(channel, way, n, int(sum_), at) for channel, way, n, sum_, at in rows),
            *(SegmentCount(channel, "out", n, int(sum_), at) for channel, n, sum_, at in carried),
        ]

    def _minutes(self) -> ColumnElement[Any]:
        if self._work.get_bind().dialect.name == "sqlite":
            days = func.julianday(Session.ended_at) - func.julianday(Session.started_at)
            # A day's fraction has a rounding of its own, far below a second.
            return cast(days * MINUTES_OF_A_DAY + 0.0001, Integer)
        seconds = func.extract("epoch", Session.ended_at - Session.started_at)
        return cast(func.floor(seconds / SECONDS), Integer)
