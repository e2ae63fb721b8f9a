"""Figures counted ahead by the scheduler, for consultations that take long to count.

What a turn, a deletion or a link of two numbers changes is in the next count, without the hot
path knowing: sessions are counted whole, the people who have answered only for the hours whose
marks have moved (`storage.repositories.people_counts`). A consultation that is quick to count is
counted when its page is asked for.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.scheduler import Chore
from storage.reported import HourCount, Rolled
from storage.repositories.due_chores import ROLL_UP

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from admin.consulted import Consulted, ConsultedReader
    from storage.database import Database
    from storage.reported import Mark
    from storage.unit import Unit

SLOW_MILLISECONDS = 100
"""What takes longer to count is not counted while a page waits."""
LOOK = timedelta(seconds=10)
EACH = timedelta(minutes=1)
SHARE = 20
"""Counting takes at most a twentieth of the scheduler's time."""
LATE = 5
"""So many counts may fail to come before a page counts for itself."""


def find_pace(milliseconds: int) -> timedelta:
    """Say how long a count that took so long serves before the next one."""
    return max(EACH, SHARE * timedelta(milliseconds=milliseconds))


class Figurer:
    """Counts, or finds what was counted."""

    def __init__(
        self,
        database: Database,
        reader: ConsultedReader,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._reader = reader
        self._seconds = seconds

    def find(self, unit: Unit, consulted: Consulted, now: datetime) -> Rolled:
        """Give figures for a page: as they were a short while ago where counting is slow."""
        rolled = unit.rollups.find(consulted.consultation.id)
        if (
            rolled is None
            or rolled.milliseconds < SLOW_MILLISECONDS
            or now - rolled.at >= LATE * find_pace(rolled.milliseconds)
        ):
            return self.count(unit, consulted, now)
        return rolled

    def count(
        self, unit: Unit, consulted: Consulted, now: datetime, before: Rolled | None = None
    ) -> Rolled:
        """Count everything; with a count of before, the people only where they have changed."""
        began = self._seconds()
        found, asked = consulted.consultation.id, consulted.asked
        known = before.hours if before is not None and before.asked == asked else {}
        marks = unit.reports.mark_hours(found)
        moved = [hour for hour, mark in marks.items() if _mark_of(known, hour) != mark]
        people = {hour: one.people for hour, one in known.items()}
        people |= dict.fromkeys(moved, 0)
        people |= unit.reports.count_people_by_hour(found, asked, moved) if moved else {}
        hours = {hour: HourCount(mark, people[hour]) for hour, mark in sorted(marks.items())}
        # In an order of its own, so that two counts of the same are the same.
        counts = sorted(
            unit.reports.counts(found), key=lambda one: (one.hour, one.channel, one.outcome or "")
        )
        spent = round((self._seconds() - began) * 1000)
        return Rolled(
            now, spent, sum(one.people for one in hours.values()), tuple(counts), hours, asked
        )

    def roll(self, now: datetime) -> None:
        """Count again what is due; two at once share it out."""
        every = {one.consultation.id: one for one in self._reader.all()}
        with self._database.reading() as unit:
            found = unit.due_chores.list(ROLL_UP, now)
        for due in found:
            with self._database.unit() as unit:
                is_ours = unit.due_chores.move(due, now + EACH)
            if is_ours and due.subject in every:
                self._roll(every[due.subject], now)

    def _roll(self, consulted: Consulted, now: datetime) -> None:
        found = consulted.consultation.id
        with self._database.reading() as unit:
            before = unit.rollups.find(found)
            is_slow = before is not None and before.milliseconds >= SLOW_MILLISECONDS
            fresh = self.count(unit, consulted, now, before if is_slow else None)
        spent = fresh.milliseconds
        if before is not None and is_slow:
            fresh = replace(fresh, milliseconds=max(before.milliseconds, spent))
        with self._database.unit() as unit:
            unit.rollups.keep(found, fresh)
            unit.due_chores.put(ROLL_UP, found, now + find_pace(spent))

    @property
    def chore(self) -> Chore:
        """What the scheduler does."""
        return Chore("roll_up", LOOK, self.roll, is_slow=True)

    def check(self, consulted: Consulted, now: datetime) -> bool | None:
        """Compare what was counted with the truth, of one moment.

        Returns:
            Whether they agree; None where nothing was counted yet, or something has happened
            since.
        """
        found = consulted.consultation.id
        with self._database.reading() as unit:
            rolled = unit.rollups.find(found)
            if rolled is None:
                return None
            truth = unit.reports.count_people(found, consulted.asked)
            counts = self.count(unit, consulted, now).counts
            if (rolled.people, rolled.counts) == (truth, counts):
                return True
            changed_at = unit.rollups.find_last_change(found)
        return None if changed_at is not None and changed_at >= rolled.at else False


def _mark_of(hours: Mapping[datetime, HourCount], hour: datetime) -> Mark | None:
    return hours[hour].mark if hour in hours else None
