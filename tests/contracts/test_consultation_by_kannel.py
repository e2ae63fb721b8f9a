"""A whole consultation through the real Kannel, from a phone into the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from puente.settings import read_settings
from tests.support.canaries import CANARY_SECRET
from tests.support.house import House, open_house
from tests.support.kannel import Kannel, run_kannel
from tests.support.webserver import HOST, find_free_ports, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CITIZEN = "+50255550177"
PROPOSAL = "Más señal: así ya no pagarán"
SAID = ["CONSULTA", "Sí", "1", "1", "2", "1 3", "2", PROPOSAL, "Nebaj", "1", "3"]

CHANNELS = f"""
channels:
  claro: {{kind: kannel, sender: "2020", token: "{CANARY_SECRET}"}}
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
def kannel(house: House, tmp_path: Path) -> Iterator[Kannel]:
    with run_kannel(tmp_path, house.settings.port, "claro") as kannel:
        yield kannel


def test_a_consultation_arrives_in_the_tables_with_its_accents(
    kannel: Kannel, house: House
) -> None:
    for text in SAID:
        kannel.phones.ask(CITIZEN, text, coding="ucs2" if text == PROPOSAL else "text")

    long, [wide] = house.table("long"), house.table("wide")
    texts = {row["pregunta"]: row["texto"] for row in long}
    assert texts["p5"] == wide["p5"] == PROPOSAL
    assert {row["canal"] for row in long} == {"claro"}
    assert wide["folio"]
