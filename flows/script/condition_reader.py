"""Reading conditions: `p1 == 1 y (p3 contiene 2 o no p5 contestada)`.

A small grammar, read by hand so that a mistake is found at its column:

    any   := every ("o" every)*
    every := part ("y" part)*
    part  := "no" part | "(" any ")" | question sign value
           | question "contiene" value | question "contestada"
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NoReturn, cast, get_args

from flows.reading.dates import read_date
from flows.reading.result import Accepted
from flows.script.conditions import either, every
from flows.script.model import Answered, Comparison, Condition, Contains, Not, Operator
from flows.script.notebook import find_close
from flows.script.words import CONDITION, FOREIGN_CONDITION, FOREIGN_SIGN

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 500
"""Letters of a condition; nobody can follow a longer one."""
DEEPEST: Final = 20
"""Brackets and `no` inside one another."""
MENDED: Final = 10
"""Further words of a condition that are mended along with the first one that is wrong."""

_VERBS: Final = tuple(word for word, name in CONDITION.items() if name in {"contains", "answered"})
_LINKS: Final = frozenset({"a", "al", "que"})
"""What follows «igual» or «mayor»."""
_BRACED = re.compile(r"\$?\{(\w+)\}")
_DAY_FIRST = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")
_VALUE = re.compile(r"\w+|[0-9]+\.[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TOKEN = re.compile(
    r"""\s*(?:(?P<value>"[^"]*"|'[^']*')|(?P<sign>[=!<>&|]+|[≥≤≠])|(?P<word>[^\s=!<>&|≥≤≠()"']+)|(?P<bracket>[()]))"""
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a condition cannot be read: at which column of it, from 1, and in Spanish.

    `instead` is the condition mended, that and what further is alike wrong with it.
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


def parse_condition(text: str) -> Condition | Fault:
    """Read a condition as an operator wrote it."""
    if len(text) > LONGEST:
        return Fault(1, f"La condición pasa de {LONGEST} letras. Divídala en dos pasos.")
    read = _parse(text)
    for _ in range(MENDED):
        if not isinstance(read, Fault) or read.instead is None:
            break
        further = _parse(read.instead)
        if not isinstance(further, Fault) or further.instead is None:
            break
        read = replace(read, instead=further.instead)
    return read


def _parse(text: str) -> Condition | Fault:
    try:
        return _Reader(text).read()
    except _Faulty as fault:
        return Fault(fault.token.start + 1, fault.sentence, fault.instead)


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._end = _Token("", len(text))
        self._tokens = [*_scan(text), self._end]
        self._place = 0
        self._compared = ""

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
        return either(parts)

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
            denied = Not(self._part(depth + 1))
            self._compared = ""  # «no p1 == 1 o 2» denies both, and would deny the first
            return denied
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
        if braced := _BRACED.fullmatch(question.text):
            raise self._instead(question, question, braced[1])
        if question is self._end:
            raise _Faulty(question, "La condición termina antes de tiempo: falta una pregunta.")
        if question.quoted or not re.fullmatch(r"\w+", question.text):
            raise _Faulty(question, f"Aquí va el nombre de una pregunta, no «{question.text}».")
        self._check_short(question)
        if CONDITION.get(question.text.lower()) is not None:
            raise _Faulty(question, f"Antes de «{question.text}» falta una pregunta.")
        if self._meets("answered"):
            return Answered(question.text)
        if self._meets("contains"):
            self._compared = f"{question.text} {self._tokens[self._place - 1].text}"
            return Contains(question.text, self._value())
        sign = self._take()
        self._check_foreign(sign)
        self._check_near(question, sign)
        if sign.text not in get_args(Operator):
            raise _Faulty(
                sign,
                f"Después de «{question.text}» va una comparación, por ejemplo "
                f"«{question.text} == 1», o «contiene» o «contestada».",
            )
        self._compared = f"{question.text} {sign.text}" if sign.text == "==" else ""
        return Comparison(question.text, cast("Operator", sign.text), self._value())

    def _check_near(self, question: _Token, sign: _Token) -> None:
        """Tell of a word that comes near one of ours, or of «no» that stands too late."""
        if CONDITION.get(sign.text.lower()) == "not":
            verb = self._peek().text
            if self._meets("answered"):
                last = self._tokens[self._place - 1]
                raise self._instead(question, last, f"{sign.text} {question.text} {verb}")
            if self._meets("contains"):
                value = self._value()
                last = self._tokens[self._place - 1]
                ours = f"{sign.text} {question.text} {verb} {value}"
                raise self._instead(question, last, ours)
        meant = FOREIGN_SIGN.get(sign.text.lower()) or find_close(sign.text, _VERBS)
        if meant is not None and not sign.quoted and sign.text.isalpha():
            last = self._take() if self._peek().text.lower() in _LINKS else sign
            raise self._instead(sign, last, meant)

    def _check_short(self, word: _Token) -> None:
        """Tell of «p1 == 1 o 2», where the question is said once, and of one «si» too many."""
        before = self._tokens[max(self._place - 2, 0)]
        if word.text.lower() == "si" and self._peek() is not self._end:
            whole = f"{self._text[: word.start]}{self._text[self._peek().start :]}"
            raise _Faulty(word, "Aquí sobra «si»: ya está antes de los dos puntos.", whole)
        if not word.text.isdecimal() or self._peek().text in get_args(Operator):
            return
        if self._compared and CONDITION.get(before.text.lower()) == "or":
            raise self._instead(word, word, f"{self._compared} {word.text}")
        example = f"por ejemplo «p1 == {word.text}»"
        raise _Faulty(word, f"Antes de «{word.text}» falta con qué pregunta se compara, {example}.")

    def _instead(self, first: _Token, last: _Token, ours: str) -> _Faulty:
        """Make a fault whose words from one to another are replaced."""
        end = last.start + len(last.text)
        written = self._text[first.start : end]
        whole = f"{self._text[: first.start]}{ours}{self._text[end:]}"
        return _Faulty(first, f"¿Quiso decir «{ours}» en lugar de «{written}»?", whole)

    def _value(self) -> str:
        token = self._take()
        if token.quoted and token.text:
            return token.text
        reading = read_date(token.text) if _DAY_FIRST.fullmatch(token.text) else None
        if isinstance(reading, Accepted):
            raise self._instead(token, token, reading.value)
        if not _VALUE.fullmatch(token.text) or token.text.lower() in CONDITION:
            raise _Faulty(token, "Aquí falta el número de la opción con que se compara.")
        return token.text

    def _check_foreign(self, token: _Token) -> None:
        ours = FOREIGN_CONDITION.get(token.text.lower())
        if ours is not None and not token.quoted:
            raise self._instead(token, token, ours)


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
