"""The lock before the sign-in page: counts wrong passwords in the database, not in Redis."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from admin.signin.attempts import (
    ACCOUNT_LIMIT,
    ADDRESS_LIMIT,
    count_attempt,
    forgive_attempt,
    is_locked,
)
from storage.attempts import Attempts
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime

    from storage.unit import Unit

WHO = "puente admin"
"""Who locks: nobody has signed in."""


class Guard:
    """Decides whether a password is looked at.

    Args:
        begin: begins a unit of work; leaving it commits.
        secret: keys the hashes, so that the table holds neither addresses nor names.
    """

    def __init__(
        self,
        begin: Callable[[], AbstractContextManager[Unit]],
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
        with self._begin() as unit:
            # In one order everywhere, so that two attempts never wait for each other.
            before = {key: unit.sign_ins.lock(key, now) for key in sorted(limits)}
            locks = [kept.locked_until for kept in before.values() if is_locked(kept, now)]
            until = max((lock for lock in locks if lock is not None), default=None)
            if until is not None:
                return until
            after = {key: count_attempt(before[key], now, limits[key]) for key in limits}
            for key, attempts in after.items():
                unit.sign_ins.save(key, attempts)
            if any(is_locked(attempts, now) for attempts in after.values()):
                unit.audit.add(AuditAction.SIGN_IN_LOCKED, now, WHO, {"user": account})
        return None

    def forgive(
        self, account: str, address: str, action: AuditAction = AuditAction.SIGNED_IN
    ) -> None:
        """Let somebody in: take back her attempt, and what was wrong with her account before.

        The address keeps the rest: an account of one's own opens no door to the others.
        """
        now = self._clock()
        own, shared = self._account(account), self._address(address)
        with self._begin() as unit:
            before = {key: unit.sign_ins.lock(key, now) for key in sorted((own, shared))}
            unit.sign_ins.save(own, Attempts(0, now))
            unit.sign_ins.save(shared, forgive_attempt(before[shared]))
            unit.audit.add(action, now, account, {"user": account})

    def _account(self, account: str) -> str:
        return self._hash(f"account {account.strip().casefold()}")

    def _address(self, address: str) -> str:
        return self._hash(f"address {address}")

    def _hash(self, text: str) -> str:
        return hmac.digest(self._secret, text.encode("utf-8", "replace"), "sha256").hex()
