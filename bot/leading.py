"""Who was brought in, or is helped, by a leader: the code in the words that begin a session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.leader_code import is_almost_assistance, is_assistance, may_assist, split_leader_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from bot.desk import Desk
    from storage.records import OpenConsultation, SessionRecord, Snapshot


@dataclass(frozen=True, slots=True)
class Leading:
    """A leader's part in a message.

    Attributes:
        text: what was typed besides the code; None where she only dialled.
        code: hers; empty where none counts.
        assists: whether the leader answers for somebody without a phone; without a code, or with
            one that nobody has, she is told so: else the answers would count as her own.
    """

    text: str | None
    code: str = ""
    assists: bool = False


def read_leading(typed: str | None, session: SessionRecord | None) -> Leading:
    """Read a leader's code where it means something: at a beginning, or to assist somebody.

    In the middle of a conversation it may be a part of an answer, and stays there.
    """
    rest, code = split_leader_code(typed or "")
    if not code and not may_assist(rest):  # as in nearly every message
        return Leading(typed)
    is_beginning = session is None or not session.is_under_way
    # In the middle of a conversation the bare word may be an answer, and stays one.
    assists = is_assistance(rest) and (bool(code) or is_beginning)
    if assists or (code and is_beginning):
        return Leading(rest, code, assists)
    return Leading(typed, assists=not code and is_almost_assistance(rest))


def find_led(
    consultations: Iterable[OpenConsultation], find_leader: Callable[[UUID], UUID | None]
) -> tuple[OpenConsultation, UUID] | None:
    """Find the open consultation that a leader belongs to, and her id there.

    Args:
        consultations: open ones and others.
        find_leader: consultation id -> who is meant there, or None.
    """
    for consultation in consultations:
        leader_id = find_leader(consultation.id) if consultation.is_open else None
        if leader_id is not None:
            return consultation, leader_id
    return None


FULL = (
    "Con su código ya contestaron todas las personas que puede asistir. "
    "Si faltan más, avise a quien le dio el código."
)
"""To a leader, in Spanish, as for REPORTE."""
CROWDED = "Desde este teléfono ya contestaron todas las personas que se puede. Use otro teléfono."
WHO = "No conocemos su código de líder, o su consulta ya cerró. Escríbalo así: ASISTO L2345"


def find_leader(desk: Desk, code: str, snapshot: Snapshot) -> tuple[OpenConsultation, UUID] | None:
    """Find who asks or reports, by her code or by what her phone has reported or assisted."""
    contact = snapshot.contact
    if code:
        return find_led(snapshot.consultations, lambda id_: desk.find_leader(id_, code))
    if contact is None:
        return None
    return find_led(snapshot.consultations, lambda id_: desk.find_leader_by_phone(id_, contact.id))
