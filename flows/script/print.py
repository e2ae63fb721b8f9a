"""Writing a script down again: what comes out reads as the same script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.script.conditions import print_condition, without
from flows.script.fields import name_until
from flows.script.kinds import find_kind
from flows.script.model import SKIPPED, Draw, End, Jump, Pause, Question, Rest, Together
from flows.script.quoting import quote
from flows.script.words import (
    ATTRIBUTES,
    KINDS,
    MARKER,
    ORDERS,
    OUTCOMES,
    QUOTA,
    STEPS,
    TOP_LEVEL,
    WORDINGS,
    YES_NO,
    spanish,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from flows.script.model import Condition, Script, Step


def to_yaml(script: Script) -> str:
    """Write a script in the flow language; comments and blocks of the original are gone.

    Reading it gives the same script but for the lines of its steps.
    """
    return "".join(f"{line}\n" for line in _Printer(script).lines())


class _Printer:
    def __init__(self, script: Script) -> None:
        self._script = script

    def lines(self) -> Iterator[str]:
        script = self._script
        yield _entry(TOP_LEVEL, "spec", str(script.spec))
        yield _entry(TOP_LEVEL, "slug", script.slug)
        yield _entry(TOP_LEVEL, "title", quote(script.title))
        if script.convener:
            yield _entry(TOP_LEVEL, "convener", quote(script.convener))
        yield _entry(TOP_LEVEL, "language", script.language)
        if script.keywords:
            yield _entry(TOP_LEVEL, "keywords", _list(map(quote, script.keywords)))
        yield from self._markers()
        yield from self._table("axes", "eje/")
        yield from self._table("service", "servicio/")
        yield from self._quotas()
        yield _entry(TOP_LEVEL, "steps")
        inside = {name for step in script.steps if isinstance(step, Together)
                  for name in step.questions}  # fmt: skip
        for step in script.steps:
            if step.id not in inside:
                yield from self._step(step)

    def _quotas(self) -> Iterator[str]:
        if self._script.quotas:
            yield _entry(TOP_LEVEL, "quotas")
        for quota in self._script.quotas:
            yield f"  {quota.name}:"
            yield f"    {_entry(QUOTA, 'questions', _list(quota.questions))}"
            yield f"    {_entry(QUOTA, 'most', str(quota.most))}"

    def _markers(self) -> Iterator[str]:
        if self._script.markers:
            yield _entry(TOP_LEVEL, "markers")
        for marker in self._script.markers:
            yield f"  {marker.name}:"
            yield "    " + _entry(MARKER, "length", str(marker.longest))
            yield "    " + _entry(MARKER, "value", quote(marker.value))

    def _table(self, name: str, prefix: str) -> Iterator[str]:
        texts = self._script.texts
        rows = {key.removeprefix(prefix): texts[key] for key in texts if key.startswith(prefix)}
        if rows:
            yield _entry(TOP_LEVEL, name)
        for key, text in rows.items():
            yield f"  {key}: {quote(text)}"

    def _step(
        self, step: Step, margin: str = "  ", around: Condition | None = None
    ) -> Iterator[str]:
        """Write a step; `around` is the condition of the group it stands in."""
        kind = find_kind(step)
        name = step.target if isinstance(step, Jump) else step.id
        yield f"{margin}- {_entry(STEPS, kind, name)}"
        for attribute, value in self._attributes(step, around):
            yield f"{margin}  {_entry(ATTRIBUTES, attribute, value)}"
        if isinstance(step, Question | Rest) and step.options:
            for line in self._options(step):
                yield f"{margin}  {line}"
        elif isinstance(step, Together):
            yield f"{margin}  {_entry(ATTRIBUTES, 'steps')}"
            for question in self._script.questions:
                if question.id in step.questions:
                    yield from self._step(question, f"{margin}    ", step.condition)

    def _attributes(self, step: Step, around: Condition | None) -> Iterator[tuple[str, str]]:
        if isinstance(step, Question):
            yield "kind", spanish(KINDS, step.kind)
        condition = without(step.condition, around)
        if condition is not None:
            yield "condition", print_condition(condition)
        for name in WORDINGS:
            text = self._script.texts.get(f"{step.id}/texto{name.removeprefix('text')}")
            if text is not None:
                yield name, quote(text)
        match step:
            case Question():
                yield from _question(step)
            case End():
                yield "outcome", spanish(OUTCOMES, step.outcome)
            case Rest():
                word = spanish(ATTRIBUTES, "afterwards")
                yield "afterwards", quote(self._script.texts[f"{step.id}/{word}"])
            case Pause():
                yield "until", name_until(step.days, step.hour)
            case Draw():
                yield "among", _list(step.among)
            case _:
                pass

    def _options(self, question: Question | Rest) -> Iterator[str]:
        yield _entry(ATTRIBUTES, "options")
        texts = self._script.texts
        for option in question.options:
            key = f"{question.id}/opcion.{option}"
            short = texts.get(f"{key}@corto")
            label = texts[key] if short is None else f"{texts[key]} | {short}"
            yield f"  {option}: {quote(label)}"


def _question(question: Question) -> Iterator[tuple[str, str]]:
    yield "part", str(question.part)
    if question.low is not None:
        name = "length" if question.kind == "text" else "range"
        yield name, f"{question.low}-{question.high}"
    values = {
        "axis": question.axis,
        "earliest": question.earliest,
        "until": question.latest,
        "limit": "" if question.limit is None else str(question.limit),
        "exclusive": question.exclusive or "",
        "order": spanish(ORDERS, name=True) if question.rotate else "",
    }
    yield from ((name, value) for name, value in values.items() if value)
    flags = {
        "skippable": question.skippable and SKIPPED not in question.options,
        "voice": question.voice,
        "proposal": question.proposal,
        "sensitive": question.sensitive,
    }
    yield from ((name, spanish(YES_NO, name=True)) for name, is_set in flags.items() if is_set)


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(words)}]"


def _entry(table: Mapping[str, object], name: str, value: str = "") -> str:
    return f"{spanish(table, name)}: {value}".rstrip()
