"""Sending what stands in the outbox.

Rows are leased in batches, so that many workers can drain one channel. The database's unit is
closed before a provider is called, and each outcome is recorded before the connection sends
again: a worker that is killed leaves at most the one message in doubt that it was sending.
Rows it leased and did not come to go back, at once or when its lease has run out.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.channels.base import SendError
from bot.messages import Address, Outgoing
from bot.retries import Again, GivenUp, Unknown, judge
from flows.text.render import Button

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from uuid import UUID

    from bot.channels.base import Channel
    from bot.messages import Sent
    from storage.records import DueMessage

BATCH = 100
LEASE = timedelta(minutes=2)
SESSION = timedelta(hours=24)
"""After a person's last message WhatsApp takes any text for so long."""
LONGEST_SEND = timedelta(seconds=30)
"""More than a channel may take for one message; with less of the lease left, nothing is sent,
since somebody else could be sending it too."""

_log = structlog.get_logger(__name__)


class Outbox(Protocol):
    """What `storage` offers of the outbox, inside a unit."""

    def lease(
        self, channel: str, now: datetime, until: datetime, limit: int
    ) -> Sequence[DueMessage]:
        """Take due messages of one channel that nobody else holds, oldest first."""

    def release(self, message_ids: Sequence[UUID]) -> None:
        """Give back leased messages that were not tried."""

    def record_sent(
        self, message_id: UUID, now: datetime, provider_id: str, segments: int | None
    ) -> None:
        """The provider took it."""

    def record_failed(self, message_id: UUID, now: datetime, code: str, due_at: datetime) -> None:
        """Try again from `due_at` on."""

    def record_uncertain(self, message_id: UUID, now: datetime, code: str) -> None:
        """Nobody knows; staff see it."""

    def record_dead(self, message_id: UUID, now: datetime, code: str) -> None:
        """Given up; staff see it."""

    def stop_contact(self, contact_id: UUID, now: datetime) -> None:
        """The provider says that this number has left: silence it everywhere."""


class Unit(Protocol):
    """A unit of work, which commits when it is left without an error."""

    @property
    def outbox(self) -> Outbox:
        """The outbox."""


class Database(Protocol):
    """Where units come from."""

    def unit(self) -> AbstractContextManager[Unit]:
        """Begin one."""


class Delivery:
    """Sends due messages through the channels, from as many threads and hosts as there are."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        clock: Callable[[], datetime],
        chance: Callable[[], float],
    ) -> None:
        self._database = database
        self._channels = channels
        self._clock = clock
        self._chance = chance

    @property
    def channels(self) -> tuple[str, ...]:
        """The names of the channels that can send."""
        return tuple(name for name, channel in self._channels.items() if channel.can_send)

    def drain(self, name: str, is_stopping: Callable[[], bool] = lambda: False) -> int:
        """Send all that is due on one channel.

        Args:
            name: the channel; one that is no longer configured has nothing to send with, and
                its messages wait for it.
            is_stopping: asked before each message.

        Returns:
            How many messages were tried.
        """
        channel = self._channels.get(name)
        if channel is None:
            _log.warning("channel_unknown", channel=name)
            return 0
        tried = 0
        while not is_stopping():
            now = self._clock()
            with self._database.unit() as unit:
                batch = unit.outbox.lease(name, now, now + LEASE, BATCH)
            sent = 0
            for due in batch:
                if is_stopping() or self._clock() > now + LEASE - LONGEST_SEND:
                    break
                self._send(channel, due)
                sent += 1
            tried += sent
            if sent < len(batch):
                self._give_back(batch[sent:])
            if len(batch) < BATCH:
                break
        return tried

    def _give_back(self, batch: Sequence[DueMessage]) -> None:
        with self._database.unit() as unit:
            unit.outbox.release([due.id for due in batch])

    def _send(self, channel: Channel, due: DueMessage) -> None:
        address = Address("wa" if due.scheme == "wa" else "tel", due.address)
        outgoing = Outgoing(
            str(due.id),
            address,
            due.text,
            due.kind,
            tuple(Button(digit, title) for digit, title in due.buttons),
            due.language,
            in_session=due.seen_at is None or self._clock() < due.seen_at + SESSION,
        )
        try:
            sent = channel.send(outgoing)
        except SendError as error:
            self._record_failure(due, error)
        else:
            self._record_success(due, sent)

    def _record_success(self, due: DueMessage, sent: Sent) -> None:
        with self._database.unit() as unit:
            unit.outbox.record_sent(due.id, self._clock(), sent.provider_id, sent.segments)

    def _record_failure(self, due: DueMessage, error: SendError) -> None:
        now = self._clock()
        verdict = judge(due, error, now, self._chance())
        _log.warning(
            "message_not_taken",
            id=str(due.id),
            channel=due.channel,
            kind=due.kind,
            code=error.code,
            why=error.sentence if error.loggable else "",
            verdict=type(verdict).__name__,
        )
        with self._database.unit() as unit:
            match verdict:
                case Again(due_at):
                    unit.outbox.record_failed(due.id, now, error.code, due_at)
                case Unknown():
                    unit.outbox.record_uncertain(due.id, now, error.code)
                case GivenUp(code):
                    unit.outbox.record_dead(due.id, now, code)
            if error.opted_out:
                unit.outbox.stop_contact(due.contact_id, now)
