"""Twilio's reply language, as much of it as we speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from bot.channels.base import Response
from bot.channels.texts import xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.messages import Reply

MOST_MESSAGES = 10
"""Twilio sends no more for one inbound message (error 14109)."""

_log = structlog.get_logger(__name__)


def respond(replies: Iterable[Reply], voices_url: str = "") -> Response:
    """Answer with one `<Message>` a text; none at all says: no reply.

    Args:
        replies: in order.
        voices_url: where recordings stand, each a `<Message>` before the texts; empty where
            the channel plays none.
    """
    messages = [message for reply in replies for message in _list(reply, voices_url)]
    if len(messages) > MOST_MESSAGES:
        _log.error("reply_has_too_many_messages", messages=len(messages))
        del messages[MOST_MESSAGES:]
    body = "".join(messages)
    return Response(
        '<?xml version="1.0" encoding="UTF-8"?>'
        + (f"<Response>{body}</Response>" if body else "<Response/>"),
        content_type="text/xml; charset=utf-8",
    )


def _list(reply: Reply, voices_url: str) -> Iterator[str]:
    for voice in reply.voices if voices_url else ():
        yield f"<Message><Media>{xml_text(voices_url + voice)}</Media></Message>"
    for text in reply.texts:
        yield f"<Message>{xml_text(text)}</Message>"
