"""Both sides of a turn as messages to keep, and what was sent beside the text."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.messages import VOICE
from flows.text.segments import measure
from storage.records import NewMedia, NewMessage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from uuid import UUID

    from bot.messages import Inbound, Reply
    from storage.records import NewAnswer

LONGEST_TYPE = 100
"""Letters of a content type; the longest that is registered has 73."""


def transcribe(
    inbound: Inbound,
    reply: Reply,
    session_id: UUID | None,
    now: datetime,
    make_id: Callable[[datetime], UUID],
) -> tuple[NewMessage, ...]:
    """Give what was heard, at the time it was sent, and what was said to it."""
    heard = NewMessage(
        id=inbound.id or make_id(now),
        direction="in",
        channel=inbound.channel,
        text=inbound.text,
        at=inbound.sent_at or now,
        session_id=session_id,
        provider_id=inbound.provider_id,
        segments=measure(inbound.text).segments,
        form=inbound.form,
    )
    spoken = ((voice, VOICE) for voice in reply.voices)
    said = (
        NewMessage(
            id=make_id(now),
            direction="out",
            channel=inbound.channel,
            text=text,
            at=now + place * timedelta.resolution,  # so that they can be read in order
            session_id=session_id,
            segments=measure(text).segments if inbound.form == "sms" else 1,
            kind=kind,
            form=inbound.form,
        )
        for place, (text, kind) in enumerate(
            (*spoken, *((text, "reply") for text in reply.texts)), 1
        )
    )
    return (heard, *said)


def list_media(
    inbound: Inbound,
    answers: Sequence[NewAnswer],
    session_id: UUID | None,
    now: datetime,
    make_id: Callable[[datetime], UUID],
) -> tuple[NewMedia, ...]:
    """Give what is to be fetched; a voice note belongs to the answer that it is."""
    spoken = next((answer.id for answer in answers if answer.heard), None)
    return tuple(
        NewMedia(
            id=make_id(now),
            session_id=session_id,
            answer_id=spoken if media.is_voice else None,
            channel=inbound.channel,
            content_type=media.content_type[:LONGEST_TYPE],
            url=media.url,
            at=now,
        )
        for media in inbound.media
    )
