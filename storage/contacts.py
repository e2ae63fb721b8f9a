"""One number as staff look it up: where it is reached, and what it agreed to, in plain records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from storage.dossiers import ContactAddress


@dataclass(frozen=True, slots=True)
class ContactFile:
    """A contact.

    Attributes:
        persons: how many people have used it.
        addresses: where it is reached; none once its data were deleted.
        stopped_at: when it left, until it comes back.
        erased_at: when its data were deleted.
    """

    id: UUID
    persons: int
    addresses: Sequence[ContactAddress]
    created_at: datetime
    seen_at: datetime
    stopped_at: datetime | None
    erased_at: datetime | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What somebody agreed to in one conversation, each with its time; None was not asked yet.

    Attributes:
        person_id: who, of those who share the number.
        standing: how the conversation stands.
        consent: the option she chose where her consent was asked.
        publish: whether her words may be published.
        write_back: whether she may be written to about her proposal.
    """

    session_id: UUID
    person_id: UUID
    slug: str
    title: str
    folio: str
    language: str
    mode: str
    standing: str | None
    started_at: datetime
    consent: str | None
    consent_at: datetime | None
    publish: bool | None
    publish_at: datetime | None
    write_back: bool | None
    write_back_at: datetime | None
