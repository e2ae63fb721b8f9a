from __future__ import annotations

from datetime import UTC, datetime, timedelta

from admin.signin.attempts import (
    ACCOUNT_LIMIT,
    LOCK,
    WINDOW,
    count_attempt,
    forgive_attempt,
    is_locked,
)
from storage.attempts import Attempts

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


def fail(times: int, every: timedelta = A_MINUTE) -> tuple[Attempts, datetime]:
    attempts, now = Attempts(0, NOON), NOON
    for _ in range(times):
        now += every
        assert not is_locked(attempts, now)
        attempts = count_attempt(attempts, now, ACCOUNT_LIMIT)
    return attempts, now


def test_the_tenth_wrong_password_locks_for_fifteen_minutes() -> None:
    attempts, now = fail(ACCOUNT_LIMIT)
    assert is_locked(attempts, now)
    assert is_locked(attempts, now + LOCK - A_MINUTE)
    assert not is_locked(attempts, now + LOCK)


def test_nine_do_not_lock() -> None:
    attempts, now = fail(ACCOUNT_LIMIT - 1)
    assert not is_locked(attempts, now)


def test_slow_mistakes_never_add_up() -> None:
    attempts, now = fail(40, every=WINDOW / 5)
    assert not is_locked(attempts, now)


def test_after_the_lock_one_counts_from_nothing() -> None:
    attempts, now = fail(ACCOUNT_LIMIT)
    assert count_attempt(attempts, now + LOCK, ACCOUNT_LIMIT).wrong == 1


def test_a_right_password_takes_back_its_attempt_and_the_lock_it_brought() -> None:
    attempts, now = fail(ACCOUNT_LIMIT)
    forgiven = forgive_attempt(attempts)
    assert forgiven.wrong == ACCOUNT_LIMIT - 1
    assert not is_locked(forgiven, now)
