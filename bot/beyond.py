"""What people write that nothing here is for: complaints, reports, requests for help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.reading.fold import fold
from flows.reading.talk import is_message
from flows.service import find_service

if TYPE_CHECKING:
    from collections.abc import Callable

GUESSES = frozenset({"which", "did_you_mean", "offer"})
"""What a conversation asks where an answer was understood but for a doubt."""


def is_beyond(typed: str, list_keywords: Callable[[], tuple[str, ...]]) -> bool:
    """Tell whether somebody is to read a message in which no answer was understood.

    Args:
        typed: what was sent.
        list_keywords: the words that lead into an open consultation, folded.
    """
    if not is_message(typed):
        return False
    keywords = list_keywords()
    is_entry = any(word in keywords for word in fold(typed).split())
    return not is_entry and find_service(typed, keywords) is None
