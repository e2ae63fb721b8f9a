"""Both sides of a turn as messages to keep."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flows.text.segments import measure
from storage.records import NewMessage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from bot.messages import Inbound, Reply


def transcribe(
    inbound: Inbound,
    reply: Reply,
    session_id: UUID | None,
    now: datetime,
    make_id: Callable[[datetime], UUID],
) -> tuple[NewMessage, ...]:
    """Give what was heard, at the time it was sent, and what was said to it."""
    heard = NewMessage(
        id=make_id(now),
        direction="in",
        channel=inbound.channel,
        text=inbound.text,
        at=inbound.sent_at or now,
        session_id=session_id,
        provider_id=inbound.provider_id,
        segments=measure(inbound.text).segments,
        form=inbound.form,
    )
    said = (
        NewMessage(
            id=make_id(now),
            direction="out",
            channel=inbound.channel,
            text=text,
            at=now + place * timedelta.resolution,  # so that they can be read in order
            session_id=session_id,
            segments=measure(text).segments if inbound.form == "sms" else 1,
            form=inbound.form,
        )
        for place, text in enumerate(reply.texts, 1)
    )
    return (heard, *said)
