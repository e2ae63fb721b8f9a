"""What the real Kannel does with us, and we with it."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from typing import TYPE_CHECKING

import flask
import pytest

from bot.channels import CHANNELS
from bot.channels.base import SendError
from bot.channels.settings import ChannelSettings
from bot.channels.texts import REPLACEMENT
from bot.messages import Address, Outgoing, Reply, StatusReport
from bot.webhooks import make_blueprint
from tests.support.canaries import CANARY_SECRET
from tests.support.kannel import SHORT_CODE, Kannel, run_kannel
from tests.support.waiting import wait_for
from tests.support.webserver import HOST, find_free_ports, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.channels.base import Channel
    from bot.messages import Inbound

NAME = "claro"


class Bench:
    """One web server with a Kannel channel whose every reply the test decides."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.received: list[Inbound] = []
        self.statuses: list[StatusReport] = []
        self.replies: dict[str, str] = {}
        self.is_broken = False
        self.channel: Channel | None = None
        self.app = flask.Flask("bench")
        self._stack = ExitStack()

    def start(self, send_url: str) -> None:
        options = {"token": CANARY_SECRET, "sender": SHORT_CODE, "send_url": send_url}
        url = f"http://{HOST}:{self.port}"
        self.channel = CHANNELS["kannel"](ChannelSettings(NAME, "kannel", options, url))
        self.app.register_blueprint(
            make_blueprint(
                {NAME: self.channel},
                self.receive,
                public_url=url,
                record_status=lambda _name, report: self.statuses.append(report),
            )
        )
        self.up()

    def up(self) -> None:
        self._stack.enter_context(serving(self.app, self.port))

    def down(self) -> None:
        self._stack.close()

    def receive(self, inbound: Inbound) -> Reply:
        self.received.append(inbound)
        if self.is_broken:
            raise RuntimeError("the database is away")
        text = self.replies.get(inbound.address.value, "")
        return Reply((text,) if text else ())

    def texts_of(self, number: str) -> list[str]:
        return [one.text for one in self.received if one.address.value == number]


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    [port] = find_free_ports(1)
    bench = Bench(port)
    yield bench
    bench.down()


@pytest.fixture(scope="module")
def kannel(tmp_path_factory: pytest.TempPathFactory, bench: Bench) -> Iterator[Kannel]:
    with run_kannel(tmp_path_factory.mktemp("kannel"), bench.port, NAME) as kannel:
        bench.start(kannel.send_url)
        yield kannel


def number_of(digits: str) -> str:
    return f"+502555{digits}"


@pytest.mark.parametrize(
    ("digits", "text", "coding"),
    [
        ("10001", "Sí, quiero: más agua & luz + 100%", "text"),
        ("10002", "xeq’ab’ ꞌ 🌽", "ucs2"),
        ("10003", "¿Ñandú?", "ucs2"),
        ("10004", "  dos  espacios ", "text"),
        ("10005", "S\ud83d", "ucs2"),  # half an emoji
        ("50378901234", "Al otro lado", "text"),  # of another country, its plus left out
    ],
)
def test_what_she_writes_arrives_letter_by_letter(
    kannel: Kannel, bench: Bench, digits: str, text: str, coding: str
) -> None:
    abroad = len(digits) > len("10001")
    number = f"+{digits}" if abroad else number_of(digits)

    kannel.phones.say(digits if abroad else number, text, coding=coding)

    heard = wait_for(lambda: bench.texts_of(number), "the message")
    assert heard == [text.replace("\ud83d", REPLACEMENT)]
    assert len(bench.received[-1].claim) == 36
    assert bench.received[-1].sent_at is not None


@pytest.mark.parametrize(
    ("digits", "text", "coding"),
    [
        ("11001", "¿Cuantos años? Ñandu é ü €", "text"),
        ("11002", "Opinión pública: sí", "ucs-2"),
        ("11003", "Utz’ aj k’ulb’al ë", "ucs-2"),
    ],
)
def test_what_she_reads_has_its_letters_and_costs_no_more_than_it_must(
    kannel: Kannel, bench: Bench, digits: str, text: str, coding: str
) -> None:
    number = number_of(digits)
    bench.replies[number] = text

    kannel.phones.say(number, "hola")

    [received] = kannel.phones.wait_for(number)
    assert (received.text, received.coding) == (text, coding)
    assert received.sender == SHORT_CODE


def test_where_nothing_is_to_be_said_nothing_is_sent(kannel: Kannel, bench: Bench) -> None:
    silent, other = number_of("12001"), number_of("12002")
    bench.replies[other] = "Gracias."
    kannel.phones.say(silent, "BAJA")
    wait_for(lambda: bench.texts_of(silent), "the message")

    kannel.phones.say(other, "hola")

    kannel.phones.wait_for(other)
    assert kannel.phones.received(silent) == []


@pytest.mark.parametrize(
    ("digits", "text", "parts"),
    [("13001", "x" * 160, 1), ("13002", "x" * 432, 3), ("13003", "ë" * 222, 4)],
)
def test_a_long_reply_comes_in_as_many_parts_as_we_count(
    kannel: Kannel, bench: Bench, digits: str, text: str, parts: int
) -> None:
    number = number_of(digits)
    bench.replies[number] = text

    kannel.phones.say(number, "hola")

    assert len(kannel.phones.wait_for(number, parts)) == parts


def test_a_long_message_of_hers_is_one_message(kannel: Kannel, bench: Bench) -> None:
    number = number_of("14001")
    second, first = "%05%00%03%07%02%02", "%05%00%03%07%02%01"

    kannel.phones.say(number, "y luz", coding="udh-text", header=second)
    kannel.phones.say(number, "agua ", coding="udh-text", header=first)

    assert wait_for(lambda: bench.texts_of(number), "the whole message") == ["agua y luz"]


def hear_and_hang_up(deaf: socket.socket) -> bytes:
    # Heard first: cut off while it writes, Kannel's smsbox ends in a panic.
    with deaf.accept()[0] as caller:
        return caller.recv(8192)


@pytest.mark.parametrize("trouble", ["the database is away", "nobody listens"])
def test_a_message_waits_in_kannel_until_we_are_back(
    kannel: Kannel, bench: Bench, trouble: str
) -> None:
    number = number_of("15001" if trouble == "nobody listens" else "15002")
    bench.replies[number] = "Gracias por esperar."
    if trouble == "nobody listens":
        bench.down()
        with socket.create_server((HOST, bench.port)) as deaf:
            deaf.settimeout(30)
            kannel.phones.say(number, "hola")
            while number[1:].encode() not in hear_and_hang_up(deaf):
                """It may have been a receipt of another test's."""
        bench.up()
    else:
        bench.is_broken = True
        kannel.phones.say(number, "hola")
        wait_for(lambda: len(bench.texts_of(number)) > 1, "a second try")
        bench.is_broken = False

    [received] = kannel.phones.wait_for(number)

    assert received.text == "Gracias por esperar."
    tries = [one.claim for one in bench.received if one.address.value == number]
    assert len(set(tries)) == 1


def test_what_we_send_first_is_reported_until_it_has_arrived(kannel: Kannel, bench: Bench) -> None:
    number, id_ = number_of("16001"), "01979a52-0000-7000-8000-000000000001"
    assert bench.channel is not None

    sent = bench.channel.send(Outgoing(id_, Address("tel", number), "Su opinión llegó."))

    assert sent.provider_id == id_
    assert sent.segments == 1
    parts = kannel.phones.wait_for(number)
    assert parts[0].text == "Su opinión llegó."
    # Kannel reports over a connection each: the two may arrive in either order, and a status never
    # goes back (`storage` keeps the higher rank).
    expected = [StatusReport(id_, "delivered"), StatusReport(id_, "sent")]
    wait_for(lambda: all(report in bench.statuses for report in expected), "both receipts")


def test_a_wrong_password_is_told(kannel: Kannel, bench: Bench) -> None:
    options = {"token": "wrong", "sender": SHORT_CODE, "send_url": kannel.send_url}
    channel = CHANNELS["kannel"](ChannelSettings(NAME, "kannel", options))

    with pytest.raises(SendError) as error:
        channel.send(Outgoing("1", Address("tel", number_of("17001")), "Hola"))

    assert (error.value.code, error.value.retryable) == ("403", True)
    assert bench.channel is not None
    assert bench.channel.find_account_status() == "active"  # type: ignore[attr-defined]
