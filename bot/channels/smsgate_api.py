"""Sending by SMSGate's API, on the phone itself, a private server or the app's cloud.

docs.sms-gate.app/features/sending-messages. The message goes by our own id, so that a second
try of what was taken already sends nothing twice.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import urllib3

from bot.channels.api import Api
from bot.channels.base import number_of
from bot.channels.meanings import Meaning, explain
from bot.messages import Sent
from flows.text.segments import measure

if TYPE_CHECKING:
    from bot.channels.options import Options
    from bot.messages import Outgoing

LASTS_SECONDS = 3600
"""A phone without signal must not send an hour-old question."""

FIRST, LAST = 50, 0
"""Who waits for an answer comes before reminders; below 100 the phone keeps its own pace."""

_SIMS = ("1", "2", "3")
_TAKEN = frozenset({200, 201, 202, 409})
"""409: it has a message of this id, hence of an earlier try."""
_REFUSED_AS_EMPTY = frozenset({400, 422})
_MEANINGS = {
    "401": Meaning("El teléfono no acepta username o password: revíselos.", retryable=True),
    "403": Meaning("El teléfono no acepta username o password: revíselos.", retryable=True),
}


class SmsGateApi:
    """Where one phone's messages are handed in."""

    def __init__(self, options: Options) -> None:
        self.url = options.url("send_url")
        self._sim = options.text("sim", "")
        if self._sim and self._sim not in _SIMS:
            raise options.error("sim", f"debe ser una de estas: {', '.join(_SIMS)}, entre comillas")
        basic = f"{options.text('username')}:{options.text('password')}"
        self._headers = urllib3.make_headers(basic_auth=basic) | {
            "Content-Type": "application/json"
        }
        self._api = Api("el teléfono")

    def __repr__(self) -> str:
        return f"SmsGateApi({self.url!r})"

    def send(self, outgoing: Outgoing) -> Sent:
        """Hand in one message; raise `SendError` where it is not taken."""
        status = self._post(
            {
                "id": outgoing.id,
                "textMessage": {"text": outgoing.text},
                "phoneNumbers": [number_of(outgoing)],
                "withDeliveryReport": True,
                "ttl": LASTS_SECONDS,
                "priority": FIRST if outgoing.kind == "reply" else LAST,
                **({"simNumber": int(self._sim)} if self._sim else {}),
            }
        )
        if status not in _TAKEN:
            raise explain("El teléfono", _MEANINGS, str(status), status)
        return Sent(outgoing.id, measure(outgoing.text).segments)

    def find_account_status(self) -> str:
        """Hand in an empty message: the password is looked at first, then it is refused."""
        status = self._post({})
        if status not in _REFUSED_AS_EMPTY:
            raise explain("El teléfono", _MEANINGS, str(status), status)
        return "active"

    def _post(self, message: dict[str, object]) -> int:
        body = json.dumps(message).encode()
        return self._api.call("POST", self.url, headers=self._headers, body=body).status
