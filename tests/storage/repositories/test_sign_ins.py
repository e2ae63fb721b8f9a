from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from storage.attempts import Attempts

if TYPE_CHECKING:
    from tests.support.citizens import Town


def test_attempts_are_counted_under_a_key_from_the_first_on(town: Town) -> None:
    locked_until = town.now + timedelta(minutes=15)
    with town.database.unit() as unit:
        assert unit.sign_ins.lock("k1", town.now) == Attempts(0, town.now)
        unit.sign_ins.save("k1", Attempts(3, town.now, locked_until))
    with town.database.unit() as unit:
        assert unit.sign_ins.lock("k1", town.wait(days=1)).wrong == 3
        assert unit.sign_ins.lock("k2", town.now).wrong == 0


def test_old_counts_are_dropped_unless_they_still_lock(town: Town) -> None:
    with town.database.unit() as unit:
        for key, until in (("k1", None), ("k2", town.now + timedelta(days=2))):
            unit.sign_ins.lock(key, town.now)
            unit.sign_ins.save(key, Attempts(1, town.now, until))
        unit.sign_ins.lock("k3", town.now + timedelta(days=1))
        assert unit.sign_ins.prune(town.now + timedelta(hours=1)) == 1
    with town.database.unit() as unit:
        assert unit.sign_ins.lock("k2", town.now).wrong == 1
