"""Move a whole database to another one, of the other kind too: SQLite to PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Integer, delete, func, insert, select, text

from storage.engines import WRITES, make_engine, read_url
from storage.errors import StorageError
from storage.migrate import is_current
from storage.models import Base, Consultation, Contact, DueChore

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection, Table

AT_ONCE = 1_000
"""Rows read and written in one go."""


class CopyError(StorageError):
    """A database cannot be copied there; the message says why."""


def copy_database(source_url: str, target_url: str) -> Mapping[str, int]:
    """Copy all rows, in one transaction of the target; nobody may write to the source meanwhile.

    Args:
        source_url: `sqlite:///…` or `postgresql://…`, migrated to what this code needs.
        target_url: the same, with empty tables.

    Returns:
        table -> its rows, as counted in the target.

    Raises:
        CopyError: one of them is not migrated, or the target is not empty.
    """
    import storage.models.staff  # noqa: F401, PLC0415 - the rest of the tables; loads Flask-Security

    source = make_engine(read_url(source_url), pool_size=1)
    target = make_engine(read_url(target_url), pool_size=1).execution_options(**{WRITES: True})
    try:
        for engine, what in ((source, "source"), (target, "target")):
            if not is_current(engine):
                raise CopyError(f"the {what} is not migrated; run puente db upgrade there")
        with source.connect() as read, target.begin() as write:
            _refuse_full(write)
            counts = {}
            for table in Base.metadata.sorted_tables:
                _copy_table(table, read, write)
                counts[table.name] = write.scalar(select(func.count()).select_from(table)) or 0
            return counts
    finally:
        source.dispose()
        target.dispose()


def _refuse_full(target: Connection) -> None:
    for model in (Consultation, Contact):
        if target.execute(select(model.id).limit(1)).first() is not None:
            raise CopyError("the target is not empty")
    target.execute(delete(DueChore))  # what the migrations put there comes with the rest


def _copy_table(table: Table, read: Connection, write: Connection) -> None:
    rows = read.execution_options(yield_per=AT_ONCE).execute(select(table))
    for part in rows.mappings().partitions(AT_ONCE):
        write.execute(insert(table), [dict(row) for row in part])
    key = table.primary_key.columns.values()[0]
    if write.dialect.name == "postgresql" and isinstance(key.type, Integer):
        _move_sequence(table.name, key.name, write)


def _move_sequence(table: str, column: str, write: Connection) -> None:
    """Let numbers given from now on begin behind those that were copied."""
    name = write.scalar(select(func.pg_get_serial_sequence(table, column)))
    if name is not None:
        highest = f"(SELECT coalesce(max({column}), 0) FROM {table})"  # noqa: S608 - of the models
        write.execute(text(f"SELECT setval(:name, {highest} + 1, false)"), {"name": name})
