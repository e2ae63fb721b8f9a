"""The words of an answer, sealed; none are kept where they are the value itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from storage.sealing import Sealer

COLUMN = "answer"


def seal_text(sealer: Sealer, answer_id: UUID, value: str, text: str) -> bytes | None:
    """Seal an answer's words; None where its value says all."""
    return None if text == value else sealer.seal(COLUMN, answer_id.bytes, text)


def open_text(sealer: Sealer, answer_id: UUID, value: str, sealed: bytes | None) -> str:
    """Open what `seal_text` gave for the same answer."""
    return value if sealed is None else sealer.open(COLUMN, answer_id.bytes, sealed)
