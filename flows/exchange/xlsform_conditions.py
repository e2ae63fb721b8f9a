"""When a row of a form is asked: its own `relevant` and those of the groups around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.exchange.relevance import read_relevant
from flows.exchange.xlsform_choices import Options
from flows.exchange.xpath import XpathError
from flows.script.conditions import every
from flows.script.model import Comparison, Every, Not, Question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.exchange.imported import Ledger
    from flows.exchange.workbook import Row
    from flows.script.model import Condition, Draw, End

_NAMED = re.compile(r"\$\{(\w+)\}")


class Conditions:
    """Reads conditions in the order of the form, and knows its names so far."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._questions: dict[str, Question] = {}
        self._options: dict[str, Options] = {}
        self._groups: list[tuple[Row, Condition | None]] = []
        self._known: list[Condition] = []

    def find_question(self, name: str) -> Question | None:
        """Give the question of a name over there, or None."""
        return self._questions.get(name)

    def find_option(self, question: Question, name: str) -> str | None:
        """Give the number of a question's option by its name over there, or None."""
        return self._options[question.id].numbers.get(name)

    def add_question(self, name: str, question: Question, options: Options) -> None:
        """Note a question that later rows may ask about."""
        self._questions[name] = question
        self._options[question.id] = options
        if question.kind == "consent":
            self._known.append(Comparison(question.id, "==", question.options[0]))

    def add_draw(self, name: str, draw: Draw) -> None:
        """Note a word drawn by chance, which later rows look at like an answer."""
        words = {word: word for word in draw.among}
        self._questions[name] = Question(draw.id, draw.line, "choice", options=draw.among)
        self._options[draw.id] = Options(words)

    def add_end(self, end: End) -> None:
        """Note an end: whoever comes further does not meet its condition."""
        if end.condition is not None:
            self._known.append(Not(end.condition))

    def open_group(self, row: Row) -> Condition | None:
        """Begin a group; its condition, given with those around it, is that of all inside."""
        self._groups.append((row, self._read_own(row)))
        return self._meet(None)

    def close_group(self, row: Row) -> None:
        """End the innermost group."""
        if self._groups:
            self._groups.pop()
        else:
            self._ledger.report("grupo-de-mas", row.where("type"))

    def close(self) -> None:
        """Tell of the groups that nobody ended."""
        for row, _ in self._groups:
            self._ledger.report("grupo-abierto", row.where("type"), word=row.get("name"))

    def read(self, row: Row) -> Condition | None:
        """Give a row's condition, without what anybody who comes there meets anyway."""
        return self._meet(self._read_own(row))

    def _meet(self, own: Condition | None) -> Condition | None:
        whole = every(*(condition for _, condition in self._groups), own)
        parts = whole.parts if isinstance(whole, Every) else (whole,)
        return every(*(part for part in parts if part not in self._known))

    def _read_own(self, row: Row) -> Condition | None:
        text = row.get("relevant")
        if not text:
            return None
        try:
            return read_relevant(text, self)
        except XpathError as error:
            self._ledger.report(
                "condicion-sin-equivalente",
                row.where("relevant"),
                word=error,
                what=self._advise(str(error)),
            )
            return None

    def _advise(self, word: str) -> str:
        known: Mapping[str, Question] = self._questions
        named = _NAMED.fullmatch(word)
        if named and named[1] not in known:
            return "Esa pregunta no está, o viene después."
        return "Compare la respuesta de una pregunta con una opción o un número."
