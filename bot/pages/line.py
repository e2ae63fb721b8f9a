"""From a phone on the page to Puente: the simulator's own request, taken all the way."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.channels.base import Request
from bot.webhooks import handle

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.channels.base import Channel
    from bot.messages import Inbound, Reply
    from bot.pages.phones import Phone


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came back: the texts, whether a USSD session goes on, and what can be tapped.

    `buttons` are what is sent and what is shown; the same delivery again brings none, as its
    answer shows them already.
    """

    texts: tuple[str, ...] = field(repr=False)
    is_open: bool
    buttons: tuple[tuple[str, str], ...] = field(default=(), repr=False, compare=False)


def deliver(  # noqa: PLR0913, PLR0917 - one delivery, as the page has it
    channel: Channel,
    receive: Callable[[Inbound], Reply],
    phone: Phone,
    text: str,
    claim: str,
    at: datetime | None,
) -> Delivered:
    """Deliver one message as the webhook would, from the JSON body on.

    Args:
        channel: the simulator.
        receive: the turn.
        phone: whose message it is.
        text: what she typed; empty where she dials.
        claim: the id of this message.
        at: the phone's own time; None for the real one.
    """
    message = {
        "id": claim,
        "from": phone.number,
        "text": text,
        "as": phone.form,
        "session": phone.dialog,
    }
    if at is not None:
        message["at"] = at.isoformat()
    request = Request(
        method="POST",
        path="inbound",
        url=f"/channels/{channel.name}/inbound",
        headers={"content-type": "application/json"},
        query=(),
        form=(),
        body=json.dumps(message).encode(),
    )
    heard: list[Reply] = []

    def listen(inbound: Inbound) -> Reply:
        heard.append(receive(inbound))
        return heard[-1]

    reply = json.loads(handle(channel, request, listen).body)
    return Delivered(
        tuple(sent["text"] for sent in reply["messages"]),
        reply["open"],
        tuple((button.digit, button.title) for one in heard for button in one.buttons),
    )
