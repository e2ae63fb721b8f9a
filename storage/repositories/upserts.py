"""Rows of which there is one for a key, whoever comes first: added once, or held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.orm import InstrumentedAttribute, Session

    from storage.models.base import Base

    Column = InstrumentedAttribute[Any] | ColumnElement[Any]


def add_once(work: Session, table: type[Base], key: str, /, **values: Any) -> bool:
    """Add a row; False where one has its key already. The database alone can tell who was first.

    Args:
        work: the transaction.
        table: to which.
        key: the column that may hold each value once.
        values: of the row, the key's among them.
    """
    new = _insert_into(work, table).values(**values).on_conflict_do_nothing(index_elements=[key])
    return work.scalar(new.returning(getattr(table, key))) is not None


def hold(
    work: Session, table: type[Base], key: str, /, *columns: Column, **values: Any
) -> Row[*tuple[Any, ...]]:
    """Lock the row of a key until the unit ends, and give some of its columns.

    Args:
        work: the transaction.
        table: whose.
        key: the column that may hold each value once.
        columns: what to give.
        values: the key's, and what the row is to hold where there is none yet.
    """
    new = _insert_into(work, table).values(**values)
    # Updating nothing locks the row, and gives it back as it is.
    held = new.on_conflict_do_update(index_elements=[key], set_={key: values[key]})
    return work.execute(held.returning(*columns)).one()


def put(work: Session, table: type[Base], keys: Sequence[str], /, **values: Any) -> None:
    """Write a row, over the one that has its keys already."""
    new = _insert_into(work, table).values(**values)
    work.execute(new.on_conflict_do_update(index_elements=[*keys], set_=values))


def _insert_into(work: Session, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    is_sqlite = work.get_bind().dialect.name == "sqlite"
    return sqlite.insert(table) if is_sqlite else postgresql.insert(table)
