"""Phones that speak as providers do: real signatures and tokens, real replies read back.

A phone sends by a `Post`, so the same one talks to a WSGI app in this process or, over HTTP,
to a server in another.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bot.messages import Form

URL = "https://puente.example.org"
TWILIO_TOKEN = "canary-secret-5f0e9d-twilio"
USSD_TOKEN = "canary-secret-5f0e9d-ussd"
CITIZEN = "+50255550101"
PROPOSAL = "Que haya internet en mi aldea"
TYPED = ("1", "1", "1", "2", "1 3", "1", "2", PROPOSAL, "0", "3", "3")
"""The flagship by USSD, after dialling: consent, age, the first part with its rest, no second."""
FORM = "application/x-www-form-urlencoded"


class Answer(NamedTuple):
    """What came back from the webhook."""

    status: int
    body: str


class Post(Protocol):
    """Sends one request below `/channels/` and gives the answer."""

    def __call__(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer: ...


class Heard(NamedTuple):
    """What a person sees: messages in order, or the one screen; `open` on USSD alone."""

    texts: tuple[str, ...]
    open: bool = False


class PhoneError(AssertionError):
    """The webhook did not take a message, or this kind of phone cannot do that."""


@dataclass
class TwilioPhone:
    """A phone whose SMS or WhatsApp messages Twilio passes on, signed.

    `write` makes the next request, `repeat` delivers the last one, as often as it is asked.
    """

    post: Post
    number: str = CITIZEN
    prefix: str = ""
    token: str = TWILIO_TOKEN
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    last: tuple[bytes, dict[str, str]] = (b"", {})

    @property
    def channel(self) -> str:
        return "twilio-whatsapp" if self.prefix else "twilio-sms"

    def send(self, text: str) -> Heard:
        self.write(text)
        return self.repeat()

    def speak(self) -> Heard:
        media = {"MediaUrl0": "https://api.example.org/1", "MediaContentType0": "audio/ogg"}
        self.write("", NumMedia="1", **media)
        return self.repeat()

    def write(self, text: str, **more: str) -> None:
        sid = f"SM{int(self.number):016d}{next(self.ids):016d}"
        fields = {
            "MessageSid": sid,
            "From": f"{self.prefix}{self.number}",
            "To": f"{self.prefix}+50222220000",
            "Body": text,
            "NumMedia": "0",
        }
        self.last = self.sign(fields | more)

    def dial(self) -> Heard:
        raise PhoneError("nobody dials an SMS")

    def repeat(self) -> Heard:
        body, headers = self.last
        return read_twiml(self.post(f"{self.channel}/inbound", body, headers))

    def sign(self, fields: Mapping[str, str]) -> tuple[bytes, dict[str, str]]:
        """Give the body and the headers Twilio would send these fields with."""
        url = f"{URL}/channels/{self.channel}/inbound"
        signed = url + "".join(key + fields[key] for key in sorted(fields))
        digest = hmac.digest(
            self.token.encode(), signed.encode(errors="surrogatepass"), hashlib.sha1
        )
        proof = base64.b64encode(digest).decode()
        body = urlencode(fields, errors="surrogatepass").encode()
        return body, {"X-Twilio-Signature": proof, "Content-Type": FORM}


@dataclass
class UssdPhone:
    """A phone on Africa's Talking: a session, and all that was typed in it joined by `*`."""

    post: Post
    number: str = CITIZEN
    token: str = USSD_TOKEN
    dialogs: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    dialog: str = ""
    typed: list[str] = field(default_factory=list)
    channel: str = "ussd"

    def dial(self) -> Heard:
        self.dialog, self.typed = f"ATUid_{self.number[1:]}_{next(self.dialogs)}", []
        return self.repeat()

    def send(self, text: str) -> Heard:
        self.write(text)
        return self.repeat()

    def write(self, text: str) -> None:
        self.typed.append(text)

    def speak(self) -> Heard:
        raise PhoneError("nobody speaks into a USSD screen")

    def repeat(self) -> Heard:
        fields = {
            "sessionId": self.dialog,
            "serviceCode": "*384*7#",
            "phoneNumber": self.number,
            "text": "*".join(self.typed),
        }
        headers = {"X-Puente-Token": self.token, "Content-Type": FORM}
        answer = self.post("ussd/inbound", urlencode(fields).encode(), headers)
        word, _, screen = answer.body.partition(" ")
        if answer.status != 200 or word not in {"CON", "END"}:
            raise PhoneError(answer)
        return Heard((screen,) if screen else (), open=word == "CON")


@dataclass
class SimulatorPhone:
    """One of the three phones in the browser; JSON, without any secret."""

    post: Post
    form: Form = "sms"
    number: str = CITIZEN
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    dialog: str = ""
    last: bytes = b""
    channel: str = "simulator"

    def dial(self) -> Heard:
        self.dialog = f"dialog-{next(self.ids)}"
        return self.send("")

    def send(self, text: str) -> Heard:
        self.write(text)
        return self.repeat()

    def write(self, text: str) -> None:
        message = {
            "id": f"{self.number}-{next(self.ids)}",
            "from": self.number,
            "text": text,
            "as": self.form,
            "session": self.dialog,
        }
        self.last = json.dumps(message).encode()

    def speak(self) -> Heard:
        raise PhoneError("the simulator has no microphone")

    def repeat(self) -> Heard:
        headers = {"Content-Type": "application/json"}
        answer = self.post("simulator/inbound", self.last, headers)
        if answer.status != 200:
            raise PhoneError(answer)
        said = json.loads(answer.body)
        return Heard(tuple(one["text"] for one in said["messages"]), said["open"])


Phone = TwilioPhone | UssdPhone | SimulatorPhone

PHONES: Mapping[str, tuple[Form, Callable[[Post, str], Phone]]] = {
    "twilio-sms": ("sms", TwilioPhone),
    "twilio-whatsapp": ("whatsapp", lambda post, number: TwilioPhone(post, number, "whatsapp:")),
    "ussd-africastalking": ("ussd", UssdPhone),
    "simulator-sms": ("sms", lambda post, number: SimulatorPhone(post, "sms", number)),
    "simulator-whatsapp": (
        "whatsapp",
        lambda post, number: SimulatorPhone(post, "whatsapp", number),
    ),
    "simulator-ussd": ("ussd", lambda post, number: SimulatorPhone(post, "ussd", number)),
}
"""Name -> what kind of screen it has, and how it is made from a `Post` and a number."""


def read_twiml(answer: Answer) -> Heard:
    """Read the messages of a TwiML reply; of a recording, its address."""
    if answer.status != 200:
        raise PhoneError(answer)
    root = ET.fromstring(answer.body)  # noqa: S314 - our own
    return Heard(tuple(message.text or message.findtext("Media") or "" for message in root))
