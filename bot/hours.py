"""When people may be written to who have not just written themselves."""

from __future__ import annotations

from datetime import time
from functools import cache
from typing import TYPE_CHECKING

from holidays import country_holidays

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import date, datetime, tzinfo

WORKDAY = (time(8), time(19))
WEEKEND = (time(9), time(18))
SATURDAY = 5
COUNTRY = "GT"


def is_decent(now: datetime, timezone: tzinfo) -> bool:
    """Tell whether a reminder or an invitation may go out now: by day, and on no holiday.

    Args:
        now: aware.
        timezone: where the people are.
    """
    local = now.astimezone(timezone)
    begin, end = WEEKEND if local.weekday() >= SATURDAY else WORKDAY
    return begin <= local.time() < end and local.date() not in _holidays(local.year)


@cache
def _holidays(year: int) -> Container[date]:
    return country_holidays(COUNTRY, years=year)
