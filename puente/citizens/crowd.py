"""A crowd of synthetic citizens against a running server, through its real webhook."""

from __future__ import annotations

import http.client
import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flows.golden.chance import make_chance
from puente.bundled import find_flow
from puente.citizens.citizen import Citizen, Poster
from puente.citizens.people import make_person
from puente.clock import now as real_now

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.messages import Form
    from puente.citizens.citizen import Act, Ending
    from puente.citizens.people import Person

THREADS = 8
"""As many as a small server has blocking threads; a demo shares its machine with it."""

TRIES = 5
"""Deliveries of one message before the server counts as gone; a 503 asks to come again."""

PATIENCE = 0.2
"""Seconds before a message is delivered again; each further time twice as long."""

TIMEOUT = 30.0
"""Seconds."""

_INBOUND = "/channels/simulator/inbound"
_NIGHT_ENDS, _NIGHT_BEGINS = 6, 21
_GUATEMALA = timedelta(hours=-6)


class ServerError(Exception):
    """The server did not take a message; never says which."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a crowd, as far as its people know.

    Attributes:
        endings: how many ended in each way.
        forms: how many used each kind of phone.
        messages: how many were sent to the server.
        seconds: how long all took.
    """

    people: int
    endings: Mapping[Ending, int]
    forms: Mapping[Form, int]
    messages: int
    seconds: float

    @property
    def rate(self) -> float:
        """Messages a second."""
        return self.messages / self.seconds if self.seconds else 0.0


def simulate(url: str, slug: str, citizens: int, seed: int, now: datetime | None = None) -> Summary:
    """Let a crowd take part in an open consultation.

    The same seed is the same crowd: what it sent before is a repeated delivery to the same
    server, and has no further effect. Its people come in over the week before `now`.

    Args:
        url: the server, `http://127.0.0.1:8000`.
        slug: a consultation that comes with Puente (or a script's path): its first keyword
            and its title are what stands on the poster.
        citizens: how many.
        seed: draws who they are and what they do.
        now: the time; the real one when None.

    Raises:
        ServerError: the server refuses, or is not there.
        UnknownScriptError: no such consultation.
    """
    script = find_flow(slug).script
    poster = Poster(script.keywords[0].upper(), script.title)
    began = time.monotonic()
    end = now or real_now()
    with ThreadPoolExecutor(THREADS) as threads:
        jobs = [threads.submit(_live, url, poster, seed, index, end) for index in range(citizens)]
        try:
            lives = [job.result() for job in jobs]
        except ServerError:
            threads.shutdown(cancel_futures=True)
            raise
    return Summary(
        people=citizens,
        endings=Counter(citizen.ending for citizen, _ in lives if citizen.ending),
        forms=Counter(citizen.person.form for citizen, _ in lives),
        messages=sum(messages for _, messages in lives),
        seconds=time.monotonic() - began,
    )


def _live(url: str, poster: Poster, seed: int, index: int, end: datetime) -> tuple[Citizen, int]:
    person = make_person(seed, index)
    chance = make_chance(-1 - seed * 10_000_000 - index)
    citizen = Citizen(person, poster, chance)
    phone = _Phone(url, person, f"{seed}-{index}", _by_day(end - person.ago))
    try:
        act: Act | None = citizen.begin()
        while act is not None:
            texts, is_open = phone.send(act)
            act = citizen.look(texts, is_open=is_open)
    finally:
        phone.close()
    return citizen, phone.sent


def _by_day(at: datetime) -> datetime:
    """Move a time at night to the afternoon before: people sleep."""
    hour = (at + _GUATEMALA).hour
    is_night = not _NIGHT_ENDS <= hour < _NIGHT_BEGINS
    return at - timedelta(hours=24 - _NIGHT_BEGINS + _NIGHT_ENDS) if is_night else at


class _Phone:
    """One citizen's phone: its number, its clock, its line to the server."""

    def __init__(self, url: str, person: Person, name: str, at: datetime) -> None:
        parts = urlsplit(url)
        kind = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        self._line = kind(parts.hostname or "", parts.port, timeout=TIMEOUT)
        self._path = f"{parts.path.rstrip('/')}{_INBOUND}"
        self._person = person
        self._name = name
        self._at = at
        self._dials = 0
        self.sent = 0

    def send(self, act: Act) -> tuple[list[str], bool]:
        """Send what she types, and give the texts that come back and whether USSD goes on."""
        self._at += act.pause
        self._dials += act.dials
        self.sent += 1
        body = json.dumps(
            {
                "id": f"{self._name}-{self.sent}",
                "from": self._person.number,
                "text": act.text,
                "as": self._person.form,
                "session": f"{self._name}-{self._dials}" if self._person.form == "ussd" else "",
                "at": self._at.isoformat(),
            }
        )
        reply = json.loads(self._deliver(body))
        return [message["text"] for message in reply["messages"]], reply["open"]

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def _deliver(self, body: str) -> bytes:
        problem = ""
        for attempt in range(TRIES):
            if problem:
                time.sleep(PATIENCE * 2 ** (attempt - 1))
            try:
                self._line.request("POST", self._path, body, {"Content-Type": "application/json"})
                response = self._line.getresponse()
                content = response.read()
            except (OSError, http.client.HTTPException) as error:
                self._line.close()
                problem = type(error).__name__
                continue
            if response.status == http.HTTPStatus.OK:
                return content
            problem = f"HTTP {response.status}"
            if response.status != http.HTTPStatus.SERVICE_UNAVAILABLE:
                break
        raise ServerError(f"{self._line.host}:{self._line.port} does not take messages: {problem}")
