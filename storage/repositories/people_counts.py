"""People who have answered, by the hour they came in: counted again only where that changed.

A person belongs to the hour her first session began in, whatever she does later. What changes
whether she has answered changes a sum of her hour as well: each turn adds to `turns`, which
never fall, a further session to `sessions`, a deletion to `erased`. So an hour whose sums are
those of the count before needs no look at its answers, and nothing on the way of a message has
to mark it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from storage.models import Answer, Person, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from uuid import UUID

    from sqlalchemy import CTE, ColumnElement, Select

    Hour = Callable[[Any], ColumnElement[Any]]


def select_marks(consultation_id: UUID, hour: Hour) -> Select[*tuple[Any, ...]]:
    """Select each hour, and the sums of the people who came in it: turns, sessions, erased."""
    people = _group(consultation_id, hour)
    return (
        select(
            people.c.hour,
            func.sum(people.c.turns),
            func.sum(people.c.sessions),
            func.count(Person.erased_at),
        )
        .join(Person, Person.id == people.c.person_id)
        .group_by(people.c.hour)
    )


def select_people(
    consultation_id: UUID, hour: Hour, questions: Collection[str], hours: Collection[Any]
) -> Select[*tuple[Any, ...]]:
    """Select some hours, and how many who came in each have answered one of the questions."""
    people = _group(consultation_id, hour)
    answered = (
        select(Answer.id)
        .join(Session, Session.id == Answer.session_id)
        .where(
            Session.person_id == people.c.person_id,
            Session.consultation_id == consultation_id,
            Answer.superseded_at.is_(None),
            Answer.question.in_(questions),
        )
    )
    return (
        select(people.c.hour, func.count())
        .where(people.c.hour.in_(hours), answered.exists())
        .group_by(people.c.hour)
    )


def _group(consultation_id: UUID, hour: Hour) -> CTE:
    return (
        select(
            Session.person_id,
            hour(func.min(Session.started_at)).label("hour"),
            func.sum(Session.turns).label("turns"),
            func.count().label("sessions"),
        )
        .where(Session.consultation_id == consultation_id)
        .group_by(Session.person_id)
        .cte("people")
    )
