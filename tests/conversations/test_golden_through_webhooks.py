"""Every golden conversation, word for word, as providers carry it: by each channel's webhook.

Every few turns the app is made anew, so that nothing but the database holds what a conversation
knows.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from operator import attrgetter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from flows.data import find_chats, find_scripts, read_bytes
from flows.golden.chance import make_chance
from flows.golden.chat import VOICE, Chat, read_chat
from flows.golden.playing import compare, pick_up, play
from flows.script.model import GIVEN
from puente.bundled import find_flow
from storage.due import Taken
from tests.support.clock import Clock
from tests.support.house import open_house, set_up
from tests.support.phones import PHONES, SimulatorPhone, UssdPhone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from flows.text.render import Form
    from storage.reported import ReportedSession
    from tests.support.house import House
    from tests.support.phones import Heard, Phone

    MakePhone = Callable[[str, str, int], "WebhookPhone"]

pytestmark = pytest.mark.usefixtures("uncounted")

TURNS_OF_AN_APP = 4
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("America/Guatemala"))
CHATS = [
    (slug, read_chat(read_bytes("scripts", slug, name).decode(), name))
    for slug in find_scripts()
    for name in find_chats(slug)
]


def is_playable(chat: Chat, phone: str) -> bool:
    """On a screen of its own kind, or SMS told on WhatsApp once; Twilio alone has voice."""
    if PHONES[phone][0] != chat.form and (chat.form, phone) != ("sms", "twilio-whatsapp"):
        return False
    speaks = any(exchange.sent == VOICE for exchange in chat.exchanges)
    return phone.startswith("twilio") or not speaks


def retell(slug: str, chat: Chat, form: Form) -> Chat:
    """Give the conversation as the engine has it on another kind of screen, and at its price.

    In this house each message costs, so that questions come together.
    """
    if form == chat.form and chat.occasion.pays:
        return chat
    retold = replace(chat, form=form, occasion=replace(chat.occasion, pays=True))
    told = play(retold, pick_up(find_flow(slug), retold))
    return replace(retold, exchanges=[replace(one.exchange, expected=one.lines) for one in told])


@dataclass
class WebhookPhone:
    """What `flows.golden.playing` plays on, behind a webhook; `answers` come from the database."""

    house: House
    phone: Phone
    clock: Clock
    turns: Iterator[int] = field(default_factory=count)

    def wait(self, time: timedelta) -> None:
        self.clock.advance(seconds=time.total_seconds())
        if next(self.turns) % TURNS_OF_AN_APP == 0:
            self.house.reload()

    def dial(self) -> tuple[str, ...]:
        return self._hear(self.phone.dial())

    def speak(self) -> tuple[str, ...]:
        return self._hear(self.phone.speak())

    def send(self, text: str) -> tuple[str, ...]:
        return self._hear(self.phone.send(text))

    @property
    def answers(self) -> Mapping[str, str]:
        found = self._session()
        return {
            said.question: said.text if said.value == GIVEN else said.value
            for said in (answer.said for answer in (found.answers if found else ()))
        }

    @property
    def outcome(self) -> str | None:
        found = self._session()
        return found.outcome if found else None

    def _session(self) -> ReportedSession | None:
        """Read the session that began last."""
        with self.house.database.reading() as unit:
            (consultation,) = unit.consultations.list()
            return max(
                unit.reports.sessions(consultation.id),
                key=attrgetter("started_at"),
                default=None,
            )

    def _hear(self, heard: Heard) -> tuple[str, ...]:
        assert self.phone.repeat() == heard, "the same delivery gets the same reply"
        is_over = isinstance(self.phone, UssdPhone | SimulatorPhone) and not heard.open
        return heard.texts + (self._receive() if is_over else ())

    def _receive(self) -> tuple[str, ...]:
        """Take what a session on the screen left for afterwards, as it would be sent."""
        channel = "simulator" if isinstance(self.phone, SimulatorPhone) else "twilio-sms"
        now = self.clock()
        with self.house.database.unit() as unit:
            due = unit.outbox.lease(channel, now, now + timedelta(minutes=1), 10)
            for message in due:
                unit.outbox.record_sent([Taken(message.id, now, "SM0", 1)])
        return tuple(message.text for message in due if message.kind == "reply")


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def make_phone(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MakePhone]:
    """Providers' phones talk to PostgreSQL, those in the browser to SQLite."""
    with ExitStack() as open_:

        def make(slug: str, name: str, seed: int) -> WebhookPhone:
            kind = "sqlite_url" if name.startswith("simulator") else "postgres_url"
            settings = set_up(tmp_path, request.getfixturevalue(kind), clock)
            house = open_.enter_context(open_house(settings, slug))
            monkeypatch.setattr("puente.house.secrets.randbelow", make_chance(seed))
            house.reload()
            return WebhookPhone(house, house.phone(name), clock)

        yield make


@pytest.mark.parametrize(
    ("slug", "chat", "phone"),
    [
        pytest.param(slug, chat, phone, id=f"{slug}-{chat.name}-{phone}")
        for slug, chat in CHATS
        for phone in PHONES
        if is_playable(chat, phone)
    ],
)
def test_a_golden_conversation_is_the_same_by_every_webhook(
    make_phone: MakePhone, slug: str, chat: Chat, phone: str
) -> None:
    told = retell(slug, chat, PHONES[phone][0])
    difference = compare(told, make_phone(slug, phone, chat.seed))
    assert difference is None, "\n".join(["", *difference.lines])
