"""XLSForm's `constraint` as the limits of our questions: range, length, how many ticked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.exchange.xpath import Call, Literal, Ref, parse_xpath
from flows.script.model import TODAY

if TYPE_CHECKING:
    from flows.exchange.xpath import Node
    from flows.script.model import Question

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a constraint asks of an answer; the rest of it is in `lost`."""

    low: int | None = None
    high: int | None = None
    shortest: int | None = None
    longest: int | None = None
    ticked: int | None = None
    exclusive: str | None = None
    earliest: str = ""
    latest: str = ""
    lost: bool = False


def read_constraint(text: str) -> Limits:
    """Read the limits in a constraint.

    Raises:
        XpathError: it cannot be read at all.
    """
    node = parse_xpath(text)
    limits = Limits()
    for part in node.parts if isinstance(node, Call) and node.name == "and" else (node,):
        limits = _add(limits, part)
    return limits


def _add(limits: Limits, node: Node) -> Limits:
    match node:
        case Call(sign, (what, Literal(value))) if value.isdecimal():
            return _bound(limits, sign, what, int(value))
        case Call(">=", (Ref(""), day)) if (named := _name_day(day)) is not None:
            return replace(limits, earliest=named)
        case Call("<=", (Ref(""), day)) if (named := _name_day(day)) is not None:
            return replace(limits, latest=named)
        case Call("not", (Call("and", (Call("selected", (Ref(""), Literal(option))), more)),)) if (
            _is_more_than_one(more)
        ):
            return replace(limits, exclusive=option)
    return replace(limits, lost=True)


def _name_day(node: Node) -> str | None:
    """Give a day as our scripts write it, or None."""
    match node:
        case Call("today", ()):
            return TODAY
        case Call("date", (Literal(day),)) | Literal(day) if _DAY.fullmatch(day):
            return day
        case _:
            return None


def _is_more_than_one(node: Node) -> bool:
    counted = Call("count-selected", (Ref(""),))
    return node in {Call(">", (counted, Literal("1"))), Call(">=", (counted, Literal("2")))}


def _bound(limits: Limits, sign: str, what: Node, number: int) -> Limits:
    if sign in {"<", ">"}:
        number += 1 if sign == ">" else -1
    is_upper = sign in {"<", "<="}
    if is_upper or sign in {">", ">="}:
        match what:
            case Ref(""):
                return _set_range(limits, number, is_upper=is_upper)
            case Call("string-length", (Ref(""),)):
                return _set_length(limits, number, is_upper=is_upper)
            case Call("count-selected", (Ref(""),)) if is_upper:
                return replace(limits, ticked=number)
            case _:
                pass
    return replace(limits, lost=True)


def _set_range(limits: Limits, number: int, *, is_upper: bool) -> Limits:
    return replace(limits, high=number) if is_upper else replace(limits, low=number)


def _set_length(limits: Limits, number: int, *, is_upper: bool) -> Limits:
    return replace(limits, longest=number) if is_upper else replace(limits, shortest=number)


def write_constraint(question: Question) -> str:
    """Write what a question asks of its answer as a constraint; empty where nothing."""
    parts: list[str] = []
    bounds = ((">=", question.earliest), ("<=", question.latest))
    parts.extend(f". {sign} {_write_day(day)}" for sign, day in bounds if day)
    if question.low is not None and question.high is not None:
        what = "string-length(.)" if question.kind == "text" else "."
        parts.append(f"{what} >= {question.low} and {what} <= {question.high}")
    if question.limit is not None:
        parts.append(f"count-selected(.) <= {question.limit}")
    if question.exclusive is not None:
        parts.append(f"not(selected(., '{question.exclusive}') and count-selected(.) > 1)")
    return " and ".join(parts)


def _write_day(day: str) -> str:
    return "today()" if day == TODAY else f"date('{day}')"
