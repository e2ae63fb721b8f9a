"""How often a number is answered: what goes beyond waits, and a loop gets no answer at all.

Only replies are held back. What the person said has been taken by then, whatever it was.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.messages import Reply

HOUR = 3600
REPLIES_AN_HOUR = 40
"""Six people who share a phone take turns; a machine does not tire."""

IDENTICAL = 3
"""The same message for the third time, where nothing came of it: a machine answers a machine."""

PLAIN = 30
"""A text of more letters is a machine's: said again, it is the same again. A shorter one may
answer each new question, and is the same only where the reply is too."""

BURST, SECONDS_EACH = 26, 12
"""At most 29 replies in any 30 seconds: at more than 30 Twilio stops both numbers (14107).
Somebody quick still answers a whole consultation without a pause."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """What is kept of a number's traffic between two messages; times in seconds since 1970.

    Attributes:
        since, replies: when the hour began, and the replies since.
        full_at, level: how full the bucket of quick replies was, in seconds, and when.
        said, same, same_at: a mark of the last exchange, how often it came, since when.
    """

    since: int = 0
    replies: int = 0
    full_at: int = 0
    level: int = 0
    said: str = ""
    same: int = 0
    same_at: int = 0

    @classmethod
    def from_json(cls, text: str) -> Traffic:
        """Read what was kept, which may be nothing yet."""
        return cls(*json.loads(text)) if text else cls()

    def to_json(self) -> str:
        """Write it for the next message."""
        return json.dumps(_values(self), separators=(",", ":"))


_values = attrgetter(*(spec.name for spec in fields(Traffic)))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a reply: said now, from `due_at` on, or (`is_loop`) not at all."""

    traffic: Traffic
    due_at: datetime
    is_loop: bool = False


def restrain(traffic: Traffic, text: str, reply: Reply, now: datetime) -> Verdict:
    """Decide about a reply to a number with this traffic."""
    second = int(now.timestamp())
    traffic = _mark(traffic, text, reply, second)
    if traffic.same >= IDENTICAL:
        return Verdict(traffic, now, is_loop=True)
    if second - traffic.since >= HOUR:
        traffic = replace(traffic, since=second, replies=0)
    count = len(reply.texts)
    # Recordings are messages to Twilio; a machine's replies are counted without them.
    quick = (count + len(reply.voices)) * SECONDS_EACH
    level = max(0, traffic.level - max(0, second - traffic.full_at)) + quick
    traffic = replace(traffic, replies=traffic.replies + count, full_at=second, level=level)
    wait = max(0, level - BURST * SECONDS_EACH)
    if traffic.replies > REPLIES_AN_HOUR:
        wait = max(wait, traffic.since + HOUR - second)
    return Verdict(traffic, now + timedelta(seconds=wait))


def _mark(traffic: Traffic, text: str, reply: Reply, second: int) -> Traffic:
    heard = text.strip().casefold()
    exchange = heard if len(heard) > PLAIN else "\n".join((heard, *reply.texts))
    # Two octets: enough to see a repetition, too little to tell what was said.
    said = blake2b(exchange.encode(errors="replace"), digest_size=2).hexdigest()
    if said != traffic.said or second - traffic.same_at >= HOUR:
        return replace(traffic, said=said, same=1, same_at=second)
    return replace(traffic, same=traffic.same + 1)
