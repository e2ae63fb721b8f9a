"""AVANCE: a leader asks how many people her code has brought in, "AVANCE L2345".

Only she is answered here, and in Spanish, as for REPORTE. Whoever has her link has the code, so
no number is told that would give away a single person: all are rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.leading import find_leader
from flows.leader_code import split_leader_code
from flows.reading.fold import fold

if TYPE_CHECKING:
    from bot.desk import Desk
    from bot.writing import Writing
    from storage.records import SessionRecord, Snapshot

WORD = "avance"
STEP = 5

TOLD = (
    "Avance de su código: llegaron {came}, terminaron {finished}; usted asistió a {assisted}. "
    "Personas, redondeado a 5."
)
FEW = f"menos de {STEP}"
WHO = "No conocemos su código de líder. Escríbalo también, así: AVANCE L2345"


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What was sent with AVANCE: a code or nothing."""

    code: str


def read_enquiry(typed: str | None, session: SessionRecord | None) -> Enquiry | None:
    """Read a message that is AVANCE and nothing else but a code.

    Without a code the word may be an answer while a conversation is running, and stays one.
    """
    rest, code = split_leader_code(typed or "")
    if fold(rest).strip(" .:,?¿!¡") != WORD:
        return None
    is_running = session is not None and session.is_under_way
    return Enquiry(code) if code or not is_running else None


def answer_enquiry(enquiry: Enquiry, desk: Desk, snapshot: Snapshot, _: Writing) -> str:
    """Give the sentence with her figures, or the one that asks for her code."""
    found = find_leader(desk, enquiry.code, snapshot)
    if found is None:
        return WHO
    tally = desk.count_led(found[1])
    return TOLD.format(
        came=say_about(tally.came),
        finished=say_about(tally.finished),
        assisted=say_about(tally.assisted),
    )


def say_about(count: int) -> str:
    """Say a count of people so that no single one can be told from it: rounded to 5."""
    return str((count + STEP // 2) // STEP * STEP) if count >= STEP else FEW
