"""A flow is a script made ready to run: its steps by id and its texts by language."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from flows.effects import Choice
from flows.questions.base import Shown
from flows.script.model import Question, Script, Step, Together

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Flow:
    """One revision of a consultation in one edition of its texts.

    Attributes:
        script: the structure.
        texts: language -> (`<step>/<part>` or `servicio/<name>`, optionally `@sms`,
            `@ussd`, `@whatsapp`, or `@voz` for what a recording is to be called) -> text. Only
            languages that may be offered are in it; the script's own language always is.
        values: what the placeholders that do not change within a consultation stand for.
        voices: language -> key of a text -> the file in which it is read aloud; only such as
            say what the text says now (`flows.catalogues.voices`).
    """

    script: Script
    texts: Mapping[str, Mapping[str, str]]
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    voices: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Map each step's id to its place in the script."""
        return {step.id: place for place, step in enumerate(self.script.steps)}

    @cached_property
    def groups(self) -> tuple[Together, ...]:
        """Give the groups of questions that may be asked in one message."""
        return tuple(step for step in self.script.steps if isinstance(step, Together))

    @cached_property
    def open_questions(self) -> Mapping[str, Question]:
        """Map each question's id to the question as one that a 0 leaves open."""
        return {
            question.id: replace(question, skippable=True) for question in self.script.questions
        }

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Name the questions that ask where somebody lives."""
        return tuple(asked.id for asked in self.script.questions if asked.kind == "place")

    @cached_property
    def proposals(self) -> tuple[str, ...]:
        """Name the questions whose answers become proposals."""
        return tuple(asked.id for asked in self.script.questions if asked.proposal)

    @cached_property
    def _menus(self) -> dict[tuple[str, str], tuple[Shown, ...]]:
        return {}

    @cached_property
    def _wordings(self) -> dict[tuple[str, str], Mapping[str, str]]:
        return {}

    @property
    def languages(self) -> tuple[str, ...]:
        """Give the languages on offer, the script's own first."""
        own = self.script.language
        return (own, *sorted(code for code in self.texts if code != own))

    def find_step(self, step_id: str) -> Step | None:
        """Give a step by its id, or None."""
        place = self.positions.get(step_id)
        return None if place is None else self.script.steps[place]

    def find_question(self, step_id: str | None) -> Question | None:
        """Give a question by its id, or None where it is none."""
        step = self.find_step(step_id) if step_id is not None else None
        return step if isinstance(step, Question) else None

    def get_question(self, step_id: str) -> Question:
        """Give a question by its id.

        Raises:
            KeyError: there is none, which is our fault.
        """
        question = self.find_question(step_id)
        if question is None:
            raise KeyError(step_id)
        return question

    def text(self, language: str, key: str, form: str = "") -> str:
        """Give a text in a language, in the wording of a channel's form where there is one.

        A language is offered only when all of its texts are approved, so a missing text
        can only mean that it was withdrawn since: the source text is what is left to say.
        """
        wordings = self._wordings.get((language, form))
        if wordings is None:
            wordings = self._wordings[language, form] = self._list_wordings(language, form)
        return wordings.get(key, "")

    def _list_wordings(self, language: str, form: str) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for table in (self.texts[self.script.language], self.texts.get(language, {})):
            said = {key: text for key, text in table.items() if text}
            mark = f"@{form}"
            formed = {key: text for key, text in said.items() if key.endswith(mark)}
            found |= said | {key.removesuffix(mark): text for key, text in formed.items()}
        return found

    def recording(self, language: str, key: str) -> str | None:
        """Name the recording of a text in a language, where there is one in that language."""
        return self.voices.get(language, {}).get(key)

    def labels(self, language: str, question: Question) -> Mapping[str, str]:
        """Map a question's option keys to their labels, in authored order."""
        return {
            option: self.text(language, f"{question.id}/opcion.{option}")
            for option in question.options
        }

    def shown(self, language: str, question: Question) -> tuple[Shown, ...]:
        """Give a question's options in authored order, each beside its own key; made once."""
        menu = self._menus.get((language, question.id))
        if menu is None:
            labels = self.labels(language, question)
            menu = tuple(Shown(key, key, label) for key, label in labels.items())
            self._menus[language, question.id] = menu
        return menu

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """Give what a question's answer is chosen from, in authored order; made once."""
        return self._choices[question.id]

    @cached_property
    def _choices(self) -> Mapping[str, tuple[Choice, ...]]:
        own = self.script.language
        return {
            question.id: make_choices(question, self.shown(own, question))
            for question in self.script.questions
        }


def make_choices(question: Question, shown: Sequence[Shown]) -> tuple[Choice, ...]:
    """Make what a question's answer is chosen from, as its options are shown."""
    return tuple(Choice(option.digit, f"{question.id}/opcion.{option.key}") for option in shown)
