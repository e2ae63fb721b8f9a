"""People: forgetting them, and knowing whom no list may invite."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from storage.models import Suppression
from storage.turns import postgres, sqlite
from storage.turns.erasure import erase
from storage.turns.rows import address_hashes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from storage.records import Erasure
    from storage.sealing import Sealer


class People:
    """People inside one unit."""

    def __init__(self, work: Session, sealer: Sealer) -> None:
        self._work = work
        self._sealer = sealer

    def erase(self, erasure: Erasure) -> None:
        """Delete what BORRAR and "under 18" delete; what counts is kept (consultation.md)."""
        erase(self._run, erasure)

    def is_suppressed(self, scheme: str, address: str) -> bool:
        """Tell whether an address asked to be forgotten, so that no list may invite it."""
        hashes = [hashed for _, hashed in address_hashes(self._sealer, scheme, address)]
        found = self._work.execute(select(Suppression.at).where(Suppression.hash.in_(hashes)))
        return found.first() is not None

    def _run(self, sql: str, values: Mapping[str, Any]) -> Any:
        connection = self._work.connection().connection.driver_connection
        if isinstance(connection, sqlite3.Connection):
            return sqlite.run(connection, sql, values)
        return postgres.run(connection, sql, values)  # type: ignore[arg-type] # the other driver
