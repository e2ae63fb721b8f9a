"""The second step of signing in: what of it is kept, and that each code serves once.

Only the admin loads this module and, with it, Flask-Security.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from storage.members import SecondStep
from storage.models.staff import StaffCode, User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from storage.sealing import Sealer


class SecondSteps:
    """Second steps inside one unit."""

    def __init__(self, work: Session, sealer: Sealer) -> None:
        self._work = work
        self._sealer = sealer

    def get(self, user_id: int) -> SecondStep:
        """Give what somebody has set up; it is empty where she has not."""
        sealed, counter = self._work.execute(
            select(User.sealed_totp, User.totp_counter).where(User.id == user_id)
        ).one()
        codes = select(func.count()).where(StaffCode.user_id == user_id)
        return SecondStep(
            None if sealed is None else self._sealer.open("totp", _place(user_id), sealed),
            counter,
            self._work.scalar(codes) or 0,
        )

    def set_secret(self, user_id: int, secret: str, counter: int) -> None:
        """Keep an app's secret, and the counter of the code that showed that it works."""
        sealed = self._sealer.seal("totp", _place(user_id), secret)
        self._work.execute(
            update(User).where(User.id == user_id).values(sealed_totp=sealed, totp_counter=counter)
        )

    def take_counter(self, user_id: int, counter: int) -> bool:
        """Note that an app's code has served; False where it or a later one had before."""
        taken = update(User).where(User.id == user_id, User.totp_counter < counter)
        row = self._work.execute(taken.values(totp_counter=counter).returning(User.id))
        return row.first() is not None

    def set_codes(self, user_id: int, hashes: Iterable[bytes]) -> None:
        """Keep the hashes of a new sheet's codes; those of the one before serve no more."""
        self._work.execute(delete(StaffCode).where(StaffCode.user_id == user_id))
        self._work.execute(
            insert(StaffCode), [{"user_id": user_id, "hash": hashed} for hashed in hashes]
        )

    def take_code(self, user_id: int, hashed: bytes) -> bool:
        """Cross a code of the sheet out; False where it is not on it any more."""
        taken = delete(StaffCode).where(StaffCode.user_id == user_id, StaffCode.hash == hashed)
        return self._work.execute(taken.returning(StaffCode.user_id)).first() is not None

    def remove(self, user_id: int) -> None:
        """Ask for no second step any more."""
        self._work.execute(delete(StaffCode).where(StaffCode.user_id == user_id))
        self._work.execute(
            update(User).where(User.id == user_id).values(sealed_totp=None, totp_counter=None)
        )


def _place(user_id: int) -> bytes:
    return user_id.to_bytes(8, "big")
