"""Tokens of the API, by the hash of their secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from storage.api_tokens import ApiToken
from storage.models import ApiToken as Row
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from storage.repositories.audit import Audit


class ApiTokens:
    """Tokens inside one unit."""

    def __init__(self, work: Session, audit: Audit) -> None:
        self._work = work
        self._audit = audit

    def add(self, token: ApiToken, hashed: bytes, who: str) -> None:
        """Add a token, and write down who made it."""
        scopes = " ".join(sorted(token.scopes))
        values = {
            "id": token.id,
            "hash": hashed,
            "name": token.name,
            "scopes": scopes,
            "created_at": token.created_at,
            "expires_at": token.expires_at,
        }
        self._work.execute(insert(Row).values(values))
        details = {"token": token.name, "scopes": scopes}
        self._audit.add(AuditAction.TOKEN_ADDED, token.created_at, who, details)

    def find(self, hashed: bytes) -> ApiToken | None:
        """Give a token, whether it holds or not."""
        row = self._work.scalar(select(Row).where(Row.hash == hashed))
        return None if row is None else _read(row)

    def list(self) -> Sequence[ApiToken]:
        """Give all, the oldest first."""
        return [_read(row) for row in self._work.scalars(select(Row).order_by(Row.id))]

    def revoke(self, token_id: UUID, now: datetime, who: str) -> bool:
        """End one, and write down who did; False where there is none that goes on."""
        ended = update(Row).where(Row.id == token_id, Row.revoked_at.is_(None))
        name = self._work.scalar(ended.values(revoked_at=now).returning(Row.name))
        if name is None:
            return False
        self._audit.add(AuditAction.TOKEN_REVOKED, now, who, {"token": name})
        return True


def _read(row: Row) -> ApiToken:
    return ApiToken(
        row.id,
        row.name,
        frozenset(row.scopes.split()),
        row.created_at,
        row.expires_at,
        row.revoked_at,
    )
