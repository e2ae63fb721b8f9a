"""Which voice notes wait, and whose they are to take: parts of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, or_, select

from storage.models import Answer, Media, Session, VoiceNote
from storage.voice_notes import FIRST, SECOND, SPLIT

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select

    from storage.voice_notes import Coder

NOTE = func.coalesce(VoiceNote.answer_id, Answer.id)
STAGE = func.coalesce(VoiceNote.stage, FIRST)
SOUND = exists().where(Media.answer_id == NOTE, Media.state == "kept")


def select_waiting(*columns: Any) -> Select[*tuple[Any, ...]]:
    """Begin a query for the notes that wait for somebody, which are current answers."""
    waits = or_(
        and_(Answer.value == "voz", VoiceNote.answer_id.is_(None)),
        VoiceNote.stage.in_((FIRST, SECOND, SPLIT)),
    )
    return (
        select(*columns)
        .select_from(Answer)
        .join(Session, Session.id == Answer.session_id)
        .outerjoin(VoiceNote, VoiceNote.current_id == Answer.id)
        .where(Answer.heard, Answer.superseded_at.is_(None), waits)
    )


def is_free(who: str, now: datetime) -> ColumnElement[bool]:
    """Tell whether nobody else holds a note."""
    return or_(
        VoiceNote.leased_until.is_(None),
        VoiceNote.leased_until < now,
        VoiceNote.leased_by == who,
    )


def may_take(coder: Coder) -> ColumnElement[bool]:
    """Tell whether a note is somebody's to take: nobody judges what she wrote down herself."""
    ways = [STAGE == FIRST, and_(VoiceNote.stage == SECOND, VoiceNote.first_by != coder.email)]
    if coder.settles:
        ways.append(
            and_(
                VoiceNote.stage == SPLIT,
                VoiceNote.first_by != coder.email,
                VoiceNote.second_by != coder.email,
            )
        )
    return or_(*ways)
