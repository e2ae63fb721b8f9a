"""The audit: who did what, in the transaction of what was done, and sealed soon after."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, text, update

from storage.audited import BEGINNING, AuditRecord, link
from storage.ids import new_id
from storage.models import AuditEvent
from storage.vocabulary import REQUIRED, AuditAction

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from storage.audited import AuditFilter

Detail = str | int

SEAL_LOCK = 7_083_273_368_302
"""The advisory lock of the sealer on PostgreSQL; any number nobody else uses."""
AT_ONCE = 500
"""Events sealed in one unit, and read at a time."""


class Audit:
    """Writes audit events, seals them, and reads them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self, action: AuditAction, at: datetime, who: str, details: Mapping[str, Detail]
    ) -> None:
        """Write one event.

        Args:
            action: what was done.
            at: when.
            who: e-mail of the member of staff, or the process that did it; never a citizen.
            details: at least what `REQUIRED` asks for; no number and no text of a citizen.

        Raises:
            ValueError: a required detail is missing.
        """
        if missing := REQUIRED[action] - set(details):
            raise ValueError(f"{action.value} without {', '.join(sorted(missing))}")
        self._session.execute(
            insert(AuditEvent).values(
                id=new_id(at),
                at=at,
                action=action.value,
                who=who,
                details=json.dumps(dict(details), sort_keys=True, ensure_ascii=False),
            )
        )

    def has_unsealed(self) -> bool:
        """Tell whether there is anything to seal."""
        waiting = select(AuditEvent.id).where(AuditEvent.number.is_(None)).limit(1)
        return self._session.scalar(waiting) is not None

    def seal(self) -> int:
        """Chain the events that are not, `AT_ONCE` at most; give how many.

        Of two sealers at once the second waits, and finds the rest.
        """
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(text(f"SELECT pg_advisory_xact_lock({SEAL_LOCK})"))
        number = self._session.scalar(select(func.max(AuditEvent.number))) or 0
        last = self._session.scalar(select(AuditEvent.hash).where(AuditEvent.number == number))
        before = last or BEGINNING
        waiting = self._session.scalars(
            select(AuditEvent)
            .where(AuditEvent.number.is_(None))
            .order_by(AuditEvent.id)
            .limit(AT_ONCE)
        ).all()
        for place, event in enumerate(waiting, number + 1):
            before = link(before, _record(event))
            self._session.execute(
                update(AuditEvent)
                .where(AuditEvent.id == event.id)
                .values(number=place, hash=before)
                .execution_options(synchronize_session=False)
            )
        return len(waiting)

    def sealed(self) -> Iterator[AuditRecord]:
        """Read all sealed events by their numbers, while the unit is open."""
        query = select(AuditEvent).where(AuditEvent.number.is_not(None)).order_by(AuditEvent.number)
        rows = self._session.scalars(query, execution_options={"yield_per": AT_ONCE})
        try:
            yield from map(_record, rows)
        finally:
            rows.close()  # who finds something wrong reads no further

    def find_page(
        self, wanted: AuditFilter, before: UUID | None, limit: int
    ) -> Iterator[AuditRecord]:
        """Read what a filter leaves, the newest first.

        Args:
            wanted: which.
            before: the last one of the page before; None begins.
            limit: at most how many.
        """
        query = select(AuditEvent).order_by(AuditEvent.id.desc()).limit(limit)
        for condition in _conditions(wanted):
            query = query.where(condition)
        if before is not None:
            query = query.where(AuditEvent.id < before)
        return map(_record, self._session.scalars(query))


def _record(row: AuditEvent) -> AuditRecord:
    return AuditRecord(row.id, row.at, row.action, row.who, row.details, row.number, row.hash)


def _conditions(wanted: AuditFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.action:
        yield AuditEvent.action == wanted.action
    if wanted.who:
        yield AuditEvent.who == wanted.who
    if wanted.since is not None:
        yield AuditEvent.at >= wanted.since
    if wanted.until is not None:
        yield AuditEvent.at < wanted.until
