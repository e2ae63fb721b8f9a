"""What takes a second person, in plain records."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


class RequestState(StrEnum):
    """How a request stands; one that waits past its time can be approved no more."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    VOID = "void"
    """What it was asked over is not there any more."""


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What somebody asks for.

    Attributes:
        kind: of act, as `admin.approvals` names it.
        consultation: its name in addresses.
        content: exactly what is to be done, as JSON; no number and no text of a citizen.
        summary: one line on it, for lists.
        who: e-mail of who asks.
    """

    id: UUID
    kind: str
    consultation: str
    content: str = field(repr=False)
    summary: str
    who: str
    at: datetime
    expires_at: datetime

    @property
    def digest(self) -> str:
        """SHA-256 of what is asked, in hexadecimal: what is approved is just that."""
        said = f"{self.kind}\0{self.consultation}\0{self.content}"
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Request(NewRequest):
    """A request and how it stands.

    Attributes:
        hash: the digest when it was asked.
        decided_by: e-mail of who ended it; empty while it waits.
        reason: why it was refused.
    """

    hash: str
    state: RequestState
    decided_by: str
    decided_at: datetime | None
    reason: str

    def is_open(self, now: datetime) -> bool:
        """Tell whether it can still be approved."""
        return self.state is RequestState.WAITING and now < self.expires_at
