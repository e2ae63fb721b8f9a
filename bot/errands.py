"""What is sent for its own sake, apart from any conversation: REPORTE and AVANCE; and VINCULAR."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from bot import assembly, linking, tally
from bot.assembly import answer_report, read_report
from bot.linking import answer_linking, read_linking
from bot.tally import answer_enquiry, read_enquiry
from flows.reading.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.desk import Desk
    from bot.messages import Address
    from bot.writing import Writing
    from storage.records import SessionRecord, Snapshot

    Errand = Callable[[Desk, Snapshot, Writing], str]
    """Does what was asked, and gives the sentence that says so."""


@cache
def _list_words() -> tuple[str, ...]:
    return (assembly.WORD, tally.WORD, *linking.list_words())


def read_errand(
    typed: str | None, address: Address, session: SessionRecord | None
) -> Errand | None:
    """Read what a message asks for; None where it belongs to a conversation."""
    words = fold(typed or "")
    if not any(word in words for word in _list_words()):  # as in nearly every message
        return None
    if (report := read_report(typed)) is not None:
        return partial(answer_report, report)
    if (enquiry := read_enquiry(typed, session)) is not None:
        return partial(answer_enquiry, enquiry)
    if (linking := read_linking(typed)) is not None:
        return partial(answer_linking, linking, address)
    return None
