"""Who was brought in, or is helped, by a leader: the code in the words that begin a session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.leader_code import is_assistance, split_leader_code

if TYPE_CHECKING:
    from storage.records import SessionRecord

OWN, ASSISTED = "propia", "asistida"
"""How a session came about, as exports say it."""


@dataclass(frozen=True, slots=True)
class Leading:
    """A leader's part in a message.

    Attributes:
        text: what was typed besides the code; None where she only dialled.
        code: hers; empty where none counts.
        assists: whether the leader answers for somebody without a phone.
    """

    text: str | None
    code: str = ""
    assists: bool = False


def read_leading(typed: str | None, session: SessionRecord | None) -> Leading:
    """Read a leader's code where it means something: at a beginning, or to assist somebody.

    In the middle of a conversation it may be a part of an answer, and stays there.
    """
    rest, code = split_leader_code(typed or "")
    assists = bool(code) and is_assistance(rest)
    is_beginning = session is None or session.outcome is not None
    if code and (assists or is_beginning):
        return Leading(rest, code, assists)
    return Leading(typed)
