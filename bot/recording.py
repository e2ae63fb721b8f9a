"""Recording what became of messages: the outcomes of many connections in one commit.

A connection sends nothing before its last outcome is on the disk, and a commit that reaches the
disk costs more than a request to most providers. So while one connection commits, the outcomes
of all others gather, and one of them commits these together: with sixteen connections some ten
outcomes share a commit, with one nothing is waited for.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from storage.due import Taken
from storage.errors import DatabaseAwayError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.outbox import Database, Unit


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message, and whether it will not be tried again.

    `change` is what the provider said when it took it, or what records anything else.
    """

    change: Taken | Callable[[Unit], None]
    is_over: bool = True


@dataclass(eq=False, slots=True)
class _Ticket:
    """An outcome that waits to be recorded; what is said of it until it is: nobody did."""

    outcome: Outcome
    error: Exception | None = field(default_factory=lambda: DatabaseAwayError("nobody recorded it"))
    is_done: bool = False
    woken: threading.Event = field(default_factory=threading.Event)


class Recorder:
    """Records outcomes, from as many threads as there are.

    Args:
        database: gives units with an outbox.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._waiting: list[_Ticket] = []
        self._is_busy = False

    def record(self, outcome: Outcome) -> None:
        """Record an outcome; it is on the disk afterwards.

        Raises:
            DatabaseAwayError: the database is away; nothing was recorded, or nobody knows.
        """
        ticket = _Ticket(outcome)
        with self._lock:
            self._waiting.append(ticket)
            waits, self._is_busy = self._is_busy, True
        if waits:
            ticket.woken.wait()
        if not ticket.is_done:
            self._lead()
        if ticket.error is not None:
            raise ticket.error

    def _lead(self) -> None:
        """Record all that waits, and leave what comes meanwhile to the first of it."""
        with self._lock:
            batch, self._waiting = self._waiting, []
        try:
            self._commit(batch)
        finally:
            with self._lock:
                following = self._waiting[:1]
                self._is_busy = bool(following)
            for ticket in batch:
                ticket.is_done = True
            for ticket in (*following, *batch):
                ticket.woken.set()

    def _commit(self, batch: Sequence[_Ticket]) -> None:
        try:
            self._write(batch)
        except DatabaseAwayError as error:
            for ticket in batch:
                ticket.error = error
        except Exception as error:  # noqa: BLE001 - one that cannot be recorded spoils no other
            if len(batch) == 1:
                batch[0].error = error
            else:
                for ticket in batch:
                    self._commit([ticket])

    def _write(self, batch: Sequence[_Ticket]) -> None:
        changes = [ticket.outcome.change for ticket in batch]
        with self._database.unit() as unit:
            if taken := [change for change in changes if isinstance(change, Taken)]:
                unit.outbox.record_sent(taken)
            for change in changes:
                if not isinstance(change, Taken):
                    change(unit)
        for ticket in batch:
            ticket.error = None
