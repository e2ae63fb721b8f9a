"""The audit: who did what, in the transaction of what was done."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import insert

from storage.ids import new_id
from storage.models import AuditEvent
from storage.vocabulary import REQUIRED, AuditAction

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

Detail = str | int


class Audit:
    """Writes audit events."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self, action: AuditAction, at: datetime, who: str, details: Mapping[str, Detail]
    ) -> None:
        """Write one event.

        Args:
            action: what was done.
            at: when.
            who: e-mail of the member of staff, or the process that did it; never a citizen.
            details: at least what `REQUIRED` asks for; no number and no text of a citizen.

        Raises:
            ValueError: a required detail is missing.
        """
        if missing := REQUIRED[action] - set(details):
            raise ValueError(f"{action.value} without {', '.join(sorted(missing))}")
        self._session.execute(
            insert(AuditEvent).values(
                id=new_id(at),
                at=at,
                action=action.value,
                who=who,
                details=json.dumps(dict(details), sort_keys=True, ensure_ascii=False),
            )
        )
