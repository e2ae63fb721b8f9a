from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import SendError
from bot.retries import LONGEST_WAIT, OTHERS, PATIENCE, Again, Elsewhere, GivenUp, Unknown, judge
from storage.due import DueMessage

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


def make_due(
    kind: str = "reply", tries: int = 0, age: timedelta = timedelta(), doubts: int = 0
) -> DueMessage:
    return DueMessage(
        id=UUID(int=1),
        contact_id=UUID(int=2),
        channel="sms",
        scheme="tel",
        address="+50255550101",
        text="Hola",
        kind=kind,
        tries=tries,
        created_at=NOW - age,
        doubts=doubts,
    )


BUSY = SendError("20429", "Más despacio.", retryable=True)
WRONG = SendError("21211", "No existe.")
DOUBT = SendError("no_answer", "No se sabe.", retryable=True, uncertain=True)


def test_what_can_never_be_sent_is_given_up() -> None:
    assert judge(make_due(), WRONG, NOW, 0) == GivenUp("21211")


@pytest.mark.parametrize(("tries", "seconds"), [(0, 10), (1, 20), (2, 40), (5, 320)])
def test_each_wait_is_twice_the_last(tries: int, seconds: int) -> None:
    verdict = judge(make_due("receipt", tries), BUSY, NOW, 0)

    assert verdict == Again(NOW + timedelta(seconds=seconds))


@given(tries=st.integers(0, 10_000), chance=st.floats(0, 1))
def test_a_wait_is_spread_and_bounded(tries: int, chance: float) -> None:
    verdict = judge(make_due("receipt", tries), BUSY, NOW, chance)

    assert isinstance(verdict, Again)
    assert timedelta(seconds=10) <= verdict.due_at - NOW <= LONGEST_WAIT * 1.25


@pytest.mark.parametrize("kind", [*PATIENCE, "invitation"])
def test_a_message_that_came_too_late_is_given_up(kind: str) -> None:
    deadline = PATIENCE.get(kind, OTHERS).deadline

    assert isinstance(
        judge(make_due(kind, 3, deadline - timedelta(minutes=5)), BUSY, NOW, 0), Again
    )
    assert judge(make_due(kind, 3, deadline), BUSY, NOW, 0) == GivenUp("expired")


@pytest.mark.parametrize("kind", ["reply", "receipt"])
def test_a_doubtful_answer_is_tried_once_more_and_no_more(kind: str) -> None:
    assert judge(make_due(kind), DOUBT, NOW, 0) == Again(NOW + timedelta(seconds=10))
    assert judge(make_due(kind, 1, doubts=1), DOUBT, NOW, 0) == Unknown()
    assert isinstance(judge(make_due(kind, 3), DOUBT, NOW, 0), Again), "nothing was in doubt yet"


@pytest.mark.parametrize("kind", ["reminder", "invitation"])
def test_what_nobody_asked_for_is_never_sent_twice_in_doubt(kind: str) -> None:
    assert judge(make_due(kind), DOUBT, NOW, 0) == Unknown()


def test_a_doubt_past_its_deadline_stays_a_doubt() -> None:
    assert judge(make_due("reply", 0, timedelta(days=1)), DOUBT, NOW, 0) == Unknown()


def test_a_recording_is_never_sent_elsewhere() -> None:
    assert judge(make_due("voice"), WRONG, NOW, 0, "sms") == GivenUp("21211")
    assert judge(make_due("voice"), DOUBT, NOW, 0) == Unknown()
    assert judge(make_due(), WRONG, NOW, 0, "sms") == Elsewhere("sms")
