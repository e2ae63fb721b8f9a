"""From a script to an XLSForm that any of its tools opens, and that we read back the same."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from flows.catalogues import stock_texts
from flows.exchange.limits import write_constraint
from flows.exchange.problems import make_foreign
from flows.exchange.reach import find_conditions
from flows.exchange.relevance import write_relevant
from flows.exchange.workbook import Sheet, name_language
from flows.exchange.xlsform import (
    AFTERWARDS,
    AXIS,
    KIND,
    OUTCOME,
    OWN_SHEET,
    PART,
    PROPOSAL,
    SENSITIVE,
    SHORT,
    UNTIL,
    VOICE,
    WORDED,
)
from flows.exchange.xlsform_extras import write_extras
from flows.script.conditions import parts_of, without
from flows.script.fields import name_until
from flows.script.model import Draw, End, Gate, Jump, Message, Pause, Question, Rest, Together
from flows.script.words import KINDS, OUTCOMES, STEPS, YES_NO, spanish

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flows.exchange.problems import ForeignProblem
    from flows.exchange.workbook import Workbook
    from flows.script.model import Condition, QuestionKind, Script, Step

    Cells = dict[str, str]

TYPES: Final[Mapping[QuestionKind, str]] = {
    "consent": "select_one",
    "yes_no": "select_one",
    "choice": "select_one",
    "permissions": "select_one",
    "choices": "select_multiple",
    "rating": "integer",
    "number": "integer",
    "text": "text",
    "place": "text",
    "date": "date",
}
_FOLIO = re.compile(r"\{folio\}")


@dataclass(frozen=True, slots=True)
class Exported:
    """A workbook to be written, and what of the script it does not hold."""

    book: Workbook
    problems: tuple[ForeignProblem, ...]


def write_xlsform(
    script: Script, translations: Mapping[str, Mapping[str, str]], version: str
) -> Exported:
    """Write a script as an XLSForm.

    Args:
        script: one that the check has passed.
        translations: language -> text key -> text.
        version: what the form calls itself, `3.0`.
    """
    writer = _Writer(script, translations)
    survey = list(writer.write_steps())
    choices = [row for asked in script.menus for row in writer.write_options(asked)]
    settings = {
        "form_title": script.title,
        "form_id": script.slug,
        "version": version,
        "default_language": name_language(script.language),
    }
    book = (
        _make_sheet("survey", survey),
        _make_sheet("choices", choices),
        _make_sheet("settings", [settings]),
        Sheet(OWN_SHEET, write_extras(script, translations)),
    )
    return Exported(book, tuple(writer.problems))


def _make_sheet(name: str, rows: Sequence[Cells]) -> Sheet:
    """Lay rows out under the columns that any of them fills."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    cells = [tuple(row.get(column, "") for column in columns) for row in rows]
    return Sheet(name, (tuple(columns), *cells))


@dataclass
class _Writer:
    script: Script
    translations: Mapping[str, Mapping[str, str]]
    problems: list[ForeignProblem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._conditions = find_conditions(self.script)
        self._quotas = ", ".join(quota.name for quota in self.script.quotas)
        self._questions = {question.id: question for question in self.script.questions}

        reached = [step for step in self.script.steps if step.id in self._conditions]
        groups = [step for step in reached if isinstance(step, Together)]
        self._around = {name: group for group in groups for name in group.questions}
        self._last = {group.questions[-1] for group in groups}

    def write_steps(self) -> Iterator[Cells]:
        """Write the rows of the steps, each group's end behind its last question."""
        for step in self.script.steps:
            if step.id in self._conditions:
                yield from self._write_step(step)
            if step.id in self._last:
                yield {"type": "end_group"}

    def _write_step(self, step: Step) -> list[Cells]:  # noqa: PLR0911 - one arm a kind of step
        """Write a step's row; a jump has none."""
        match step:
            case Jump():
                return []
            case Question():
                return [self._write_question(step)]
            case Message():
                return [self._write_note(step)]
            case End():
                own = {KIND: spanish(STEPS, "end"), OUTCOME: spanish(OUTCOMES, step.outcome)}
                return [self._write_note(step) | own]
            case Draw():
                return [self._write_draw(step)]
            case Together():
                return [self._write_group(step)]
            case Gate():
                self._report("sin-cuotas", step.id, self._quotas)
                return [self._write_unseen(step, "gate", f"'{step.id}'")]
            case Rest():
                said = self.script.texts[f"{step.id}/luego"]
                return [self._write_note(step) | {KIND: spanish(STEPS, "rest"), AFTERWARDS: said}]
            case Pause():
                self._report("sin-pausa", step.id, step.id)
                own = {KIND: spanish(STEPS, "pause"), UNTIL: name_until(step.days, step.hour)}
                return [self._write_note(step) | own]

    def write_options(self, question: Question | Rest) -> list[Cells]:
        """Write the rows of a question's list, which has the question's name."""
        rows: list[Cells] = []
        for option in question.options:
            key = f"{question.id}/opcion.{option}"
            cells = {"list_name": question.id, "name": option} | self._write_labels(key)
            cells[SHORT] = self.script.texts.get(f"{key}@corto", "")
            rows.append(cells)
        return rows

    def _write_question(self, question: Question) -> Cells:
        kind = TYPES[question.kind]
        if question.kind == "place":
            self._report("sin-lugar", question.id, question.id)
        yes = spanish(YES_NO, name=True)
        return {
            "type": f"{kind} {question.id}" if kind.startswith("select") else kind,
            "name": question.id,
            **self._write_labels(f"{question.id}/texto"),
            "required": "" if question.skippable else "yes",
            "relevant": self._write_condition(self._find_own(question)),
            "constraint": write_constraint(question),
            "parameters": "randomize=true" if question.rotate else "",
            KIND: spanish(KINDS, question.kind),
            PART: str(question.part),
            AXIS: question.axis,
            VOICE: yes if question.voice else "",
            PROPOSAL: yes if question.proposal else "",
            SENSITIVE: yes if question.sensitive else "",
            **self._write_wordings(question.id),
        }

    def _find_own(self, question: Question) -> Condition | None:
        """Give a question's condition without that of its group, which stands there."""
        whole = self._conditions[question.id]
        group = self._around.get(question.id)
        around = self._conditions[group.id] if group else None
        begins = parts_of(whole)[: len(parts_of(around))] == parts_of(around)
        return without(whole, around) if begins else whole

    def _write_group(self, group: Together) -> Cells:
        own = {KIND: spanish(STEPS, "together")}
        return self._write_note(group) | {"type": "begin_group"} | own

    def _write_draw(self, draw: Draw) -> Cells:
        drawn = f"selected-at('{' '.join(draw.among)}', int(random() * {len(draw.among)}))"
        return self._write_unseen(draw, "draw", f"once({drawn})")

    def _write_unseen(self, step: Draw | Gate, kind: str, calculation: str) -> Cells:
        """Write a step that elsewhere shows nothing and stops nobody."""
        return {
            "type": "calculate",
            "name": step.id,
            "relevant": self._write_condition(self._conditions[step.id]),
            "calculation": calculation,
            KIND: spanish(STEPS, kind),
        }

    def _write_note(self, step: Message | End | Pause | Rest | Together) -> Cells:
        return {
            "type": "note",
            "name": step.id,
            **self._write_labels(f"{step.id}/texto"),
            "relevant": self._write_condition(self._conditions[step.id]),
            **self._write_wordings(step.id),
        }

    def _write_wordings(self, step: str) -> Cells:
        texts = self.script.texts
        found = {column: texts.get(f"{step}/{end}", "") for column, end in WORDED.items()}
        return {column: text for column, text in found.items() if text}

    def _write_condition(self, condition: Condition | None) -> str:
        return "" if condition is None else write_relevant(condition, self._questions)

    def _write_labels(self, key: str) -> Cells:
        text = self.script.texts.get(key) or stock_texts()[f"servicio/{key.partition('/')[0]}"]
        if _FOLIO.search(text):
            self._report("sin-folio", key.partition("/")[0], "{folio}")
        labels = {f"label::{name_language(self.script.language)}": text}
        for language, texts in self.translations.items():
            labels[f"label::{name_language(language)}"] = texts.get(key, "")
        return labels

    def _report(self, code: str, where: str, word: str) -> None:
        self.problems.append(make_foreign(code, where, word=word))
