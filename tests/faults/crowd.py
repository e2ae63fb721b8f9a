"""Citizens who answer whatever happens, people who are written to, and what each side knows."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from bot.reception import LATER
from tests.support.citizens import Town
from tests.support.fake_twilio import AUTH_TOKEN
from tests.support.phones import Heard, TwilioPhone

if TYPE_CHECKING:
    from datetime import datetime

    from tests.faults.world import World

THREADS = 4


@dataclass
class Life:
    """One citizen: what she sent, what she heard in responses, what was kept for later.

    `heard_twice` is what the second deliveries of some of her messages were answered with.
    """

    number: str
    answers: dict[str, str]
    heard: list[Heard] = field(default_factory=list)
    heard_twice: list[Heard] = field(default_factory=list)

    @property
    def kept_for_later(self) -> int:
        """How many of her messages got no reply in their response."""
        return _count_kept(self.heard)

    @property
    def kept_twice(self) -> int:
        """How many second deliveries were kept: their replies may be sent, or be known."""
        return _count_kept(self.heard_twice)


def is_kept(heard: Heard) -> bool:
    """Tell whether a message was kept for later: its reply is not in its response."""
    return heard.texts in {(), (LATER,)}


def _count_kept(heard: list[Heard]) -> int:
    return sum(map(is_kept, heard))


def _make_life(index: int) -> Life:
    """Make a citizen; no two of them answer the same."""
    return Life(
        f"+50255{index:06}",
        {
            "inv": "1",
            "edad": "1",
            "p1": "1",
            "p2": str(index % 3 + 1),
            "p3": f"{index % 3 + 1} {index % 3 + 4}",
            "p4": "0",
            "p5": f"Propuesta {index} para mi aldea",
            "ub": "0",
            "seg": str(index % 4 + 1),
            "mas": "3",
        },
    )


@dataclass
class Crowd:
    """Citizens who take part, a few at a time, `least` of them and as long as it goes on.

    Every fifth message is delivered twice. Leaving the context waits for all of them.
    """

    world: World
    least: int
    lives: list[Life] = field(default_factory=list)
    _is_over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> Self:
        self._threads = ThreadPoolExecutor(THREADS)
        self._answering = [self._threads.submit(self._come) for _ in range(THREADS)]
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        with self._threads:
            while wait(self._answering, timeout=1).not_done:
                self.world.revive()
            for one in self._answering:
                one.result()

    def _come(self) -> None:
        while life := self._next():
            with self.world.awake():
                _live(self.world, life)

    def _next(self) -> Life | None:
        with self._lock:
            if self._is_over.is_set() and len(self.lives) >= self.least:
                return None
            self.lives.append(_make_life(len(self.lives)))
            return self.lives[-1]


def _live(world: World, life: Life) -> None:
    phone = TwilioPhone(world.post, life.number, token=AUTH_TOKEN)
    for place, text in enumerate(["CONSULTA", *life.answers.values()]):
        life.heard.append(phone.send(text))
        if place % 5 == 4:
            life.heard_twice.append(phone.repeat())


def owe_broadcast(world: World, places: range) -> list[str]:
    """Write one message to each of many people who never answer; gives their numbers."""
    database = world.open_database()
    now: datetime = world.settings.clock()
    town = Town(database, now=now)
    numbers = [f"+50240{place:06}" for place in places]
    for number in numbers:
        key = town.key(number, claim=f"lista {number}")
        write = town.write(key, town.load(key))
        out = town.outgoing("Le invitamos.", channel="twilio-sms", kind="invitation")
        assert database.turns.save(replace(write, outgoing=(out,)))
    database.close()
    return numbers


def told(world: World, body: str = "") -> Counter[str]:
    """Count what the provider was told to send to each number, of this text or of any."""
    return Counter(
        message["To"]
        for message in list(world.twilio.messages)
        if not body or message["Body"] == body
    )
