"""Can a condition ever hold? Every combination of answers that could matter is tried."""

from __future__ import annotations

import itertools
import math
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from flows.script.conditions import find_atoms, holds, is_day, is_number
from flows.script.model import (
    GIVEN,
    SKIPPED,
    TODAY,
    Answered,
    Comparison,
    Contains,
    Draw,
    Question,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.script.model import Condition, Script

TRIED: Final = 20_000
"""Combinations of answers tried to see whether a condition can ever hold."""

Atom = Comparison | Contains | Answered
Asked = Question | Draw


def list_asked(script: Script) -> dict[str, Asked]:
    """Give by its id whatever a condition can look at."""
    return {step.id: step for step in script.steps if isinstance(step, Question | Draw)}


def can_hold(asked: Mapping[str, Asked], condition: Condition) -> bool:
    """Try every combination of answers a condition looks at; too many count as yes."""
    atoms = list(find_atoms(condition))
    answers = {
        name: list_answers(asked[name], [atom for atom in atoms if atom.question == name])
        for name in dict.fromkeys(atom.question for atom in atoms)
    }
    if math.prod(map(len, answers.values())) > TRIED:
        return True
    return any(
        holds(condition, dict(zip(answers, values, strict=True)))
        for values in itertools.product(*answers.values())
    )


def list_answers(question: Asked, atoms: list[Atom]) -> list[str]:
    """List answers that differ for the atoms that look at a question."""
    if isinstance(question, Draw):
        return list(question.among)
    named = [atom.value for atom in atoms if not isinstance(atom, Answered)]
    match question.kind:
        case "choices":
            given = _list_ticked(question, list(dict.fromkeys(named)))
        case "rating":
            given = [str(mark) for mark in range(question.low or 0, (question.high or 0) + 1)]
        case "number":
            given = _list_numbers(question, named)
        case "date":
            given = _list_days(question, named)
        case _ if question.options:
            given = [key for key in question.options if key != SKIPPED]
        case _:
            given = [GIVEN, *named]
    return [SKIPPED, *given]


def _list_numbers(question: Question, named: Sequence[str]) -> list[str]:
    low, high = Decimal(question.low or 0), Decimal(question.high or 0)
    numbers = [Decimal(value) for value in named if is_number(value)]
    near = [value + step for value in numbers for step in (-1, 0, 1)]
    return [str(value) for value in (low, *near, high) if low <= value <= high]


def _list_days(question: Question, named: Sequence[str]) -> list[str]:
    """List days around those named; a bound that moves with the calendar is none here."""
    days = [date.fromisoformat(day) for day in named if is_day(day)]
    near = [(day + timedelta(step)).isoformat() for day in days for step in (-1, 0, 1)]
    earliest = "" if question.earliest == TODAY else question.earliest
    latest = "9999" if question.latest in {"", TODAY} else question.latest
    bounds = [day for day in (question.earliest, question.latest) if day not in {"", TODAY}]
    return [day for day in (*near, *bounds) if earliest <= day <= latest] or [GIVEN]


def _list_ticked(question: Question, named: list[str]) -> list[str]:
    others = [key for key in question.options if key not in {SKIPPED, *named}]
    sizes = range(1, min(question.limit or len(named), len(named)) + 1)
    together = [" ".join(keys) for size in sizes for keys in itertools.combinations(named, size)]
    alone = question.exclusive
    return others[:1] + [
        ticked for ticked in together if alone not in ticked.split() or ticked == alone
    ]
