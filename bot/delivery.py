"""Sending what stands in the outbox.

Rows are leased in batches, so that many workers can drain one channel. The database's unit is
closed before a provider is called, and each outcome is recorded before the connection sends
again (`bot/recording.py`): a worker that is killed leaves at most the one message in doubt that
each of its connections was sending. Rows it leased and did not come to go back, at once or when
its lease has run out.
"""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.channels.base import SendError
from bot.messages import Address, Outgoing
from bot.meters import SENDS, count_out
from bot.pacing import Lane, Tempo, reach_slot
from bot.recording import Outcome, Recorder
from bot.retries import Again, Elsewhere, GivenUp, Unknown, judge
from flows.text.render import Button
from flows.text.segments import measure
from storage.due import Taken
from storage.errors import DatabaseAwayError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from bot.channels.base import Channel
    from bot.outbox import Database, Unit
    from storage.due import DueMessage

LEASE = timedelta(minutes=2)
SESSION = timedelta(hours=24)
"""After a person's last message WhatsApp takes any text for so long."""
LONGEST_SEND = timedelta(seconds=30)
"""More than a channel may take for one message; with less of the lease left, nothing is sent,
since somebody else could be sending it too."""

AWAY_SECONDS = 1.0
"""How long a database that is away is left alone before an outcome is brought to it again."""

OUTCOMES: Mapping[type, str] = {
    Again: "again",
    Elsewhere: "elsewhere",
    GivenUp: "given_up",
    Unknown: "unknown",
}
"""What `/metrics` calls what becomes of a message that was not taken."""

_log = structlog.get_logger(__name__)


def _name(due: DueMessage) -> dict[str, str]:
    """Name a message in the log, by the id of the one it goes out for where there is one."""
    return {
        "id": str(due.cause_id or due.id),
        "message": str(due.id),
        "channel": due.channel,
        "kind": due.kind,
    }


class Delivery:
    """Sends due messages through the channels, from as many threads and hosts as there are.

    Args:
        database: gives units with an outbox.
        channels: by their names.
        clock: the time, aware UTC.
        chance: gives a number from 0 to 1; spreads what is tried again.
        lanes: how the channels may be used, by their names.
        is_decent: tells whether people may be written to who have not just written.
        pause: waits for so many seconds.
    """

    def __init__(  # noqa: PLR0913 - what the house hands in
        self,
        database: Database,
        channels: Mapping[str, Channel],
        clock: Callable[[], datetime],
        chance: Callable[[], float],
        *,
        lanes: Mapping[str, Lane] | None = None,
        is_decent: Callable[[datetime], bool] = lambda _now: True,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._database = database
        self._channels = channels
        self._clock = clock
        self._chance = chance
        self._lanes = lanes or {}
        self._is_decent = is_decent
        self._pause = pause
        self._spent: set[str] = set()
        self._recorder = Recorder(database)
        self._tempos = {name: Tempo() for name in channels}
        # Connections of one process would only wait for each other in the database.
        self._leasing = {name: threading.Lock() for name in channels}

    @property
    def channels(self) -> tuple[str, ...]:
        """The names of the channels that can send."""
        return tuple(name for name, channel in self._channels.items() if channel.can_send)

    def drain(
        self,
        name: str,
        is_stopping: Callable[[], bool] = lambda: False,
        call_help: Callable[[], None] = lambda: None,
    ) -> int:
        """Send all that is due on one channel, by one connection.

        Args:
            name: the channel; one that is no longer configured has nothing to send with, and
                its messages wait for it.
            is_stopping: asked before each message.
            call_help: told when there is work, of which more connections could take a share.

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
            batch = self._lease(name)
            if not batch:
                break
            call_help()
            tried += self._send_batch(channel, batch, now + LEASE - LONGEST_SEND, is_stopping)
        return tried

    def _lease(self, name: str) -> Sequence[DueMessage]:
        """Lease what is due, as far as the day's allowance goes; the rest waits for the next."""
        lane = self._lane(name)
        limit = self._tempos[name].fit(lane.pace)
        with self._leasing[name], self._database.unit() as unit:
            now = self._clock()  # not before: the others may have taken long
            if lane.daily:
                limit = min(limit, unit.allowances.count_left(name, now, lane.daily))
                self._alarm(name, is_spent=limit == 0)
            if limit == 0:
                return ()
            batch = unit.outbox.lease(
                name,
                now,
                now + LEASE,
                limit,
                lane.pace,
                clock=self._clock,
                answers_alone=not self._is_decent(now),
            )
            if lane.daily:
                unit.allowances.spend(name, len(batch))
        return batch

    def _alarm(self, name: str, *, is_spent: bool) -> None:
        if is_spent and name not in self._spent:
            _log.error("daily_cap_reached", channel=name, cap=self._lane(name).daily)
        (self._spent.add if is_spent else self._spent.discard)(name)

    def _send_batch(
        self,
        channel: Channel,
        batch: Sequence[DueMessage],
        until: datetime,
        is_stopping: Callable[[], bool],
    ) -> int:
        """Send what was leased, as far as there is time; the rest goes back."""
        tried = 0
        waits_for: set[UUID] = set()
        for place, due in enumerate(batch):
            is_on_time = reach_slot(due, self._clock, self._pause, is_stopping)
            if not is_on_time or is_stopping() or self._clock() > until:
                self._give_back(batch[place:])
                break
            if due.contact_id in waits_for:  # the one before it will be tried again
                self._give_back([due])
                continue
            tried += 1
            began = self._clock()
            outcome = self._send(channel, due)
            self._record(outcome, is_stopping)
            self._tell(channel, due, outcome)
            self._tempos[due.channel].note(self._clock() - began)
            if not outcome.is_over:
                waits_for.add(due.contact_id)
        return tried

    def _lane(self, name: str) -> Lane:
        return self._lanes.get(name, Lane())

    def _give_back(self, batch: Sequence[DueMessage]) -> None:
        with self._database.unit() as unit:
            unit.outbox.release([due.id for due in batch])

    def _send(self, channel: Channel, due: DueMessage) -> Outcome:
        """Send one message; gives what records its outcome."""
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
            return self._judge(due, error)
        return Outcome(Taken(due.id, self._clock(), sent.provider_id, sent.segments))

    def _tell(self, channel: Channel, due: DueMessage, outcome: Outcome) -> None:
        """Tell of a message that was taken; of one that was not `_judge` has told."""
        taken = outcome.change
        if not isinstance(taken, Taken):
            return
        segments = taken.segments or (measure(due.text).segments if channel.form == "sms" else 1)
        SENDS.labels(due.channel, due.kind, "sent").inc()
        count_out(due.channel, due.language, segments, self._lane(due.channel).price)
        _log.info("message_sent", **_name(due), segments=segments)

    def _judge(self, due: DueMessage, error: SendError) -> Outcome:
        now = self._clock()
        fallback = self._lane(due.channel).fallback
        verdict = judge(due, error, now, self._chance(), fallback)
        SENDS.labels(due.channel, due.kind, OUTCOMES[type(verdict)]).inc()
        _log.warning(
            "message_not_taken",
            **_name(due),
            code=error.code,
            why=error.sentence if error.loggable else "",
            verdict=type(verdict).__name__,
        )

        def record(unit: Unit) -> None:
            match verdict:
                case Again(due_at):
                    unit.outbox.record_failed(
                        due.id, now, error.code, due_at, is_doubt=error.uncertain
                    )
                case Unknown():
                    unit.outbox.record_uncertain(due.id, now, error.code)
                case Elsewhere(channel):
                    segments = measure(due.text).segments
                    unit.outbox.record_moved(due.id, now, error.code, channel, segments)
                case GivenUp(code):
                    unit.outbox.record_dead(due.id, now, code)
            if error.opted_out:
                unit.outbox.stop_contact(due.contact_id, now)

        return Outcome(record, is_over=not isinstance(verdict, Again))

    def _record(self, outcome: Outcome, is_stopping: Callable[[], bool]) -> None:
        """Record an outcome, however long the database is away: only this thread knows it.

        Raises:
            DatabaseAwayError: it is away, and we are to end; the lease will tell of the doubt.
        """
        while True:
            try:
                self._recorder.record(outcome)
            except DatabaseAwayError:
                if is_stopping():
                    raise
                self._pause(AWAY_SECONDS)
            else:
                return
