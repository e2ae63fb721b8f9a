"""The steps of a script: lists of them, blocks, sections, and what each kind is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flows.script.conditions import every
from flows.script.fields import read_text
from flows.script.model import Gate, Jump, Message, Question, Together
from flows.script.notebook import find_close, hint
from flows.script.question import read_question
from flows.script.step_parts import (
    make_draw,
    make_end,
    make_pause,
    make_rest,
    read_condition,
    read_id,
    read_words,
)
from flows.script.tree import Items, Table, Text
from flows.script.words import ATTRIBUTES, ATTRIBUTES_OF, STEPS, TOGETHER, spanish

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.script.model import Condition, Step
    from flows.script.notebook import Notebook
    from flows.script.tree import Entry, Node

MOST_STEPS: Final = 500
"""Ten times the flagship; nobody answers a tenth of it."""
_KIND = "step:"
"""Put before the code's name of a step kind, to tell `fin` from an attribute."""
_WORDS: Final = {
    **{word: _KIND + name for word, name in STEPS.items() if name != "block"},
    **ATTRIBUTES,
}
_LEAST_TOGETHER: Final = 2


class StepReader:
    """Reads steps in order into one flat list.

    Blocks spread their condition over what is inside them; a section's steps stand where it
    is used, so that a revision holds them as they were when it was published.
    """

    def __init__(self, notebook: Notebook, sections: Mapping[str, Entry]) -> None:
        self.steps: list[Step] = []
        self._notebook = notebook
        self._sections = sections
        self._used: dict[str, int] = {}
        self._jumps = 0

    def read_all(self, entry: Entry | None, line: int) -> None:
        """Read the steps of the script, and tell of sections that none of them uses."""
        self._read(entry, line, None)
        for name, section in self._sections.items():
            if name not in self._used:
                self._notebook.report("seccion-sin-uso", section.line, word=name)

    def _read(self, entry: Entry | None, line: int, around: Condition | None) -> None:
        """Read a list of steps, at the top or in a block that begins at `line`."""
        if entry is None or entry.value == Text(entry.value.line, ""):
            self._notebook.report("falta-pasos", entry.line if entry else line)
        elif not isinstance(entry.value, Items):
            self._notebook.report("mal-formado", entry.line, expected="una lista de pasos con «-»")
        else:
            for item in entry.value.items:
                if len(self.steps) >= MOST_STEPS:
                    self._report_too_many(item.line)
                    break
                self._read_step(item, around)

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
        own = read_condition(self._notebook, entries.get("condition"), len(self.steps))
        condition, named = every(around, own), entries[kinds[0]]
        if kind == "jump":
            self._read_jump(named, condition)
        elif kind == "section":
            self._read_section(named, condition)
        else:
            self._read_named(kind, named, entries, condition)

    def _drop_foreign(self, entries: dict[str, Entry], kind: str) -> None:
        """Tell of attributes that this kind of step does not have, and forget them."""
        for name in [name for name in entries if not name.startswith(_KIND)]:
            if name not in ATTRIBUTES_OF[kind]:
                word = spanish(ATTRIBUTES, name)
                place = f"un paso «{spanish(STEPS, kind)}»"
                line = entries.pop(name).line
                self._notebook.report("palabra-fuera-de-lugar", line, word=word, place=place)

    # --- what holds other steps ----------------------------------------------------------

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
        condition = read_condition(self._notebook, entries["condition"], len(self.steps))
        self._read(entries.get("steps"), node.line, every(around, condition))

    def _read_section(self, named: Entry, condition: Condition | None) -> None:
        word, line = spanish(STEPS, "section"), named.line
        name = read_text(self._notebook, word, named, "el nombre de una sección")
        if not name:
            return
        close = name if name in self._sections else find_close(name, self._sections)
        if close != name:
            mended = self._notebook.replace(line, name, close)
            self._notebook.report(
                "seccion-desconocida", line, word=name, hint=hint(close), mended=mended
            )
        if close in self._used:
            first = self._used[close]
            self._notebook.report("seccion-repetida", line, word=close, first=first)
        elif close is not None:
            self._used[close] = line
            self._read(self._sections[close], self._sections[close].line, condition)

    def _read_together(
        self, step_id: str, line: int, entries: dict[str, Entry], condition: Condition | None
    ) -> None:
        place = len(self.steps)
        self.steps.append(Together(step_id, line, (), condition))
        self._read(entries.get("steps"), line, condition)
        inside = self.steps[place + 1 :]
        for step in inside:
            if not (isinstance(step, Question) and step.kind in TOGETHER):
                self._notebook.report("juntas-abierta", step.line)
        if len(inside) < _LEAST_TOGETHER:
            self._notebook.report("juntas-pocas", line)
        questions = tuple(step.id for step in inside)
        self.steps[place] = Together(step_id, line, questions, condition)

    # --- what is one step ----------------------------------------------------------------

    def _read_jump(self, named: Entry, condition: Condition | None) -> None:
        word = spanish(STEPS, "jump")
        target = read_text(self._notebook, word, named, "el nombre de un paso")
        self._jumps += 1
        if target:
            self.steps.append(Jump(f"{word}-{self._jumps}", named.line, target, condition))

    def _read_named(
        self, kind: str, named: Entry, entries: dict[str, Entry], condition: Condition | None
    ) -> None:
        line, notebook = named.line, self._notebook
        step_id = read_id(notebook, kind, named, self.steps)
        if kind == "draw":
            self.steps.append(make_draw(notebook, step_id, line, entries, condition))
            return
        read_words(notebook, step_id, line, entries, is_question=kind == "question")
        match kind:
            case "question":
                self.steps.append(read_question(notebook, step_id, line, entries, condition))
            case "together":
                self._read_together(step_id, line, entries, condition)
            case "message":
                self.steps.append(Message(step_id, line, condition))
            case "gate":
                self.steps.append(Gate(step_id, line, condition))
            case "rest":
                self.steps.append(make_rest(notebook, step_id, line, entries, condition))
            case "end":
                self.steps.append(make_end(notebook, step_id, line, entries, condition))
            case _:
                self.steps.append(make_pause(notebook, step_id, line, entries, condition))
