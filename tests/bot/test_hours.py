from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hours import is_decent

GUATEMALA = ZoneInfo("America/Guatemala")


@pytest.mark.parametrize(
    ("when", "decent"),
    [
        ("2026-11-23 07:59", False),  # a Monday
        ("2026-11-23 08:00", True),
        ("2026-11-23 18:59", True),
        ("2026-11-23 19:00", False),
        ("2026-11-28 08:30", False),  # a Saturday
        ("2026-11-28 09:00", True),
        ("2026-11-29 17:59", True),
        ("2026-11-29 18:00", False),
        ("2026-09-15 12:00", False),  # independence
        ("2026-10-20 12:00", False),  # the revolution
        ("2026-04-03 12:00", False),  # Good Friday
        ("2026-12-25 12:00", False),
        ("2027-01-01 12:00", False),
    ],
)
def test_nobody_is_written_to_at_night_or_on_a_holiday(when: str, decent: bool) -> None:  # noqa: FBT001
    at = datetime.fromisoformat(when).replace(tzinfo=GUATEMALA)
    assert is_decent(at, GUATEMALA) == decent
    assert is_decent(at.astimezone(UTC), GUATEMALA) == decent


@given(st.datetimes(datetime(2021, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001 - made aware below
def test_there_is_a_decent_hour_within_a_week(at: datetime) -> None:
    moment = at.replace(tzinfo=UTC)
    assert any(is_decent(moment + timedelta(hours=hour), GUATEMALA) for hour in range(24 * 7))
