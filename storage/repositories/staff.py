"""Staff and their roles, as they are given access.

Only the admin loads this module and, with it, Flask-Security.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from storage.members import Invitation, Member
from storage.models.staff import Role, StaffInvitation, StaffVisit, User

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


class Staff:
    """Members of the staff inside one unit."""

    def __init__(self, work: Session) -> None:
        self._work = work

    def add(self, email: str, password_hash: str, role: str, at: datetime, token: str) -> bool:
        """Give somebody access under a role, or somebody who has it a further role.

        Args:
            email: in small letters.
            password_hash: argon2id; who has an account keeps her password.
            role: made where it is not in the database yet.
            at: when.
            token: what her cookies will hold in place of her id; unguessable.

        Returns:
            Whether the account is new.
        """
        if self.has(email):
            self.give_role(email, role)
            return False
        self._work.add(
            User(
                email=email,
                password=password_hash,
                active=True,
                fs_uniquifier=token,
                created_at=at,
                roles=[self._role(role)],
            )
        )
        return True

    def has(self, email: str) -> bool:
        """Tell whether somebody has an account, open or closed."""
        return self._find(email) is not None

    def list(self) -> list[Member]:
        """Give everybody with an account, by e-mail."""
        last = select(StaffVisit.user_id, func.max(StaffVisit.seen_at).label("last"))
        last = last.group_by(StaffVisit.user_id)
        seen = {row.user_id: row.last for row in self._work.execute(last)}
        return [
            Member(
                user.email,
                user.active,
                tuple(sorted(role.name for role in user.roles)),
                seen.get(user.id),
            )
            for user in self._work.scalars(select(User).order_by(User.email))
        ]

    def give_role(self, email: str, role: str) -> None:
        """Give somebody a further role."""
        user = self._get(email)
        held = self._role(role)
        if held not in user.roles:
            user.roles.append(held)

    def remove_role(self, email: str, role: str) -> None:
        """Take a role away; it counts from the next request on."""
        user = self._get(email)
        user.roles = [held for held in user.roles if held.name != role]

    def set_active(self, email: str, *, is_active: bool) -> None:
        """Close somebody's access, with every browser she is signed in with, or open it again."""
        user = self._get(email)
        user.active = is_active
        if not is_active:
            self._work.execute(delete(StaffVisit).where(StaffVisit.user_id == user.id))

    def invite(self, hashed: bytes, invitation: Invitation, at: datetime) -> None:
        """Keep an invitation under the hash of its token."""
        self._work.add(
            StaffInvitation(
                hash=hashed,
                email=invitation.email,
                role=invitation.role,
                who=invitation.who,
                created_at=at,
                expires_at=invitation.expires_at,
            )
        )

    def find_invitation(self, hashed: bytes, now: datetime) -> Invitation | None:
        """Give an invitation that can still be taken."""
        row = self._work.scalar(select(StaffInvitation).where(*_is_open(hashed, now)))
        if row is None:
            return None
        return Invitation(row.email, row.role, row.who, row.expires_at)

    def take_invitation(self, hashed: bytes, now: datetime) -> Invitation | None:
        """Take an invitation; of two who do so at once one gets None."""
        taken = update(StaffInvitation).where(*_is_open(hashed, now)).values(taken_at=now)
        row = self._work.execute(
            taken.returning(
                StaffInvitation.email,
                StaffInvitation.role,
                StaffInvitation.who,
                StaffInvitation.expires_at,
            )
        ).one_or_none()
        return row and Invitation(*row)

    def _find(self, email: str) -> User | None:
        return self._work.scalar(select(User).where(func.lower(User.email) == email))

    def _get(self, email: str) -> User:
        return self._work.scalars(select(User).where(func.lower(User.email) == email)).one()

    def _role(self, name: str) -> Role:
        return self._work.scalar(select(Role).where(Role.name == name)) or Role(name=name)


def _is_open(hashed: bytes, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        StaffInvitation.hash == hashed,
        StaffInvitation.taken_at.is_(None),
        StaffInvitation.expires_at > now,
    )
