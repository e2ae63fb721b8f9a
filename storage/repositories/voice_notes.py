"""Voice notes: a queue by language, each held by one coder at a time, and what it says.

What a coder understood supersedes the note as an answer; the note's sound stays, until whoever
spoke asks for her data to be deleted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from storage.answer_text import open_text, seal_text
from storage.ids import new_id
from storage.models import Answer, Contact, Media, Person, Session, VoiceNote
from storage.repositories.upserts import add_once
from storage.repositories.voice_queries import (
    NOTE,
    SOUND,
    STAGE,
    is_free,
    may_take,
    select_waiting,
)
from storage.vocabulary import AuditAction
from storage.voice_notes import (
    DONE,
    FIRST,
    SECOND,
    SPLIT,
    TakenNote,
    Understood,
    VoiceCount,
    WaitingNote,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session as Work

    from storage.repositories.audit import Audit
    from storage.sealing import Sealer
    from storage.voice_notes import Coder

OTHERWISE = "voz_distinta"
"""The `alerta` of a session of which two coders understood different things."""


class VoiceNotes:
    """Voice notes inside one unit.

    Args:
        work: the transaction.
        sealer: opens and seals what was understood.
        audit: where it is written down who took a note.
    """

    def __init__(self, work: Work, sealer: Sealer, audit: Audit) -> None:
        self._work = work
        self._sealer = sealer
        self._audit = audit

    def count(self, consultation_id: UUID) -> Sequence[VoiceCount]:
        """Count what waits in a consultation, by language and stage."""
        query = (
            select_waiting(Answer.language, STAGE, func.count())
            .where(Session.consultation_id == consultation_id)
            .group_by(Answer.language, STAGE)
            .order_by(Answer.language)
        )
        return [VoiceCount(*row) for row in self._work.execute(query)]

    def list(
        self, consultation_id: UUID, coder: Coder, now: datetime, limit: int, language: str = ""
    ) -> Sequence[WaitingNote]:
        """List what somebody may take, the oldest first.

        Args:
            consultation_id: whose.
            coder: asks; what she has coded herself is another's to look at.
            now: what is held by somebody else is left out.
            limit: at most how many.
            language: the notes' ISO 639 code; empty for all.
        """
        columns = (NOTE, Answer.question, Answer.language, STAGE, Answer.at, SOUND)
        query = select_waiting(*columns).where(
            Session.consultation_id == consultation_id, is_free(coder.email, now), may_take(coder)
        )
        if language:
            query = query.where(Answer.language == language)
        rows = self._work.execute(query.order_by(NOTE).limit(limit))
        return [WaitingNote(*row) for row in rows]

    def take(
        self, consultation_id: UUID, note_id: UUID, coder: Coder, now: datetime, until: datetime
    ) -> bool:
        """Hold a note until a time; False where it is not hers to take, or somebody else's.

        It can be listened to from then on, so it is written down.
        """
        row = self._work.execute(
            select_waiting(Session.id, Answer.question).where(
                Session.consultation_id == consultation_id, NOTE.in_([note_id])
            )
        ).one_or_none()
        if row is None:
            return False
        self._begin(consultation_id, note_id, now)
        held = self._work.execute(
            update(VoiceNote)
            .where(VoiceNote.answer_id == note_id, is_free(coder.email, now), may_take(coder))
            .values(leased_by=coder.email, leased_until=until)
            .returning(VoiceNote.answer_id)
        ).one_or_none()
        if held is None:
            return False
        details = {"session": str(row.id), "question": row.question}
        self._audit.add(AuditAction.VOICE_OPENED, now, coder.email, details)
        return True

    def find(self, consultation_id: UUID, note_id: UUID, who: str) -> TakenNote | None:
        """Give a note that somebody holds; None where she does not, or nothing is left to do."""
        columns = (Answer, VoiceNote, Person, Contact.persons)
        row = self._work.execute(
            select_waiting(*columns)
            .join(Person, Person.id == Session.person_id)
            .join(Contact, Contact.id == Person.contact_id)
            .where(
                Session.consultation_id == consultation_id,
                VoiceNote.answer_id == note_id,
                VoiceNote.leased_by == who,
            )
        ).one_or_none()
        if row is None:
            return None
        answer, note, person, persons = row
        sound = self._work.execute(
            select(Media.name, Media.kind).where(
                Media.answer_id == note_id, Media.person_id == person.id, Media.state == "kept"
            )
        ).first()
        name, kind = sound or ("", "")
        codings = [] if note.stage == FIRST else [self._open(answer)]
        other = self._work.get(Answer, note.other_id) if note.other_id else None
        return TakenNote(
            id=note_id,
            session_id=answer.session_id,
            contact_id=person.contact_id,
            person_id=person.id,
            persons=persons,
            question=answer.question,
            language=answer.language,
            stage=note.stage,
            at=answer.at,
            until=note.leased_until,
            name=name,
            kind=kind,
            codings=(*codings, *([self._open(other)] if other else [])),
        )

    def code(  # noqa: PLR0913 - what a coder decided, and what follows
        self,
        note: TakenNote,
        who: str,
        now: datetime,
        said: Understood,
        *,
        is_due: bool,
        is_same: bool,
        permits: tuple[bool, bool] | None = None,
    ) -> str | None:
        """Keep what a coder understood.

        Args:
            note: as she has it.
            who: she.
            now: the time.
            said: what she understood.
            is_due: whether a second coder is to listen, where she is the first.
            is_same: whether it is what stands there already.
            permits: publish, and write back, where the question asked for that.

        Returns:
            The stage it is at now; None where somebody else has it, or she who spoke has
            answered otherwise since.
        """
        # First of all: a turn that was read before loses its guard, and reads again.
        self._work.execute(
            update(Contact).where(Contact.id == note.contact_id).values(version=Contact.version + 1)
        )
        kept = self._work.execute(
            select(VoiceNote, Answer)
            .join(Answer, Answer.id == VoiceNote.current_id)
            .where(
                VoiceNote.answer_id == note.id,
                VoiceNote.leased_by == who,
                VoiceNote.stage == note.stage,
                Answer.superseded_at.is_(None),
            )
        ).one_or_none()
        if kept is None:
            return None
        row, answer = kept
        if row.stage == FIRST:
            row.first_by, row.stage = who, SECOND if is_due else DONE
            row.current_id = self._answer(answer, said, now, permits)
        elif row.stage == SECOND:
            row.second_by, row.stage = who, DONE if is_same else SPLIT
            if not is_same:
                row.other_id = self._add(answer, said, now, superseded_at=now)
                alert = func.trim(Session.alert + f" {OTHERWISE}")
                marked = update(Session).where(Session.id == note.session_id)
                self._work.execute(marked.values(alert=alert))
        else:
            row.settled_by, row.stage = who, DONE
            if not is_same:
                row.current_id = self._answer(answer, said, now, permits)
        row.leased_by, row.leased_until, row.changed_at = "", None, now
        details = {
            "session": str(note.session_id),
            "question": note.question,
            "outcome": row.stage,
        }
        self._audit.add(AuditAction.VOICE_CODED, now, who, details)
        return str(row.stage)

    def _begin(self, consultation_id: UUID, note_id: UUID, now: datetime) -> None:
        nobody = {"leased_by": "", "first_by": "", "second_by": "", "settled_by": ""}
        add_once(
            self._work,
            VoiceNote,
            "answer_id",
            answer_id=note_id,
            current_id=note_id,
            consultation_id=consultation_id,
            stage=FIRST,
            changed_at=now,
            **nobody,
        )

    def _answer(
        self, old: Answer, said: Understood, now: datetime, permits: tuple[bool, bool] | None
    ) -> UUID:
        """Let what was understood take the place of an answer; give its id."""
        self._work.execute(update(Answer).where(Answer.id == old.id).values(superseded_at=now))
        if permits is not None:
            publish, write_back = permits
            values = {"publish_at": now, "write_back_at": now}
            marked = update(Session).where(Session.id == old.session_id)
            self._work.execute(marked.values(publish=publish, write_back=write_back, **values))
        return self._add(old, said, now, superseded_at=None)

    def _add(
        self, old: Answer, said: Understood, now: datetime, *, superseded_at: datetime | None
    ) -> UUID:
        answer_id = new_id(now)
        values: dict[str, Any] = {
            name: getattr(old, name)
            for name in ("session_id", "question", "kind", "language", "channel", "mode")
        }
        self._work.execute(
            insert(Answer).values(
                id=answer_id,
                value=said.value,
                sealed_text=seal_text(self._sealer, answer_id, said.value, said.text),
                edition=old.edition,
                heard=True,
                at=old.at,
                superseded_at=superseded_at,
                **values,
            )
        )
        return answer_id

    def _open(self, answer: Answer) -> Understood:
        text = open_text(self._sealer, answer.id, answer.value, answer.sealed_text)
        return Understood(answer.value, text)
