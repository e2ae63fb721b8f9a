"""A message as Meta's Cloud API takes it: with buttons where they fit, else plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.templates import as_variable, refuse_late
from bot.messages import VOICE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.channels.templates import Templates
    from bot.messages import Outgoing
    from flows.text.render import Button

MOST_BUTTONS, LONGEST_BUTTON = 3, 20
MOST_ROWS, LONGEST_ROW = 10, 24
LONGEST_BODY = 1024
"""Of a message with buttons or a list; a plain text may have 4096 letters."""
LIST_LABEL = "Elegir"
"""What opens a list, at most 20 letters."""


def write_message(
    outgoing: Outgoing, templates: Templates, voices_url: str = ""
) -> dict[str, object]:
    """Write a message; the numbers stand in its text too, so that typing them always works.

    Args:
        outgoing: the message.
        templates: the approved ones.
        voices_url: where recordings stand.

    Raises:
        SendError: 24 hours have passed and there is no template for it.
    """
    # `to` for numbers, `recipient` for an opaque id; of both Meta would take `to`.
    to = (
        {"to": outgoing.address.value.removeprefix("+")}
        if outgoing.address.scheme == "tel"
        else {"recipient": outgoing.address.value}
    )
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **to,
        **_fill(outgoing, templates, voices_url),
    }


def _fill(outgoing: Outgoing, templates: Templates, voices_url: str) -> dict[str, object]:
    if outgoing.kind == VOICE:
        refuse_late(outgoing)
        return {"type": "audio", "audio": {"link": voices_url + outgoing.text}}
    if outgoing.in_session:
        return _contents(outgoing.text, outgoing.buttons)
    return _template(templates.get(outgoing), outgoing.text)


def _contents(text: str, buttons: Sequence[Button]) -> dict[str, object]:
    if not buttons or len(text) > LONGEST_BODY:
        return _plain(text)
    longest = max(len(button.title) for button in buttons)
    if len(buttons) <= MOST_BUTTONS and longest <= LONGEST_BUTTON:
        return _interactive(text, "button", {"buttons": [_button(one) for one in buttons]})
    if len(buttons) <= MOST_ROWS and longest <= LONGEST_ROW:
        rows = [{"id": one.digit, "title": one.title} for one in buttons]
        return _interactive(
            text, "list", {"button": LIST_LABEL, "sections": [{"title": LIST_LABEL, "rows": rows}]}
        )
    return _plain(text)


def _plain(text: str) -> dict[str, object]:
    return {"type": "text", "text": {"body": text, "preview_url": False}}


def _template(name: str, text: str) -> dict[str, object]:
    parameter = {"type": "text", "text": as_variable(text)}
    return {
        "type": "template",
        "template": {
            "name": name,
            "language": {"code": "es"},
            "components": [{"type": "body", "parameters": [parameter]}],
        },
    }


def _interactive(text: str, kind: str, action: dict[str, object]) -> dict[str, object]:
    return {
        "type": "interactive",
        "interactive": {"type": kind, "body": {"text": text}, "action": action},
    }


def _button(button: Button) -> dict[str, object]:
    return {"type": "reply", "reply": {"id": button.digit, "title": button.title}}
