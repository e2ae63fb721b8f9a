"""People by the traits of their first session, counted where they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, select

from storage.models import Answer, Leader, Session

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from sqlalchemy import Select


def select_traits(
    consultation_id: UUID, places: Sequence[str], asked: Sequence[str], none: Collection[str]
) -> Select[*tuple[Any, ...]]:
    """Select place, community, language, each answer to what is `asked`, and how many people.

    Args:
        consultation_id: of the sessions; of a person's only the first one counts.
        places: questions for a place, of which the first that has an answer counts.
        asked: other questions.
        none: values of a place that are no answer.
    """
    rank = func.row_number().over(partition_by=Session.person_id, order_by=Session.id)
    first = (
        select(Session.id, Session.language, Session.leader_id, rank.label("rank"))
        .where(Session.consultation_id == consultation_id)
        .subquery()
    )
    values = [
        func.max(case((_is_said(name) & Answer.value.not_in(none), Answer.value)))
        for name in places
    ]
    values += [func.max(case((_is_said(name), Answer.value))) for name in asked]
    said = (
        select(
            Answer.session_id, *(value.label(f"said_{place}") for place, value in enumerate(values))
        )
        .join(Session, Session.id == Answer.session_id)
        .where(Session.consultation_id == consultation_id, Answer.superseded_at.is_(None))
        .where(Answer.question.in_((*places, *asked)))
        .group_by(Answer.session_id)
        .subquery()
    )
    columns = [said.c[f"said_{place}"] for place in range(len(values))]
    traits = (
        func.coalesce(*columns[: len(places)], "", ""),  # SQLite takes no fewer than two
        func.coalesce(Leader.community, ""),
        first.c.language,
        *(func.coalesce(column, "") for column in columns[len(places) :]),
    )
    return (
        select(*traits, func.count())
        .select_from(first)
        .outerjoin(said, said.c.session_id == first.c.id)
        .outerjoin(Leader, Leader.id == first.c.leader_id)
        .where(first.c.rank == 1)
        .group_by(*traits)
    )


def _is_said(question: str) -> Any:
    return Answer.question == question
