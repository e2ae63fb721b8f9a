"""Conditions: what holds for the answers given, and how a condition is written down."""

from __future__ import annotations

import operator
import re
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from flows.script.model import (
    SKIPPED,
    Answered,
    Any,
    Comparison,
    Condition,
    Contains,
    Every,
    Not,
    Operator,
)
from flows.script.words import CONDITION, spanish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

UNREAD: Final = Not(Any(()))
"""Stands in a draft for a condition that could not be read: the step may be passed by."""

NUMBER: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?$")
DAY: Final = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}$")

_COMPARE: Final[Mapping[str, Callable[..., bool]]] = MappingProxyType(
    {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
)


def is_number(value: str) -> bool:
    """Tell whether a value is a number as answers hold it."""
    return NUMBER.match(value) is not None


def is_day(value: str) -> bool:
    """Tell whether a value is a day of this century or the last, `2024-01-31`."""
    try:
        return DAY.match(value) is not None and date.fromisoformat(value) is not None
    except ValueError:
        return False


def holds(condition: Condition, answers: Mapping[str, str]) -> bool:
    """Tell whether a condition holds, given question id -> value.

    What compares an unanswered or skipped question is false, whatever the sign.
    """
    match condition:
        case Every(parts):
            return all(holds(part, answers) for part in parts)
        case Any(parts):
            return any(holds(part, answers) for part in parts)
        case Not(inner):
            return not holds(inner, answers)
        case _:
            return _holds_of(condition, answers.get(condition.question, SKIPPED))


def _holds_of(atom: Comparison | Contains | Answered, given: str) -> bool:
    if given in {SKIPPED, ""}:
        return False
    match atom:
        case Answered():
            return True
        case Contains(_, value):
            return value in given.split()
        case Comparison(_, sign, value):
            return _compares(given, sign, value)


def _compares(given: str, sign: Operator, value: str) -> bool:
    if sign == "==":
        return given == value
    if sign == "!=":
        return given != value
    if DAY.match(given) and DAY.match(value):
        return _COMPARE[sign](given, value)
    if NUMBER.match(given) and NUMBER.match(value):
        return _COMPARE[sign](Decimal(given), Decimal(value))
    return False


def find_atoms(condition: Condition) -> Iterator[Comparison | Contains | Answered]:
    """Give the questions a condition looks at, one by one, as it looks at them."""
    match condition:
        case Every(parts) | Any(parts):
            for part in parts:
                yield from find_atoms(part)
        case Not(inner):
            yield from find_atoms(inner)
        case _:
            yield condition


def every(*conditions: Condition | None) -> Condition | None:
    """Join conditions that must all hold, those of blocks around a step among them."""
    parts: list[Condition] = []
    for condition in conditions:
        if isinstance(condition, Every):
            parts.extend(condition.parts)
        elif condition is not None:
            parts.append(condition)
    return Every(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def without(condition: Condition | None, around: Condition | None) -> Condition | None:
    """Give what a condition says beside that of the block around it; undoes `every`."""
    return every(*parts_of(condition)[len(parts_of(around)) :])


def parts_of(condition: Condition | None) -> tuple[Condition, ...]:
    """Give the conditions of which all must hold."""
    if isinstance(condition, Every):
        return condition.parts
    return () if condition is None else (condition,)


def either(conditions: Sequence[Condition]) -> Condition:
    """Join conditions of which one must hold."""
    parts: list[Condition] = []
    for condition in conditions:
        parts.extend(condition.parts if isinstance(condition, Any) else [condition])
    return Any(tuple(parts)) if len(parts) > 1 else parts[0]


def print_condition(condition: Condition) -> str:
    """Write a condition so that reading it gives the same one."""
    match condition:
        case Every(parts):
            return f" {spanish(CONDITION, 'and')} ".join(_print_part(part) for part in parts)
        case Any(parts):
            return f" {spanish(CONDITION, 'or')} ".join(_print_part(part) for part in parts)
        case Not(inner):
            return f"{spanish(CONDITION, 'not')} {_print_part(inner)}"
        case Answered(question):
            return f"{question} {spanish(CONDITION, 'answered')}"
        case Contains(question, value):
            return f"{question} {spanish(CONDITION, 'contains')} {value}"
        case Comparison(question, sign, value):
            return f"{question} {sign} {value}"


def _print_part(condition: Condition) -> str:
    printed = print_condition(condition)
    return f"({printed})" if isinstance(condition, Every | Any) else printed
