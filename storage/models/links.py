"""Contacts linked by a code, and the codes."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class LinkCode(Base):
    """The code a contact may type elsewhere: one at a time, as a keyed hash."""

    __tablename__ = "link_code"

    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), primary_key=True)
    hash: Mapped[bytes] = mapped_column(unique=True)
    expires_at: Mapped[datetime]


class LinkTry(Base):
    """Wrong codes of one address, by its keyed hash: it outlives the contact for a day.

    Were it the contact's, BORRAR would begin the count anew.
    """

    __tablename__ = "link_try"

    hash: Mapped[bytes] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    count: Mapped[int]


class ContactLink(Base):
    """One contact that was taken into another; what is needed to part them again."""

    __tablename__ = "contact_link"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    opaque_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    number_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    at: Mapped[datetime]
    parted_at: Mapped[datetime | None]
