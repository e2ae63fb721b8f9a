"""The lock before the sign-in page: counts wrong passwords in the database, not in Redis."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Protocol

from admin.signin.attempts import (
    ACCOUNT_LIMIT,
    ADDRESS_LIMIT,
    Attempts,
    count_attempt,
    forgive_attempt,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime


class AttemptStore(Protocol):
    """What the guard needs of the unit of work's `sign_ins`."""

    def lock(self, key: str) -> Attempts | None:
        """Read what is counted under a key; nobody else reads it until we have committed."""

    def save(self, key: str, attempts: Attempts) -> None:
        """Remember what is counted under a key."""

    def forget(self, key: str) -> None:
        """Count from nothing again."""


class Guard:
    """Decides whether a password is looked at.

    Args:
        begin: opens a unit of work's attempts; leaving it commits.
        secret: keys the hashes, so that the table holds neither addresses nor names.
    """

    def __init__(
        self,
        begin: Callable[[], AbstractContextManager[AttemptStore]],
        secret: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._begin = begin
        self._secret = secret.encode()
        self._clock = clock

    def admit(self, account: str, address: str) -> datetime | None:
        """Count an attempt before its password is looked at, however many come at once.

        Returns:
            None where it may be looked at, else until when it may not.
        """
        now = self._clock()
        limits = {self._account(account): ACCOUNT_LIMIT, self._address(address): ADDRESS_LIMIT}
        with self._begin() as store:
            # In one order everywhere, so that two attempts never wait for each other.
            before = {key: store.lock(key) for key in sorted(limits)}
            locks = [kept.locked_until for kept in before.values() if kept and kept.is_locked(now)]
            until = max((lock for lock in locks if lock is not None), default=None)
            if until is None:
                for key, limit in limits.items():
                    store.save(key, count_attempt(before[key], now, limit))
        return until

    def forgive(self, account: str, address: str) -> None:
        """Take back the attempt that was right, and what was wrong with its account before.

        The address keeps the rest: an account of one's own opens no door to the others.
        """
        with self._begin() as store:
            keys = sorted((self._account(account), self._address(address)))
            before = {key: store.lock(key) for key in keys}
            store.forget(self._account(account))
            counted = before[self._address(address)]
            if counted is not None:
                store.save(self._address(address), forgive_attempt(counted))

    def _account(self, account: str) -> str:
        return self._hash(f"account {account.strip().casefold()}")

    def _address(self, address: str) -> str:
        return self._hash(f"address {address}")

    def _hash(self, text: str) -> str:
        return hmac.digest(self._secret, text.encode("utf-8", "replace"), "sha256").hex()
