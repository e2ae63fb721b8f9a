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
import time
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from bench.lines import Line, Talk, open_lines
from bench.load import CITIZENS, TALK, run_apart
from bench.screens import SCREENS, check_screen, make_screen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TALKS: Mapping[str, Talk] = {"sms": TALK, "ussd": Talk(SCREENS, make_screen, check_screen)}


class Pace(NamedTuple):
    """For how long, on how many lines, and how many messages a second of all of them."""

    seconds: int
    lines: int
    rate: float


def main() -> None:
    """Send for so many seconds, and say how long each message waited."""
    talk = TALKS[sys.argv[1]]
    port, seconds, connections = map(int, sys.argv[2:5])
    rate, first = float(sys.argv[5]), int(sys.argv[6])
    waits: list[float] = []
    with open_lines(port, talk, connections, first) as lines:
        free = deque(lines.all)
        begin = time.monotonic()
        slots = _draw_slots(rate, begin, begin + seconds)
        due = next(slots, None)
        while due is not None or len(free) < connections:
            while due is not None and free and due <= time.monotonic():
                _send(free.popleft(), due)
                due = next(slots, None)
            left = max(0.0, due - time.monotonic()) if due is not None and free else None
            for line in lines.wait(left):
                waits.append((time.monotonic() - line.due) * 1000)
                free.append(line)
    sys.stdout.write(json.dumps(waits))


def _draw_slots(rate: float, begin: float, end: float) -> Iterator[float]:
    """Give when each message is due, by the machine's monotonic time."""
    chance = random.Random(7)  # noqa: S311 - the same slots each time
    while (begin := begin + chance.expovariate(rate)) < end:
        yield begin


def _send(line: Line, due: float) -> None:
    line.due = due
    line.send()


def send_at_pace(kind: str, port: int, pace: Pace, turn: int) -> list[float]:
    """Send from a process of its own, by citizens of this turn; the waits in milliseconds."""
    rate, first = f"{pace.rate:.1f}", turn * CITIZENS
    found: list[float] = run_apart("bench.pace", kind, port, pace.seconds, pace.lines, rate, first)
    return found


if __name__ == "__main__":
    main()
