"""What Meta's Cloud API puts into one request: many messages and receipts, of many numbers.

developers.facebook.com/docs/whatsapp/cloud-api/webhooks. Whatever has not the shape we know
is passed over: Meta would deliver the whole request again for days.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

import structlog

from bot.addresses import read_whatsapp_sender
from bot.channels.json_body import read_json
from bot.channels.meta_errors import MEANINGS
from bot.messages import StatusReport

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.channels.base import Request
    from bot.messages import Address

    Fields = Mapping[str, object]

LONGEST_ID = 256

MEDIA = frozenset({"image", "audio", "voice", "video", "document", "sticker"})
SILENT = frozenset({"reaction", "system", "ephemeral", "request_welcome"})
"""What a person did without saying anything: it is no answer and gets none."""

_STATUSES: Mapping[str, Literal["sent", "delivered", "read", "failed"]] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",
    "failed": "failed",
}

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class MetaMessage:
    """One message of a person to our number."""

    id: str
    address: Address
    text: str = field(repr=False)
    media: tuple[tuple[str, str], ...] = field(repr=False)
    """(content type, Meta's id of the media)."""
    sent_at: datetime | None


def read_messages(request: Request, number_id: str) -> Iterator[MetaMessage]:
    """Read the messages that were sent to one of our numbers.

    Those of a group are passed over: an answer would go to one member in private.
    """
    for value in _values(request, number_id):
        for message in _list(value, "messages"):
            read = _read_message(message)
            if read is not None:
                yield read


def read_statuses(request: Request, number_id: str) -> Iterator[StatusReport]:
    """Read the receipts; a status word that is new to us is logged and changes nothing."""
    for value in _values(request, number_id):
        for status in _list(value, "statuses"):
            word, id_ = _text(status, "status"), _text(status, "id")
            known = _STATUSES.get(word)
            if known is None:
                _log.warning("unknown_status", status=word[:32])
            elif id_:
                codes = [str(error.get("code", ""))[:16] for error in _list(status, "errors")]
                code = codes[0] if codes else ""
                meaning = MEANINGS.get(code)
                opted_out = meaning is not None and meaning.opted_out
                yield StatusReport(id_, known, code, opted_out)


def _values(request: Request, number_id: str) -> Iterator[Fields]:
    for entry in _list(read_json(request), "entry"):
        for change in _list(entry, "changes"):
            value = _object(change, "value")
            if _text(_object(value, "metadata"), "phone_number_id") == number_id:
                yield value


def _read_message(message: Fields) -> MetaMessage | None:
    kind, id_ = _text(message, "type"), _text(message, "id")
    if kind in SILENT or message.get("group_id") or not 0 < len(id_) <= LONGEST_ID:
        return None
    sender, opaque = _text(message, "from"), _text(message, "from_user_id")
    found = read_whatsapp_sender((f"+{sender}",), (opaque, sender))
    if found is None:
        _log.warning("unknown_sender", kind=kind[:32])
        return None
    return MetaMessage(
        id_, found[0], _read_text(message, kind), _media(message, kind), _at(message)
    )


def _read_text(message: Fields, kind: str) -> str:
    part = _object(message, kind)
    if kind == "text":
        return _text(part, "body")
    if kind == "button":  # of a template
        return _text(part, "payload") or _text(part, "text")
    if kind == "interactive":
        # Our own id; the title is only what was shown.
        return _text(_object(part, _text(part, "type")), "id")
    return _text(part, "caption") if kind in MEDIA else ""


def _media(message: Fields, kind: str) -> tuple[tuple[str, str], ...]:
    part = _object(message, kind) if kind in MEDIA else {}
    return ((_text(part, "mime_type"), id_),) if (id_ := _text(part, "id")) else ()


def _at(message: Fields) -> datetime | None:
    with suppress(ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(int(_text(message, "timestamp")), UTC)
    return None


def _list(value: Fields, key: str) -> list[Fields]:
    found = value.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _object(value: Fields, key: str) -> Fields:
    found = value.get(key)
    return found if isinstance(found, dict) else {}


def _text(value: Fields, key: str) -> str:
    found = value.get(key)
    return found if isinstance(found, str) else ""
