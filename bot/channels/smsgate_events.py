"""What the app SMSGate tells: a text came in, a call was missed, what became of our message.

docs.sms-gate.app/features/webhooks. Calls are not the app's own: its companion CallGate tells
that the phone rings, or an automation app posts a missed call in the same form
(docs/channels/smsgate.md).
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

import structlog

from bot.channels.base import Refused
from bot.channels.json_body import read_json
from bot.messages import StatusReport

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.channels.base import Request

TEXT, TEXTS = "sms:received", "sms:batch:received"
CALLS = frozenset({"call:missed", "call:ringing"})
LONGEST_ID = 128
YEARS = range(2001, 2100)
"""Times near the ends of the calendar cannot be moved to another time zone."""

_REPORTS: Mapping[str, Literal["sent", "delivered", "failed"]] = {
    "sms:sent": "sent",
    "sms:delivered": "delivered",  # once for each part: the first one counts
    "sms:failed": "failed",
    "sms:cancelled": "failed",
}
_OTHERS = frozenset(
    {
        *("sms:data-received", "mms:received", "mms:downloaded", "system:ping", "app:started"),
        *("call:started", "call:ended"),
    }
)
_REASON = re.compile(r"\b[A-Z]+(?:_[A-Z]+)+\b")

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing the phone tells.

    Attributes:
        claim: what was sent, by whom and when. The app has been seen to tell of one message
            twice, so its own id of the telling is no claim.
    """

    name: str
    id: str
    sender: str = field(repr=False)
    text: str = field(repr=False)
    claim: str = field(repr=False)
    received_at: datetime | None

    @classmethod
    def read_all(cls, request: Request) -> list[Event]:
        """Read what one request tells: one thing, or all texts of a batch.

        Raises:
            Refused: 400 for what is none, or a message without a sender.
        """
        whole = read_json(request)
        name, id_, payload = _word(whole, "event"), _word(whole, "id"), whole.get("payload")
        if name != TEXTS:
            return [cls._read(name, id_, payload)]
        texts = payload.get("messages") if isinstance(payload, dict) else None
        if not isinstance(texts, list):
            raise Refused("field_missing", 400)
        # Told alone, a text has the same claim: whichever comes first counts.
        return [cls._read(TEXT, f"{id_}/{place}", text) for place, text in enumerate(texts)]

    @classmethod
    def _read(cls, name: str, id_: str, payload: object) -> Event:
        if not name or not isinstance(payload, dict):
            raise Refused("field_missing", 400)
        sender = _word(payload, "sender") or _word(payload, "phoneNumber")
        message_id, at = _word(payload, "messageId"), _word(payload, "receivedAt")
        # A phone tells of a call that hides its number, too: that is no mistake of the app's.
        if name in {TEXT, *CALLS} and not ((sender or name in CALLS) and (id_ or at)):
            raise Refused("field_missing", 400)
        text = payload.get("message")
        return cls(
            name=name,
            id=id_,
            sender=sender,
            text=text if isinstance(text, str) else "",
            claim=f"{name}:{sender}:{message_id}:{at}" if at else id_,
            received_at=_read_time(at),
        )


def read_report(whole: Mapping[str, object]) -> list[StatusReport]:
    """Read what became of a message of ours; an event that is new to us is logged."""
    name, payload = _word(whole, "event"), whole.get("payload")
    status = _REPORTS.get(name)
    if status is None:
        if name not in {TEXT, TEXTS, *CALLS, *_OTHERS}:
            _log.warning("unknown_status", status=name[:32])
        return []
    if not isinstance(payload, dict) or not (id_ := _word(payload, "messageId")):
        return []
    # The reason is a sentence that may quote anything: only its constant is taken.
    reason = _REASON.search(str(payload.get("reason", ""))) if name == "sms:failed" else None
    code = reason[0] if reason else ""
    return [StatusReport(id_, status, "cancelled" if name == "sms:cancelled" else code)]


def _word(value: Mapping[str, object], key: str) -> str:
    found = value.get(key)
    return found[:LONGEST_ID] if isinstance(found, str) else ""


def _read_time(written: str) -> datetime | None:
    with suppress(ValueError, OverflowError):
        at = datetime.fromisoformat(written)
        if at.tzinfo is not None and at.year in YEARS:
            return at.astimezone(UTC)
    return None
