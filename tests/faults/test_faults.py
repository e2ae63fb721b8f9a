"""Real processes, killed while people answer: nothing is lost, nothing counts twice.

A failure names its seed; `python -m tests.faults.torture --seed N` runs it again, longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from tests.faults.checker import count_told
from tests.faults.crowd import told
from tests.faults.torture import tortured
from tests.support.parts import needs
from tests.support.postgres import find_binaries

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.crowd import Life
    from tests.faults.world import World

SEED = 20261126
ONE_OF = "ctid = (SELECT min(ctid) FROM answer WHERE question ="


def test_whatever_is_killed_every_promise_is_kept(tmp_path: Path) -> None:
    needs("PostgreSQL", found=find_binaries() is not None)
    with tortured(tmp_path, seed=SEED, faults=11, citizens=40, broadcast=300) as compare:
        verdict = compare()
        assert verdict.is_kept, f"seed {SEED}\n{verdict.write()}"
        assert verdict.messages >= 40 * 11
        assert (verdict.broadcasts, verdict.faults) == (300, 11)

        world, lives, _ = compare.args
        sabotage(world, lives)
        found = compare()

    assert not found.is_kept
    assert found.answers_lost == verdict.answers_lost + 1
    assert found.out_of_order == verdict.out_of_order + 1
    assert found.replies_lost == verdict.replies_lost + 1
    assert found.broadcasts_lost == verdict.broadcasts_lost + 1
    assert found.duplicates == verdict.duplicates + 1


def sabotage(world: World, lives: list[Life]) -> None:
    """Break each promise once, so that the comparison is seen to notice."""
    replies = told(world)
    life = next(one for one in lives if not one.kept_for_later and not replies[one.number])
    database = world.open_database()
    with database.unit() as unit:
        work = unit._session  # noqa: SLF001 - behind the house's back
        work.execute(text(f"DELETE FROM answer WHERE {ONE_OF} 'p1')"))  # noqa: S608
        work.execute(text(f"UPDATE answer SET value = '9' WHERE {ONE_OF} 'p2')"))  # noqa: S608
    life.heard[-1] = life.heard[-1]._replace(texts=())
    invited = [message for message in world.twilio.messages if message["Body"] == "Le invitamos."]
    numbers = [message["To"] for message in invited]
    once = [message for message in invited if numbers.count(message["To"]) == 1]
    # One in doubt would not be missed: staff are told of it.
    sure, other = [one for one in once if not count_told(database, one["To"])][:2]
    database.close()
    world.twilio.messages.remove(sure)
    world.twilio.messages.append(other)
