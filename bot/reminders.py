"""Reminders: to whoever began and stopped, after a day and after three; then no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.endings import EXPIRE_AFTER
from bot.faults import describe
from bot.scheduler import Chore
from flows.limits import REMIND_AFTER
from flows.reminders import count_promised, remind
from flows.state import State
from flows.text.render import render
from flows.text.segments import measure
from storage.errors import DatabaseAwayError
from storage.records import NewOutgoing
from storage.sealing import SealError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, tzinfo
    from uuid import UUID

    from bot.speech import ChannelFacts
    from flows.effects import Say
    from flows.flow import Flow
    from storage.database import Database
    from storage.stalled import Stalled

APART = timedelta(hours=24)
"""Between two reminders, however late the first one was; and between two looks."""

TOO_LATE = timedelta(days=7)
"""Who has been silent for so long knows what she wants. Longer than any holidays."""

EVERY = timedelta(seconds=10)
BATCH = 200

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Reminders:
    """Reminds people of the conversations they stopped in.

    Attributes:
        find_flow: revision id, edition -> flow.
        channels: name -> facts.
        make_id: a new id for a time.
        is_decent: tells whether people may be written to who have not just written.
        timezone: where the day is on which a consultation closes.
    """

    database: Database
    find_flow: Callable[[UUID, int], Flow]
    channels: Mapping[str, ChannelFacts]
    make_id: Callable[[datetime], UUID]
    is_decent: Callable[[datetime], bool]
    timezone: tzinfo

    @property
    def chores(self) -> tuple[Chore, ...]:
        """What the scheduler is to do."""
        return (Chore("remind", EVERY, self.run),)

    def run(self, now: datetime) -> None:
        """Look at all that is due, by day; of two at once each row is one's alone."""
        if not self.is_decent(now):
            return
        found = BATCH
        while found == BATCH:
            with self.database.reading() as unit:
                batch = unit.due_work.list_stalled(now, BATCH)
            for stalled in batch:
                try:
                    self._look_at(stalled, now)
                except DatabaseAwayError:
                    raise
                except Exception as error:  # noqa: BLE001 - those behind it must not wait
                    _log.error(
                        "reminder_impossible",
                        session=str(stalled.session_id),
                        revision=str(stalled.revision_id),
                        **describe(error),
                    )
                    self._put_off(stalled, now + APART)
            found = len(batch)

    def _look_at(self, stalled: Stalled, now: datetime) -> None:
        facts = self.channels.get(stalled.channel)
        is_late = now >= stalled.turned_at + TOO_LATE
        if stalled.is_over or is_late or facts is None or not facts.later:
            self._leave(stalled, now)
            return
        if stalled.state is None:
            raise SealError("the key of a session's state is not given")
        flow = self.find_flow(stalled.revision_id, stalled.edition)
        state = State.from_json(stalled.state)
        given = stalled.step + count_promised(flow, state)
        if given >= len(REMIND_AFTER):
            self._leave(stalled, now)
            return
        due_at = stalled.turned_at + REMIND_AFTER[given]
        if due_at > now:
            self._put_off(stalled, due_at)
            return
        is_last = given == len(REMIND_AFTER) - 1
        reminder = remind(flow, state, is_last=is_last, until=self._name_last_day(stalled))
        if reminder is None:  # she may come to something yet
            self._put_off(stalled, now + APART)
            return
        waiting, say = reminder
        messages = self._write(flow, say, facts, stalled, now)
        again_at = max(stalled.turned_at + REMIND_AFTER[-1], now + APART)
        with self.database.unit() as unit:
            unit.due_work.remind(stalled, waiting.to_json(), messages, again_at)

    def _name_last_day(self, stalled: Stalled) -> str:
        if stalled.closes_at is None:
            return ""
        last = stalled.closes_at - timedelta.resolution  # at midnight it is the day before
        return f"{last.astimezone(self.timezone):%d/%m/%Y}"

    def _leave(self, stalled: Stalled, now: datetime) -> None:
        due_at = now if stalled.is_over else stalled.turned_at + EXPIRE_AFTER
        with self.database.unit() as unit:
            unit.due_work.leave(stalled, due_at)

    def _put_off(self, stalled: Stalled, due_at: datetime) -> None:
        with self.database.unit() as unit:
            unit.due_work.put_off(stalled, due_at)

    def _write(
        self, flow: Flow, say: Say, facts: ChannelFacts, stalled: Stalled, now: datetime
    ) -> list[NewOutgoing]:
        """Write its messages; what is sent only goes if she has not written before."""
        return [
            NewOutgoing(
                id=self.make_id(now),
                channel=facts.later,
                text=text,
                due_at=now,
                created_at=now,
                session_id=stalled.session_id,
                kind="reminder",
                segments=measure(text).segments,
                only_if_turns=stalled.turns,
            )
            for text in render(flow, [say], facts.later_form, {}).texts
        ]
