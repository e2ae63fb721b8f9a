"""Downloads that staff keep under a name, and take again by one link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from storage.models import ExportPreset

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

MOST = 50
"""Kept for a consultation; more nobody reads."""


@dataclass(frozen=True, slots=True)
class Preset:
    """What to take out, and in which form; `history` with superseded answers."""

    id: UUID
    name: str
    table: str
    format: str
    tier: str
    history: bool
    who: str


class Presets:
    """Presets inside one unit."""

    def __init__(self, work: Session) -> None:
        self._work = work

    def add(self, consultation_id: UUID, preset: Preset, now: datetime) -> bool:
        """Keep a download; False where its name is taken, or too many are kept."""
        known = {one.name.casefold() for one in self.list(consultation_id)}
        if preset.name.casefold() in known or len(known) >= MOST:
            return False
        self._work.add(
            ExportPreset(
                id=preset.id,
                consultation_id=consultation_id,
                name=preset.name,
                table=preset.table,
                format=preset.format,
                tier=preset.tier,
                history=preset.history,
                who=preset.who,
                created_at=now,
            )
        )
        return True

    def list(self, consultation_id: UUID) -> Sequence[Preset]:
        """List a consultation's, by name."""
        rows = self._work.scalars(
            select(ExportPreset)
            .where(ExportPreset.consultation_id == consultation_id)
            .order_by(ExportPreset.name)
        )
        return [
            Preset(row.id, row.name, row.table, row.format, row.tier, row.history, row.who)
            for row in rows
        ]

    def remove(self, consultation_id: UUID, preset_id: UUID, who: str) -> bool:
        """Keep one's own download no more; False where there is none of hers."""
        own = delete(ExportPreset).where(
            ExportPreset.id == preset_id,
            ExportPreset.consultation_id == consultation_id,
            ExportPreset.who == who,
        )
        return self._work.scalar(own.returning(ExportPreset.id)) is not None
