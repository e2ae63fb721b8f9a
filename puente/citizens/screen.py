"""What a person sees on her phone: is something asked, and how is it answered?

It reads the text alone, the way eyes do: numbered lines, "Del 1 al 5", "Escriba …".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Wants = Literal["", "choice", "choices", "rating", "place", "words"]


@dataclass(frozen=True, slots=True)
class Option:
    """One numbered thing to choose."""

    digit: str
    label: str


@dataclass(frozen=True, slots=True)
class Screen:
    """What stands on the phone.

    Attributes:
        wants: what kind of answer; empty where nothing is asked.
        question: what is asked, folded, without its options.
        options: what can be chosen, in the order shown.
        low, high: the ends of a rating, or the fewest and most numbers to choose.
        more: what to send for the rest of a text that is too long for the screen.
        body: the text without its page words.
    """

    wants: Wants = ""
    question: str = ""
    options: tuple[Option, ...] = ()
    low: int = 1
    high: int = 1
    more: str = ""
    body: str = ""


_PAGE_WORDS = re.compile(r"(?:(\S{1,2}) Mas)?(?:^| )?(?:\S{1,2} Atras)?")
_OPTION = re.compile(r"(\d{1,2})[.)]? (\S.*)")
_INLINE = re.compile(r"(.*[.?!:]) 1 (.+?) 2 (.+?)(?: 3 (.+?))?(?: 0 (.+?))?\.?")
_RATING = re.compile(r"\bdel (\d+) al (\d+)\b")
_SEVERAL = re.compile(r"\bhasta (\d+) numeros\b")


def fold(text: str) -> str:
    """Take case and accents off, as somebody does who reads in a hurry."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def read(text: str) -> Screen:
    """Read what stands on the phone; several messages are joined by line breaks."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    more = ""
    if lines and (page := _PAGE_WORDS.fullmatch(lines[-1])):
        more = page[1] or ""
        lines.pop()
    body = "\n".join(lines)
    asked, options = _split(lines)
    question = fold(" ".join(asked))
    wants, low, high = _judge(question, options)
    return Screen(wants, question, options, low, high, more, body)


def _split(lines: list[str]) -> tuple[list[str], tuple[Option, ...]]:
    """Part what is asked from the options below it, or behind it on the same line."""
    asked = list(lines)
    options: list[Option] = []
    while asked and (found := _OPTION.fullmatch(asked[-1])):
        options.insert(0, Option(found[1], found[2]))
        asked.pop()
    if options:
        return asked, tuple(options)
    if asked and (found := _INLINE.fullmatch(asked[-1])):
        labels = zip("1230", found.groups()[1:], strict=True)
        return [*asked[:-1], found[1]], tuple(Option(d, label) for d, label in labels if label)
    return asked, ()


def _judge(question: str, options: tuple[Option, ...]) -> tuple[Wants, int, int]:
    if rating := _RATING.search(question):
        return "rating", int(rating[1]), int(rating[2])
    if options:
        several = _SEVERAL.search(question)
        return ("choices", 1, int(several[1])) if several else ("choice", 1, 1)
    if "municipio" in question and "escriba" in question:
        return "place", 1, 1
    if "escriba" in question or "con sus palabras" in question:
        return "words", 1, 1
    return "", 1, 1
