"""An inbound message as a text that outlives the process, and back."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bot.messages import Address, Inbound, Media, SessionEvent

if TYPE_CHECKING:
    from collections.abc import Mapping

TIMES = ("sent_at", "at", "replayed_at")


def write_letter(inbound: Inbound, received_at: datetime) -> str:
    """Write a message, with the time it was received as the time it happens at.

    What its provider wants echoed is left out: its response has gone.
    """
    at = inbound.at or received_at
    kept = replace(inbound, at=at, sent_at=inbound.sent_at or at, echo=())
    return json.dumps(asdict(kept), default=_write)


def read_letter(text: str, replayed_at: datetime) -> Inbound:
    """Read a message back, to be taken now."""
    kept: dict[str, Any] = json.loads(text)
    return Inbound(
        **{
            **kept,
            **{name: _read_time(kept, name) for name in TIMES},
            "address": Address(**kept["address"]),
            "session": SessionEvent(kept["session"]),
            "media": tuple(Media(**one) for one in kept["media"]),
            "echo": (),
            # A release before this one gave none.
            "id": UUID(kept["id"]) if kept.get("id") else None,
            "replayed_at": replayed_at,
        }
    )


def _write(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, SessionEvent):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value).__name__)


def _read_time(kept: Mapping[str, str | None], name: str) -> datetime | None:
    text = kept[name]
    return None if text is None else datetime.fromisoformat(text)
