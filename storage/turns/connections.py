"""Driver connections kept for the hot path, each in the hands of one thread at a time."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Closable(Protocol):
    """A driver's connection."""

    def close(self) -> None:
        """End it."""


ConnectionT = TypeVar("ConnectionT", bound=Closable)


class Connections(Generic[ConnectionT]):
    """As many connections as threads need at once, the last used lent first.

    Args:
        connect: makes one.
        is_idle: tells whether a connection that comes back can be lent again.
    """

    def __init__(
        self, connect: Callable[[], ConnectionT], is_idle: Callable[[ConnectionT], bool]
    ) -> None:
        self._connect = connect
        self._is_idle = is_idle
        self._idle: deque[ConnectionT] = deque()
        self._is_closed = False

    @contextmanager
    def lend(self) -> Iterator[ConnectionT]:
        """Lend a connection; one that comes back broken or in mid-transaction is closed."""
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._connect()
        try:
            yield connection
        finally:
            if self._is_closed or not self._is_idle(connection):
                connection.close()
            else:
                self._idle.append(connection)

    def drain(self) -> None:
        """Close the connections nobody holds: the server they knew is gone."""
        while self._idle:
            self._idle.pop().close()

    def close(self) -> None:
        """Close what is idle now, and what is lent when it comes back."""
        self._is_closed = True
        self.drain()
