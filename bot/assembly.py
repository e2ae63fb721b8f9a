"""REPORTE: a leader sends the hands counted at her assembly, "REPORTE p1 23 14 2".

What is counted belongs to no person and opens no session. Only a leader is answered here, and
in Spanish: the sentences are the bot's own, not a consultation's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.leading import find_leader
from flows.leader_code import split_leader_code
from flows.limits import HANDS
from flows.reading.fold import fold
from flows.script.model import SKIPPED
from storage.assemblies import NewAssembly

if TYPE_CHECKING:
    from bot.desk import Desk
    from bot.writing import Writing
    from flows.flow import Flow
    from flows.script.model import Question
    from storage.records import Snapshot

WORD = "reporte"
CLOSED = frozenset({"choice", "choices", "yes_no"})

EXAMPLE = "Ejemplo: REPORTE p1 23 14 2"
HOW = f"Para reportar su asamblea, escriba REPORTE, la pregunta y las manos por opción. {EXAMPLE}"
WHO = "No conocemos su código de líder. Escríbalo también, así: REPORTE L2345 p1 23 14 2"
UNKNOWN = "No hay pregunta {asked} con opciones en esta consulta. " + EXAMPLE
COUNT = "{asked} tiene {options} opciones: mande {options} números, uno por opción, 0 si nadie."
NUMBERS = f"Las manos van en números, de 0 a {HANDS}, y alguna levantada. {EXAMPLE}"
NOTED = "Anotado, {asked}: {hands}. Son {total} manos. Para corregir, mande otra vez el REPORTE."

_BETWEEN = re.compile(r"[\s,;:]+")
_QUESTION = re.compile(r"[a-z]{1,3}\d{1,2}")
_IDLE = frozenset({"", "y", "."})
_LONGEST_NAME = 20
_DIGITS = 6
"""A longer row of digits is a phone number, and no count."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was sent with REPORTE: a code or nothing, a question's name, numbers as typed."""

    code: str
    asked: str = ""
    numbers: tuple[str, ...] = ()


def read_report(typed: str | None) -> Report | None:
    """Read a message that begins with REPORTE and goes on as a report does.

    "Reporte los robos a la policía" may be a citizen's proposal, and is none.
    """
    rest, code = split_leader_code(typed or "")
    word, *parts = [part for part in _BETWEEN.split(fold(rest).strip()) if part not in _IDLE] or [
        ""
    ]
    if word != WORD:
        return None
    asked, numbers = (parts[0], tuple(parts[1:])) if parts else ("", ())
    is_one = (
        code
        or not asked
        or _QUESTION.fullmatch(asked)
        or (numbers and all(map(_is_count, numbers)))
    )
    return Report(code, asked[:_LONGEST_NAME], numbers) if is_one else None


def answer_report(report: Report, desk: Desk, snapshot: Snapshot, writing: Writing) -> str:
    """Keep a report, or leave all as it is; give the sentence that says which."""
    found = find_leader(desk, report.code, snapshot)
    if found is None:
        return WHO
    consultation, leader_id = found
    flow = desk.find_flow(consultation.revision_id, consultation.edition)
    counted = _count(report, flow)
    if isinstance(counted, str):
        return counted
    question, hands = counted
    writing.change(
        assembly=NewAssembly(
            writing.make_id(), leader_id, consultation.revision_id, question, hands
        )
    )
    said = ", ".join(f"{option}={count}" for option, count in hands.items())
    return NOTED.format(asked=question, hands=said, total=sum(hands.values()))


def _count(report: Report, flow: Flow) -> tuple[str, dict[str, int]] | str:
    """Give the question and its hands by option, or the sentence that says how to write it."""
    if not report.asked:
        return HOW
    asked = (one for one in flow.script.questions if fold(one.id) == report.asked)
    question = next((one for one in asked if _is_closed(one)), None)
    if question is None:
        return UNKNOWN.format(asked=report.asked)
    options = [option for option in question.options if option != SKIPPED]
    if len(report.numbers) == len(question.options):
        options = list(question.options)
    if len(report.numbers) != len(options):
        return COUNT.format(asked=question.id, options=len(options))
    hands = [int(one) if _is_count(one) else HANDS + 1 for one in report.numbers]
    if max(hands) > HANDS or not any(hands):
        return NUMBERS
    return question.id, dict(zip(options, hands, strict=True))


def _is_closed(question: Question) -> bool:
    return question.kind in CLOSED and question.part > 0


def _is_count(part: str) -> bool:
    return part.isascii() and part.isdecimal() and len(part) <= _DIGITS
