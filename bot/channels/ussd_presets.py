"""The USSD providers we can speak to, as data: what they send, what they want back.

Two axes cover them: a form, JSON or the query string; the whole path so far ("1*2*Sí") or
the last input alone. A new provider is one entry of `PRESETS`, one case table in the tests
and one page in docs/channels/.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Literal

from bot.messages import SessionEvent

if TYPE_CHECKING:
    from collections.abc import Mapping

Encoding = Literal["form", "json", "query"]


class Slot(Enum):
    """A place in a JSON reply that is filled for each screen."""

    SCREEN = "the text to show"


@dataclass(frozen=True, slots=True)
class IfOpen:
    """One of two values: whether the session goes on or ends with this screen."""

    goes_on: object
    ends: object

    def choose(self, *, goes_on: bool) -> object:
        """Give the value for this screen."""
        return self.goes_on if goes_on else self.ends


@dataclass(frozen=True, slots=True)
class Echo:
    """The value of one of the request's fields, sent back as it came."""

    name: str


@dataclass(frozen=True, slots=True)
class Preset:
    """One provider.

    Fields of nested JSON are named with dots (`payload.response`); what stands in the path
    below the channel, `session/<id>/<step>`, is `path.session` and `path.step`.

    Attributes:
        encoding: where the fields stand.
        accumulated: whether `text` is the whole path so far.
        session, number, text: the names of these fields.
        reply: the JSON to answer with, or the word before the screen in plain text.
        sequence: the field that numbers the requests of a session, where there is one.
        event: the field that says what happens to the session, where there is one.
        events: its values, in lower case; any other one goes on.
        plus: whether numbers come with their `+`.
    """

    encoding: Encoding
    accumulated: bool
    session: str
    number: str
    text: str
    reply: IfOpen | Mapping[str, object]
    sequence: str = ""
    event: str = ""
    events: Mapping[str, SessionEvent] = field(default_factory=dict)
    plus: bool = False


PRESETS: Mapping[str, Preset] = {
    "ussd-africastalking": Preset(
        encoding="form",
        accumulated=True,
        session="sessionId",
        number="phoneNumber",
        text="text",
        reply=IfOpen("CON ", "END "),
        plus=True,
    ),
    "ussd-infobip": Preset(
        encoding="json",
        accumulated=False,
        session="path.session",
        number="msisdn",
        text="text",
        event="path.step",
        events={"start": SessionEvent.NEW, "end": SessionEvent.CLOSE},
        reply={
            "ussdMenu": Slot.SCREEN,
            "shouldClose": IfOpen(goes_on=False, ends=True),
            "responseExitCode": 200,
            "responseMessage": "",
        },
    ),
    "ussd-hubtel": Preset(
        encoding="json",
        accumulated=False,
        session="SessionId",
        number="Mobile",
        text="Message",
        sequence="Sequence",
        event="Type",
        events={
            "initiation": SessionEvent.NEW,
            "release": SessionEvent.CLOSE,
            "timeout": SessionEvent.CLOSE,
        },
        reply={
            "SessionId": Echo("SessionId"),
            "Type": IfOpen("Response", "Release"),
            "Message": Slot.SCREEN,
        },
    ),
    "ussd-nalo": Preset(
        encoding="json",
        accumulated=False,
        session="MSISDN",  # it has no other: a number has one session at a time
        number="MSISDN",
        text="USERDATA",
        event="MSGTYPE",
        events={"true": SessionEvent.NEW},
        reply={
            "USERID": Echo("USERID"),
            "MSISDN": Echo("MSISDN"),
            "MSG": Slot.SCREEN,
            "MSGTYPE": IfOpen(goes_on=True, ends=False),
        },
    ),
    "ussd-arkesel": Preset(
        encoding="json",
        accumulated=False,
        session="sessionID",
        number="msisdn",
        text="userData",
        event="newSession",
        events={"true": SessionEvent.NEW},
        reply={
            "sessionID": Echo("sessionID"),
            "userID": Echo("userID"),
            "msisdn": Echo("msisdn"),
            "message": Slot.SCREEN,
            "continueSession": IfOpen(goes_on=True, ends=False),
        },
    ),
    "ussd-beem": Preset(
        encoding="json",
        accumulated=False,
        session="session_id",
        number="msisdn",
        text="payload.response",
        event="command",
        events={"initiate": SessionEvent.NEW, "terminate": SessionEvent.CLOSE},
        reply={
            "msisdn": Echo("msisdn"),
            "operator": Echo("operator"),
            "session_id": Echo("session_id"),
            "command": IfOpen("continue", "terminate"),
            "payload": {"request_id": Echo("payload.request_id"), "request": Slot.SCREEN},
        },
    ),
}
