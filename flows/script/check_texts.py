"""Checks of texts: placeholders that are filled, words that are easy."""

from __future__ import annotations

import math
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from flows.script.ease import measure_ease
from flows.script.notebook import find_close, hint, replace_word
from flows.script.placeholders import (
    DECLARABLE,
    LONGEST,
    PLACEHOLDER,
    SAID,
    find_placeholders,
    list_usable,
)
from flows.script.problems import make_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.script.model import Script
    from flows.script.parse import Parsed
    from flows.script.problems import Problem

_LABELS: Final = MappingProxyType({"/opcion.": "una opción", "/eje/": "el nombre de un eje"})
"""What is shown as it is written, by what its keys have in them."""
_FOREIGN: Final = "${"
"""How XLSForm begins a placeholder."""
_WIDE = re.compile(r"\{+ *(\w+) *\}+")
"""A placeholder with blanks, or with braces too many."""
LEAST_EASE: Final = 65
"""INFLESZ "bastante fácil": what a person with primary school reads."""


def check_texts(parsed: Parsed, script: Script) -> Iterator[Problem]:
    """Check every text of a script, in the language it is written in."""
    for marker in script.markers:
        if marker.name in LONGEST and marker.name not in DECLARABLE:
            line = parsed.lines[f"marcadores/{marker.name}"]
            yield make_problem("marcador-del-sistema", line, word=marker.name)
    for key in script.texts:
        yield from _check_placeholders(parsed, script, key)
        stem, _, form = key.partition("@")
        if form != "voz" and (stem.endswith(SAID) or stem.startswith("servicio/")):
            yield from _check_ease(parsed, script, key)


def _check_placeholders(parsed: Parsed, script: Script, key: str) -> Iterator[Problem]:
    text, line = script.texts[key], parsed.lines[key]
    declared = {marker.name for marker in script.markers}
    label = next((words for part, words in _LABELS.items() if part in f"/{key}"), None)
    usable = frozenset() if label else list_usable(key) | declared
    for name in find_placeholders(text):
        if name not in usable:
            close = find_close(name, usable)
            yield make_problem(
                "marcador-desconocido",
                line,
                word=name,
                hint=f" En {label} no van marcadores." if label else hint(close),
                mended=replace_word(parsed.source, line, name, close),
            )
    if _FOREIGN in text:
        mended = parsed.source[line - 1].replace(_FOREIGN, "{")
        yield make_problem("marcador-abierto", line, found=_FOREIGN, mended=mended)
    elif loose := re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        mended = _WIDE.sub(r"{\1}", parsed.source[line - 1])
        is_mended = mended != parsed.source[line - 1]
        yield make_problem(
            "marcador-abierto", line, found=loose[0], mended=mended if is_mended else None
        )


def _check_ease(parsed: Parsed, script: Script, key: str) -> Iterator[Problem]:
    ease = measure_ease(PLACEHOLDER.sub("", script.texts[key]))
    if ease is not None and ease < LEAST_EASE:
        line = parsed.lines[key]
        yield make_problem("lectura-dificil", line, score=math.floor(ease), least=LEAST_EASE)
