"""From an XLSForm to a script: its rows become steps, its groups conditions.

`relevant`, `constraint` and `required` are taken as they are meant. What a form cannot say
stands in columns of ours (`puente_…`), which other tools pass over.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.exchange.imported import Imported, Ledger
from flows.exchange.markup import take_said
from flows.exchange.naming import make_id, make_slug
from flows.exchange.workbook import SOURCE, find_sheet, read_grid
from flows.exchange.xlsform import (
    AFTERWARDS,
    ALIASES,
    CHOICES,
    KIND,
    OUTCOME,
    OWN_SHEET,
    SETTINGS,
    SURVEY,
    UNTIL,
    WORDED,
)
from flows.exchange.xlsform_choices import (
    Options,
    add_labels,
    add_translations,
    read_choices,
)
from flows.exchange.xlsform_conditions import Conditions
from flows.exchange.xlsform_extras import read_extras
from flows.exchange.xlsform_questions import QuestionMaker, read_type
from flows.script.fields import parse_until
from flows.script.model import Draw, End, Gate, Message, Pause, Question, Rest, Together
from flows.script.words import OUTCOMES, STEPS, spanish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.exchange.workbook import Grid, Row, Workbook
    from flows.exchange.xlsform_questions import RowType

_DRAWN = re.compile(r"selected-at\('([^']*)'")
_PIPED = re.compile(r"\$\{[^}]*\}")


def read_xlsform(book: Workbook, name: str) -> Imported:
    """Read an XLSForm.

    Args:
        book: its sheets.
        name: what to call the consultation where the form does not say.
    """
    ledger = Ledger()
    survey = _read_sheet(book, "survey", SURVEY, ledger)
    choices = _read_sheet(book, "choices", CHOICES, ledger, required=_has_lists(survey))
    settings = _read_sheet(book, "settings", SETTINGS, ledger, required=False)
    row = settings.rows[0] if settings and settings.rows else None
    title = (row.get("form_title") if row else "") or name
    slug = make_slug((row.get("form_id") if row else "") or name)
    read_extras(next((sheet for sheet in book if sheet.name == OWN_SHEET), None), ledger)
    if survey is not None:
        _Reader(ledger, survey, choices).read()
    return ledger.close(slug, title, SOURCE)


def _read_sheet(
    book: Workbook, name: str, known: Sequence[str], ledger: Ledger, *, required: bool = True
) -> Grid | None:
    sheet = find_sheet(book, name, ledger.problems, required=required)
    return None if sheet is None else read_grid(sheet, known, ALIASES, ledger.problems)


def _has_lists(survey: Grid | None) -> bool:
    return survey is not None and any(read_type(row.get("type")).list_name for row in survey.rows)


class _Reader:
    """Reads the sheet `survey` row by row."""

    def __init__(self, ledger: Ledger, survey: Grid, choices: Grid | None) -> None:
        self._ledger = ledger
        self._survey = survey
        self._conditions = Conditions(ledger)
        self._lists = read_choices(choices, ledger)
        self._maker = QuestionMaker(ledger, self._lists)
        self._rows: dict[str, Row] = {}
        self._groups: list[Together | None] = []
        self._repeats = 0

    def read(self) -> None:
        name = self._survey.sheet.name
        for column in ("type", "name"):
            if column not in self._survey.columns:
                self._ledger.report("falta-columna", f"{name}!A1", word=column, hint="")
        if not self._survey.columns.keys() & {"label", f"label::{SOURCE}"}:
            self._ledger.report("falta-idioma", f"{name}!A1")
        for row in self._survey.rows:
            if row.get("type"):
                self._read_row(row)
        self._conditions.close()
        if not self._ledger.steps:
            self._ledger.report("hoja-vacia", f"{name}!A1", word=name)

    def _read_row(self, row: Row) -> None:
        kind = read_type(row.get("type"))
        match kind.name:
            case "begin_group":
                self._open_group(row)
            case "end_group":
                self._close_group(row)
            case "begin_repeat":
                self._repeats += 1
                self._ledger.report("repeticion", row.where("type"))
            case "end_repeat":
                self._repeats -= 1
            case _ if self._repeats > 0:
                pass  # told at its beginning
            case "note":
                self._read_note(row)
            case "calculate" if row.get(KIND) == spanish(STEPS, "draw"):
                self._read_draw(row)
            case "calculate" if row.get(KIND) == spanish(STEPS, "gate"):
                self._read_gate(row)
            case _:
                self._read_question(row, kind)

    def _open_group(self, row: Row) -> None:
        """Begin a group: of questions that one message asks where ours says so, or of rows."""
        condition = self._conditions.open_group(row)
        together = None
        if row.get(KIND) == spanish(STEPS, "together"):
            together = Together(self._make_id(row), row.number + 1, (), condition)
            self._name(row, together.id)
            self._ledger.steps.append(together)
            self._add_text(row, together.id)
        else:
            self._tell_title(row)
        self._groups.append(together)

    def _close_group(self, row: Row) -> None:
        self._conditions.close_group(row)
        together = self._groups.pop() if self._groups else None
        if together is None:
            return
        steps = self._ledger.steps
        place = steps.index(together)
        inside = steps[place + 1 :]
        if all(isinstance(step, Question) for step in inside):
            steps[place] = replace(together, questions=tuple(step.id for step in inside))
        else:  # somebody put a note into it
            del steps[place]
            self._tell_title(self._rows[together.id])

    def _tell_title(self, row: Row) -> None:
        label = row.get(f"label::{SOURCE}") or row.get("label")
        if label:
            self._ledger.report("titulo-de-grupo", row.where("label"), word=label)

    def _read_question(self, row: Row, kind: RowType) -> None:
        condition = self._conditions.read(row)
        made = self._maker.make(row, kind, self._make_id(row), condition)
        if made is None:
            return
        question, options = made
        self._name(row, question.id)
        self._ledger.steps.append(question)
        self._add_text(row, question.id)
        add_labels(self._ledger, question.id, options)
        self._conditions.add_question(row.get("name"), question, options)

    def _read_note(self, row: Row) -> None:
        step, line, condition = self._make_id(row), row.number + 1, self._conditions.read(row)
        self._name(row, step)
        self._add_text(row, step)
        until = parse_until(row.get(UNTIL))
        if row.get(KIND) == spanish(STEPS, "end"):
            end = End(step, line, OUTCOMES.get(row.get(OUTCOME), "complete"), condition)
            self._conditions.add_end(end)
            self._ledger.steps.append(end)
        elif row.get(KIND) == spanish(STEPS, "pause") and until is not None:
            self._ledger.steps.append(Pause(step, line, *until, condition))
        elif row.get(KIND) == spanish(STEPS, "rest"):
            options = self._lists.get(row.get("name"), Options())
            add_labels(self._ledger, step, options)
            self._ledger.texts[f"{step}/luego"] = row.get(AFTERWARDS)
            rest = Rest(step, line, condition)
            for option in rest.options:
                self._ledger.texts.setdefault(f"{step}/opcion.{option}", "")
            self._ledger.steps.append(rest)
        else:
            self._ledger.steps.append(Message(step, line, condition))

    def _read_draw(self, row: Row) -> None:
        found = _DRAWN.search(row.get("calculation"))
        draw = Draw(
            self._make_id(row),
            row.number + 1,
            tuple(found[1].split()) if found else (),
            self._conditions.read(row),
        )
        self._name(row, draw.id)
        self._ledger.steps.append(draw)
        self._conditions.add_draw(row.get("name"), draw)

    def _read_gate(self, row: Row) -> None:
        gate = Gate(self._make_id(row), row.number + 1, self._conditions.read(row))
        self._name(row, gate.id)
        self._ledger.steps.append(gate)

    def _make_id(self, row: Row) -> str:
        return make_id(row.get("name") or f"fila_{row.number + 1}", self._rows)

    def _name(self, row: Row, step: str) -> None:
        """Note a step's name, and tell where it is not the one in the cell."""
        name, where = row.get("name"), row.where("name")
        first = next((one for one in self._rows.values() if name and one.get("name") == name), None)
        if first is not None:
            self._ledger.report("nombre-repetido", where, word=name, first=first.where("name"))
        elif not name and read_type(row.get("type")).name != "note":
            self._ledger.report("falta-nombre", where)
        elif name and name != step:
            self._ledger.report("nombre-cambiado", where, word=name, found=step)
        self._rows[step] = row

    def _add_text(self, row: Row, step: str) -> None:
        own = f"label::{SOURCE}"
        column = own if row.get(own) else "label"
        text = take_said(self._ledger, row, column)
        if not text:
            where = row.where(own if own in row.places else "label")
            self._ledger.report("falta-etiqueta", where, word=row.get("name") or step)
            return
        for piped in _PIPED.findall(text):
            self._ledger.report("expresion", row.where(column), word=piped)
        self._ledger.texts[f"{step}/texto"] = text
        for worded, end in WORDED.items():
            if row.get(worded):
                self._ledger.texts[f"{step}/{end}"] = row.get(worded)
        add_translations(self._ledger, f"{step}/texto", row)
