"""The way of a message: read once, decide, write once.

`Conversations.receive` is what every channel's webhook calls. What is decided is in
`bot/turn.py`; here stands what makes it safe: a delivery already claimed gets its first reply
again, and a turn that lost a race against another message of the same number is taken anew.

On PostgreSQL the whole of it is two round trips (design: "How a message travels").
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot import meters
from bot.again import say_again
from bot.messages import Reply, SessionEvent
from storage.records import TurnKey

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.messages import Inbound
    from bot.speech import Decision
    from bot.turn import Decider
    from storage.records import Snapshot
    from storage.turns.store import TurnStore

    Decide = Callable[[Inbound, TurnKey, Snapshot, datetime], Decision | None]

TRIES = 5
"""Lost races before the contact's row is locked: six people on one phone write at once."""

SPANISH = "es"
"""What is said outside of any consultation is in Spanish."""

AGAIN = " again"
"""Makes of a delivery's claim that of its reply's second way."""


_log = structlog.get_logger(__name__)


class Conversations:
    """Takes one inbound message at a time, from as many threads and hosts as there are."""

    def __init__(
        self,
        turns: TurnStore,
        decider: Decider,
        clock: Callable[[], datetime],
        wake: Callable[[str], None],
    ) -> None:
        self._turns = turns
        self._decider = decider
        self._clock = clock
        self._wake = wake

    def receive(self, inbound: Inbound) -> Reply:
        """Give one inbound message its one effect, and the reply to carry back.

        The same delivery again, however often and however concurrently, has no further
        effect and gets the same reply. Where it comes from the spool, the response that
        carried the reply may have been lost with the database or the process: the reply then
        goes out by the worker, once.
        """
        if not inbound.answerable or inbound.session is SessionEvent.CLOSE:
            return Reply()
        key = TurnKey(
            inbound.channel,
            inbound.claim,
            inbound.address.scheme,
            inbound.address.value,
            inbound.dialog,
        )
        reply, is_new = self._take(inbound, key, self._decider.decide)
        meters.inbound(inbound.channel, "taken" if is_new else "repeated").inc()
        _log.info("message_taken" if is_new else "message_repeated", replies=len(reply.texts))
        if inbound.replayed_at and reply.texts and not is_new:
            again = replace(key, claim=key.claim + AGAIN)
            self._take(inbound, again, partial(say_again, self._decider, reply))
        return reply

    def _take(self, inbound: Inbound, key: TurnKey, decide: Decide) -> tuple[Reply, bool]:
        """Take a turn unless it was taken; gives its reply, and whether it is new."""
        for _ in range(TRIES):
            now = inbound.at or self._clock()
            snapshot = self._turns.load(key, now)
            if snapshot.reply is not None:
                return Reply.from_json(snapshot.reply), False
            decision = decide(inbound, key, snapshot, now)
            if decision is None:
                return Reply(), False
            if self._turns.save(decision.write):
                return self._carry_out(inbound.channel, decision), True
        return self._take_locked(inbound, key, decide)

    def _take_locked(self, inbound: Inbound, key: TurnKey, decide: Decide) -> tuple[Reply, bool]:
        """Take the turn while holding the contact's row: nobody else can win this race.

        Only a number that has no row yet can lose it still, and then it has one.
        """
        for _ in range(TRIES):
            now = inbound.at or self._clock()
            with self._turns.locked(key, now) as (snapshot, save):
                if snapshot.reply is not None:
                    return Reply.from_json(snapshot.reply), False
                decision = decide(inbound, key, snapshot, now)
                if decision is None:
                    return Reply(), False
                is_saved = save(decision.write)
            if is_saved:
                return self._carry_out(inbound.channel, decision), True
        raise RuntimeError("a turn under lock was refused")

    def _carry_out(self, name: str, decision: Decision) -> Reply:
        write = decision.write
        language = write.session.language if write.session else SPANISH
        price = self._decider.channels[name].price
        for message in write.messages:
            if message.direction == "out":
                meters.count_out(name, language, message.segments, price)
        for channel in {message.channel for message in write.outgoing}:
            self._wake(channel)
        return decision.reply
