"""What tables and pages read of a consultation: figures, and sessions with their answers."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, select

from storage.models import Answer, Contact, Person, Session
from storage.reported import Count, ReportedAnswer, ReportedSession

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.orm import Session as Work

    from storage.sealing import Sealer

AT_ONCE = 1_000
"""Rows fetched at a time: memory does not grow with what is read."""

OPTED_OUT = "opted_out"
"""How a session stands whose number left before it ended."""

_HOUR_LETTERS = len("2026-03-02T15")


class Reports:
    """Reads whole consultations. Long answers come in pieces, while the unit is open."""

    def __init__(self, work: Work, sealer: Sealer) -> None:
        self._work = work
        self._sealer = sealer

    def counts(self, consultation_id: UUID) -> list[Count]:
        """Count the sessions by the hour they began in, by channel and by how they stand."""
        hour = self._hour(Session.started_at)
        standing = _standing()
        rows = self._work.execute(
            select(hour, Session.channel, standing, func.count())
            .join(Person, Person.id == Session.person_id)
            .join(Contact, Contact.id == Person.contact_id)
            .where(Session.consultation_id == consultation_id)
            .group_by(hour, Session.channel, standing)
        )
        return [Count(_read_hour(at), *rest) for at, *rest in rows]

    def count_people(self, consultation_id: UUID, questions: Collection[str]) -> int:
        """Count the people who have a current answer to at least one of these questions."""
        answered = select(Answer.id).where(
            Answer.session_id == Session.id,
            Answer.superseded_at.is_(None),
            Answer.question.in_(questions),
        )
        return (
            self._work.scalar(
                select(func.count(Session.person_id.distinct())).where(
                    Session.consultation_id == consultation_id, answered.exists()
                )
            )
            or 0
        )

    def sessions(
        self, consultation_id: UUID, *, history: bool = False
    ) -> Iterator[ReportedSession]:
        """Read all sessions with their answers, in the order they began.

        Args:
            consultation_id: whose.
            history: give superseded answers as well.
        """
        answers = groupby(
            self._stream(_answers(consultation_id, history=history)), attrgetter("session_id")
        )
        owner, own = next(answers, (None, iter(())))
        for row in self._stream(_sessions(consultation_id)):
            kept: tuple[ReportedAnswer, ...] = ()
            while owner is not None and owner < row.id:  # its session came after we looked
                owner, own = next(answers, (None, iter(())))
            if row.id == owner:
                kept = tuple(self._answer(answer) for answer in own)
                owner, own = next(answers, (None, iter(())))
            yield _session(row, kept)

    def _stream(self, query: Select[*tuple[Any, ...]]) -> Iterator[Row[*tuple[Any, ...]]]:
        return iter(self._work.execute(query, execution_options={"yield_per": AT_ONCE}))

    def _answer(self, row: Row[*tuple[Any, ...]]) -> ReportedAnswer:
        sealed = row.sealed_text
        text = row.value if sealed is None else self._sealer.open("answer", row.id.bytes, sealed)
        return ReportedAnswer(
            row.question,
            row.value,
            text,
            row.language,
            row.channel,
            row.mode,
            row.at,
            row.superseded_at is None,
        )

    def _hour(self, at: Any) -> ColumnElement[Any]:
        if self._work.get_bind().dialect.name == "sqlite":
            return func.substr(at, 1, _HOUR_LETTERS)
        return func.date_trunc("hour", at)


def _standing() -> ColumnElement[str | None]:
    left = Session.outcome.is_(None) & Contact.stopped_at.is_not(None)
    return case((left, OPTED_OUT), else_=Session.outcome)


def _sessions(consultation_id: UUID) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Session.id,
            Session.person_id,
            Session.revision_id,
            Session.folio,
            Session.language,
            Session.channel,
            Session.mode,
            _standing().label("standing"),
            Session.publish,
            Session.alert,
            Session.started_at,
        )
        .join(Person, Person.id == Session.person_id)
        .join(Contact, Contact.id == Person.contact_id)
        .where(Session.consultation_id == consultation_id)
        .order_by(Session.id)  # ids carry their time
    )


def _answers(consultation_id: UUID, *, history: bool) -> Select[*tuple[Any, ...]]:
    query = (
        select(
            Answer.id,
            Answer.session_id,
            Answer.question,
            Answer.value,
            Answer.sealed_text,
            Answer.language,
            Answer.channel,
            Answer.mode,
            Answer.at,
            Answer.superseded_at,
        )
        .join(Session, Session.id == Answer.session_id)
        .where(Session.consultation_id == consultation_id)
        .order_by(Answer.session_id)
    )
    return query if history else query.where(Answer.superseded_at.is_(None))


def _session(row: Row[*tuple[Any, ...]], answers: tuple[ReportedAnswer, ...]) -> ReportedSession:
    current = [answer.at for answer in answers if answer.is_current]
    return ReportedSession(
        id=row.id,
        person_id=row.person_id,
        revision_id=row.revision_id,
        folio=row.folio or "",
        language=row.language,
        channel=row.channel,
        mode=row.mode,
        community="",
        outcome=row.standing,
        publish=row.publish,
        alert=row.alert,
        started_at=row.started_at,
        answered_at=max(current, default=None),
        answers=answers,
    )


def _read_hour(hour: datetime | str) -> datetime:
    if isinstance(hour, datetime):
        return hour.astimezone(UTC)
    return datetime.fromisoformat(f"{hour}:00+00:00")
