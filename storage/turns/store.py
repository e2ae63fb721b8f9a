"""What the hot path offers, whatever the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime

    from storage.records import Snapshot, TurnKey, TurnWrite

    Locked = tuple[Snapshot, Callable[[TurnWrite], bool]]


class TurnStore(Protocol):
    """Reads and writes turns, each in one round trip on PostgreSQL."""

    def load(self, key: TurnKey, now: datetime) -> Snapshot:
        """Read all a turn needs to know.

        Raises:
            DatabaseAwayError: also after a second try on a new connection.
        """

    def save(self, write: TurnWrite) -> bool:
        """Write a whole turn or nothing.

        Returns:
            False where the caller has to read again: the contact has changed since it was
            read, the delivery was claimed, the address or the folio was taken, or the
            connection broke (the claim tells whether the write got through).

        Raises:
            DatabaseAwayError: nothing was written.
            StatementError: a fault of ours.
        """

    def locked(self, key: TurnKey, now: datetime) -> AbstractContextManager[Locked]:
        """Hold the contact's row while a turn is read, decided and saved with the given `save`.

        The fall-back after `save` was False a few times. An address nobody has yet cannot
        be locked: then `save` may still be False, and the next time there is a row. It is
        also False where the folio was taken.
        What was saved is kept when the context ends without an exception.
        """

    def close(self) -> None:
        """Close the connections."""
