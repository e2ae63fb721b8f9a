"""From a script to a RapidPro definition that its editor opens and its engine runs.

Each step is a node; a step with a condition has a node before it that splits by what was
answered. Identifiers are made of the script's own names, so that the same script gives the
same file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from flows.catalogues import stock_texts
from flows.exchange.problems import make_foreign
from flows.exchange.rapidpro import LANGUAGES, LONGEST_CATEGORY, WRITTEN
from flows.exchange.rapidpro_nodes import Nodes
from flows.exchange.rapidpro_splits import SKIP, Splits, find_test
from flows.script.model import (
    SKIPPED,
    Draw,
    End,
    Gate,
    Jump,
    Pause,
    Question,
    Rest,
    Together,
)
from flows.script.placeholders import find_placeholders

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.exchange.problems import ForeignProblem
    from flows.exchange.rapidpro_nodes import Json
    from flows.script.model import Condition, Script, Step

_CODES: Final = {ours: theirs for theirs, ours in LANGUAGES.items()}
_REFUSED: Final = "servicio/adios_no"
_OTHER, _ANY = "Other", "All Responses"


@dataclass(frozen=True, slots=True)
class Defined:
    """A file to be written, and what of the script it does not hold."""

    text: str
    problems: tuple[ForeignProblem, ...]


def write_rapidpro(script: Script, translations: Mapping[str, Mapping[str, str]]) -> Defined:
    """Write a script as a RapidPro export with one flow.

    Args:
        script: one that the check has passed.
        translations: language -> text key -> text.
    """
    writer = _Writer(script, translations)
    flow = writer.write()
    triggers = [
        {
            "trigger_type": "K",
            "keywords": [word],
            "flow": {"uuid": flow["uuid"], "name": script.title},
            "groups": [],
            "exclude_groups": [],
            "channel": None,
            "match_type": "O",
        }
        for word in script.keywords
    ]
    whole = {
        "version": WRITTEN.partition(".")[0],
        "site": "",
        "flows": [flow],
        "campaigns": [],
        "triggers": triggers,
        "fields": [],
        "groups": [],
    }
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    return Defined(text, tuple(writer.problems))


@dataclass
class _Writer:
    script: Script
    translations: Mapping[str, Mapping[str, str]]
    problems: list[ForeignProblem] = field(default_factory=list)
    localization: dict[str, dict[str, Json]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._nodes = Nodes(self.script.slug)
        self._quotas = ", ".join(quota.name for quota in self.script.quotas)
        self._categories = {
            question.id: self._name_categories(question) for question in self.script.questions
        }
        draws = [step for step in self.script.steps if isinstance(step, Draw)]
        self._categories.update({draw.id: {word: word for word in draw.among} for draw in draws})
        dates = {one.id for one in self.script.questions if one.kind == "date"}
        self._splits = Splits(self._categories, dates)

    def write(self) -> Json:
        """Write the flow."""
        for place, step in enumerate(self.script.steps):
            if isinstance(step, Together):
                self._report("sin-paso", step.id, step.id)
            elif isinstance(step, Gate):
                self._report("sin-cuotas", step.id, self._quotas)
            else:
                self._write_step(step, self._enter(place + 1))
        return {
            "uuid": self._nodes.make_uuid("flow"),
            "name": self.script.title,
            "spec_version": WRITTEN,
            "language": _CODES.get(self.script.language, self.script.language),
            "type": "messaging",
            "revision": 1,
            "expire_after_minutes": 10080,
            "localization": self.localization,
            "nodes": self._nodes.all,
            "_ui": {"nodes": self._nodes.lay_out(), "stickies": {}},
        }

    def _enter(self, place: int) -> str | None:
        """Name the node by which the first step from a place on is come to, or None."""
        ahead = self.script.steps[place:]
        step = next((one for one in ahead if not isinstance(one, Together | Gate | Rest)), None)
        if step is None:
            return None
        is_split = step.condition is not None or isinstance(step, Jump)
        return self._nodes.make_uuid(step.id, "split" if is_split else "node")

    # --- steps -----------------------------------------------------------------------------

    def _write_step(self, step: Step, following: str | None) -> None:
        if isinstance(step, Rest):
            self._report("sin-descanso", step.id, step.id)
            return
        here = self._nodes.make_uuid(step.id, "node")
        target: str | None = here
        if isinstance(step, Jump):
            target = self._enter([one.id for one in self.script.steps].index(step.target))
        if step.condition is not None:
            self._add_split(step, step.condition, target, following)
        elif isinstance(step, Jump):
            self._nodes.add(
                "execute_actions", self._nodes.make_uuid(step.id, "split"), [], [(_ANY, target)]
            )
        if isinstance(step, Question):
            self._write_question(step, following)
        elif isinstance(step, Draw):
            ways = [(word, following) for word in step.among]
            router = {"type": "random", "result_name": step.id}
            self._nodes.add("split_by_random", here, [], ways, router)
        elif not isinstance(step, Jump):
            if isinstance(step, Pause):
                self._report("sin-pausa", step.id, step.id)
            way = None if isinstance(step, End) else following
            said = [self._say(step.id, f"{step.id}/texto")]
            self._nodes.add("execute_actions", here, said, [(_ANY, way)])

    def _write_question(self, question: Question, following: str | None) -> None:
        here = self._nodes.make_uuid(question.id, "node")
        ways: list[tuple[str, str | None]] = []
        cases: list[tuple[str, list[str], str]] = []
        names = self._categories[question.id]
        refused = None
        if question.kind == "consent":
            refused = self._nodes.make_uuid(question.id, "refused")
        for option, name in names.items():
            is_no = refused is not None and option != question.options[0]
            ways.append((name, refused if is_no else following))
            cases.append(("has_number_eq", [option], name))
        cases.extend(("has_phrase", [name], name) for option, name in names.items())
        test, arguments = find_test(question)
        if test:
            ways.append(("Number" if arguments else "Date", following))
            cases.append((test, arguments, ways[-1][0]))
        if question.skippable and SKIPPED not in names and cases:
            ways.append((SKIP, following))
            cases.append(("has_number_eq", [SKIPPED], SKIP))
        if question.kind == "choices":
            self._report("solo-una", question.id, question.id)
        ways.append((_OTHER, here) if cases else (_ANY, following))
        said = [self._say(question.id, f"{question.id}/texto", question)]
        router = {"wait": {"type": "msg"}, "result_name": question.id, "operand": "@input.text"}
        self._nodes.add("wait_for_response", here, said, ways, router, cases)
        if refused is not None:
            said = [self._say(question.id, _REFUSED)]
            self._nodes.add("execute_actions", refused, said, [(_ANY, None)])

    def _name_categories(self, question: Question) -> dict[str, str]:
        """Name the category of each option: its label, as far as one may be long."""
        names: dict[str, str] = {}
        for option in question.options:
            label = self.script.texts[f"{question.id}/opcion.{option}"][:LONGEST_CATEGORY].strip()
            names[option] = label if label not in names.values() else f"{label[:32]} {option}"
        return names

    def _say(self, step: str, key: str, question: Question | None = None) -> Json:
        uuid = self._nodes.make_uuid(step, key, "say")
        source = self._make_text(self.script.texts, key, question)
        for word in find_placeholders(source):
            self._report("sin-folio", step, f"{{{word}}}")
        for language, texts in self.translations.items():
            if texts.get(key):
                code = _CODES.get(language, language)
                translated = {"text": [self._make_text(texts, key, question)]}
                self.localization.setdefault(code, {})[uuid] = translated
        return {"uuid": uuid, "type": "send_msg", "text": source.replace("@", "@@")}

    def _make_text(self, texts: Mapping[str, str], key: str, question: Question | None) -> str:
        step = key.partition("/")[0]
        text = texts.get(key) or stock_texts().get(key) or stock_texts()[f"servicio/{step}"]
        for marker in self.script.markers:
            text = text.replace(f"{{{marker.name}}}", marker.value)
        options = question.options if question else ()
        own = self.script.texts
        labels = [
            f"{option} {texts.get(label) or own[label]}"
            for option in options
            for label in (f"{step}/opcion.{option}",)
        ]
        return "\n".join([text, *labels])

    # --- nodes -----------------------------------------------------------------------------

    def _add_split(
        self, step: Step, condition: Condition, target: str | None, following: str | None
    ) -> None:
        kind, operand, answers = "split_by_expression", "", ["si"]
        if (chosen := self._splits.find_chosen(condition)) is not None:
            kind, operand, answers = "split_by_run_result", *chosen
        else:
            operand = f'@(if({self._splits.express(condition)}, "si", "no"))'
        self._nodes.add(
            kind,
            self._nodes.make_uuid(step.id, "split"),
            [],
            [("Si", target), (_OTHER, following)],
            {"operand": operand},
            [("has_only_text", [answer], "Si") for answer in answers],
        )

    def _report(self, code: str, where: str, word: str) -> None:
        self.problems.append(make_foreign(code, where, word=word))
