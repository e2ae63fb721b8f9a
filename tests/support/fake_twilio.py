"""Twilio's message API on loopback: it refuses what Twilio refuses and remembers the rest.

Not Twilio, but as strict: authentication, required parameters, the forms of numbers, the
length of a text, people who have left. Errors look as Twilio's do (twilio.com/docs/api/errors).
"""

from __future__ import annotations

import base64
import json
import re
import threading
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qsl, urlsplit

import pytest

from bot.channels import CHANNELS
from bot.channels.settings import ChannelSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.channels.base import Channel

ACCOUNT_SID = "AC0123456789abcdef0123456789abcdef"
AUTH_TOKEN = "canary-secret-5f0e9d"
SENDER = "+50222220000"

Mood = Literal["busy", "unavailable", "broken", "die before", "die after", "garbage"]
"""How one request is treated: 429, 503, 500 after taking it, silence before or after taking
it, or a page that is not JSON."""

_NUMBER = re.compile(r"(whatsapp:)?\+[1-9]\d{7,14}|whatsapp:[A-Z]{2}\.\w+", re.ASCII)
_STATUS = {"busy": (429, 20429), "unavailable": (503, 20503), "broken": (500, 20500)}


@dataclass
class FakeTwilio:
    """What the account knows, and what it was told.

    Attributes:
        messages: the parameters of every message taken, in order.
        stopped: numbers that have left.
        silent: numbers that wrote nothing for a day: WhatsApp takes templates alone.
        templates, menus: the contents that are prepared, approved and not.
        moods: how the next requests are treated, one each; then all is well.
    """

    url: str = ""
    messages: list[dict[str, str]] = field(default_factory=list)
    stopped: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    templates: frozenset[str] = frozenset({"HXreminder", "HXreminderquc"})
    menus: frozenset[str] = frozenset({"HXtwo", "HXthree", "HXfour"})
    moods: deque[Mood] = field(default_factory=deque)
    account_status: str = "active"
    connections: int = 0
    senders: frozenset[str] = frozenset({SENDER, f"whatsapp:{SENDER}"})
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def make_channel(self, name: str = "sms") -> Channel:
        """Make the SMS channel of this account."""
        options = {
            "account_sid": ACCOUNT_SID,
            "auth_token": AUTH_TOKEN,
            "sender": SENDER,
            "api_url": self.url,
        }
        return CHANNELS["twilio-sms"](ChannelSettings(name, "twilio-sms", options))

    def refuse(self, message: dict[str, str]) -> tuple[int, str] | None:
        """Give Twilio's code and words for what it would not take."""
        to, sender = message.get("To", ""), message.get("From", "")
        content = message.get("ContentSid", "")
        rules = (
            (not to, 21604, "A 'To' phone number is required."),
            (not sender and not message.get("MessagingServiceSid"), 21603, "A 'From' is required."),
            (
                not (message.get("Body") or message.get("MediaUrl") or content),
                21602,
                "Message body is required.",
            ),
            (not _is_public(message.get("MediaUrl")), 21620, "Invalid media URL."),
            (
                bool(content) and content not in self.templates | self.menus,
                21656,
                "The Content SID is invalid.",
            ),
            (
                bool(content) and not _are_variables(message.get("ContentVariables", "{}")),
                21656,
                "The ContentVariables are invalid.",
            ),
            (
                to in self.silent and content not in self.templates,
                63016,
                "Outside the allowed window: use a template.",
            ),
            (not _NUMBER.fullmatch(to), 21211, f"Invalid 'To' Phone Number: {to}"),
            (len(message.get("Body", "")) > 1600, 21617, "The body exceeds the 1600 limit."),
            (bool(sender) and sender not in self.senders, 21606, "The 'From' is not yours."),
            (
                bool(sender) and sender.startswith("whatsapp:") != to.startswith("whatsapp:"),
                21910,
                "'From' and 'To' are not of the same channel.",
            ),
            (not _is_public(message.get("StatusCallback")), 21609, "Invalid StatusCallback."),
            (to in self.stopped, 21610, f"Attempt to send to unsubscribed recipient {to}"),
        )
        return next(((code, words) for broken, code, words in rules if broken), None)

    def take(self, message: dict[str, str]) -> dict[str, object]:
        """Remember a message, and describe it as Twilio does."""
        with self._lock:
            self.messages.append(message)
            sid = f"SM{len(self.messages):032x}"
        return {
            "sid": sid,
            "status": "queued",
            "num_segments": "1" if message.get("From") else "0",
            "to": message["To"],
            "from": message.get("From"),
            "body": message.get("Body"),
            "error_code": None,
            "date_created": "Mon, 02 Mar 2026 15:00:00 +0000",
        }


def _is_public(callback: str | None) -> bool:
    host = urlsplit(callback).hostname if callback else "example.org"
    return bool(host) and "." in str(host) and "_" not in str(host) and host != "127.0.0.1"


def _are_variables(written: str) -> bool:
    variables = json.loads(written)
    return all(isinstance(word, str) and word for word in variables.values())


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    fake: FakeTwilio

    def handle_error(self, *_request: object) -> None:
        """Say nothing: who asked was killed."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    @property
    def fake(self) -> FakeTwilio:
        assert isinstance(self.server, _Server)
        return self.server.fake

    def setup(self) -> None:
        super().setup()
        self.fake.connections += 1

    def log_message(self, *_words: object) -> None:
        """Say nothing: the log would hold numbers."""

    def do_GET(self) -> None:
        if self.fake.moods and self.fake.moods.popleft() == "garbage":
            self._send(200, b"<html>Sign in to the hotel's network</html>")
            return
        if self.path != f"/2010-04-01/Accounts/{ACCOUNT_SID}.json" or not self._is_known():
            self._answer_error(401, 20003, "Authenticate")
        else:
            self._answer(200, {"sid": ACCOUNT_SID, "status": self.fake.account_status})

    def do_POST(self) -> None:
        mood = self.fake.moods.popleft() if self.fake.moods else None
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if mood == "die before":
            self.close_connection = True
        elif mood in {"busy", "unavailable"}:
            self._answer_error(*_STATUS[str(mood)], "Try again later")
        elif self.path != f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json":
            self._answer_error(404, 20404, "Not found")
        elif not self._is_known():
            self._answer_error(401, 20003, "Authenticate")
        else:
            self._take(dict(parse_qsl(body, keep_blank_values=True)), mood)

    def _take(self, message: dict[str, str], mood: Mood | None) -> None:
        if refused := self.fake.refuse(message):
            self._answer_error(400, *refused)
            return
        taken = self.fake.take(message)
        if mood == "die after":
            self.close_connection = True
        elif mood == "broken":
            self._answer_error(*_STATUS[mood], "Internal error")
        elif mood == "garbage":
            self._send(200, b"<html>Sign in to the hotel's network</html>")
        else:
            self._answer(201, taken)

    def _is_known(self) -> bool:
        proof = base64.b64encode(f"{ACCOUNT_SID}:{AUTH_TOKEN}".encode()).decode()
        return self.headers.get("Authorization") == f"Basic {proof}"

    def _answer_error(self, status: int, code: int, words: str) -> None:
        more = f"https://www.twilio.com/docs/errors/{code}"
        self._answer(status, {"code": code, "message": words, "more_info": more, "status": status})

    def _answer(self, status: int, value: dict[str, object]) -> None:
        self._send(status, json.dumps(value).encode())

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serve_twilio() -> Iterator[FakeTwilio]:
    """Serve a Twilio of one's own on loopback."""
    fake = FakeTwilio()
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.fake = fake
        fake.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield fake
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def fake_twilio() -> Iterator[FakeTwilio]:
    """A Twilio of one's own, listening on loopback."""
    with serve_twilio() as fake:
        yield fake
