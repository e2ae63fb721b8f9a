"""The figures of a consultation's page, each with one meaning."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from admin.outcomes import STANDINGS, UNDER_WAY, find_standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, tzinfo

    from admin.outcomes import Standing
    from storage.reported import Count


@dataclass(frozen=True, slots=True)
class Figures:
    """How a consultation goes.

    Attributes:
        people: who have answered at least one question after consenting.
        sessions: all that began.
        by_standing: every way a session can stand, also where none does; adds up.
        by_channel: the busiest first; adds up.
        by_day: local days on which any began, the newest first; adds up.
    """

    people: int
    sessions: int
    by_standing: tuple[tuple[Standing, int], ...]
    by_channel: tuple[tuple[str, int], ...]
    by_day: tuple[tuple[date, int], ...]


def count_under_way(counts: Iterable[Count]) -> int:
    """Count the sessions that have not ended."""
    return sum(count.sessions for count in counts if not count.outcome)


def make_figures(people: int, counts: Sequence[Count], timezone: tzinfo) -> Figures:
    """Add counts up in three ways.

    Args:
        people: who have answered.
        counts: sessions by hour, channel and outcome.
        timezone: in which days begin, a whole number of hours from UTC.
    """
    outcomes: Counter[str] = Counter(dict.fromkeys(STANDINGS, 0))
    channels: Counter[str] = Counter()
    days: Counter[date] = Counter()
    for count in counts:
        outcomes[count.outcome or UNDER_WAY] += count.sessions
        channels[count.channel] += count.sessions
        days[count.hour.astimezone(timezone).date()] += count.sessions
    return Figures(
        people=people,
        sessions=channels.total(),
        by_standing=tuple((find_standing(name), number) for name, number in outcomes.items()),
        by_channel=tuple(sorted(channels.items(), key=lambda pair: (-pair[1], pair[0]))),
        by_day=tuple(sorted(days.items(), reverse=True)),
    )
