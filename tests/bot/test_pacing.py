"""Throttled sending over real threads and both databases: never above the pace, hardly below."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from bot.delivery import Delivery
from bot.messages import Sent
from bot.pacing import FIRST, LATE, MOST, Lane, Tempo, reach_slot
from storage.due import DueMessage
from tests.bot.test_delivery_database import owe, states
from tests.support.citizens import open_town
from tests.support.clock import START, Clock

if TYPE_CHECKING:
    from bot.messages import Outgoing

RATE = 60.0
SECONDS = 2.0


class Gateway:
    """A provider that remembers when it was told what."""

    can_send = True

    def __init__(self) -> None:
        self.told: list[float] = []
        self._lock = threading.Lock()

    def send(self, _outgoing: Outgoing) -> Sent:
        with self._lock:
            self.told.append(time.monotonic())
            return Sent(f"SM{len(self.told)}", 1)


def test_three_workers_together_keep_the_pace(database_url: str) -> None:
    gateway = Gateway()
    with open_town(database_url) as town:
        owe(town, int(RATE * SECONDS))
        delivery = Delivery(
            town.database,
            {"sms": gateway},  # type: ignore[dict-item]
            lambda: datetime.now(UTC),
            chance=lambda: 0.0,
            lanes={"sms": Lane(RATE)},
        )

        def work() -> None:
            while states(town)["waiting"]:
                delivery.drain("sms")
                time.sleep(0.05)

        workers = [threading.Thread(target=work) for _ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

        assert states(town) == {"sent": int(RATE * SECONDS)}
    told = gateway.told
    for begin in told:
        within = [at for at in told if begin <= at < begin + 1]
        # Within one second the tolerance for late slots weighs ten times as much as in ten.
        assert len(within) <= RATE * (1 + LATE.total_seconds())


def make_due(send_at: datetime | None) -> DueMessage:
    return DueMessage(
        UUID(int=1), UUID(int=2), "sms", "tel", "+50255550101", "", "reply", 0, START,
        send_at=send_at,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("seconds", "is_reached"),
    [(None, True), (0, True), (0.7, True), (-0.2, True), (-0.21, False), (-60, False)],
)
def test_a_slot_is_waited_for_and_not_used_late(seconds: float | None, is_reached: bool) -> None:  # noqa: FBT001
    clock = Clock()
    send_at = None if seconds is None else START + timedelta(seconds=seconds)

    def pause(length: float) -> None:
        clock.advance(seconds=length)

    assert reach_slot(make_due(send_at), clock, pause, lambda: False) == is_reached
    assert clock() == max(START, send_at or START)


def test_a_stop_is_noticed_while_a_slot_is_waited_for() -> None:
    clock = Clock()
    is_stopping = iter([False, True])

    def pause(length: float) -> None:
        clock.advance(seconds=length)

    assert not reach_slot(
        make_due(START + timedelta(seconds=9)), clock, pause, lambda: next(is_stopping)
    )
    assert clock() < START + timedelta(seconds=1)


def test_no_more_is_leased_than_is_soon_sent_and_than_reaches_its_slots() -> None:
    tempo = Tempo()
    assert tempo.fit(0) == tempo.fit(10) == FIRST
    for _ in range(60):
        tempo.note(timedelta(milliseconds=2))
    assert tempo.fit(0) == MOST
    for _ in range(60):
        tempo.note(timedelta(milliseconds=60))
    assert (tempo.fit(0), tempo.fit(15), tempo.fit(30), tempo.fit(1000)) == (16, 16, 3, 1)
    for _ in range(60):
        tempo.note(timedelta(seconds=20))
    assert tempo.fit(0) == 1
