"""The house's own SQL inside a unit of work, for what turns and units both do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage.turns import sqlite

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from storage.turns.erasure import Run


def run_within(work: Session) -> Run:
    """Give what runs a statement in the transaction of a unit; that unit alone commits."""
    connection = work.connection()
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        run: Any = sqlite.run
    else:
        # Imported here: beside SQLite nobody needs psycopg, which is not small.
        from storage.turns import postgres  # noqa: PLC0415

        run = postgres.run

    def _run(text: str, values: Mapping[str, Any]) -> Any:
        return run(driver, text, values)

    return _run
