"""An outbox in memory: what a delivery test fills, and reads afterwards.

It behaves as `storage`'s does; the tests of delivery run over both.
"""

from __future__ import annotations

import itertools
import threading
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from storage.due import DueMessage
from storage.errors import DatabaseAwayError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from storage.due import Taken


@dataclass
class Row:
    """One message, and how it stands."""

    message: DueMessage
    due_at: datetime
    state: str = "waiting"
    leased_until: datetime | None = None
    code: str = ""
    provider_id: str = ""


class MemoryOutbox:
    """Database, unit and outbox in one; a unit that is open while a provider is called shows."""

    def __init__(self) -> None:
        self.rows: dict[UUID, Row] = {}
        self.stopped: set[UUID] = set()
        self.open_units = 0
        self.spent = 0
        self.failure: Exception | None = None
        self.outage = 0
        self._lock = threading.RLock()
        self._numbers = itertools.count(1)

    def add(  # noqa: PLR0913 - a message has as many parts
        self,
        now: datetime,
        *,
        channel: str = "sms",
        address: str = "+50255509917",
        text: str = "Gracias.",
        kind: str = "receipt",
        scheme: str = "tel",
    ) -> UUID:
        number = next(self._numbers)
        message = DueMessage(
            id=UUID(int=number),
            contact_id=UUID(int=1000 + number),
            channel=channel,
            scheme=scheme,
            address=address,
            text=text,
            kind=kind,
            tries=0,
            created_at=now,
        )
        self.rows[message.id] = Row(message, now)
        return message.id

    @property
    def states(self) -> list[str]:
        return [row.state for row in self.rows.values()]

    @property
    def outbox(self) -> MemoryOutbox:
        return self

    @contextmanager
    def unit(self) -> Iterator[MemoryOutbox]:
        with self._lock:
            if self.failure:
                raise self.failure
            if self.outage:
                self.outage -= 1
                raise DatabaseAwayError
            self.open_units += 1
            try:
                yield self
            finally:
                self.open_units -= 1

    @property
    def allowances(self) -> MemoryOutbox:
        return self

    def count_left(self, _channel: str, _now: datetime, daily: int) -> int:
        return max(0, daily - self.spent)

    def spend(self, _channel: str, count: int) -> None:
        self.spent += count

    def lease(  # noqa: PLR0913 - what to lease, for how long, and how fast
        self,
        channel: str,
        now: datetime,
        until: datetime,
        limit: int,
        rate: float = 0,
        *,
        clock: Callable[[], datetime] | None = None,  # noqa: ARG002
        answers_alone: bool = False,
    ) -> Sequence[DueMessage]:
        assert not rate, "paces are tested on the databases"
        free = [
            row
            for row in self.rows.values()
            if row.message.channel == channel
            and (not answers_alone or row.message.kind in {"reply", "receipt"})
            and row.due_at <= now
            and (
                row.state == "waiting" or (row.leased_until is not None and row.leased_until <= now)
            )
        ][:limit]
        for row in free:
            row.state, row.leased_until = "leased", until
        return [row.message for row in free]

    def record_sent(self, taken: Sequence[Taken]) -> None:
        for one in taken:
            self._end(one.id, "sent", "")
            self.rows[one.id].provider_id = one.provider_id

    def record_failed(
        self,
        message_id: UUID,
        now: datetime,  # noqa: ARG002
        code: str,
        due_at: datetime,
        *,
        is_doubt: bool = False,
    ) -> None:
        self._end(message_id, "waiting", code)
        row = self.rows[message_id]
        row.due_at = due_at
        tries, doubts = row.message.tries + 1, row.message.doubts + is_doubt
        row.message = replace(row.message, tries=tries, doubts=doubts)

    def record_uncertain(self, message_id: UUID, now: datetime, code: str) -> None:  # noqa: ARG002
        self._end(message_id, "uncertain", code)

    def record_dead(self, message_id: UUID, now: datetime, code: str) -> None:  # noqa: ARG002
        self._end(message_id, "dead", code)

    def record_moved(
        self,
        message_id: UUID,
        now: datetime,
        code: str,
        channel: str,
        segments: int,  # noqa: ARG002
    ) -> None:
        self._end(message_id, "waiting", code)
        row = self.rows[message_id]
        row.due_at = now
        row.message = replace(row.message, channel=channel, fell_from=row.message.channel)

    def stop_contact(self, contact_id: UUID, now: datetime) -> None:  # noqa: ARG002
        self.stopped.add(contact_id)

    def release(self, message_ids: Sequence[UUID]) -> None:
        for one in message_ids:
            self.rows[one].state, self.rows[one].leased_until = "waiting", None

    def _end(self, message_id: UUID, state: str, code: str) -> None:
        row = self.rows[message_id]
        row.state, row.code, row.leased_until = state, code, None
