"""Members of the staff, their invitations and their visits, in plain records."""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class SecondStep:
    """What somebody has set up beside her password.

    Attributes:
        secret: of her app, base32.
        counter: of the app's code that served last.
        codes: how many of her sheet are left.
    """

    secret: str | None = field(repr=False)
    counter: int | None
    codes: int

    @property
    def is_set(self) -> bool:
        """Tell whether she is asked for it: a sheet that is used up locks nobody out."""
        return self.secret is not None or self.codes > 0
