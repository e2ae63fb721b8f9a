"""An opaque WhatsApp id linked to a number by a code, on its way in and out, in plain records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code given out to the contact of a turn; it replaces the one it had."""

    code: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Tries:
    """How often an address has typed a wrong code, and since when."""

    since: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Issuer:
    """The contact that a code was given out to.

    Attributes:
        hash: the code's, as it is kept.
        has_number: whether a phone number is among its addresses.
    """

    contact_id: UUID
    hash: bytes = field(repr=False)
    has_number: bool


@dataclass(frozen=True, slots=True)
class LinkLook:
    """What is known of a code and of who typed it.

    Attributes:
        tries: wrong ones of the address.
        has_number: whether it is a number, or its contact has one.
        issuer: None for a code that is none, was used, or is too old.
    """

    tries: Tries
    has_number: bool
    issuer: Issuer | None


@dataclass(frozen=True, slots=True)
class Joining:
    """One contact taken into another, in the transaction of the turn that brings the code.

    Attributes:
        id: of the record that parts them again.
        issuer: whose code it was, in `hash`; the other one typed it.
        number_id, opaque_id: the contact with a number, which stays, and the one without.
    """

    id: UUID
    issuer: UUID
    hash: bytes = field(repr=False)
    number_id: UUID
    opaque_id: UUID


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """A link as staff see it: who was taken into whom, when, and when they were parted."""

    id: UUID
    contact_id: UUID
    linked_at: datetime
    parted_at: datetime | None
    sessions: int
    """How many conversations came with it."""
