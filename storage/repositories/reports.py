"""What tables and pages read of a consultation: figures, and sessions with their answers."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, or_, select

from storage.models import Answer, Contact, LanguageDemand, Message, Person, Session
from storage.reported import Count, MessageCount, TraitCount, ValueCount
from storage.repositories.answer_lines import LineReader
from storage.repositories.people_counts import select_marks, select_people
from storage.repositories.session_rows import make_session, select_sessions, select_standing
from storage.repositories.traits import select_traits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session as Work

    from storage.reported import Mark, ReportedSession
    from storage.sealing import Sealer

AT_ONCE = 250
"""Sessions fetched at a time, some 0.5 MB: memory does not grow with what is read."""

_HOUR_LETTERS = len("2026-03-02T15")


class Reports:
    """Reads whole consultations. Long answers come in pieces, while the unit is open."""

    def __init__(self, work: Work, sealer: Sealer) -> None:
        self._work = work
        self._sealer = sealer

    def counts(self, consultation_id: UUID) -> list[Count]:
        """Count the sessions by the hour they began in, by channel and by how they stand."""
        hour = self._hour(Session.started_at)
        standing = select_standing()
        rows = self._work.execute(
            select(hour, Session.channel, standing, func.count())
            .join(Person, Person.id == Session.person_id)
            .join(Contact, Contact.id == Person.contact_id)
            .where(Session.consultation_id == consultation_id)
            .group_by(hour, Session.channel, standing)
        )
        return [Count(_read_hour(at), *rest) for at, *rest in rows]

    def count_alike(self, consultation_id: UUID, answers: Mapping[str, str], but: UUID) -> int:
        """Count the sessions, finished or under way, that answered like this.

        Args:
            consultation_id: of the sessions.
            answers: question -> the current answer; of a place it may be the department.
            but: a session that does not count.
        """
        alike = [
            exists().where(
                Answer.session_id == Session.id,
                Answer.question == question,
                Answer.superseded_at.is_(None),
                or_(
                    Answer.value == value,
                    and_(Answer.kind == "place", Answer.value.startswith(value, autoescape=True)),
                ),
            )
            for question, value in answers.items()
        ]
        counted = select(func.count()).where(
            Session.consultation_id == consultation_id,
            Session.id != but,
            func.coalesce(Session.outcome, "complete") == "complete",
            *alike,
        )
        return self._work.scalar(counted) or 0

    def count_messages(self, consultation_id: UUID) -> list[MessageCount]:
        """Count the messages of all sessions by hour, channel and direction.

        What the outbox carries is not among them.
        """
        hour = self._hour(Message.at)
        rows = self._work.execute(
            select(
                hour,
                Message.channel,
                Message.direction,
                func.count(Message.person_id.distinct()),
                func.count(),
                func.sum(Message.segments),
            )
            .join(Session, Session.id == Message.session_id)
            .where(Session.consultation_id == consultation_id)
            .group_by(hour, Message.channel, Message.direction)
        )
        return [MessageCount(_read_hour(at), *rest) for at, *rest in rows]

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

    def count_traits(
        self,
        consultation_id: UUID,
        places: Sequence[str],
        asked: Sequence[str],
        none: Collection[str],
    ) -> list[TraitCount]:
        """Count the people by the traits of their first session, as `select_traits` says."""
        rows = self._work.execute(select_traits(consultation_id, places, asked, none))
        return [
            TraitCount(place, community, language, tuple(values), people)
            for place, community, language, *values, people in rows
        ]

    def mark_hours(self, consultation_id: UUID) -> dict[datetime, Mark]:
        """Give, for each hour in which people came, what tells whether they have changed."""
        rows = self._work.execute(select_marks(consultation_id, self._hour))
        return {_read_hour(hour): (int(turns), int(n), erased) for hour, turns, n, erased in rows}

    def count_people_by_hour(
        self, consultation_id: UUID, questions: Collection[str], hours: Collection[datetime]
    ) -> dict[datetime, int]:
        """Count as `count_people` does, by the hour people came in, and only for some of them."""
        is_sqlite = self._work.get_bind().dialect.name == "sqlite"
        wanted = [hour.isoformat()[:_HOUR_LETTERS] if is_sqlite else hour for hour in hours]
        rows = self._work.execute(select_people(consultation_id, self._hour, questions, wanted))
        return {_read_hour(hour): people for hour, people in rows}

    def count_values(self, consultation_id: UUID, kinds: Collection[str]) -> list[ValueCount]:
        """Count the people behind each value of the current answers to some kinds of question."""
        asked = (Answer.question, Answer.value)
        counted = self._count_behind(consultation_id, asked, Answer.kind.in_(kinds))
        return [
            ValueCount(question, value, people) for (question, value), people in counted.items()
        ]

    def count_answering(self, consultation_id: UUID) -> dict[str, int]:
        """Count the people who have a current answer to each question."""
        counted = self._count_behind(consultation_id, (Answer.question,))
        return {question: people for (question,), people in counted.items()}

    def _count_behind(
        self, consultation_id: UUID, keys: Sequence[Any], *conditions: ColumnElement[bool]
    ) -> Counter[tuple[Any, ...]]:
        """Count the people behind current answers, by some of their columns.

        Nearly everybody has one session, and one current answer to a question there: those are
        rows to be counted. To tell people apart takes a sort, so that is left for the others.
        """
        several = (
            select(Session.person_id)
            .where(Session.consultation_id == consultation_id)
            .group_by(Session.person_id)
            .having(func.count() > 1)
        )
        counted: Counter[tuple[Any, ...]] = Counter()
        for people, whose in (
            (func.count(), Session.person_id.not_in(several)),
            (func.count(Session.person_id.distinct()), Session.person_id.in_(several)),
        ):
            rows = self._work.execute(
                select(*keys, people)
                .join(Session, Session.id == Answer.session_id)
                .where(Session.consultation_id == consultation_id)
                .where(Answer.superseded_at.is_(None), whose, *conditions)
                .group_by(*keys)
            )
            for *key, number in rows:
                counted[tuple(key)] += number
        return counted

    def count_demand(self) -> list[tuple[str, int]]:
        """Count the numbers that asked for or wrote each language not on offer, most first."""
        numbers = func.count()
        rows = self._work.execute(
            select(LanguageDemand.language, numbers)
            .group_by(LanguageDemand.language)
            .order_by(numbers.desc(), LanguageDemand.language)
        )
        return [(language, n) for language, n in rows]

    def count_sessions(self, consultation_id: UUID, most: int | None = None) -> int:
        """Count all sessions, or no more than `most` of them, which is quick."""
        own = select(Session.id).where(Session.consultation_id == consultation_id).limit(most)
        return self._work.scalar(select(func.count()).select_from(own.subquery())) or 0

    def sessions(
        self, consultation_id: UUID, *, history: bool = False
    ) -> Iterator[ReportedSession]:
        """Read all sessions with their answers, in the order they began.

        Args:
            consultation_id: whose.
            history: give superseded answers as well.
        """
        reader = LineReader(self._sealer)
        query = select_sessions(history=history).where(Session.consultation_id == consultation_id)
        # As the driver has the rows: many of them make nothing of the ORM's. Ids carry their time.
        rows = self._work.connection().execute(
            query.order_by(Session.id), execution_options={"yield_per": AT_ONCE}
        )
        for row in rows:
            yield make_session(reader, row)

    def _hour(self, at: Any) -> ColumnElement[Any]:
        if self._work.get_bind().dialect.name == "sqlite":
            return func.substr(at, 1, _HOUR_LETTERS)
        return func.date_trunc("hour", at)


def _read_hour(hour: datetime | str) -> datetime:
    if isinstance(hour, datetime):
        return hour.astimezone(UTC)
    return datetime.fromisoformat(f"{hour}:00+00:00")
