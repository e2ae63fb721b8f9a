from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from bot.faults import Outage, describe
from tests.support.canaries import CANARY_TEXT


def fail() -> ValueError:
    with pytest.raises(ValueError, match=CANARY_TEXT) as raised:
        int(CANARY_TEXT)
    return raised.value


def test_an_error_is_told_by_its_kind_and_place_alone() -> None:
    told = describe(fail())

    assert told["error"] == "ValueError"
    assert told["place"].startswith(__file__)
    assert CANARY_TEXT not in str(told)


def test_an_error_that_was_never_raised_has_no_place() -> None:
    assert describe(ValueError()) == {"error": "ValueError", "place": ""}


def test_an_outage_is_told_once_at_each_end() -> None:
    outage = Outage("redis", host="a")
    with capture_logs() as logs:
        outage.end()
        outage.begin(fail())
        outage.begin(fail())
        outage.end()
        outage.end()
        outage.begin(fail())

    assert [log["event"] for log in logs] == ["redis_away", "redis_back", "redis_away"]
    assert {log["host"] for log in logs} == {"a"}


def test_whatever_is_raised_is_told_and_endured() -> None:
    outage = Outage("chore")
    with capture_logs() as logs:
        with outage.endured():
            raise fail()
        with outage.endured():
            pass

    assert [log["event"] for log in logs] == ["chore_away", "chore_back"]
    assert logs[0]["error"] == "ValueError"


def test_what_was_away_is_left_alone_for_a_while() -> None:
    seconds = [100.0]
    outage = Outage("redis", rest=5.0, seconds=lambda: seconds[0])
    assert not outage.is_resting
    outage.begin(fail())
    seconds[0] += 4.9
    assert outage.is_resting
    seconds[0] += 0.1
    assert not outage.is_resting
