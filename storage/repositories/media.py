"""What people sent that is not text: waiting with its provider, then kept as a sealed file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from storage.due import DueMedia
from storage.models import Media

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from storage.sealing import Sealer


class MediaRows:
    """Media inside one unit."""

    def __init__(self, work: Session, sealer: Sealer) -> None:
        self._work = work
        self._sealer = sealer

    def take(self, now: datetime, until: datetime, limit: int) -> Sequence[DueMedia]:
        """Take what is due and keep others from it; without an outcome it is due at `until`."""
        rows = self._work.scalars(
            select(Media)
            .where(Media.state == "waiting", Media.due_at <= now)
            .order_by(Media.due_at, Media.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        for row in rows:
            row.due_at = until
            row.tries += 1
        return [
            DueMedia(
                row.id,
                row.channel,
                row.content_type,
                self._sealer.open("media", row.id.bytes, row.sealed_url),
                row.tries,
            )
            for row in rows
        ]

    def keep(self, media_id: UUID, name: str, kind: str, size: int) -> None:
        """Note the file it is in; its address is needed no more."""
        self._set(media_id, state="kept", name=name, kind=kind, size=size, sealed_url=b"")

    def refuse(self, media_id: UUID, code: str) -> None:
        """Give it up: it is gone, too large, or not what it says; staff see why."""
        self._set(media_id, state="refused", code=code, sealed_url=b"")

    def list_names(self) -> set[str]:
        """Give the names of all files that belong to somebody."""
        return set(self._work.scalars(select(Media.name).where(Media.state == "kept")))

    def _set(self, media_id: UUID, **values: Any) -> None:
        self._work.execute(update(Media).where(Media.id == media_id).values(**values))
