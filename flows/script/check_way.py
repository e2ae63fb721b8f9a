"""Checks of the way through a script: every step is reached, every way ends, consent first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.script.model import End, Jump, Message
from flows.script.notebook import add_line, find_close, hint, replace_word
from flows.script.problems import make_problem
from flows.script.words import ATTRIBUTES, PERSONAL_AXIS, YES_NO, spanish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.script.model import Question, Script
    from flows.script.parse import Parsed
    from flows.script.problems import Problem

_UNSURE = frozenset({"tipo-desconocido", "falta-tipo", "valor-desconocido", "yaml"})
"""Problems behind which a consent question or an end for minors may hide."""


def check_way(parsed: Parsed, script: Script) -> Iterator[Problem]:
    """Check jumps, what is reached, how it ends, and what stands before the questions."""
    yield from _check_jumps(parsed, script)
    yield from _check_reached(script)
    if script.steps and not isinstance(script.steps[-1], End | Message):
        yield make_problem("falta-fin", script.steps[-1].line)
    yield from _check_consent(parsed, script)
    yield from _check_permissions(script)
    for question in script.questions:
        if not question.skippable and _is_sensitive(question):
            yield make_problem(
                "sin-salida", question.line, word=question.id, mended=_let_out(parsed, question)
            )


def _let_out(parsed: Parsed, question: Question) -> str:
    """Give a question's first line, and one below it that lets people pass it."""
    pass_it = f"{spanish(ATTRIBUTES, 'skippable')}: {spanish(YES_NO, name=True)}"
    return add_line(parsed.source, question.line, pass_it)


def _is_sensitive(question: Question) -> bool:
    """Tell whether a question is about the person herself, or is said to be delicate."""
    about_her = question.axis == PERSONAL_AXIS or question.kind == "place"
    return question.sensitive or about_her


def find_next(script: Script, place: int) -> tuple[int, ...]:
    """Give the places a person can come to from a step, its own condition unmet included.

    A jump that leads nowhere, or back, counts as none: it is told elsewhere. The place after
    the last step is the end.
    """
    step = script.steps[place]
    target = _find_target(script, place)
    goes_on = step.condition is not None or not (isinstance(step, End) or target is not None)
    return ((place + 1,) if goes_on else ()) + ((target,) if target is not None else ())


def _find_target(script: Script, place: int) -> int | None:
    step = script.steps[place]
    if not isinstance(step, Jump):
        return None
    ahead = range(place + 1, len(script.steps))
    return next((there for there in ahead if script.steps[there].id == step.target), None)


def _check_jumps(parsed: Parsed, script: Script) -> Iterator[Problem]:
    ids = {step.id: step for step in script.steps if not isinstance(step, Jump)}
    for place, step in enumerate(script.steps):
        if not isinstance(step, Jump) or _find_target(script, place) is not None:
            continue
        if step.target in ids:
            first = ids[step.target].line
            yield make_problem("salto-atras", step.line, word=step.target, first=first)
        else:
            ahead = [one.id for one in script.steps[place:] if not isinstance(one, Jump)]
            close = find_close(step.target, ahead)
            yield make_problem(
                "salto-desconocido",
                step.line,
                word=step.target,
                hint=hint(close),
                mended=replace_word(parsed.source, step.line, step.target, close),
            )


def _check_reached(script: Script) -> Iterator[Problem]:
    """Tell of the first of each run of steps nobody reaches."""
    reached = {0}
    for place in range(len(script.steps)):
        if place in reached:
            reached.update(find_next(script, place))
        elif place - 1 in reached:
            yield make_problem("paso-inalcanzable", script.steps[place].line)


def _check_consent(parsed: Parsed, script: Script) -> Iterator[Problem]:
    unsure = any(problem.code in _UNSURE for problem in parsed.problems)
    if not script.questions or unsure:
        return
    consent = next((asked for asked in script.questions if asked.kind == "consent"), None)
    if consent is None:
        yield make_problem("falta-consentimiento", script.questions[0].line)
    elif consent is not script.questions[0]:
        yield make_problem("consentimiento-tarde", consent.line, word=consent.id)
    if not any(isinstance(step, End) and step.outcome == "ineligible" for step in script.steps):
        yield make_problem("falta-mayoria", script.questions[0].line)


def _check_permissions(script: Script) -> Iterator[Problem]:
    proposed = False
    for question in script.questions:
        proposed = proposed or question.proposal
        if question.kind == "permissions" and not proposed:
            yield make_problem("permisos-sin-propuesta", question.line, word=question.id)
