"""What is due for a worker: messages to send, media to fetch; plain here, sealed in the tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class DueMedia:
    """What is to be fetched from a provider; `tries` counts this one."""

    id: UUID
    channel: str
    content_type: str
    url: str = field(repr=False)
    tries: int


@dataclass(frozen=True, slots=True)
class DueMessage:
    """An outgoing message a worker holds a lease on."""

    id: UUID
    contact_id: UUID
    channel: str
    scheme: str
    address: str = field(repr=False)
    text: str = field(repr=False)
    kind: str
    tries: int
    created_at: datetime
    doubts: int = 0
    """How many of its tries the provider may have taken."""
    buttons: tuple[tuple[str, str], ...] = ()
    language: str = "es"
    seen_at: datetime | None = None
    """When she last wrote, on whatever channel."""
    send_at: datetime | None = None
    """Its slot, where the channel has a pace: not before, nor long after."""
    fell_from: str = ""
    cause_id: UUID | None = None
    """The inbound message it goes out for."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that a provider took; `segments` None where it did not say how many."""

    id: UUID
    at: datetime
    provider_id: str
    segments: int | None
