"""Draining the outbox through a Twilio as strict as Twilio, with its rows in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from bot.channels import CHANNELS
from bot.channels.settings import ChannelSettings
from bot.delivery import LEASE, LONGEST_SEND, Delivery
from bot.pacing import MOST, Lane
from storage.errors import DatabaseAwayError
from tests.support.canaries import CANARY_DIGITS
from tests.support.fake_twilio import ACCOUNT_SID, AUTH_TOKEN, SENDER
from tests.support.memory_outbox import MemoryOutbox

if TYPE_CHECKING:
    from bot.channels.base import Channel
    from bot.messages import Outgoing, Sent
    from tests.support.clock import Clock
    from tests.support.fake_twilio import FakeTwilio, Mood


@pytest.fixture
def outbox() -> MemoryOutbox:
    return MemoryOutbox()


@pytest.fixture
def channel(fake_twilio: FakeTwilio) -> Channel:
    return fake_twilio.make_channel()


@pytest.fixture
def delivery(channel: Channel, outbox: MemoryOutbox, clock: Clock) -> Delivery:
    return Delivery(outbox, {"sms": channel}, clock, chance=lambda: 0.0)


def test_what_is_due_is_sent_in_order_and_recorded(
    delivery: Delivery, outbox: MemoryOutbox, fake_twilio: FakeTwilio, clock: Clock
) -> None:
    ids = [outbox.add(clock(), text=f"Mensaje {n}") for n in range(MOST + 20)]
    later = outbox.add(clock.advance(hours=1))
    clock.advance(hours=-0.5)

    assert delivery.drain("sms") == MOST + 20

    assert [m["Body"] for m in fake_twilio.messages] == [f"Mensaje {n}" for n in range(MOST + 20)]
    assert {outbox.rows[one].state for one in ids} == {"sent"}
    assert outbox.rows[ids[0]].provider_id == f"SM{1:032x}"
    assert outbox.rows[later].state == "waiting"


def test_a_day_has_its_cap_which_is_told_once(
    channel: Channel, outbox: MemoryOutbox, fake_twilio: FakeTwilio, clock: Clock
) -> None:
    lanes = {"sms": Lane(daily=3)}
    delivery = Delivery(outbox, {"sms": channel}, clock, chance=lambda: 0.0, lanes=lanes)
    for n in range(5):
        outbox.add(clock(), text=f"Mensaje {n}")

    with capture_logs() as logs:
        assert [delivery.drain("sms") for _ in range(3)] == [3, 0, 0]

    warnings = [entry["event"] for entry in logs if entry["log_level"] != "info"]
    assert warnings == ["daily_cap_reached"]
    assert outbox.states == ["sent"] * 3 + ["waiting"] * 2
    outbox.spent = 0  # the next day
    assert delivery.drain("sms") == 2
    assert len(fake_twilio.messages) == 5


def test_a_full_batch_is_followed_by_a_look_for_more(
    delivery: Delivery, outbox: MemoryOutbox, clock: Clock
) -> None:
    for _ in range(MOST):
        outbox.add(clock())

    assert delivery.drain("sms") == MOST
    assert delivery.drain("sms") == 0


@pytest.mark.parametrize(
    ("kind", "mood", "state", "code"),
    [
        ("receipt", "busy", "waiting", "20429"),
        ("receipt", "unavailable", "waiting", "20503"),
        ("receipt", "die after", "waiting", "no_answer"),
        ("reminder", "die after", "uncertain", "no_answer"),
        ("reminder", "broken", "uncertain", "20500"),
    ],
)
def test_a_failure_is_recorded_by_what_it_means(  # noqa: PLR0913, PLR0917 - its fixtures
    delivery: Delivery,
    outbox: MemoryOutbox,
    fake_twilio: FakeTwilio,
    clock: Clock,
    kind: str,
    mood: Mood,
    state: str,
    code: str,
) -> None:
    one = outbox.add(clock(), kind=kind)
    fake_twilio.moods.append(mood)

    delivery.drain("sms")

    row = outbox.rows[one]
    assert (row.state, row.code) == (state, code)


def test_what_failed_for_now_is_sent_later(
    delivery: Delivery, outbox: MemoryOutbox, fake_twilio: FakeTwilio, clock: Clock
) -> None:
    outbox.add(clock())
    fake_twilio.moods.extend(["busy", "busy"])

    for wait in (0, 9, 1, 19, 1):
        clock.advance(seconds=wait)
        delivery.drain("sms")

    assert outbox.states == ["sent"]
    assert len(fake_twilio.messages) == 1


def test_a_doubtful_receipt_is_sent_a_second_time_and_never_a_third(
    delivery: Delivery, outbox: MemoryOutbox, fake_twilio: FakeTwilio, clock: Clock
) -> None:
    outbox.add(clock())
    fake_twilio.moods.extend(["die after", "die after"])

    for _ in range(5):
        delivery.drain("sms")
        clock.advance(hours=1)

    assert outbox.states == ["uncertain"]
    assert len(fake_twilio.messages) == 2


def test_somebody_who_left_by_the_provider_is_silenced_here(
    delivery: Delivery, outbox: MemoryOutbox, fake_twilio: FakeTwilio, clock: Clock
) -> None:
    one = outbox.add(clock())
    fake_twilio.stopped.add(outbox.rows[one].message.address)

    delivery.drain("sms")

    assert outbox.states == ["dead"]
    assert outbox.stopped == {outbox.rows[one].message.contact_id}


def test_an_outcome_is_recorded_however_long_the_database_is_away(
    outbox: MemoryOutbox, watchful: Watchful, fake_twilio: FakeTwilio, clock: Clock
) -> None:
    pauses: list[float] = []
    delivery = Delivery(outbox, {"sms": watchful}, clock, lambda: 0.0, pause=pauses.append)  # type: ignore[dict-item]
    outbox.add(clock())
    outbox.add(clock())
    watchful.outage = 3

    assert delivery.drain("sms") == 2

    assert outbox.states == ["sent", "sent"]
    assert (len(fake_twilio.messages), len(pauses)) == (2, 3)


def test_who_is_to_end_waits_for_no_database(
    outbox: MemoryOutbox, watchful: Watchful, clock: Clock
) -> None:
    delivery = Delivery(outbox, {"sms": watchful}, clock, lambda: 0.0)  # type: ignore[dict-item]
    outbox.add(clock())
    watchful.outage = 1

    with pytest.raises(DatabaseAwayError):
        delivery.drain("sms", lambda: bool(watchful.seen))

    assert outbox.states == ["leased"]


def test_one_message_that_is_refused_does_not_hold_up_the_others(
    delivery: Delivery, outbox: MemoryOutbox, clock: Clock
) -> None:
    outbox.add(clock())
    outbox.add(clock(), address="+5025", text="")
    outbox.add(clock(), scheme="wa", address="US.1349")
    outbox.add(clock())

    assert delivery.drain("sms") == 4
    assert outbox.states == ["sent", "dead", "dead", "sent"]


class Watchful:
    """A channel that looks around while it sends."""

    def __init__(self, channel: Channel, outbox: MemoryOutbox, clock: Clock) -> None:
        self._channel = channel
        self._outbox = outbox
        self._clock = clock
        self.seconds = 0.0
        self.outage = 0
        self.seen: list[tuple[int, list[str]]] = []
        self.left: list[timedelta] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._channel, name)

    def send(self, outgoing: Outgoing) -> Sent:
        self.seen.append((self._outbox.open_units, self._outbox.states))
        leased_until = self._outbox.rows[UUID(outgoing.id)].leased_until
        assert leased_until is not None
        self.left.append(leased_until - self._clock())
        self._clock.advance(seconds=self.seconds)
        self._outbox.outage, self.outage = self.outage, 0
        return self._channel.send(outgoing)


@pytest.fixture
def watchful(delivery: Delivery, outbox: MemoryOutbox, clock: Clock) -> Watchful:
    watchful = Watchful(delivery._channels["sms"], outbox, clock)  # noqa: SLF001 - wrapped
    delivery._channels = {"sms": watchful}  # type: ignore[dict-item] # noqa: SLF001
    return watchful


def test_no_unit_is_open_while_the_provider_is_called_and_each_outcome_stands_before_the_next(
    delivery: Delivery, outbox: MemoryOutbox, watchful: Watchful, clock: Clock
) -> None:
    for _ in range(3):
        outbox.add(clock())

    delivery.drain("sms")

    assert watchful.seen == [
        (0, ["leased", "leased", "leased"]),
        (0, ["sent", "leased", "leased"]),
        (0, ["sent", "sent", "leased"]),
    ]


def test_a_slow_worker_never_sends_what_somebody_else_may_be_sending(
    delivery: Delivery, outbox: MemoryOutbox, watchful: Watchful, clock: Clock
) -> None:
    for _ in range(30):
        outbox.add(clock())
    watchful.seconds = 20

    assert delivery.drain("sms") == 30

    assert min(watchful.left) >= LONGEST_SEND
    assert max(watchful.left) == LEASE, "what was left over was leased anew"
    assert outbox.states == ["sent"] * 30


def test_a_worker_that_was_killed_leaves_its_rows_to_others_when_its_lease_is_over(
    delivery: Delivery, outbox: MemoryOutbox, clock: Clock
) -> None:
    outbox.add(clock())
    outbox.lease("sms", clock(), clock() + LEASE, MOST)

    assert delivery.drain("sms") == 0
    clock.advance(seconds=LEASE.total_seconds())
    assert delivery.drain("sms") == 1


def test_a_worker_that_is_stopping_sends_no_further_message(
    delivery: Delivery, outbox: MemoryOutbox, watchful: Watchful, clock: Clock
) -> None:
    for _ in range(3):
        outbox.add(clock())

    tried = delivery.drain("sms", is_stopping=lambda: len(watchful.seen) == 1)

    assert tried == 1
    assert outbox.states == ["sent", "waiting", "waiting"]
    assert delivery.drain("sms", is_stopping=lambda: True) == 0


def test_a_channel_that_is_gone_keeps_its_messages(
    delivery: Delivery, outbox: MemoryOutbox, clock: Clock
) -> None:
    outbox.add(clock(), channel="claro")

    with capture_logs() as logs:
        assert delivery.drain("claro") == 0

    assert outbox.states == ["waiting"]
    assert [log["event"] for log in logs] == ["channel_unknown"]


def test_only_channels_that_can_send_are_drained(fake_twilio: FakeTwilio, clock: Clock) -> None:
    ussd = CHANNELS["ussd-africastalking"](
        ChannelSettings("ussd", "ussd-africastalking", {"service_code": "*1#", "token": "t"})
    )
    simulator = CHANNELS["simulator"](ChannelSettings("simulator", "simulator"))
    delivery = Delivery(
        MemoryOutbox(), {"ussd": ussd, "simulator": simulator}, clock, chance=lambda: 0.0
    )

    assert delivery.channels == ("simulator",)
    assert fake_twilio.messages == []


def test_a_failure_is_told_without_the_number_or_the_text(
    delivery: Delivery, outbox: MemoryOutbox, fake_twilio: FakeTwilio, clock: Clock
) -> None:
    outbox.add(clock(), text="Secreto")
    fake_twilio.moods.append("busy")

    with capture_logs() as logs:
        delivery.drain("sms")

    [log] = logs
    assert (log["code"], log["verdict"], log["channel"]) == ("20429", "Again", "sms")
    assert log["why"] == "Twilio pide enviar más despacio."
    assert CANARY_DIGITS not in str(logs)
    assert "Secreto" not in str(logs)
    assert outbox.rows[next(iter(outbox.rows))].due_at == clock() + timedelta(seconds=10)


def test_what_its_channel_will_not_take_goes_by_another_once(
    fake_twilio: FakeTwilio, outbox: MemoryOutbox, clock: Clock
) -> None:
    options = {"account_sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN, "api_url": fake_twilio.url}
    channels = {
        name: CHANNELS[kind](ChannelSettings(name, kind, options | {"sender": SENDER}))
        for name, kind in (("whatsapp", "twilio-whatsapp"), ("sms", "twilio-sms"))
    }
    lanes = {"whatsapp": Lane(fallback="sms"), "sms": Lane(fallback="whatsapp")}
    delivery = Delivery(outbox, channels, clock, chance=lambda: 0.0, lanes=lanes)
    outbox.add(clock(), channel="whatsapp")
    fake_twilio.senders = frozenset({SENDER})

    delivery.drain("whatsapp")
    assert outbox.states == ["waiting"]
    delivery.drain("sms")

    assert outbox.states == ["sent"]
    [message] = fake_twilio.messages
    assert not message["To"].startswith("whatsapp:")

    outbox.add(clock(), channel="sms", address="+5025")
    delivery.drain("sms")
    delivery.drain("whatsapp")
    assert outbox.states == ["sent", "dead"]


def test_who_has_left_is_not_sought_on_another_channel(
    fake_twilio: FakeTwilio, delivery: Delivery, outbox: MemoryOutbox, clock: Clock
) -> None:
    delivery._lanes = {"sms": Lane(fallback="whatsapp")}  # noqa: SLF001
    outbox.add(clock())
    fake_twilio.stopped.add("+50255509917")
    delivery.drain("sms")
    assert outbox.states == ["dead"]


def test_behind_a_message_that_will_be_tried_again_the_same_contact_s_wait(
    fake_twilio: FakeTwilio, delivery: Delivery, outbox: MemoryOutbox, clock: Clock
) -> None:
    first = outbox.add(clock(), text="uno")
    second = outbox.add(clock(), text="dos")
    outbox.add(clock(), text="de otra")
    contact = outbox.rows[first].message.contact_id
    outbox.rows[second].message = replace(outbox.rows[second].message, contact_id=contact)
    fake_twilio.moods.append("busy")

    is_stopping = iter([False] * 20)
    delivery.drain("sms", lambda: next(is_stopping, True) or len(fake_twilio.messages) > 0)

    assert [message["Body"] for message in fake_twilio.messages] == ["de otra"]
    assert outbox.states == ["waiting", "waiting", "sent"]


def test_at_night_a_reminder_waits_and_an_answer_goes(
    delivery: Delivery, outbox: MemoryOutbox, clock: Clock
) -> None:
    delivery._is_decent = lambda now: now.hour >= 16  # noqa: SLF001
    outbox.add(clock(), kind="reminder")
    outbox.add(clock(), kind="reply")

    delivery.drain("sms")
    assert outbox.states == ["waiting", "sent"]

    clock.advance(hours=1)
    delivery.drain("sms")
    assert outbox.states == ["sent", "sent"]
