"""Logs: JSON lines on standard error that hold no number, no text and no secret.

Our own records are events with named values. What libraries log goes the same way; an
exception leaves its type and where it was raised, never its words, which may quote anything.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TextIO

import structlog

if TYPE_CHECKING:
    from types import TracebackType

    from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "[hidden]"
LONGEST_VALUE = 200  # our events name things; what is longer is somebody's text
DEEPEST_FRAMES = 8

# Names under which a number, a text or a secret would travel.
_PRIVATE = re.compile(
    r"address|answer|authorization|body|content|cookie|form|from|key|msisdn|number|params|"
    r"parameters|password|phone|query|recipient|secret|sender|text|to|token|url",
    re.IGNORECASE,
)
# Eight digits or more in a row, however they are grouped; but not inside an id like a UUID.
_NUMBER = re.compile(r"(?<![\w-])\+?\d(?:[ ().-]?\d){7,}(?![\w-])")
# A URL's user and password.
_CREDENTIALS = re.compile(r"://[^/\s@]*@")

# They log what they send and receive.
_TALKATIVE = ("twilio", "urllib3", "sqlalchemy", "alembic", "rq", "redis", "flask_security")


def redact(text: str) -> str:
    """Hide phone numbers and credentials in a text, and the whole where it is long."""
    if len(text) > LONGEST_VALUE:
        return HIDDEN
    if text.isidentifier():  # the name of an event or a kind: no number begins it
        return text
    text = _NUMBER.sub(HIDDEN, text)
    return _CREDENTIALS.sub(f"://{HIDDEN}@", text) if "://" in text else text


def hide_private_values(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Take out of an event what must never be written."""
    return {name: _hide(name, value) for name, value in event.items()}


def describe_exception(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Say what kind of exception it was and where, in place of its words."""
    found = event.pop("exc_info", None)
    event.pop("stack_info", None)
    if found is True:
        found = sys.exc_info()
    if isinstance(found, BaseException):
        found = (type(found), found, found.__traceback__)
    if isinstance(found, tuple) and found[0] is not None:
        event["error"] = found[0].__name__
        event["place"] = list_frames(found[2])
    return event


def list_frames(trace: TracebackType | None) -> list[str]:
    """Give the last calls of a traceback as `module.function:line`, the innermost last."""
    frames = list(traceback.walk_tb(trace))[-DEEPEST_FRAMES:]
    return [
        f"{frame.f_globals.get('__name__', '?')}.{frame.f_code.co_name}:{line}"
        for frame, line in frames
    ]


def configure_logs(level: str = "info", stream: TextIO | None = None) -> None:
    """Send all records of this process, ours and the libraries', to standard error.

    Args:
        level: `info`, or `warning` to leave out the lines about messages that went well.
        stream: where else they go (tests).
    """
    least = logging.getLevelNamesMapping()[level.upper()]
    stream = stream or sys.stderr
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,  # a message's id, in all that is said about it
        describe_exception,
        hide_private_values,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*common, structlog.processors.JSONRenderer(ensure_ascii=False)],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.WriteLoggerFactory(file=stream),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(make_formatter(common))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(least)
    logging.captureWarnings(capture=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def make_formatter(common: list[Processor]) -> logging.Formatter:
    """Make what writes a library's record the way ours are written."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.add_logger_name, *common],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        keep_exc_info=False,
    )


@lru_cache(maxsize=256)  # there are few, and each message is told with some of them
def _is_private(name: str) -> bool:
    return _PRIVATE.fullmatch(name) is not None


def _hide(name: str, value: Any) -> Any:
    if name.startswith("_"):
        return value  # structlog's own
    if _is_private(name):
        return HIDDEN
    if isinstance(value, dict):
        return {str(key): _hide(str(key), item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_hide("", item) for item in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return redact(str(value))
