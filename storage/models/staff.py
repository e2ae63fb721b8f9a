"""Staff and their roles, in the shape Flask-Security works with.

Only the admin loads this module and, with it, Flask-Security; its datastore commits by
itself through a session of its own, the one named exception to the unit of work.
"""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from flask_security import RoleMixin, UserMixin
from sqlalchemy import BigInteger, Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.models.base import Base

staff_roles = Table(
    "staff_role_member",
    Base.metadata,
    Column("user_id", ForeignKey("staff_user.id"), primary_key=True),
    Column("role_id", ForeignKey("staff_role.id"), primary_key=True),
)


class Role(Base, RoleMixin):
    """What a member of staff may do, by name."""

    __tablename__ = "staff_role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    description: Mapped[str | None]


class User(Base, UserMixin):
    """A member of staff; `password` is an argon2id hash.

    `totp_counter` is that of the app's code that served last: none serves twice.
    """

    __tablename__ = "staff_user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str | None]
    active: Mapped[bool]
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime | None]
    sealed_totp: Mapped[bytes | None]
    totp_counter: Mapped[int | None] = mapped_column(BigInteger)
    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]  # a list of ours
        secondary=staff_roles
    )


class StaffVisit(Base):
    """A browser a member of staff is signed in with; deleted when she signs out."""

    __tablename__ = "staff_visit"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("staff_user.id"), index=True)
    device: Mapped[str]
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class StaffInvitation(Base):
    """Access somebody may take once, found by the SHA-256 of her link's token."""

    __tablename__ = "staff_invitation"

    hash: Mapped[bytes] = mapped_column(primary_key=True)
    email: Mapped[str]
    role: Mapped[str]
    who: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]


class StaffCode(Base):
    """A code of somebody's sheet that has not served yet, by its SHA-256."""

    __tablename__ = "staff_code"

    user_id: Mapped[int] = mapped_column(ForeignKey("staff_user.id"), primary_key=True)
    hash: Mapped[bytes] = mapped_column(primary_key=True)
