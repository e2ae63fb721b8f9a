"""The questions of a consultation as columns: the union over all of its revisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.reading.fold import fold
from flows.script import words
from flows.script.model import SKIPPED, SPOKEN, UNCLEAR, VOICE, Draw, Question

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from flows.flow import Flow
    from flows.script.model import QuestionKind

KINDS: dict[QuestionKind, str] = {kind: word for word, kind in words.KINDS.items()}
"""What `tipo` says: the words operators write in a script."""

NO_ANSWER = "No sabe o prefiere no decir"
UNHEARD = "Nota de voz por escuchar"
NOT_UNDERSTOOD = "Nota de voz que no se entiende"
SPOKEN_LABELS = {VOICE: UNHEARD, UNCLEAR: NOT_UNDERSTOOD}
_TRAIT_AXIS = "demografica"
"""The axis of questions about who a person is (`flows.script.words.AXES`)."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One question, as the newest revision that has it words it.

    Attributes:
        text: the question in the script's own language.
        options: key -> label; options only older revisions had come after.
        part: 0 for what belongs to the asking itself, such as consent.
        is_trait: whether it tells who a person is (place, pueblo, sex), not what she thinks.
    """

    id: str
    kind: QuestionKind
    text: str
    options: Mapping[str, str]
    axis: str
    part: int
    is_trait: bool

    @property
    def is_open(self) -> bool:
        """Tell whether its answers are a person's own words."""
        return self.kind == "text"

    def has_words(self, value: str) -> bool:
        """Tell whether an answer holds a person's own words."""
        return self.is_open and value != SKIPPED and value not in SPOKEN

    def label(self, value: str, place_label: Callable[[str], str]) -> str:
        """Give the label of a value: of an option, of each of several, of a place."""
        if value in SPOKEN:
            return SPOKEN_LABELS[value]
        if value == SKIPPED:
            return self.options.get(SKIPPED, NO_ANSWER)
        if self.kind == "place":
            return place_label(value)
        if self.kind == "choices":
            return "; ".join(self.options.get(key, key) for key in value.split())
        return self.options.get(value, "")


def make_variables(flows: Sequence[Flow]) -> tuple[Variable, ...]:
    """Join what all revisions ask or draw, newest first: its order, then what it dropped.

    A question with options that took several of them in any revision counts as one that does.
    """
    found: dict[str, Variable] = {}
    for flow in flows:
        for step in flow.script.steps:
            if not isinstance(step, Question | Draw):
                continue
            newer = found.get(step.id)
            variable = _make_drawn(step) if isinstance(step, Draw) else _make_variable(flow, step)
            found[step.id] = variable if newer is None else _join(newer, variable)
    return tuple(found.values())


def _make_drawn(draw: Draw) -> Variable:
    """Make the column of what chance drew for each person."""
    return Variable(
        id=draw.id,
        kind="choice",
        text=f"Al azar: {', '.join(draw.among)}",
        options={word: word for word in draw.among},
        axis="",
        part=0,
        is_trait=False,
    )


def _make_variable(flow: Flow, question: Question) -> Variable:
    language = flow.script.language
    return Variable(
        id=question.id,
        kind=question.kind,
        text=flow.text(language, f"{question.id}/texto"),
        options=flow.labels(language, question),
        axis=question.axis,
        part=question.part,
        is_trait=question.kind == "place" or fold(question.axis) == _TRAIT_AXIS,
    )


def _join(newer: Variable, older: Variable) -> Variable:
    took_several = older.kind == "choices" and newer.options
    return Variable(
        id=newer.id,
        kind="choices" if took_several else newer.kind,
        text=newer.text,
        options={**newer.options, **_missing(older.options, newer.options)},
        axis=newer.axis,
        part=newer.part,
        is_trait=newer.is_trait or older.is_trait,
    )


def _missing(older: Mapping[str, str], newer: Mapping[str, str]) -> dict[str, str]:
    return {key: label for key, label in older.items() if key not in newer}
