"""What a log may say of our own faults, and saying it once."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_log = structlog.get_logger(__name__)


def describe(error: BaseException) -> dict[str, str]:
    """Say what kind of exception it is and where it was raised, never what it says.

    An exception's text, and a traceback with it, may quote a number or an answer.
    """
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    return {"error": type(error).__name__, "place": place}


class Outage:
    """Something others provide that may be away for a while: told at its begin and its end.

    Args:
        what: names it in the log.
        rest: how many seconds it is left alone after it was away, for who asks `is_resting`.
        seconds: a clock that only goes forward.
        context: what else the log says.
    """

    def __init__(
        self,
        what: str,
        *,
        rest: float = 0.0,
        seconds: Callable[[], float] = time.monotonic,
        **context: str,
    ) -> None:
        self._what = what
        self._context = context
        self._rest = rest
        self._seconds = seconds
        self._rests_until = 0.0
        self._is_on = False

    @property
    def is_resting(self) -> bool:
        """Tell whether it was away a moment ago: whoever waits for it holds others up."""
        return self._seconds() < self._rests_until

    @contextmanager
    def endured(self) -> Iterator[None]:
        """Go on whatever is raised inside: the next look may find all well again."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - it is told, and must not stop the rest
            self.begin(error)
        else:
            self.end()

    def begin(self, error: BaseException) -> None:
        """Tell that it is away, unless that is known."""
        self._rests_until = self._seconds() + self._rest
        if not self._is_on:
            self._is_on = True
            _log.error(f"{self._what}_away", **self._context, **describe(error))

    def end(self) -> None:
        """Tell that it is back, unless it never was away."""
        if self._is_on:
            self._is_on = False
            _log.info(f"{self._what}_back", **self._context)
