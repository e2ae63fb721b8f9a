"""Visits: in which browsers who is signed in, so that each can be ended from another.

Only the admin loads this module and, with it, Flask-Security.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from storage.members import Visit
from storage.models.staff import StaffVisit

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session


class Visits:
    """Visits inside one unit."""

    def __init__(self, work: Session) -> None:
        self._work = work

    def begin(self, visit: Visit, user_id: int) -> None:
        """Somebody has signed in."""
        self._work.execute(
            insert(StaffVisit).values(
                id=visit.id,
                user_id=user_id,
                device=visit.device,
                began_at=visit.began_at,
                seen_at=visit.seen_at,
            )
        )

    def find(self, visit_id: UUID, user_id: int) -> Visit | None:
        """Give a visit of somebody's that nobody has ended."""
        return next((one for one in self.list(user_id) if one.id == visit_id), None)

    def list(self, user_id: int) -> list[Visit]:
        """Give somebody's visits, the one seen last first."""
        rows = self._work.scalars(
            select(StaffVisit)
            .where(StaffVisit.user_id == user_id)
            .order_by(StaffVisit.seen_at.desc(), StaffVisit.id)
        )
        return [Visit(row.id, row.device, row.began_at, row.seen_at) for row in rows]

    def see(self, visit_id: UUID, now: datetime) -> None:
        """Note that a visit goes on."""
        self._work.execute(update(StaffVisit).where(StaffVisit.id == visit_id).values(seen_at=now))

    def end(self, visit_id: UUID) -> None:
        """End one visit."""
        self._work.execute(delete(StaffVisit).where(StaffVisit.id == visit_id))

    def end_others(self, visit_id: UUID, user_id: int) -> int:
        """End somebody's visits but for one, and give how many."""
        others = delete(StaffVisit).where(StaffVisit.user_id == user_id, StaffVisit.id != visit_id)
        return len(self._work.execute(others.returning(StaffVisit.id)).all())

    def prune(self, before: datetime) -> int:
        """Drop visits that were last seen before a time, and give how many."""
        stale = delete(StaffVisit).where(StaffVisit.seen_at < before)
        return len(self._work.execute(stale.returning(StaffVisit.id)).all())
