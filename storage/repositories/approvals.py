"""What takes a second person: asked for by one, approved by another, done once.

The update that approves names all that has to be true of a request, so that of two who approve
at once one finds it approved; what is done belongs into the same unit.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from storage.approvals import NewRequest, Request, RequestState
from storage.models import ApprovalRequest
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from storage.repositories.audit import Audit

_FIELDS = tuple(field.name for field in fields(Request))
_ACTIONS = {
    RequestState.APPROVED: AuditAction.APPROVAL_GIVEN,
    RequestState.REFUSED: AuditAction.APPROVAL_REFUSED,
    RequestState.WITHDRAWN: AuditAction.APPROVAL_WITHDRAWN,
    RequestState.VOID: AuditAction.APPROVAL_VOID,
}


class Approvals:
    """Requests inside one unit. Every change is written to the audit."""

    def __init__(self, work: Session, audit: Audit) -> None:
        self._work = work
        self._audit = audit

    def ask(self, new: NewRequest) -> UUID:
        """Add a request, unless she waits for just that already; give its id."""
        row = ApprovalRequest
        known = self._work.scalar(
            select(row.id)
            .where(row.who == new.who, row.hash == new.digest)
            .where(row.state == RequestState.WAITING.value, row.expires_at > new.at)
            .limit(1)
        )
        if known is not None:
            return known
        asked = {field.name: getattr(new, field.name) for field in fields(NewRequest)}
        state = RequestState.WAITING.value
        blank = {"hash": new.digest, "state": state, "decided_by": "", "reason": ""}
        self._work.execute(insert(row).values(**asked, **blank))
        self._audit.add(AuditAction.APPROVAL_ASKED, new.at, new.who, _tell(new, new.digest))
        return new.id

    def find(self, request_id: UUID) -> Request | None:
        """Give a request."""
        return next(iter(self._select(ApprovalRequest.id == request_id)), None)

    def list_waiting(self, now: datetime) -> Sequence[Request]:
        """List what can still be approved, the newest first."""
        waiting = ApprovalRequest.state == RequestState.WAITING.value
        return self._select(waiting, ApprovalRequest.expires_at > now)

    def list_over(self, now: datetime, limit: int) -> Sequence[Request]:
        """List what was decided or has expired, the newest first."""
        waiting = ApprovalRequest.state == RequestState.WAITING.value
        return self._select(~waiting | (ApprovalRequest.expires_at <= now), limit=limit)

    def approve(self, request: Request, seen: str, who: str, now: datetime) -> bool:
        """Approve a request, in the unit that does what it asks for.

        Args:
            request: which, as it was read.
            seen: the hash of what she was shown.
            who: e-mail of the second person.
            now: the time.

        Returns:
            False where she asked for it herself, was shown something else, or it is over.
        """
        if request.digest != seen:
            return False
        second = (ApprovalRequest.who != who, ApprovalRequest.expires_at > now)
        return self._end(request, RequestState.APPROVED, who, now, "", *second)

    def refuse(self, request: Request, who: str, now: datetime, reason: str) -> bool:
        """Let it not be done; False where she asked for it herself, or it is over."""
        second = ApprovalRequest.who != who
        return self._end(request, RequestState.REFUSED, who, now, reason, second)

    def withdraw(self, request: Request, who: str, now: datetime) -> bool:
        """Take one's own request back; False where it is not hers, or over."""
        own = ApprovalRequest.who == who
        return self._end(request, RequestState.WITHDRAWN, who, now, "", own)

    def drop(self, request: Request, who: str, now: datetime) -> bool:
        """Note that it cannot be done any more; False where it is over."""
        return self._end(request, RequestState.VOID, who, now, "")

    def _end(
        self,
        request: Request,
        state: RequestState,
        who: str,
        now: datetime,
        reason: str,
        *also: ColumnElement[bool],
    ) -> bool:
        """Write how a request ended, where it waits as it was read and `also` holds."""
        ended = (
            update(ApprovalRequest)
            .where(ApprovalRequest.id == request.id, ApprovalRequest.hash == request.digest)
            .where(ApprovalRequest.state == RequestState.WAITING.value, *also)
            .values(state=state.value, decided_by=who, decided_at=now, reason=reason)
        )
        if self._work.scalar(ended.returning(ApprovalRequest.id)) is None:
            return False
        details = _tell(request, request.hash) | {"user": request.who}
        if reason:
            details["reason"] = reason
        self._audit.add(_ACTIONS[state], now, who, details)
        return True

    def _select(self, *where: ColumnElement[bool], limit: int | None = None) -> Sequence[Request]:
        rows = self._work.execute(
            select(*(getattr(ApprovalRequest, name) for name in _FIELDS))
            .where(*where)
            .order_by(ApprovalRequest.at.desc(), ApprovalRequest.id)
            .limit(limit)
        )
        return [Request(**row._asdict() | {"state": RequestState(row.state)}) for row in rows]


def _tell(request: NewRequest, digest: str) -> dict[str, str | int]:
    """Say of a request what the audit keeps."""
    return {
        "consultation": request.consultation,
        "request": str(request.id),
        "act": request.kind,
        "hash": digest,
    }
