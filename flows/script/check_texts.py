"""Checks of texts: placeholders that are filled, messages that fit, words that are easy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flows.script.ease import measure_ease
from flows.script.model import Jump, Message, Question
from flows.script.notebook import find_close, hint, replace_word
from flows.script.placeholders import (
    DECLARABLE,
    LONGEST,
    PLACEHOLDER,
    find_placeholders,
    list_usable,
    write_longest,
)
from flows.script.problems import make_problem
from flows.text.alphabet import is_gsm7
from flows.text.gsm7 import fold
from flows.text.paging import USSD_SEPTETS
from flows.text.segments import GSM7_ALONE, UCS2_ALONE, measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.script.model import Script, Step
    from flows.script.parse import Parsed
    from flows.script.problems import Problem

LEAST_EASE: Final = 65
"""INFLESZ "bastante fácil": what a person with primary school reads."""


def check_texts(parsed: Parsed, script: Script) -> Iterator[Problem]:
    """Check every text of a script."""
    checker = _Checker(parsed, script)
    for marker in script.markers:
        if marker.name in LONGEST and marker.name not in DECLARABLE:
            line = parsed.lines[f"marcadores/{marker.name}"]
            yield make_problem("marcador-del-sistema", line, word=marker.name)
    for key in script.texts:
        yield from checker.check_placeholders(key)
        if key.endswith("/texto") or key.startswith("servicio/"):
            yield from checker.check_size(key)
            yield from checker.check_ease(key)
    yield from checker.check_screens()


@dataclass(frozen=True)
class _Checker:
    parsed: Parsed
    script: Script

    def check_placeholders(self, key: str) -> Iterator[Problem]:
        text, line = self.script.texts[key], self.parsed.lines[key]
        declared = {marker.name for marker in self.script.markers}
        is_label = "/opcion." in key or key.startswith("eje/")
        usable = frozenset() if is_label else list_usable(key) | declared
        for name in find_placeholders(text):
            if name not in usable:
                close = find_close(name, usable)
                yield make_problem(
                    "marcador-desconocido",
                    line,
                    word=name,
                    hint=" En una opción no van marcadores." if is_label else hint(close),
                    mended=replace_word(self.parsed.source, line, name, close),
                )
        loose = re.search(r"[{}]", PLACEHOLDER.sub("", text))
        if loose:
            yield make_problem("marcador-abierto", line, found=loose[0])

    def check_size(self, key: str) -> Iterator[Problem]:
        sent = self._send(key)
        size = measure(sent)
        if size.segments == 1:
            return
        line, language = self.parsed.lines[key], self.script.language
        if size.encoding == "ucs2":
            dear = next(sign for sign in sent if not is_gsm7(fold(sign, language).text))
            yield make_problem("signo-caro", line, found=dear, limit=UCS2_ALONE, length=size.units)
        else:
            over = size.units - GSM7_ALONE
            yield make_problem("texto-largo", line, length=size.units, limit=GSM7_ALONE, over=over)

    def check_ease(self, key: str) -> Iterator[Problem]:
        ease = measure_ease(PLACEHOLDER.sub("", self.script.texts[key]))
        if ease is not None and ease < LEAST_EASE:
            line = self.parsed.lines[key]
            yield make_problem("lectura-dificil", line, score=round(ease), least=LEAST_EASE)

    def check_screens(self) -> Iterator[Problem]:
        """Find questions that share their screen with messages before them, and are too long."""
        said: list[str] = []
        for step in self.script.steps:
            key = f"{step.id}/texto"
            if isinstance(step, Message):
                said.append(key)
            elif not isinstance(step, Jump):
                if isinstance(step, Question) and said and key in self.script.texts:
                    yield from self._check_screen(step, [*said, key])
                said = []

    def _check_screen(self, step: Step, keys: list[str]) -> Iterator[Problem]:
        texts = [self._send(key) for key in keys if key in self.script.texts]
        if any(measure(text).segments > 1 for text in texts):
            return
        units = measure("\n".join(texts)).units
        if units > USSD_SEPTETS:
            line = self.parsed.lines[f"{step.id}/texto"]
            yield make_problem("pantalla-larga", line, length=units, limit=USSD_SEPTETS)

    def _send(self, key: str) -> str:
        return write_longest(self.script, self.script.texts, key, self.script.language)
