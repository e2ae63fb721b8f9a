"""USSD over SMPP: a centre, the real Kannel, the whole house, and the tables in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from puente.settings import read_settings
from tests.support.canaries import CANARY_SECRET
from tests.support.house import House, open_house
from tests.support.kannel import configure, run_boxes
from tests.support.smsc import Smsc, run_smsc
from tests.support.waiting import wait_for
from tests.support.webserver import HOST, find_free_ports, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CODE = "*123*7#"
BEGIN, ANSWER, ABORT = 1, 18, 33
GO_ON, END = 2, 17
PROPOSAL = "Que la señal llegue a mi aldea también"
ANSWERS = ["1", "1", "1", "2", "1 3", "2", PROPOSAL, "Nebaj", "1", "3"]

CHANNELS = f"""
channels:
  ussd: {{kind: kannel-ussd, service_code: "{CODE}", token: "{CANARY_SECRET}"}}
"""


@pytest.fixture
def house(tmp_path: Path, sqlite_url: str) -> Iterator[House]:
    (tmp_path / "channels.yaml").write_text(CHANNELS, encoding="utf-8")
    [port] = find_free_ports(1)
    environ = {
        "DATABASE_URL": sqlite_url,
        "PUENTE_PUBLIC_URL": f"http://{HOST}:{port}",
        "PORT": str(port),
    }
    with open_house(read_settings(environ, tmp_path)) as house, serving(house.app, port):
        yield house


@pytest.fixture
def smsc(house: House, tmp_path: Path) -> Iterator[Smsc]:
    admin, boxes, sendsms = find_free_ports(3)
    ports = {"13000": admin, "13001": boxes, "13013": sendsms, ":8000": f":{house.settings.port}"}
    with run_smsc(tmp_path) as smsc:
        file = configure("kannel-ussd", tmp_path, ports | {"2775": smsc.port}, "ussd")
        with run_boxes(file, boxes):
            wait_for(lambda: smsc.is_bound, "Kannel to bind", 15)
            yield smsc


class Session:
    """One person's phone on this network."""

    def __init__(self, smsc: Smsc, number: str, session: int = 5) -> None:
        self._smsc = smsc
        self._number = number
        self._session = session
        self._screens = 0

    def dial(self) -> tuple[str, int]:
        return self._type(CODE, BEGIN)

    def answer(self, text: str) -> tuple[str, int]:
        return self._type(text, ANSWER)

    def hang_up(self) -> None:
        self._deliver("", ABORT)

    def _type(self, text: str, operation: int) -> tuple[str, int]:
        self._deliver(text, operation)
        self._screens += 1
        shown = self._smsc.wait_for(self._number, self._screens)[-1]
        assert shown.service_type == "USSD"
        assert shown.session[:1] == bytes([self._session])
        return shown.text, shown.operation

    def _deliver(self, text: str, operation: int) -> None:
        named = bytes([self._session, 2 * self._screens])
        self._smsc.deliver(self._number, CODE, text, operation, named)


def test_a_session_from_dialling_to_its_end_arrives_in_the_tables(smsc: Smsc, house: House) -> None:
    phone = Session(smsc, "+50255550188")
    _, operation = phone.dial()
    assert operation == GO_ON

    for text in ANSWERS:
        _, operation = phone.answer(text)

    assert operation == END
    long, [wide] = house.table("long"), house.table("wide")
    assert {row["pregunta"]: row["texto"] for row in long}["p5"] == PROPOSAL
    assert {row["canal"] for row in long} == {"ussd"}
    assert wide["folio"]


def test_who_hangs_up_goes_on_where_she_was_when_she_dials_again(smsc: Smsc) -> None:
    phone = Session(smsc, "+50255550189")
    phone.dial()
    phone.answer("1")
    asked, _ = phone.answer("1")
    phone.hang_up()

    again, operation = phone.dial()

    assert operation == GO_ON
    assert asked.splitlines()[-1] in again
