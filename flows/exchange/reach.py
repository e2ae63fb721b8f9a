"""When a person comes to a step: what a script says by jumps and ends, said as conditions.

A form has neither: each of its rows has a condition of its own. Steps run forwards only, so
one pass gives each step the conditions of all the ways that lead to it.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, cast

from flows.script.conditions import either, every
from flows.script.model import Comparison, End, Jump, Not, Question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.script.model import Condition, Script, Step

Way = tuple["Condition", ...]
"""Conditions that all hold on one way to a step."""


def find_conditions(script: Script) -> Mapping[str, Condition | None]:
    """Give the whole condition of each step that somebody can reach; None where all do."""
    conditions: dict[str, Condition | None] = {}
    arriving: dict[str, list[Way]] = {}
    here: Way | None = ()
    for step in script.steps:
        ways = [*([here] if here is not None else []), *arriving.pop(step.id, [])]
        if not ways:
            continue
        way = _merge(ways)
        own = (step.condition,) if step.condition is not None else ()
        conditions[step.id] = every(*way, *own)
        if isinstance(step, Jump):
            arriving.setdefault(step.target, []).append((*way, *own))
        here = _go_on(way, step)
    return conditions


def _go_on(way: Way, step: Step) -> Way | None:
    """Give the way on from a step; None where nobody goes on."""
    if isinstance(step, Jump | End):
        return (*way, _negate(step.condition)) if step.condition is not None else None
    if isinstance(step, Question) and step.kind == "consent" and step.options:
        return (*way, Comparison(step.id, "==", step.options[0]))
    return way


def _merge(ways: list[Way]) -> Way:
    """Join ways; two that differ in their last condition alone are the way before it."""
    for one, other in combinations(ways, 2):
        if one and other and one[:-1] == other[:-1] and _negate(one[-1]) == other[-1]:
            return _merge([one[:-1], *(way for way in ways if way not in {one, other})])
    if () in ways:
        return ()
    wholes = [cast("Condition", every(*way)) for way in ways]
    return ways[0] if len(ways) == 1 else (either(wholes),)


def _negate(condition: Condition) -> Condition:
    return condition.inner if isinstance(condition, Not) else Not(condition)
