"""Twilio's reply language, as much of it as we speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from bot.channels.base import Response
from bot.channels.texts import xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_MESSAGES = 10
"""Twilio sends no more for one inbound message (error 14109)."""

_log = structlog.get_logger(__name__)


def respond(texts: Iterable[str]) -> Response:
    """Answer with one `<Message>` a text; none at all says: no reply."""
    messages = [f"<Message>{xml_text(text)}</Message>" for text in texts]
    if len(messages) > MOST_MESSAGES:
        _log.error("reply_has_too_many_messages", messages=len(messages))
        del messages[MOST_MESSAGES:]
    body = "".join(messages)
    return Response(
        '<?xml version="1.0" encoding="UTF-8"?>'
        + (f"<Response>{body}</Response>" if body else "<Response/>"),
        content_type="text/xml; charset=utf-8",
    )
