"""What a leader sends for her own part, before any conversation: REPORTE and AVANCE."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.assembly import answer_report, read_report
from bot.tally import answer_enquiry, read_enquiry

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.turn import Decider
    from bot.writing import Writing
    from storage.records import SessionRecord, Snapshot

    Errand = Callable[[Decider, Snapshot, Writing], str]
    """Does what was asked, and gives the sentence that says so."""


def read_errand(typed: str | None, session: SessionRecord | None) -> Errand | None:
    """Read what a message asks for; None where it belongs to a conversation."""
    if (report := read_report(typed)) is not None:
        return partial(answer_report, report)
    if (enquiry := read_enquiry(typed, session)) is not None:
        return partial(answer_enquiry, enquiry)
    return None
