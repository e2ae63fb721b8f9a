"""Who may read by the API, in plain records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token without its secret.

    Attributes:
        name: who or what holds it; the audit says it.
        scopes: what may be read with it.
        revoked_at: when somebody ended it before its time.
    """

    id: UUID
    name: str
    scopes: frozenset[str]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Tell whether it opens anything."""
        return self.revoked_at is None and now < self.expires_at
