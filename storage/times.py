"""Times as rows hold them: aware UTC on the way in and on the way out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import DateTime, Text
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect
    from sqlalchemy.types import TypeEngine


def to_text(at: datetime) -> str:
    """Write a time as SQLite rows hold it: of one length, so that text order is time order.

    Raises:
        ValueError: the time is naive; nobody can tell which moment it means.
    """
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


class UtcDateTime(TypeDecorator[datetime]):
    """A column of aware UTC times; SQLite has no such type, so they are text there."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of this database."""
        wanted = Text() if dialect.name == "sqlite" else DateTime(timezone=True)
        return dialect.type_descriptor(wanted)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse a naive time, whatever the database would make of it."""
        if value is None:
            return None
        text = to_text(value)
        return text if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give the time back, aware."""
        if value is None:
            return None
        at = datetime.fromisoformat(value) if dialect.name == "sqlite" else value
        return at.astimezone(UTC)
