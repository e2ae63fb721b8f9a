"""Checks of what fits: one SMS, one USSD screen, one WhatsApp button or row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flows.script.model import Jump, Message, Question, Rest
from flows.script.placeholders import SAID, write_longest
from flows.script.problems import make_problem
from flows.text.alphabet import is_gsm7
from flows.text.gsm7 import fold
from flows.text.paging import USSD_SEPTETS
from flows.text.segments import GSM7_ALONE, UCS2_ALONE, measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.script.model import Script
    from flows.script.parse import Parsed
    from flows.script.problems import Problem
    from flows.text.render import Form

WHATSAPP_LETTERS: Final = 1024
"""The body of a WhatsApp message with buttons."""
MOST_BUTTONS, BUTTON, ROW = 3, 20, 24
"""WhatsApp shows up to three options as buttons, more as the rows of a list."""
_PLACES: Final[Mapping[Form, str]] = {
    "sms": "un SMS",
    "ussd": "una pantalla de USSD",
    "whatsapp": "un mensaje de WhatsApp",
}


def check_sizes(parsed: Parsed, script: Script) -> Iterator[Problem]:
    """Check in one language that every text fits the phones that show it."""
    ruler = _Ruler(parsed, script)
    for key in script.texts:
        stem, _, form = key.partition("@")
        if stem.endswith(SAID) or stem.startswith("servicio/"):
            yield from ruler.check(stem, form)
    yield from ruler.check_screens()
    for question in script.questions:
        yield from ruler.check_buttons(question)


class _Ruler:
    def __init__(self, parsed: Parsed, script: Script) -> None:
        self._lines = parsed.lines
        self._script = script
        self._texts = script.texts

    def check(self, stem: str, form: str) -> Iterator[Problem]:
        """Check one wording: `sms` and `ussd` fold what is written, `whatsapp` does not."""
        if form == "voz":
            return
        line = self._lines[f"{stem}@{form}" if form else stem]
        if form == "whatsapp":
            length, limit = len(self._texts[f"{stem}@{form}"]), WHATSAPP_LETTERS
            if length > limit:
                yield self._too_long(line, length, limit, "whatsapp")
            return
        kind: Form = "ussd" if form == "ussd" else "sms"
        sent = self._send(stem, kind)
        size = measure(sent)
        if size.segments == 1:
            return
        if size.encoding == "ucs2":
            language = self._script.language
            dear = next(sign for sign in sent if not is_gsm7(fold(sign, language).text))
            yield make_problem("signo-caro", line, found=dear, limit=UCS2_ALONE, length=size.units)
        else:
            yield self._too_long(line, size.units, GSM7_ALONE, kind)

    def _too_long(self, line: int, length: int, limit: int, form: Form) -> Problem:
        over, where = length - limit, _PLACES[form]
        return make_problem("texto-largo", line, length=length, where=where, limit=limit, over=over)

    def check_screens(self) -> Iterator[Problem]:
        """Find questions that share their screen with messages before them, and are too long."""
        said: list[str] = []
        for step in self._script.steps:
            stem = f"{step.id}/texto"
            if isinstance(step, Message):
                said.append(stem)
            elif not isinstance(step, Jump):
                if isinstance(step, Question | Rest) and said and stem in self._texts:
                    yield from self._check_screen(stem, said)
                said = []

    def _check_screen(self, stem: str, said: list[str]) -> Iterator[Problem]:
        texts = [self._send(key, "ussd") for key in (*said, stem) if key in self._texts]
        if any(measure(text).segments > 1 for text in texts):
            return  # told already
        units = measure("\n".join(texts)).units
        if units > USSD_SEPTETS:
            yield make_problem(
                "pantalla-larga", self._lines[stem], length=units, limit=USSD_SEPTETS
            )

    def check_buttons(self, question: Question) -> Iterator[Problem]:
        """Check what is shown of each option on WhatsApp."""
        is_list = len(question.options) > MOST_BUTTONS
        code, limit = ("fila-larga", ROW) if is_list else ("boton-largo", BUTTON)
        for option in question.options:
            key = f"{question.id}/opcion.{option}"
            shown = self._texts.get(f"{key}@corto") or self._texts.get(key, "")
            if len(shown) > limit:
                yield make_problem(
                    code, self._lines[key], word=shown, length=len(shown), limit=limit
                )

    def _send(self, stem: str, form: Form) -> str:
        key = f"{stem}@{form}"
        key = key if key in self._texts else stem
        return write_longest(self._script, self._texts, key, self._script.language)
