"""Sending by Kannel's `sendsms`, and the receipts it reports (DLR).

Kannel gives no id for what it took, so a message goes by our own, which stands in the
address that Kannel calls with the receipts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode

import structlog

from bot.channels.api import Api
from bot.channels.base import SendError, number_of
from bot.channels.kannel_query import KannelQuery
from bot.channels.meanings import Meaning, explain
from bot.messages import Sent, StatusReport
from flows.text.alphabet import is_gsm7
from flows.text.segments import measure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.channels.api import Answer
    from bot.channels.base import Request
    from bot.channels.credentials import Secret
    from bot.channels.options import Options
    from bot.channels.settings import ChannelSettings
    from bot.messages import Outgoing

ALL_RECEIPTS = "31"

_DLR: Mapping[str, Literal["queued", "sent", "delivered", "failed"]] = {
    "1": "delivered",
    "2": "failed",
    "4": "queued",  # the centre keeps it: the phone is off
    "8": "sent",  # the centre took it
    "16": "failed",
}
_CODE = re.compile(r"\berr:(\w{1,8})|\b(0x[0-9a-fA-F]{1,8})\b", re.ASCII)

_ACCEPTED, _BAD_REQUEST = 202, 400
_MEANINGS = {
    "403": Meaning("Kannel no acepta username o password: revíselos.", retryable=True),
}

_log = structlog.get_logger(__name__)


def coding_headers(text: str) -> dict[str, str]:
    """Say that a text needs UCS-2: unasked, Kannel writes `?` for each á í ó ú."""
    return {} if is_gsm7(text) else {"X-Kannel-Coding": "2"}


class KannelGateway:
    """The `sendsms` of one Kannel, as one channel uses it."""

    def __init__(self, settings: ChannelSettings, options: Options, token: Secret) -> None:
        self.sender = options.text("sender", "")
        self.url = options.url("send_url") if "send_url" in options else ""
        self._username = options.text("username", "puente")
        self._password = options.text("password", token.current)
        self._status_url = f"{settings.public_url.rstrip('/')}/channels/{settings.name}/status"
        self._token = token.current
        self._api = Api("Kannel")

    def __repr__(self) -> str:
        return f"KannelGateway({self.url!r})"

    @property
    def can_send(self) -> bool:
        """Whether it knows where to send and as whom."""
        return bool(self.url and self.sender)

    def send(self, outgoing: Outgoing) -> Sent:
        """Hand one message to Kannel; raise `SendError` where it is not taken."""
        if not self.can_send:
            raise SendError(
                "no_sender", "Al canal le falta la clave sender o send_url: no puede escribir."
            )
        number = number_of(outgoing)
        receipts = {"token": self._token, "id": outgoing.id}
        answer = self._call(
            {
                "X-Kannel-From": self.sender,
                "X-Kannel-To": number,
                "X-Kannel-DLR-Mask": ALL_RECEIPTS,
                "X-Kannel-DLR-Url": f"{self._status_url}?{urlencode(receipts)}&type=%d&answer=%A",
                **coding_headers(outgoing.text),
            },
            outgoing.text,
        )
        if answer.status != _ACCEPTED:
            raise explain("Kannel", _MEANINGS, str(answer.status), answer.status)
        return Sent(outgoing.id, measure(outgoing.text).segments)

    def find_account_status(self) -> str | None:
        """Ask Kannel to send to nobody: it looks at the password first, then refuses."""
        if not self.url:
            return None
        status = self._call({}, "").status
        if status != _BAD_REQUEST:
            raise explain("Kannel", _MEANINGS, str(status), status)
        return "active"

    def _call(self, headers: Mapping[str, str], text: str) -> Answer:
        # A POST, since an address with the number and the text in it would be logged.
        return self._api.call(
            "POST",
            self.url,
            headers={
                "X-Kannel-Username": self._username,
                "X-Kannel-Password": self._password,
                "Content-Type": "text/plain; charset=UTF-8",
                **headers,
            },
            body=text.encode(),
        )


def read_receipt(request: Request) -> list[StatusReport]:
    """Read one DLR; a kind of receipt that is new to us is logged and changes nothing."""
    query = KannelQuery.read(request, "id", "type")
    status = _DLR.get(query.word("type"))
    if status is None:
        _log.warning("unknown_status", status=query.word("type")[:32])
        return []
    # The centre's answer quotes the message itself: only its code is taken.
    found = _CODE.search(query.word("answer")) if status == "failed" else None
    code = (found[1] or found[2]) if found else ""
    return [StatusReport(query.claim(), status, code)]
