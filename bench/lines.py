"""Kept connections to the server, all looked after by one thread.

pgbench's clients are C and leave the processor to PostgreSQL. So must ours leave it to the server:
a thread for each would have them wait for each other, and write requests while it is measured.
"""

from __future__ import annotations

import socket
from contextlib import ExitStack, contextmanager
from itertools import chain, count, islice
from selectors import EVENT_READ, SelectSelector
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AHEAD = 1_500
"""Messages of a line that are written before the clock starts: more than four seconds' share."""


class Talk(NamedTuple):
    """A conversation: its steps, the request of (citizen, step), and a look at each answer."""

    steps: int
    write: Callable[[int, int], bytes]
    check: Callable[[int, bytes], None]


class Line:
    """A connection by which one citizen after another says all she has to say.

    Attributes:
        due: when the message it waits for was to be sent; by whoever sends at a pace.
    """

    def __init__(self, port: int, talk: Talk, citizens: Iterator[int]) -> None:
        self.due = 0.0
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._check = talk.check
        written = (
            (step, talk.write(citizen, step)) for citizen in citizens for step in range(talk.steps)
        )
        self._requests = chain(list(islice(written, AHEAD)), written)
        self._step = 0
        self._received = b""

    def send(self) -> None:
        """Say the next thing."""
        self._step, request = next(self._requests)
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Read what has come; tell whether the answer is whole.

        Raises:
            RuntimeError: it is not 200, or not what the conversation expects.
        """
        received = self.socket.recv(65_536)
        if not received:
            raise RuntimeError("the server closed the connection")
        self._received += received
        head, found, body = self._received.partition(b"\r\n\r\n")
        if not found or len(body) < _read_length(head):
            return False
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"the server refused a message: {head.splitlines()[0]!r}")
        self._received = b""
        self._check(self._step, body)
        return True


class Lines:
    """All lines of one load."""

    def __init__(self, lines: list[Line], selector: SelectSelector) -> None:
        self.all = lines
        self._selector = selector

    def wait(self, seconds: float | None = None) -> Iterator[Line]:
        """Wait for answers, for so many seconds at most; give each line whose answer is whole."""
        for key, _ in self._selector.select(seconds):
            line: Line = key.data
            if line.receive():
                yield line


@contextmanager
def open_lines(port: int, talk: Talk, connections: int, first: int) -> Iterator[Lines]:
    """Open so many lines and write their first messages; citizens count from `first` on."""
    with ExitStack() as stack:
        # epoll would wake us by whole milliseconds.
        selector = stack.enter_context(SelectSelector())
        lines = [
            Line(port, talk, count(first + place, connections)) for place in range(connections)
        ]
        for line in lines:
            selector.register(stack.enter_context(line.socket), EVENT_READ, line)
        yield Lines(lines, selector)


def _read_length(head: bytes) -> int:
    return int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
