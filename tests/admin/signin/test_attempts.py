from __future__ import annotations

from datetime import UTC, datetime, timedelta

from admin.signin.attempts import (
    ACCOUNT_LIMIT,
    LOCK,
    WINDOW,
    Attempts,
    count_attempt,
    forgive_attempt,
)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


def fail(times: int, every: timedelta = A_MINUTE) -> tuple[Attempts, datetime]:
    attempts: Attempts | None = None
    now = NOON
    for _ in range(times):
        now += every
        assert attempts is None or not attempts.is_locked(now)
        attempts = count_attempt(attempts, now, ACCOUNT_LIMIT)
    assert attempts is not None
    return attempts, now


def test_the_tenth_wrong_password_locks_for_fifteen_minutes() -> None:
    attempts, now = fail(ACCOUNT_LIMIT)
    assert attempts.is_locked(now)
    assert attempts.is_locked(now + LOCK - A_MINUTE)
    assert not attempts.is_locked(now + LOCK)


def test_nine_do_not_lock() -> None:
    attempts, now = fail(ACCOUNT_LIMIT - 1)
    assert not attempts.is_locked(now)


def test_slow_mistakes_never_add_up() -> None:
    attempts, now = fail(40, every=WINDOW / 5)
    assert not attempts.is_locked(now)


def test_after_the_lock_one_counts_from_nothing() -> None:
    attempts, now = fail(ACCOUNT_LIMIT)
    assert count_attempt(attempts, now + LOCK, ACCOUNT_LIMIT).wrong == 1


def test_a_right_password_takes_back_its_attempt_and_the_lock_it_brought() -> None:
    attempts, now = fail(ACCOUNT_LIMIT)
    forgiven = forgive_attempt(attempts)
    assert forgiven.wrong == ACCOUNT_LIMIT - 1
    assert not forgiven.is_locked(now)
