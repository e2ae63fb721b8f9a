"""Hands counted at an assembly, on their way in and out, in plain frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewAssembly:
    """What a leader reports of one question: option -> raised hands. It belongs to no person."""

    id: UUID
    leader_id: UUID
    revision_id: UUID
    question: str
    hands: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AssemblyRecord:
    """A report as exports see it.

    Attributes:
        is_current: False where the same leader reported the same question again.
        is_disputed: whether reports of it came from more than one phone.
    """

    community: str
    revision_id: UUID
    question: str
    hands: Mapping[str, int]
    channel: str
    at: datetime
    is_current: bool
    is_disputed: bool
