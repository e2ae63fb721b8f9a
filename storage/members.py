"""Members of the staff, their invitations and their visits, in plain records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with an account; `seen_at` is None who has not signed in of late."""

    email: str
    is_active: bool
    roles: tuple[str, ...]
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """Access somebody may take once."""

    email: str
    role: str
    who: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """One browser somebody is signed in with; `device` says which, as far as it told."""

    id: UUID
    device: str
    began_at: datetime
    seen_at: datetime
