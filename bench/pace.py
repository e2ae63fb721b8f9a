"""Citizens at a set pace, and how long each waited.

Run as a process of its own: `python -m bench.pace KIND PORT SECONDS LINES RATE FIRST`, where KIND
is `sms` or `ussd` and RATE the messages a second of all lines; prints the waits in milliseconds.

An open loop, as pgbench's `--rate`: the slots of all messages are drawn (a Poisson process)
whatever the server does, a free line takes the next one, and a wait is counted from the slot, not
from when the message left. So a server that stalls is charged with everybody who would have
written meanwhile; lines that only write once they have their answer would leave those out.
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from bench.load import CITIZENS, SAID, ask, make_request, open_line, run_apart
from bench.screens import SCREENS, check_screen, make_screen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class _Talk(NamedTuple):
    """A conversation: its steps, the request of (citizen, step), and a look at each answer."""

    steps: int
    write: Callable[[int, int], bytes]
    check: Callable[[int, bytes], None]


TALKS: Mapping[str, _Talk] = {
    "sms": _Talk(
        len(SAID),
        lambda citizen, step: make_request(citizen, step, SAID[step]),
        lambda _step, _body: None,
    ),
    "ussd": _Talk(SCREENS, make_screen, check_screen),
}


class Pace(NamedTuple):
    """For how long, on how many lines, and how many messages a second of all of them."""

    seconds: int
    lines: int
    rate: float


class Slots:
    """When each message is due, by the machine's monotonic time; for all lines together."""

    def __init__(self, rate: float, begin: float, end: float) -> None:
        self._rate, self._next, self._end = rate, begin, end
        self._chance = random.Random(7)  # noqa: S311 - the same slots each time
        self._lock = threading.Lock()

    def take(self) -> float | None:
        """Give the next slot, which may have gone by; None once the time is over."""
        with self._lock:
            self._next += self._chance.expovariate(self._rate)
            return self._next if self._next < self._end else None


def main() -> None:
    """Send for so many seconds, and say how long each message waited."""
    talk = TALKS[sys.argv[1]]
    port, seconds, lines = map(int, sys.argv[2:5])
    rate, first = float(sys.argv[5]), int(sys.argv[6])
    connections = [open_line(port) for _ in range(lines)]
    begin = time.monotonic()
    slots = Slots(rate, begin, begin + seconds)

    def send(place: int) -> list[float]:
        waits: list[float] = []
        for citizen in count(first + place, lines):
            for step in range(talk.steps):
                request = talk.write(citizen, step)
                due = slots.take()
                if due is None:
                    return waits
                time.sleep(max(0.0, due - time.monotonic()))
                body = ask(connections[place], request)
                waits.append((time.monotonic() - due) * 1000)
                talk.check(step, body)
        return waits

    with ThreadPoolExecutor(lines) as pool:
        waits = [wait for found in pool.map(send, range(lines)) for wait in found]
    sys.stdout.write(json.dumps(waits))


def send_at_pace(kind: str, port: int, pace: Pace, turn: int) -> list[float]:
    """Send from a process of its own, by citizens of this turn; the waits in milliseconds."""
    rate, first = f"{pace.rate:.1f}", turn * CITIZENS
    found: list[float] = run_apart("bench.pace", kind, port, pace.seconds, pace.lines, rate, first)
    return found


if __name__ == "__main__":
    main()
