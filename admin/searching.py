"""Search in open answers: they are sealed in the database, so they are opened and looked through.

A page looks through the newest conversations that the rest of the filter leaves, and says where
it stopped; the next page goes on from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.reading.fold import fold
from flows.script.model import GIVEN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from admin.answer_filter import AnswerFilter
    from storage.dossiers import Listed
    from storage.unit import Unit

AT_ONCE = 200
MOST = 2_000
"""Conversations that a page looks through: a second's work."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the list.

    Attributes:
        rows: what it shows, the newest first.
        following: where the next page goes on; None where there is none.
        is_cut: whether it stopped before it was full, having looked through enough.
    """

    rows: Sequence[Listed]
    following: UUID | None
    is_cut: bool = False


def find_rows(
    unit: Unit, consultation_id: UUID, wanted: AnswerFilter, before: UUID | None, size: int
) -> Found:
    """Give a page of sessions that a filter leaves, its words included."""
    if wanted.words:
        return _search(unit, consultation_id, wanted, before, size)
    page = unit.dossiers.find_page(consultation_id, wanted.wanted, before, size + 1)
    shown = page[:size]
    return Found(shown, shown[-1].session.id if len(page) > size else None)


def _search(
    unit: Unit, consultation_id: UUID, wanted: AnswerFilter, before: UUID | None, size: int
) -> Found:
    kept: list[Listed] = []
    for _ in range(MOST // AT_ONCE):
        page = unit.dossiers.find_page(consultation_id, wanted.wanted, before, AT_ONCE)
        for listed in page:
            if says(listed, wanted.words):
                kept.append(listed)
            if len(kept) > size:
                return Found(kept[:size], kept[size - 1].session.id)
        if len(page) < AT_ONCE:
            return Found(kept, None)
        before = page[-1].session.id
    return Found(kept, before, is_cut=True)


def says(listed: Listed, words: Sequence[str]) -> bool:
    """Tell whether the open answers of a session hold all words, in whatever order."""
    own = (one.said for one in listed.session.answers)
    said = " ".join(fold(one.text) for one in own if one.value == GIVEN and one.is_current)
    return all(word in said for word in words)
