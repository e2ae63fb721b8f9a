"""Open answers that a phone cuts in parts: the next part comes in as a message of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.effects import Record
from flows.limits import FULL_PARTS, JOIN_LETTERS, JOIN_WITHIN, LETTERS_READ
from flows.text.segments import measure

if TYPE_CHECKING:
    from flows.draft import Draft


def goes_on(draft: Draft, text: str) -> bool:
    """Tell whether this is the next part of an open answer that the phone cut in two."""
    joined_at = draft.state.joined_at
    return (
        joined_at is not None
        and draft.now - joined_at <= JOIN_WITHIN
        and may_go_on(draft.state.words)
        and len(text.strip()) >= JOIN_LETTERS
    )


def join(draft: Draft, text: str) -> None:
    """Record an answer whole, and ask again what the first part was followed by."""
    answered = draft.state.history[-2]
    whole = (draft.state.words + text)[:LETTERS_READ]
    draft.do(Record(answered, whole, whole, draft.state.language))
    draft.change(words=whole, joined_at=draft.now)
    draft.ask_current()


def may_go_on(words: str) -> bool:
    """Tell whether the last of the parts a text came in was as long as a part can be."""
    units = measure(words).units
    return units > 0 and any(units % full == 0 for full in FULL_PARTS)
