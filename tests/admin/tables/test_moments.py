from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.tables.moments import MomentWriter

ZONES = ("America/Guatemala", "America/New_York", "Asia/Kathmandu", "UTC")


@pytest.mark.parametrize("zone", ZONES)
@given(at=st.datetimes(datetime(1972, 1, 2), datetime(2099, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_time_is_written_as_python_writes_it(zone: str, at: datetime) -> None:
    there = ZoneInfo(zone)
    expected = at.astimezone(there).isoformat(timespec="seconds")
    writer = MomentWriter(there)
    for moment in (at.isoformat(), at.isoformat(" ", "microseconds").removesuffix(":00")):
        assert writer.write(moment) == expected
        assert writer.write_day(moment) == expected[:10]


def test_each_minute_is_reckoned_where_the_clocks_change() -> None:
    writer = MomentWriter(ZoneInfo("America/New_York"))
    assert [writer.write(f"2026-11-01T{at}+00:00") for at in ("05:59:59", "06:00:00")] == [
        "2026-11-01T01:59:59-04:00",
        "2026-11-01T01:00:00-05:00",
    ]
