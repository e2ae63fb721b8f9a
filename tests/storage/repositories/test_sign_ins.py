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
