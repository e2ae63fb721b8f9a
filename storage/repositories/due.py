"""Which outgoing messages may go out now, and in which slot of a channel's pace."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, select
from sqlalchemy.orm import aliased

from storage.models import Consultation, Contact, Outbox, Session

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row, Select

AHEAD = timedelta(seconds=1)
"""How far ahead slots are leased: a reply waits no longer behind bulk that was leased before."""

IN_ORDER = (Outbox.urgency, Outbox.created_at, Outbox.id)


class Slots:
    """The slots of one lease, one after the other.

    Args:
        free_at: when the channel's next slot begins; one that has passed is lost.
        now: the time.
        rate: segments a second; 0 for a channel without a pace.
    """

    def __init__(self, free_at: datetime, now: datetime, rate: float) -> None:
        self.free_at = free_at
        self._rate = rate
        self.begin(now)

    def begin(self, now: datetime) -> None:
        """Begin no slot before `now`: what has passed while rows were looked up is lost."""
        self.free_at = max(self.free_at, now)
        self._end = now + AHEAD

    @property
    def are_free(self) -> bool:
        """Whether a slot begins soon enough to be leased."""
        return not self._rate or self.free_at < self._end

    def take(self, segments: int) -> datetime | None:
        """Take the next slot for a message of so many segments; None without a pace."""
        if not self._rate:
            return None
        begin = self.free_at
        self.free_at += timedelta(seconds=segments / self._rate)
        return begin


def select_due(channel: str, now: datetime, urgency: int) -> Select[*tuple[Any, ...]]:
    """Select what is due on a channel and so urgent at least, in the order it is to be sent.

    Not behind an earlier message to the same contact that is being sent, or that failed and
    will be tried again.
    """
    earlier = aliased(Outbox)
    is_behind = select(earlier.id).where(
        earlier.contact_id == Outbox.contact_id,
        earlier.channel == Outbox.channel,
        earlier.urgency <= Outbox.urgency,
        earlier.created_at < Outbox.created_at,
        # Not "or": each of its sides would be looked up in the index of all that wait.
        case(
            (earlier.state == "leased", True),
            (earlier.state == "waiting", (earlier.tries > 0) & (earlier.due_at > now)),
            else_=False,
        ),
    )
    return (
        select(
            Outbox.id,
            Outbox.contact_id,
            Outbox.channel,
            Outbox.scheme,
            Outbox.sealed_address,
            Outbox.sealed_text,
            Outbox.buttons,
            Outbox.kind,
            Outbox.segments,
            Outbox.tries,
            Outbox.doubts,
            Outbox.fell_from,
            Outbox.cause_id,
            Outbox.created_at,
            Outbox.only_if_turns,
            Session.turns,
            Consultation.closed_at,
            Session.language,
            Contact.seen_at,
            Contact.stopped_at,
        )
        .join(Contact, Contact.id == Outbox.contact_id)
        .outerjoin(Session, Session.id == Outbox.session_id)
        .outerjoin(Consultation, Consultation.id == Session.consultation_id)
        .where(Outbox.state == "waiting", Outbox.channel == channel, Outbox.due_at <= now)
        .where(Outbox.urgency <= urgency, ~is_behind.exists())
        .order_by(*IN_ORDER)
        .with_for_update(of=Outbox, skip_locked=True)
    )


def is_wanted(row: Row[*tuple[Any, ...]], now: datetime) -> bool:
    """Tell whether a due message still is to go out."""
    if row.only_if_turns is not None and row.only_if_turns != row.turns:
        return False
    if row.kind == "reminder" and row.closed_at is not None and row.closed_at <= now:
        return False
    # The one confirmation of leaving is written with the very turn that leaves.
    is_last_word = row.kind == "reply" and row.stopped_at and row.created_at >= row.stopped_at
    return row.stopped_at is None or bool(is_last_word)
