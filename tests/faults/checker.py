"""Compares the three logs: what citizens sent, what the provider was told, what is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import text

from bot.worker import SENDERS
from flows.script.model import GIVEN
from storage.records import TurnKey
from tests.faults.crowd import is_kept, told
from tests.support.clock import START

if TYPE_CHECKING:
    from storage.database import Database
    from tests.faults.crowd import Life
    from tests.faults.world import World

    Wrong = dict[str, tuple[str, str | None]]

CONNECTIONS = SENDERS + 1
"""A worker sends on a channel by its polls and by rq's wake-ups."""

UNCERTAIN = "state = 'uncertain'"
EXPIRED = "state = 'dead' AND code = 'expired'"
"""A reply is worth nothing an hour later: what failed before midnight is given up after it."""


@dataclass(frozen=True)
class Verdict:
    """What came of it; the first six have to be zero. `broken` names whose answers or replies."""

    answers_lost: int
    answers_double: int
    replies_lost: int
    broadcasts_lost: int
    out_of_order: int
    duplicates_beyond_the_promise: int
    duplicates: int
    uncertain: int
    messages: int
    broadcasts: int
    faults: int
    worker_kills: int
    nights: int
    broken: tuple[str, ...] = field(repr=False)

    @property
    def is_kept(self) -> bool:
        """Tell whether every promise was kept."""
        return not any(list(asdict(self).values())[:6])

    def write(self) -> str:
        """Write it as a table, with a line for each of those concerned."""
        numbers = asdict(self)
        broken = numbers.pop("broken")
        table = [f"{name.replace('_', ' '):32}{number:>8}" for name, number in numbers.items()]
        return "\n".join([*table, *broken])


def judge(world: World, lives: list[Life], broadcast: list[str]) -> Verdict:
    """Compare the logs, once everything has come to rest."""
    database = world.open_database()
    try:
        recorded = _read_answers(database)
        uncertain = _count(database, f"SELECT count(*) FROM outbox WHERE {UNCERTAIN}")  # noqa: S608
        doubles = _count(
            database,
            "SELECT count(*) FROM (SELECT 1 FROM answer GROUP BY session_id, question"
            " HAVING count(*) > 1) AS twice",
        )
        invited = told(world, "Le invitamos.")
        missed = [number for number in broadcast if number not in invited]
        lost = sum(not count_told(database, number) for number in missed)
        told_of = {life.number: count_told(database, life.number) for life in lives}
    finally:
        database.close()
    wrong = {life.number: _compare(life, recorded.get(life.answers["p5"], {})) for life in lives}
    kept_instead = [kept for answers in wrong.values() for _, kept in answers.values()]
    replies = Counter({n: c for n, c in told(world).items() if n not in invited})
    duplicates = sum(count - 1 for count in invited.values()) + sum(
        max(0, replies[life.number] - life.kept_for_later - life.kept_twice) for life in lives
    )
    unheard = {
        life.number: max(0, life.kept_for_later - replies[life.number] - told_of[life.number])
        for life in lives
    }
    return Verdict(
        answers_lost=kept_instead.count(None),
        answers_double=doubles,
        replies_lost=sum(unheard.values()),
        broadcasts_lost=lost,
        out_of_order=len(kept_instead) - kept_instead.count(None),
        duplicates_beyond_the_promise=max(0, duplicates - world.kills * CONNECTIONS),
        duplicates=duplicates,
        uncertain=uncertain,
        messages=sum(len(life.heard) for life in lives),
        broadcasts=len(broadcast),
        faults=len(world.faults),
        worker_kills=world.kills,
        nights=world.nights,
        broken=tuple(
            _tell(life, wrong[life.number], unheard[life.number])
            for life in lives
            if wrong[life.number] or unheard[life.number]
        ),
    )


def _compare(life: Life, kept: dict[str, str]) -> Wrong:
    """Give of each answer that is not kept as she gave it what she said, and what is kept."""
    return {
        question: (value, kept.get(question))
        for question, value in life.answers.items()
        if kept.get(question) != value
    }


def _tell(life: Life, wrong: Wrong, unheard: int) -> str:
    late = [place for place, heard in enumerate(life.heard) if is_kept(heard)]
    return f"{life.number}: said and kept {wrong}; {unheard} replies lost; for later {late}"


def _read_answers(database: Database) -> dict[str, dict[str, str]]:
    """Give what is kept, by the proposal that tells whose it is."""
    with database.reading() as unit:
        (consultation,) = unit.consultations.list()
        people = [
            {
                one.said.question: one.said.text if one.said.value == GIVEN else one.said.value
                for one in session.answers
            }
            for session in unit.reports.sessions(consultation.id)
        ]
    return {answers.get("p5", ""): answers for answers in people}


def _count(database: Database, sql: str) -> int:
    with database.engine.connect() as connection:
        return connection.scalar(text(sql)) or 0


def count_told(database: Database, number: str) -> int:
    """Count the messages to a number of which staff are told that nobody knows, or too late."""
    snapshot = database.turns.load(TurnKey("sms", "", "tel", number), START)
    sql = text(
        f"SELECT count(*) FROM outbox WHERE ({UNCERTAIN} OR {EXPIRED}) AND contact_id = :contact"  # noqa: S608
    )
    with database.engine.connect() as connection:
        contact = snapshot.contact and snapshot.contact.id
        return connection.scalar(sql, {"contact": contact}) or 0
