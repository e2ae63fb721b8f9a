from __future__ import annotations

import io
import json
import logging
import warnings
from typing import TYPE_CHECKING

import pytest
import structlog

from puente.logs import HIDDEN, configure_logs, redact
from tests.support.canaries import CANARY_DIGITS, CANARY_PHONE, CANARY_SECRET, CANARY_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# No canary where a library logs: pytest itself keeps what libraries log.
SECRET_WORDS = "palabras que nadie debe leer"


@pytest.fixture
def written() -> Iterator[Callable[[], list[dict[str, object]]]]:
    """Configure the logs as a process does; call it for the lines written so far."""
    root = logging.getLogger()
    before = root.handlers, root.level
    stream = io.StringIO()
    configure_logs(stream=stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.captureWarnings(capture=False)
    root.handlers, root.level = before
    structlog.reset_defaults()


def test_an_event_is_one_line_of_json(written: Callable[[], list[dict[str, object]]]) -> None:
    structlog.get_logger("bot").info("turn_taken", channel="claro", segments=1, folio=None)
    (line,) = written()
    assert str(line.pop("timestamp")).endswith("Z")
    assert line == {
        "event": "turn_taken",
        "channel": "claro",
        "segments": 1,
        "folio": None,
        "level": "info",
    }


@pytest.mark.parametrize(
    "values",
    [
        {"phone": CANARY_PHONE},
        {"text": "2"},
        {"who": CANARY_PHONE},
        {"who": f"llamó {CANARY_DIGITS[:4]} {CANARY_DIGITS[4:]} ayer"},
        {"who": f"+502-{CANARY_DIGITS[:4]}-{CANARY_DIGITS[4:]}"},
        {"detail": {"address": CANARY_TEXT, "seen": [CANARY_PHONE, {"body": CANARY_TEXT}]}},
        {"reason": ValueError(CANARY_PHONE)},
        {"place": f"postgresql://puente:{CANARY_SECRET}@db.example.org/puente"},
        {"reason": CANARY_TEXT * 20},
    ],
)
def test_a_private_value_is_hidden(
    values: dict[str, object], written: Callable[[], list[dict[str, object]]]
) -> None:
    structlog.get_logger("bot").warning("sent", **values)
    line = json.dumps(written())
    assert HIDDEN in line
    for canary in (CANARY_DIGITS, CANARY_DIGITS[4:], CANARY_TEXT, CANARY_SECRET):
        assert canary not in line


def test_an_id_is_no_phone_number() -> None:
    for known in (
        "0190163d-8694-739b-aea5-966c26f8ad91",
        "SM12345678901234567890123456789012",
        "revision 7",
    ):
        assert redact(known) == known


def test_an_exception_leaves_its_kind_and_place_alone(
    written: Callable[[], list[dict[str, object]]],
) -> None:
    def fail() -> None:
        raise ValueError(SECRET_WORDS)

    try:
        fail()
    except ValueError as error:
        structlog.get_logger("bot").exception("ours")
        structlog.get_logger("bot").error("given", exc_info=error)
        logging.getLogger("library").exception("theirs")
    ours, given, theirs = written()
    for line in (ours, given, theirs):
        assert line["error"] == "ValueError"
        places = line["place"]
        assert isinstance(places, list)
        assert "test_logs.fail:" in places[-1]
    assert SECRET_WORDS not in json.dumps([ours, given, theirs])


def test_an_error_without_exception_has_no_kind(
    written: Callable[[], list[dict[str, object]]],
) -> None:
    structlog.get_logger("bot").error("alone", exc_info=True)
    (line,) = written()
    assert "error" not in line


def test_what_libraries_log_is_redacted_too(
    written: Callable[[], list[dict[str, object]]],
) -> None:
    logging.getLogger("library").warning("to %s", "+502 5550-1234")
    logging.getLogger("twilio.http_client").info("POST request")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    first, second = written()
    assert (first["event"], first["logger"]) == (f"to {HIDDEN}", "library")
    assert second["logger"] == "py.warnings"
