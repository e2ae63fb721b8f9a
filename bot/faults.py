"""What a log may say of our own faults, and saying it once."""

from __future__ import annotations

import structlog

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
    """Something others provide that may be away for a while: told at its begin and its end."""

    def __init__(self, what: str, **context: str) -> None:
        self._what = what
        self._context = context
        self._is_on = False

    def begin(self, error: BaseException) -> None:
        """Tell that it is away, unless that is known."""
        if not self._is_on:
            self._is_on = True
            _log.error(f"{self._what}_away", **self._context, **describe(error))

    def end(self) -> None:
        """Tell that it is back, unless it never was away."""
        if self._is_on:
            self._is_on = False
            _log.info(f"{self._what}_back", **self._context)
