"""Conditions: `p1 == 1 y (p3 contiene 2 o no p5 contestada)`.

A small grammar, read by hand so that a mistake is found at its column:

    any   := every ("o" every)*
    every := part ("y" part)*
    part  := "no" part | "(" any ")" | question sign value
           | question "contiene" value | question "contestada"
"""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NoReturn, cast, get_args

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
from flows.script.words import CONDITION, FOREIGN_CONDITION, spanish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LONGEST: Final = 500
"""Letters of a condition; nobody can follow a longer one."""
DEEPEST: Final = 20
"""Brackets and `no` inside one another."""

_TOKEN = re.compile(
    r"""\s*(?:(?P<value>"[^"]*"|'[^']*')|(?P<sign>[=!<>&|]+)|(?P<word>[^\s=!<>&|()"']+)|(?P<bracket>[()]))"""
)
_COMPARE: Final[Mapping[str, Callable[[float, float], bool]]] = MappingProxyType(
    {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a condition cannot be read: at which column of it, from 1, and in Spanish.

    `instead` is the condition mended, where one word or sign is all that is wrong.
    """

    column: int
    sentence: str
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    quoted: bool = False


class _Faulty(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, token: _Token, sentence: str, instead: str | None = None) -> None:
        super().__init__(sentence)
        self.token = token
        self.sentence = sentence
        self.instead = instead


# --- what holds -----------------------------------------------------------------------


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
    if not (given.isdecimal() and value.isdecimal()):
        return False
    return _COMPARE[sign](int(given), int(value))


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


def _either(conditions: list[Condition]) -> Condition:
    parts: list[Condition] = []
    for condition in conditions:
        parts.extend(condition.parts if isinstance(condition, Any) else [condition])
    return Any(tuple(parts)) if len(parts) > 1 else parts[0]


# --- reading --------------------------------------------------------------------------


def parse_condition(text: str) -> Condition | Fault:
    """Read a condition as an operator wrote it."""
    if len(text) > LONGEST:
        return Fault(1, f"La condición pasa de {LONGEST} letras. Divídala en dos pasos.")
    try:
        return _Reader(text).read()
    except _Faulty as fault:
        return Fault(fault.token.start + 1, fault.sentence, fault.instead)


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


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._end = _Token("", len(text))
        self._tokens = [*_scan(text), self._end]
        self._place = 0

    def read(self) -> Condition:
        condition = self._any(0)
        if self._peek() is not self._end:
            self._refuse_rest()
        return condition

    def _refuse_rest(self) -> NoReturn:
        left = self._peek()
        self._check_foreign(left)
        if left.text == ")":
            raise _Faulty(left, "Este paréntesis sobra.")
        raise _Faulty(left, f"Antes de «{left.text}» falta «y» u «o».")

    def _peek(self) -> _Token:
        return self._tokens[self._place]

    def _take(self) -> _Token:
        token = self._tokens[self._place]
        self._place = min(self._place + 1, len(self._tokens) - 1)
        return token

    def _meets(self, name: str) -> bool:
        """Take the next token where it is this word of the language."""
        token = self._peek()
        if token.quoted or CONDITION.get(token.text.lower()) != name:
            return False
        self._place += 1
        return True

    def _any(self, depth: int) -> Condition:
        parts = [self._every(depth)]
        while self._meets("or"):
            parts.append(self._every(depth))
        return _either(parts)

    def _every(self, depth: int) -> Condition:
        parts = [self._part(depth)]
        while self._meets("and"):
            parts.append(self._part(depth))
        joined = every(*parts)
        assert joined is not None  # noqa: S101 - there is one part at least
        return joined

    def _part(self, depth: int) -> Condition:
        if depth > DEEPEST:
            raise _Faulty(self._peek(), "Hay demasiados paréntesis, unos dentro de otros.")
        if self._meets("not"):
            return Not(self._part(depth + 1))
        token = self._take()
        if token.text == "(":
            inner = self._any(depth + 1)
            if self._peek() is self._end:
                raise _Faulty(token, "Este paréntesis no se cierra.")
            if self._peek().text != ")":
                self._refuse_rest()
            self._take()
            return inner
        return self._atom(token)

    def _atom(self, question: _Token) -> Condition:
        self._check_foreign(question)
        if question is self._end:
            raise _Faulty(question, "La condición termina antes de tiempo: falta una pregunta.")
        if question.quoted or not re.fullmatch(r"\w+", question.text):
            raise _Faulty(question, f"Aquí va el nombre de una pregunta, no «{question.text}».")
        if CONDITION.get(question.text.lower()) is not None:
            raise _Faulty(question, f"Antes de «{question.text}» falta una pregunta.")
        if self._meets("answered"):
            return Answered(question.text)
        if self._meets("contains"):
            return Contains(question.text, self._value())
        sign = self._take()
        self._check_foreign(sign)
        if sign.text not in get_args(Operator):
            raise _Faulty(
                sign,
                f"Después de «{question.text}» va una comparación, por ejemplo "
                f"«{question.text} == 1», o «contiene» o «contestada».",
            )
        return Comparison(question.text, cast("Operator", sign.text), self._value())

    def _value(self) -> str:
        token = self._take()
        if token.quoted and token.text:
            return token.text
        if not re.fullmatch(r"\w+", token.text) or token.text.lower() in CONDITION:
            raise _Faulty(token, "Aquí falta el número de la opción con que se compara.")
        return token.text

    def _check_foreign(self, token: _Token) -> None:
        ours = FOREIGN_CONDITION.get(token.text.lower())
        if ours is not None and not token.quoted:
            end = token.start + len(token.text)
            instead = f"{self._text[: token.start]}{ours}{self._text[end:]}"
            raise _Faulty(token, f"¿Quiso decir «{ours}» en lugar de «{token.text}»?", instead)


def _scan(text: str) -> Iterator[_Token]:
    place = 0
    while place < len(text.rstrip()):
        found = _TOKEN.match(text, place)
        if found is None:
            start = place + len(text[place:]) - len(text[place:].lstrip())
            raise _Faulty(_Token(text[start], start), "Estas comillas no se cierran.")
        value = found["value"]
        if value is not None:
            yield _Token(value[1:-1], found.start("value"), quoted=True)
        else:
            start = found.end() - len(found[0].lstrip())
            yield _Token(found[0].strip(), start)
        place = found.end()
