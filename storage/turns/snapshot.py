"""Make a snapshot of the one row that `statements.LOAD` gives."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from storage.records import ContactRecord, OpenConsultation, SessionRecord, Snapshot
from storage.turns.hashes import address_hashes, claim_hashes, dialog_hashes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from storage.records import TurnKey
    from storage.sealing import Sealer

ID_COLUMNS = (2, 4, 10, 11, 12, 13)
TIME_COLUMNS = (6, 7)


def load_values(sealer: Sealer, key: TurnKey, now: datetime) -> dict[str, Any]:
    """Give the values `LOAD` looks for: `claims_0`, `addresses_0`, `dialogs_0`, one per key."""
    hashes = {
        "claims": claim_hashes(sealer, key),
        "addresses": [h for _, h in address_hashes(sealer, key.scheme, key.address)],
        "dialogs": dialog_hashes(sealer, key),
    }
    numbered = {
        f"{name}_{number}": hashed
        for name, values in hashes.items()
        for number, hashed in enumerate(values)
    }
    return {"now": now, **numbered}


def make_snapshot(sealer: Sealer, row: Sequence[Any]) -> Snapshot:
    """Open and name what was read; ids are UUIDs and times aware by now."""
    claim, reply, contact_id = row[:3]
    session_id, dialog, screen = row[10], row[18], row[19]
    return Snapshot(
        reply=None if claim is None else sealer.open("claim", claim, reply),
        contact=None if contact_id is None else ContactRecord(*row[2:10]),
        session=None if session_id is None else _session(sealer, row),
        screen="" if dialog is None else sealer.open("dialog", dialog, screen),
        consultations=_consultations(row[20]),
    )


def _session(sealer: Sealer, row: Sequence[Any]) -> SessionRecord:
    session_id, state = row[10], row[14]
    return SessionRecord(
        id=session_id,
        person_id=row[11],
        consultation_id=row[12],
        revision_id=row[13],
        state=sealer.open("session", session_id.bytes, state) if state else "",
        turns=row[15],
        outcome=row[16],
        edition=row[17],
        mode=row[21],
    )


@lru_cache(maxsize=64)
def _consultations(text: str | None) -> tuple[OpenConsultation, ...]:
    # The same text comes with every turn until staff publish, open or close something.
    found = [
        OpenConsultation(UUID(id_), slug, UUID(revision_id), bool(is_open), edition)
        for id_, slug, revision_id, edition, is_open in json.loads(text or "[]")
    ]
    return tuple(sorted(found, key=lambda consultation: consultation.slug))
