"""XLSForm's `relevant` as a condition of ours, and back.

There an unanswered question is an empty text, so `${p1} != '2'` holds for it; here whatever
compares an unanswered question is false. Each side is written so that it means the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, cast

from flows.exchange.xpath import Call, Literal, Ref, XpathError, parse_xpath
from flows.script.conditions import either, every
from flows.script.model import Answered, Any, Comparison, Condition, Contains, Every, Not

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.exchange.xpath import Node
    from flows.script.model import Operator, Question

_FLIPPED: Final[Mapping[str, str]] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
_SIGNS: Final[Mapping[str, str]] = {"=": "==", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


class Names(Protocol):
    """What the names of a form are called here."""

    def find_question(self, name: str) -> Question | None:
        """Give the question of a name, or None."""

    def find_option(self, question: Question, name: str) -> str | None:
        """Give the number of a question's option by its name, or None."""


def read_relevant(text: str, names: Names) -> Condition:
    """Read a `relevant` as a condition.

    Raises:
        XpathError: it asks for something that a condition cannot; the message is what.
    """
    return _read(parse_xpath(text), names)


def _read(node: Node, names: Names) -> Condition:
    match node:
        case Call("and", parts):
            read = [_read(part, names) for part in parts]
            return cast("Condition", every(*_drop_implied(read)))
        case Call("or", parts):
            return either([_read(part, names) for part in parts])
        case Call("not", (inner,)):
            return _negate(_read(inner, names))
        case Call("selected", (Ref(name), Literal(value))):
            return _tick(_get(name, names), value, names)
        case Call(sign, (left, right)) if sign in {*_SIGNS, "!="}:
            return _compare(sign, left, right, names)
    raise XpathError(_print(node))


def _get(name: str, names: Names) -> Question:
    question = names.find_question(name)
    if question is None:
        raise XpathError(_print(Ref(name)))
    return question


def _negate(condition: Condition) -> Condition:
    return condition.inner if isinstance(condition, Not) else Not(condition)


def _tick(question: Question, value: str, names: Names) -> Condition:
    number = names.find_option(question, value)
    if number is None:
        raise XpathError(value)
    if question.kind == "choices":
        return Contains(question.id, number)
    return Comparison(question.id, "==", number)


def _compare(sign: str, left: Node, right: Node, names: Names) -> Condition:
    left, right = _bare(left), _bare(right)
    if isinstance(left, Literal) and sign in {*_FLIPPED, "!="}:
        left, right, sign = right, left, _FLIPPED.get(sign, sign)
    match left, right:
        case Ref(name), Literal(""):
            answered = Answered(_get(name, names).id)
            if sign in {"=", "!="}:
                return answered if sign == "!=" else Not(answered)
        case Ref(name), Literal(value):
            return _compare_value(_get(name, names), sign, value, names)
        case Call("count-selected" | "string-length", (Ref(name),)), Literal(value):
            if (sign, value) in {(">", "0"), (">=", "1"), ("!=", "0")}:
                return Answered(_get(name, names).id)
            if (sign, value) in {("=", "0"), ("<", "1")}:
                return Not(Answered(_get(name, names).id))
        case _:
            pass
    raise XpathError(f"{_print(left)} {sign} {_print(right)}")


def _bare(node: Node) -> Node:
    """Give what a function only says the type of: `date('2022-01-31')`, `int(${n1})`."""
    match node:
        case Call("date" | "int" | "number" | "string", (Ref() | Literal() as inner,)):
            return inner
        case _:
            return node


def _compare_value(question: Question, sign: str, value: str, names: Names) -> Condition:
    if sign == "!=":
        return _negate(_compare_value(question, "=", value, names))
    if question.options and (question.kind == "choices" or sign != "="):
        raise XpathError(f"${{{question.id}}} {sign} '{value}'")
    if question.options:
        return _tick(question, value, names)
    return Comparison(question.id, cast("Operator", _SIGNS[sign]), value)


def _drop_implied(parts: list[Condition]) -> list[Condition]:
    """Read `${p1} != '' and ${p1} != '2'` as the `p1 != 2` that it was written for."""
    answered = {part.question for part in parts if isinstance(part, Answered)}
    kept: list[Condition] = []
    told: set[str] = set()
    for part in parts:
        match part:
            case Not(Comparison(question, "==", value)) if question in answered:
                kept.append(Comparison(question, "!=", value))
                told.add(question)
            case _:
                kept.append(part)
    return [part for part in kept if not (isinstance(part, Answered) and part.question in told)]


# --- and back -----------------------------------------------------------------------------


def write_relevant(condition: Condition, questions: Mapping[str, Question]) -> str:
    """Write a condition as a `relevant` that holds for the same answers."""
    match condition:
        case Every(parts):
            return " and ".join(_write_part(part, questions) for part in parts)
        case Any(parts):
            return " or ".join(_write_part(part, questions) for part in parts)
        case Not(inner):
            return f"not({write_relevant(inner, questions)})"
        case Answered(question):
            return f"${{{question}}} != ''"
        case Contains(question, value):
            return f"selected(${{{question}}}, '{value}')"
        case Comparison(question, sign, value):
            asked = questions.get(question)  # None is a word drawn by chance
            is_number = asked is not None and asked.kind in {"rating", "number"}
            is_date = asked is not None and asked.kind == "date"
            given = value if is_number else f"date('{value}')" if is_date else f"'{value}'"
            compared = f"${{{question}}} {'=' if sign == '==' else sign} {given}"
            return f"${{{question}}} != '' and {compared}" if sign == "!=" else compared


def _write_part(condition: Condition, questions: Mapping[str, Question]) -> str:
    written = write_relevant(condition, questions)
    is_joined = isinstance(condition, Every | Any) or (
        isinstance(condition, Comparison) and condition.operator == "!="
    )
    return f"({written})" if is_joined else written


def _print(node: Node) -> str:
    match node:
        case Ref(name):
            return f"${{{name}}}" if name else "."
        case Literal(text):
            return f"'{text}'"
        case Call(name, parts):
            return f"{name}({', '.join(map(_print, parts))})"
