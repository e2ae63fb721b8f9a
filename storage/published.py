"""Consultations and what is published of them, in plain records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewConsultation:
    """A consultation to be added; nobody can take part before it is published and opened."""

    id: UUID
    slug: str
    title: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Consultation:
    """A consultation; `revision_id` is its live revision, None before the first."""

    id: UUID
    slug: str
    title: str
    revision_id: UUID | None
    opened_at: datetime | None
    closed_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        """Tell whether people can take part."""
        if self.revision_id is None or self.opened_at is None or now < self.opened_at:
            return False
        return self.closed_at is None or now < self.closed_at


@dataclass(frozen=True, slots=True)
class NewRevision:
    """A structure to be published with its texts.

    Attributes:
        replaces: the live revision the publisher saw, None for the first.
        source: the script as written.
        texts: JSON of what else was written (the catalogues); storage does not look inside.
        who: e-mail of the member of staff, or what else published it.
        voices: JSON of what is played of it.
    """

    id: UUID
    consultation_id: UUID
    replaces: UUID | None
    source: str = field(repr=False)
    texts: str = field(repr=False)
    note: str
    who: str
    at: datetime
    voices: str = "{}"


@dataclass(frozen=True, slots=True)
class NewEdition:
    """New texts of a revision; `replaces` is the number of the edition the publisher saw."""

    revision_id: UUID
    replaces: int
    texts: str = field(repr=False)
    who: str
    at: datetime
    voices: str = "{}"


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision in one edition of its texts: number r, edition n, written r.n."""

    id: UUID
    consultation_id: UUID
    number: int
    edition: int
    source: str = field(repr=False)
    texts: str = field(repr=False)
    note: str
    who: str
    published_at: datetime
    voices: str = "{}"
