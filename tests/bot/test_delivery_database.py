"""The outbox of both databases, through the worker, rq and valkey, to a strict Twilio."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import redis
from sqlalchemy import text

from bot.delivery import LEASE, Delivery
from bot.jobs import Wakeups
from bot.messages import Outgoing, Sent
from bot.pacing import MOST
from bot.worker import run_worker
from tests.support.citizens import open_town
from tests.support.ending import ended_when

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.support.citizens import Town
    from tests.support.fake_twilio import FakeTwilio


@pytest.fixture
def town(database_url: str) -> Iterator[Town]:
    with open_town(database_url) as town:
        yield town


@pytest.fixture
def delivery(town: Town, fake_twilio: FakeTwilio) -> Delivery:
    channel = fake_twilio.make_channel()
    return Delivery(town.database, {"sms": channel}, lambda: town.now, chance=lambda: 0.0)


def owe(town: Town, count: int, *, phone: int = 50_000_000, kind: str = "receipt") -> list[str]:
    """Write one message to each of so many citizens, as turns do."""
    phones = [f"+502{phone + number}" for number in range(count)]
    for one in phones:
        key = town.key(one)
        write = town.write(key, town.load(key))
        out = town.outgoing(f"Gracias, {one[-4:]}", kind=kind)
        assert town.database.turns.save(replace(write, outgoing=(out,)))
    return phones


def states(town: Town) -> Counter[str]:
    with town.database.engine.connect() as connection:
        rows: Sequence[str] = connection.scalars(text("SELECT state FROM outbox")).all()
    return Counter(rows)


def test_a_receipt_written_by_a_turn_reaches_twilio_through_rq(
    town: Town,
    delivery: Delivery,
    fake_twilio: FakeTwilio,
    redis_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Delivery, "channels", ())  # nobody polls: only the wake-up is left
    [phone] = owe(town, 1)
    with redis.Redis.from_url(redis_url) as client:
        Wakeups(client).wake("sms")

    with ended_when(lambda: states(town)["sent"] == 1, "the receipt"):
        run_worker(delivery, redis_url)

    assert [message["To"] for message in fake_twilio.messages] == [phone]
    assert states(town) == {"sent": 1}


def test_many_connections_send_each_message_once(
    town: Town, delivery: Delivery, fake_twilio: FakeTwilio
) -> None:
    phones = owe(town, MOST + 50)

    workers = [threading.Thread(target=delivery.drain, args=("sms",)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(message["To"] for message in fake_twilio.messages) == phones
    assert states(town) == {"sent": MOST + 50}


def test_a_worker_that_is_killed_leaves_one_message_in_doubt_and_loses_none(
    town: Town, delivery: Delivery, fake_twilio: FakeTwilio
) -> None:
    class Killed(BaseException):
        """No `except Exception` sees a process end."""

    phones = owe(town, 5)
    channel = delivery._channels["sms"]  # noqa: SLF001 - killed from inside
    real, sent = channel.send, []

    def send(outgoing: object) -> object:
        sent.append(real(outgoing))  # type: ignore[arg-type]
        if len(sent) == 3:
            raise Killed
        return sent[-1]

    channel.send = send  # type: ignore[method-assign, assignment]
    with pytest.raises(Killed):
        delivery.drain("sms")
    channel.send = real  # type: ignore[method-assign]

    assert states(town) == {"sent": 2, "leased": 3}
    assert delivery.drain("sms") == 0
    town.wait(seconds=LEASE.total_seconds())
    delivery.drain("sms")

    told = Counter(message["To"] for message in fake_twilio.messages)
    assert sorted(told) == phones
    assert sum(told.values()) == len(phones) + 1
    assert states(town) == {"sent": 5}


def test_a_reminder_in_doubt_is_never_sent_again(
    town: Town, delivery: Delivery, fake_twilio: FakeTwilio
) -> None:
    owe(town, 2, kind="reminder")
    fake_twilio.moods.extend(["die after", "busy"])

    for _ in range(6):
        delivery.drain("sms")
        town.wait(minutes=10)

    assert states(town) == {"uncertain": 1, "sent": 1}
    assert len(fake_twilio.messages) == 2


def test_somebody_who_left_by_the_provider_gets_nothing_more(
    town: Town, delivery: Delivery, fake_twilio: FakeTwilio
) -> None:
    [phone] = owe(town, 1)
    fake_twilio.stopped.add(phone)
    delivery.drain("sms")

    snapshot = town.load(town.key(phone))
    assert snapshot.contact is not None
    assert snapshot.contact.stopped_at is not None

    fake_twilio.stopped.clear()
    town.wait(minutes=1)
    key = town.key(phone)
    write = town.write(key, town.load(key))
    out = town.outgoing("Recuerde responder.", kind="reminder")
    assert town.database.turns.save(replace(write, outgoing=(out,)))
    delivery.drain("sms")

    assert fake_twilio.messages == []
    assert states(town) == {"dead": 1, "dropped": 1}


def test_receipts_of_a_sent_message_find_it(
    town: Town, delivery: Delivery, fake_twilio: FakeTwilio
) -> None:
    owe(town, 1)
    delivery.drain("sms")

    with town.database.unit() as unit:
        assert unit.outbox.record_status("sms", f"SM{1:032x}", "delivered", town.now)

    assert states(town) == {"delivered": 1}
    assert len(fake_twilio.messages) == 1


@pytest.mark.parametrize(("hours", "is_in_session"), [(23, True), (25, False)])
def test_a_channel_knows_whether_she_wrote_within_a_day(
    town: Town, *, hours: int, is_in_session: bool
) -> None:
    taken: list[Outgoing] = []

    class Recorder:
        can_send, form = True, "sms"

        def send(self, outgoing: Outgoing) -> Sent:
            taken.append(outgoing)
            return Sent("1")

    owe(town, 1)
    later = town.now + timedelta(hours=hours)
    channels = {"sms": Recorder()}
    Delivery(town.database, channels, lambda: later, chance=lambda: 0.0).drain("sms")  # type: ignore[arg-type]

    [outgoing] = taken
    assert (outgoing.in_session, outgoing.kind, outgoing.language) == (
        is_in_session,
        "receipt",
        "es",
    )
