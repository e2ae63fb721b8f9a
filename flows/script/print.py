"""Writing a script down again: what comes out reads as the same script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.script.conditions import print_condition
from flows.script.fields import name_until
from flows.script.model import SKIPPED, End, Jump, Message, Pause, Question
from flows.script.quoting import quote
from flows.script.words import (
    ATTRIBUTES,
    KINDS,
    MARKER,
    ORDERS,
    OUTCOMES,
    STEPS,
    TOP_LEVEL,
    YES_NO,
    spanish,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.script.model import Script, Step


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
            yield _entry(TOP_LEVEL, "keywords", f"[{', '.join(map(quote, script.keywords))}]")
        yield from self._markers()
        yield from self._table("axes", "eje/")
        yield from self._table("service", "servicio/")
        yield _entry(TOP_LEVEL, "steps")
        for step in script.steps:
            yield from self._step(step)

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

    def _step(self, step: Step) -> Iterator[str]:
        match step:
            case Jump():
                yield f"  - {_entry(STEPS, 'jump', step.target)}"
            case Question():
                yield f"  - {_entry(STEPS, 'question', step.id)}"
            case Message():
                yield f"  - {_entry(STEPS, 'message', step.id)}"
            case Pause():
                yield f"  - {_entry(STEPS, 'pause', step.id)}"
            case End():
                yield f"  - {_entry(STEPS, 'end', step.id)}"
        for name, value in self._attributes(step):
            yield f"    {_entry(ATTRIBUTES, name, value)}"
        if isinstance(step, Question) and step.options:
            yield from self._options(step)

    def _attributes(self, step: Step) -> Iterator[tuple[str, str]]:
        if isinstance(step, Question):
            yield "kind", spanish(KINDS, step.kind)
        if step.condition is not None:
            yield "condition", print_condition(step.condition)
        text = self._script.texts.get(f"{step.id}/texto")
        if text is not None:
            yield "text", quote(text)
        if isinstance(step, Question):
            yield from _question(step)
        elif isinstance(step, End):
            yield "outcome", spanish(OUTCOMES, step.outcome)
        elif isinstance(step, Pause):
            yield "until", name_until(step.days, step.hour)

    def _options(self, question: Question) -> Iterator[str]:
        yield f"    {_entry(ATTRIBUTES, 'options')}"
        texts = self._script.texts
        for option in question.options:
            key = f"{question.id}/opcion.{option}"
            short = texts.get(f"{key}@corto")
            label = texts[key] if short is None else f"{texts[key]} | {short}"
            yield f"      {option}: {quote(label)}"


def _question(question: Question) -> Iterator[tuple[str, str]]:
    yes = spanish(YES_NO, name=True)
    yield "part", str(question.part)
    if question.axis:
        yield "axis", question.axis
    if question.low is not None:
        name = "length" if question.kind == "text" else "range"
        yield name, f"{question.low}-{question.high}"
    if question.limit is not None:
        yield "limit", str(question.limit)
    if question.exclusive is not None:
        yield "exclusive", question.exclusive
    if question.rotate:
        yield "order", spanish(ORDERS, name=True)
    if question.skippable and SKIPPED not in question.options:
        yield "skippable", yes
    if question.voice:
        yield "voice", yes
    if question.proposal:
        yield "proposal", yes


def _entry(table: Mapping[str, object], name: str, value: str = "") -> str:
    return f"{spanish(table, name)}: {value}".rstrip()
