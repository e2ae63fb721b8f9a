"""The steps of a script: what each kind may say, and the steps inside a block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from flows.catalogues import stock_texts
from flows.script.condition_reader import Fault, parse_condition
from flows.script.conditions import UNREAD, every
from flows.script.fields import read_text, read_until, read_word
from flows.script.model import End, Jump, Message, Pause
from flows.script.notebook import Site
from flows.script.question import read_question
from flows.script.tree import Items, Table, Text
from flows.script.words import ATTRIBUTES, ATTRIBUTES_OF, OUTCOMES, RESERVED_IDS, STEPS, spanish

if TYPE_CHECKING:
    from flows.script.model import Condition, Step
    from flows.script.notebook import Notebook
    from flows.script.tree import Entry, Node

LONGEST_ID: Final = 30
MOST_STEPS: Final = 500
"""Ten times the flagship; nobody answers a tenth of it."""
_ID = re.compile(r"[a-z][a-z0-9_]*$")
_KIND = "step:"
"""Put before the code's name of a step kind, to tell `fin` from an attribute."""
_WORDS: Final = {
    **{word: _KIND + name for word, name in STEPS.items() if name != "block"},
    **ATTRIBUTES,
}


class StepReader:
    """Reads steps in order; blocks spread their condition over what is inside them."""

    def __init__(self, notebook: Notebook) -> None:
        self.steps: list[Step] = []
        self._notebook = notebook
        self._jumps = 0

    def read(self, entry: Entry | None, line: int, condition: Condition | None = None) -> None:
        """Read `pasos:`, at the top or in a block that begins at `line`."""
        if entry is None or entry.value == Text(entry.value.line, ""):
            self._notebook.report("falta-pasos", entry.line if entry else line)
        elif not isinstance(entry.value, Items):
            self._notebook.report("mal-formado", entry.line, expected="una lista de pasos con «-»")
        else:
            for item in entry.value.items:
                if len(self.steps) >= MOST_STEPS:
                    self._report_too_many(item.line)
                    break
                self._read_step(item, condition)

    def _report_too_many(self, line: int) -> None:
        if not any(problem.code == "muchos-pasos" for problem in self._notebook.problems):
            self._notebook.report("muchos-pasos", line, limit=MOST_STEPS)

    def _read_step(self, node: Node, around: Condition | None) -> None:
        if not isinstance(node, Table):
            self._notebook.report("paso-sin-tipo", node.line)
            return
        entries = self._notebook.take_entries(node, _WORDS)
        kinds = [name for name in entries if name.startswith(_KIND)]
        if not kinds:
            self._read_block(node, entries, around)
            return
        kind = kinds[0].removeprefix(_KIND)
        for other in kinds[1:]:
            self._notebook.report(
                "paso-doble",
                entries[other].line,
                first=spanish(STEPS, kind),
                second=spanish(STEPS, other.removeprefix(_KIND)),
            )
        self._drop_foreign(entries, kind)
        condition = every(around, self._read_condition(entries.get("condition")))
        self._read_kind(kind, entries[kinds[0]], entries, condition)

    def _read_block(self, node: Table, entries: dict[str, Entry], around: Condition | None) -> None:
        if "condition" not in entries:
            self._notebook.report("paso-sin-tipo", node.line)
            return
        for name, entry in entries.items():
            if name not in {"condition", "steps"}:
                self._notebook.report(
                    "palabra-fuera-de-lugar",
                    entry.line,
                    word=spanish(ATTRIBUTES, name),
                    place=f"un «{spanish(STEPS, 'block')}»",
                )
        condition = self._read_condition(entries["condition"])
        self.read(entries.get("steps"), node.line, every(around, condition))

    def _read_kind(
        self, kind: str, named: Entry, entries: dict[str, Entry], condition: Condition | None
    ) -> None:
        line = named.line
        if kind == "jump":
            target = read_text(self._notebook, spanish(STEPS, kind), named, "el nombre de un paso")
            self._jumps += 1
            if target:
                step_id = f"{spanish(STEPS, kind)}-{self._jumps}"
                self.steps.append(Jump(step_id, line, target, condition))
            return
        step_id = self._read_id(kind, named)
        if kind == "question":
            self._read_words(step_id, line, entries)
            self.steps.append(read_question(self._notebook, step_id, line, entries, condition))
            return
        if f"servicio/{step_id}" not in stock_texts() or "text" in entries:
            self._read_words(step_id, line, entries)
        if kind == "message":
            self.steps.append(Message(step_id, line, condition))
        elif kind == "end":
            self.steps.append(self._make_end(step_id, line, entries, condition))
        else:
            self.steps.append(self._make_pause(step_id, line, entries, condition))

    def _make_end(
        self, step_id: str, line: int, entries: dict[str, Entry], condition: Condition | None
    ) -> End:
        word, entry = spanish(ATTRIBUTES, "outcome"), entries.get("outcome")
        if entry is None:
            return End(step_id, line, condition=condition)
        outcome = read_word(self._notebook, word, entry, OUTCOMES, "valor-desconocido")
        return End(step_id, line, outcome or "complete", condition)

    def _make_pause(
        self, step_id: str, line: int, entries: dict[str, Entry], condition: Condition | None
    ) -> Pause:
        entry = entries.get("until")
        if entry is None:
            self._notebook.report("falta-hasta", line, step=step_id)
        until = entry and read_until(self._notebook, spanish(ATTRIBUTES, "until"), entry)
        days, hour = until or (1, 10)
        return Pause(step_id, line, days, hour, condition)

    def _read_words(self, step_id: str, line: int, entries: dict[str, Entry]) -> None:
        word, entry = spanish(ATTRIBUTES, "text"), entries.get("text")
        if entry is None or entry.value == Text(entry.value.line, ""):
            self._notebook.report("falta-texto", entry.line if entry else line, step=step_id)
            return
        text = read_text(self._notebook, word, entry, "un texto entre comillas")
        if text is not None:
            self._notebook.add_text(f"{step_id}/texto", text, entry.line)

    def _read_id(self, kind: str, named: Entry) -> str:
        word, line = spanish(STEPS, kind), named.line
        found = read_text(self._notebook, word, named, "el nombre del paso")
        if found is None:
            return f"{word}-{line}"
        if not _ID.match(found) or len(found) > LONGEST_ID:
            self._notebook.report("nombre-invalido", line, word=found, join="_")
        elif found in RESERVED_IDS:
            self._notebook.report("nombre-reservado", line, word=found)
        first = next((step.line for step in self.steps if step.id == found), None)
        if first is None:
            return found
        self._notebook.report("id-repetido", line, word=found, first=first)
        return f"{found}-{line}"

    def _read_condition(self, entry: Entry | None) -> Condition | None:
        word = spanish(ATTRIBUTES, "condition")
        text = entry and read_text(self._notebook, word, entry, "una condición")
        if not entry:
            return None
        if not text:
            return UNREAD
        condition = parse_condition(text)
        if not isinstance(condition, Fault):
            self._notebook.sites.append(Site(entry.line, condition, len(self.steps)))
            return condition
        start = self._notebook.source[entry.line - 1].find(text)
        self._notebook.report(
            "condicion",
            entry.line,
            what=condition.sentence,
            column=max(start, 0) + condition.column,
            mended=self._mend_condition(entry.line, text, condition),
        )
        return UNREAD

    def _mend_condition(self, line: int, text: str, fault: Fault) -> str | None:
        raw = self._notebook.source[line - 1]
        return raw.replace(text, fault.instead) if fault.instead and text in raw else None

    def _drop_foreign(self, entries: dict[str, Entry], kind: str) -> None:
        """Tell of attributes that this kind of step does not have, and forget them."""
        for name in [name for name in entries if not name.startswith(_KIND)]:
            if name not in ATTRIBUTES_OF[kind]:
                word = spanish(ATTRIBUTES, name)
                place = f"un paso «{spanish(STEPS, kind)}»"
                line = entries.pop(name).line
                self._notebook.report("palabra-fuera-de-lugar", line, word=word, place=place)
