"""The audit as those who check it read it, and the chain that shows that nobody changed it.

Each event is sealed with its number and SHA-256 of the hash before it and of what it says:
whoever changes, drops or inserts one has to write every later one anew, and a number and hash
that somebody wrote down elsewhere then no longer fit.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

BEGINNING = bytes(32)
"""The hash before the first one."""


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """One act. `details` is JSON as it was written; `number` and `hash` are None until sealed."""

    id: UUID
    at: datetime
    action: str
    who: str
    details: str
    number: int | None
    hash: bytes | None

    def read_details(self) -> Mapping[str, str | int]:
        """Give the details by name."""
        details: dict[str, str | int] = json.loads(self.details)
        return details


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which acts to look at; what is None or empty leaves nothing out.

    Attributes:
        action: its code.
        who: e-mail or process, whole.
        since, until: when, the second left out.
    """

    action: str = ""
    who: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What came of looking at the whole chain.

    Attributes:
        sealed: how many events fit.
        last: the hash of the last one that does.
        broken_at: the number of the first one that does not fit, or is missing.
        is_anchored: whether the hash that somebody had written down stands where it should;
            True where nobody asked.
    """

    sealed: int
    last: bytes
    broken_at: int | None
    is_anchored: bool

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing was changed."""
        return self.broken_at is None and self.is_anchored


def link(before: bytes, record: AuditRecord) -> bytes:
    """Give the hash of an event, 32 bytes."""
    said = [str(record.id), record.at.isoformat(), record.action, record.who, record.details]
    return hashlib.sha256(before + json.dumps(said, ensure_ascii=False).encode()).digest()


def check_chain(
    records: Iterable[AuditRecord], anchor: tuple[int, bytes] | None = None
) -> ChainCheck:
    """Look whether sealed events, by their numbers, still say what they said.

    Args:
        records: all that are sealed.
        anchor: a number and its hash, as somebody wrote them down elsewhere.
    """
    last, sealed = BEGINNING, 0
    is_anchored = anchor is None
    for record in records:
        if record.number != sealed + 1 or record.hash != link(last, record):
            return ChainCheck(sealed, last, sealed + 1, is_anchored)
        last, sealed = record.hash, record.number
        if (sealed, last) == anchor:
            is_anchored = True
    return ChainCheck(sealed, last, None, is_anchored)
