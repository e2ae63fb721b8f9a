"""A question of the script: its type, and what belongs to that type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flows.reading.fold import fold
from flows.script.fields import read_day, read_number, read_range, read_text, read_word, read_yes_no
from flows.script.model import SKIPPED, TODAY, Question
from flows.script.options import read_options
from flows.script.words import ATTRIBUTES, ATTRIBUTES_OF_KIND, KINDS, ORDERS, spanish

if TYPE_CHECKING:
    from flows.script.model import Condition, QuestionKind
    from flows.script.notebook import Notebook
    from flows.script.tree import Entry

LONGEST_ANSWER: Final = 1600
"""Letters of an open answer: what Twilio's longest message carries."""
DEFAULT_ANSWER: Final = (1, 480)
"""Three SMS."""
HIGHEST_RATING: Final = 10
DEFAULT_RATING: Final = (1, 5)
HIGHEST_NUMBER: Final = 9_999_999
DEFAULT_NUMBER: Final = (1, 9999)
HIGHEST_PART: Final = 9


def read_question(
    notebook: Notebook,
    step: str,
    line: int,
    entries: dict[str, Entry],
    condition: Condition | None,
) -> Question:
    """Read a question from its entries by the code's names."""
    return _QuestionReader(notebook, step, line, entries).read(condition)


class _QuestionReader:
    def __init__(self, notebook: Notebook, step: str, line: int, entries: dict[str, Entry]) -> None:
        self._notebook = notebook
        self._step = step
        self._line = line
        self._entries = entries

    def read(self, condition: Condition | None) -> Question:
        kind, known = self._kind()
        if known:
            self._drop_foreign(kind)
        options: tuple[str, ...] = ()
        if kind in ATTRIBUTES_OF_KIND["options"] and (known or "options" in self._entries):
            entry = self._entries.get("options")
            options = read_options(self._notebook, self._step, self._line, kind, entry)
        low, high = self._bounds(kind)
        earliest, latest = self._days(kind)
        return Question(
            id=self._step,
            line=self._line,
            kind=kind,
            condition=condition,
            options=options,
            skippable=self._flag("skippable") or SKIPPED in options,
            rotate=self._order(),
            limit=self._number("limit", 1, 99),
            exclusive=self._exclusive(options),
            low=low,
            high=high,
            earliest=earliest,
            latest=latest,
            voice=self._flag("voice"),
            proposal=self._flag("proposal"),
            sensitive=self._flag("sensitive"),
            part=self._part(kind),
            axis=self._plain("axis"),
        )

    def _kind(self) -> tuple[QuestionKind, bool]:
        """Give the type, and whether it is known well enough to judge the rest by it."""
        word, entry = spanish(ATTRIBUTES, "kind"), self._entries.get("kind")
        if entry is None:
            self._notebook.report(
                "falta-tipo", self._line, step=self._step, options=", ".join(KINDS)
            )
            return "choice", False
        self._notebook.lines[f"{self._step}/{word}"] = entry.line
        kind = read_word(self._notebook, word, entry, KINDS, "tipo-desconocido")
        return kind or "choice", kind is not None

    def _bounds(self, kind: QuestionKind) -> tuple[int | None, int | None]:
        if kind == "text":
            return self._range("length", LONGEST_ANSWER, DEFAULT_ANSWER)
        if kind == "rating":
            return self._scale(HIGHEST_RATING, DEFAULT_RATING)
        if kind == "number":
            return self._scale(HIGHEST_NUMBER, DEFAULT_NUMBER)
        return None, None

    def _scale(self, highest: int, default: tuple[int, int]) -> tuple[int, int]:
        """Read the bounds of a number; 0 is none, since 0 leaves a question open."""
        low, high = self._range("range", highest, default)
        if low == 0:
            entry, word = self._entries["range"], spanish(ATTRIBUTES, "range")
            mended = self._notebook.set_value(entry.line, word, f"1-{high}") if high > 1 else None
            self._notebook.report("rango-desde-cero", entry.line, mended=mended)
        return low, high

    def _days(self, kind: QuestionKind) -> tuple[str, str]:
        """Read the bounds of a date."""
        if kind != "date":
            return "", ""
        earliest, latest = self._day("earliest"), self._day("until")
        if TODAY not in {earliest, latest} and earliest and latest and latest < earliest:
            self._notebook.report("fechas-al-reves", self._entries["until"].line)
        return earliest, latest

    def _day(self, name: str) -> str:
        entry, word = self._entries.get(name), spanish(ATTRIBUTES, name)
        if entry is None:
            return ""
        self._notebook.lines[f"{self._step}/{word}"] = entry.line
        return read_day(self._notebook, word, entry)

    def _range(self, name: str, highest: int, default: tuple[int, int]) -> tuple[int, int]:
        entry = self._entries.get(name)
        if entry is None:
            return default
        word = spanish(ATTRIBUTES, name)
        example = f"{default[0]}-{default[1]}"
        return read_range(self._notebook, word, entry, highest, example) or default

    def _flag(self, name: str) -> bool:
        entry = self._entries.get(name)
        return entry is not None and read_yes_no(self._notebook, spanish(ATTRIBUTES, name), entry)

    def _number(self, name: str, low: int, high: int) -> int | None:
        entry = self._entries.get(name)
        if entry is None:
            return None
        word = spanish(ATTRIBUTES, name)
        self._notebook.lines[f"{self._step}/{word}"] = entry.line
        return read_number(self._notebook, word, entry, low, high)

    def _part(self, kind: QuestionKind) -> int:
        part = self._number("part", 0, HIGHEST_PART)
        return part if part is not None else int(kind != "consent")

    def _plain(self, name: str) -> str:
        entry = self._entries.get(name)
        if entry is None:
            return ""
        word = spanish(ATTRIBUTES, name)
        self._notebook.lines[f"{self._step}/{word}"] = entry.line
        return read_text(self._notebook, word, entry, "una sola palabra o un número") or ""

    def _order(self) -> bool:
        entry = self._entries.get("order")
        if entry is None:
            return False
        word = spanish(ATTRIBUTES, "order")
        return bool(read_word(self._notebook, word, entry, ORDERS, "valor-desconocido"))

    def _exclusive(self, options: tuple[str, ...]) -> str | None:
        found = self._plain("exclusive")
        if not found or not options or found in options:
            return found or None  # without options something else is told
        line, texts = self._entries["exclusive"].line, self._notebook.texts
        said = {fold(texts.get(f"{self._step}/opcion.{key}", "")): key for key in options}
        mended = self._notebook.replace(line, found, said.get(fold(found)))
        self._notebook.report("excluye-desconocida", line, word=found, mended=mended)
        return None

    def _drop_foreign(self, kind: QuestionKind) -> None:
        """Tell of attributes that this type of question does not have, and forget them."""
        for name, kinds in ATTRIBUTES_OF_KIND.items():
            if name in self._entries and kind not in kinds:
                line = self._entries.pop(name).line
                self._notebook.report(
                    "palabra-fuera-de-lugar",
                    line,
                    word=spanish(ATTRIBUTES, name),
                    place=f"una pregunta de tipo «{spanish(KINDS, kind)}»",
                )
