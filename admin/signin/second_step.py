"""The second step of signing in: a code of the telephone's app, or one of a printed sheet."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from passlib.exc import TokenError
from passlib.totp import TOTP

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from storage.database import Database

WINDOW_SECONDS = 30
"""A phone's clock may be as much as one code behind or ahead."""
SHEET = 10
"""Codes on a sheet; each opens the door once."""
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
"""No 0 o 1 i l: what is read off paper must come back the same."""
_CODE_SIGNS = 10
_SECRET_SIGNS = 32

_Totp = TOTP.using(issuer="Puente")


def make_secret(chance: Callable[[int], int]) -> str:
    """Make the secret that a phone's app and we share, in base32; `chance(n)` gives 0 … n-1."""
    return "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[chance(32)] for _ in range(_SECRET_SIGNS))


def make_sheet(chance: Callable[[int], int]) -> list[str]:
    """Make the codes of a sheet, in two groups that are easy to type."""
    half = _CODE_SIGNS // 2

    def _group() -> str:
        return "".join(_SIGNS[chance(len(_SIGNS))] for _ in range(half))

    return [f"{_group()}-{_group()}" for _ in range(SHEET)]


def is_secret(text: str) -> bool:
    """Tell whether a text is a secret as `make_secret` makes them."""
    return len(text) == _SECRET_SIGNS and set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


def make_uri(secret: str, email: str) -> str:
    """Say a secret as apps take it from a link."""
    return str(_Totp(key=secret, format="base32").to_uri(email))


def spell(secret: str) -> str:
    """Give a secret in groups of four, to be typed into an app."""
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))


def find_counter(secret: str, code: str, now: datetime) -> int | None:
    """Give which code of an app this is, None where it is none of now."""
    try:
        match = _Totp(key=secret, format="base32").match(code, time=now, window=WINDOW_SECONDS)
    except TokenError:
        return None
    return int(match.counter)


def hash_code(code: str) -> bytes:
    """Hash a code of a sheet, however it was typed; it has 49 random bits, and is tried slowly."""
    return hashlib.sha256("".join(filter(str.isalnum, code.lower())).encode()).digest()


class SecondDoor:
    """Asks for the second step of those who have set one up."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def admit(self, user_id: int, typed: str) -> bool:
        """Look at a code, which then serves no more.

        Returns:
            Whether she may come in: her code is right, or she has set no second step up.
        """
        with self._database.reading() as unit:
            step = unit.second_steps.get(user_id)
        if not step.is_set:
            return True
        code = "".join(typed.split())
        counter = find_counter(step.secret, code, self._clock()) if step.secret else None
        with self._database.unit() as unit:
            if counter is not None:
                return unit.second_steps.take_counter(user_id, counter)
            return unit.second_steps.take_code(user_id, hash_code(code))
