"""Figures counted ahead by the scheduler, for consultations that take long to count.

Every count is a whole one, of one moment: what a turn, a deletion or a link of two numbers
changes is in the next, without the hot path knowing. A consultation that is quick to count is
counted when its page is asked for.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.scheduler import Chore
from storage.reported import Rolled

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from admin.consulted import Consulted, ConsultedReader
    from storage.database import Database
    from storage.unit import Unit

SLOW_MILLISECONDS = 100
"""What takes longer to count is not counted while a page waits."""
LOOK = timedelta(seconds=10)
EACH = timedelta(minutes=1)
SHARE = 20
"""Counting takes at most a twentieth of the scheduler's time."""
LATE = 5
"""So many counts may fail to come before a page counts for itself."""


def find_pace(rolled: Rolled) -> timedelta:
    """Say how long a count serves before the next one."""
    return max(EACH, SHARE * timedelta(milliseconds=rolled.milliseconds))


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
            or now - rolled.at >= LATE * find_pace(rolled)
        ):
            return self.count(unit, consulted, now)
        return rolled

    def count(self, unit: Unit, consulted: Consulted, now: datetime) -> Rolled:
        """Count everything."""
        began = self._seconds()
        found = consulted.consultation.id
        people = unit.reports.count_people(found, consulted.asked)
        # In an order of its own, so that two counts of the same are the same.
        counts = sorted(
            unit.reports.counts(found), key=lambda one: (one.hour, one.channel, one.outcome or "")
        )
        milliseconds = round((self._seconds() - began) * 1000)
        return Rolled(now, milliseconds, people, tuple(counts))

    def roll(self, now: datetime) -> None:
        """Count again what was counted too long ago."""
        for consulted in self._reader.all():
            with self._database.reading() as unit:
                rolled = unit.rollups.find(consulted.consultation.id)
                if rolled is not None and timedelta() <= now - rolled.at < find_pace(rolled):
                    continue
                fresh = self.count(unit, consulted, now)
            with self._database.unit() as unit:
                unit.rollups.keep(consulted.consultation.id, fresh)

    @property
    def chore(self) -> Chore:
        """What the scheduler does."""
        return Chore("roll_up", LOOK, self.roll)

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
            truth = self.count(unit, consulted, now)
            if (rolled.people, rolled.counts) == (truth.people, truth.counts):
                return True
            changed_at = unit.rollups.find_last_change(found)
        return None if changed_at is not None and changed_at >= rolled.at else False
