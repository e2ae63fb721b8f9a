"""Staff and their roles, as they are given access.

Only the admin loads this module and, with it, Flask-Security.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from storage.models.staff import Role, User

if TYPE_CHECKING:
    from datetime import datetime

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
        held = self._work.scalar(select(Role).where(Role.name == role)) or Role(name=role)
        user = self._work.scalar(select(User).where(func.lower(User.email) == email))
        if user is not None:
            if held not in user.roles:
                user.roles.append(held)
            return False
        self._work.add(
            User(
                email=email,
                password=password_hash,
                active=True,
                fs_uniquifier=token,
                created_at=at,
                roles=[held],
            )
        )
        return True

    def remove_role(self, email: str, role: str) -> None:
        """Take a role away; it counts from the next request on."""
        user = self._work.scalars(select(User).where(func.lower(User.email) == email)).one()
        user.roles = [held for held in user.roles if held.name != role]
