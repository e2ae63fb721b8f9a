"""Who takes part: contacts, their addresses, and the people behind one number."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Contact(Base):
    """The holder of addresses: what a turn locks, by its version.

    `person_id` is the active person. No foreign key stands on it, since people already
    point here. Nothing but the guarded write and an erasure may change a contact.
    """

    __tablename__ = "contact"
    __table_args__ = (
        Index(
            None,
            "stopped_at",
            postgresql_where=text("stopped_at IS NOT NULL"),
            sqlite_where=text("stopped_at IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    person_id: Mapped[UUID]
    persons: Mapped[int]
    lobby: Mapped[str]
    traffic: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]


class Address(Base):
    """Where a contact is reached: a phone number or an opaque id, sealed."""

    __tablename__ = "address"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    scheme: Mapped[str]
    sealed_value: Mapped[bytes]
    key_id: Mapped[str]
    created_at: Mapped[datetime]


class AddressHash(Base):
    """How an address is found: one keyed hash under every key known when it came."""

    __tablename__ = "address_hash"

    # The hash comes first in the index: look-ups know it under several keys at once.
    hash: Mapped[bytes] = mapped_column(primary_key=True)
    key_id: Mapped[str] = mapped_column(primary_key=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)


class Suppression(Base):
    """The hash of an address that asked to be forgotten: no list may invite it again."""

    __tablename__ = "suppression"

    hash: Mapped[bytes] = mapped_column(primary_key=True)
    key_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class Deletion(Base):
    """What was deleted, or who left: enough to do it again in a backup that knows nothing of it.

    `kind` is `erased` or `ineligible` (hash: of a person's id), `contact` (of a contact's id,
    whose address went), `suppress` or `left` (of an address, keyed by `key_id`). See
    `storage.deletions`. Rows are only ever added.
    """

    __tablename__ = "deletion"

    hash: Mapped[bytes] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    key_id: Mapped[str]
    at: Mapped[datetime]


class Person(Base):
    """One of the people who share a contact; sessions and answers are hers.

    `home_id`: the contact it came with, where that was linked to this one.
    """

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
    home_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))


class LanguageDemand(Base):
    """A language that a contact asked for while it was not on offer."""

    __tablename__ = "language_demand"

    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
