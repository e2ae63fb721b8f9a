"""Citizens who answer whatever happens, people who are written to, and what each side knows."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.reception import LATER
from tests.support.citizens import Town
from tests.support.fake_twilio import AUTH_TOKEN
from tests.support.phones import Heard, TwilioPhone

if TYPE_CHECKING:
    from concurrent.futures import Future
    from datetime import datetime

    from tests.faults.world import World

THREADS = 8


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


def _count_kept(heard: list[Heard]) -> int:
    return sum(one.texts in {(), (LATER,)} for one in heard)


def make_lives(count: int) -> list[Life]:
    """Make citizens, no two of whom answer the same."""
    return [
        Life(
            f"+5025555{index:04}",
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
        for index in range(count)
    ]


def set_out(world: World, lives: list[Life]) -> tuple[ThreadPoolExecutor, list[Future[None]]]:
    """Let all citizens take part, a few at a time; every fifth message is delivered twice."""
    crowd = ThreadPoolExecutor(THREADS)
    return crowd, [crowd.submit(_live, world, life) for life in lives]


def _live(world: World, life: Life) -> None:
    phone = TwilioPhone(world.post, life.number, token=AUTH_TOKEN)
    for place, text in enumerate(["CONSULTA", *life.answers.values()]):
        life.heard.append(phone.send(text))
        if place % 5 == 4:
            life.heard_twice.append(phone.repeat())


def owe_broadcast(world: World, count: int) -> list[str]:
    """Write one message to each of many people who never answer; gives their numbers."""
    database = world.open_database()
    now: datetime = world.settings.clock()
    town = Town(database, now=now)
    numbers = [f"+5025{index:07}" for index in range(count)]
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
