"""Leaders: codes from the command line, people by their links, communities in the tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from bot.channels.settings import ChannelSettings
from bot.publishing import publish
from puente.bundled import read_source
from puente.commands import leaders as command
from puente.translations import read_catalogues
from tests.support.house import SLUG

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from tests.support.house import House
    from tests.support.phones import Phone

VILLAGE = "Aldea Chuatuj, Momostenango"


@pytest.fixture(autouse=True)
def _settings(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    options = dict(house.settings.channels[1].options) | {"sender": "+50222220000"}
    whatsapp = ChannelSettings("twilio-whatsapp", "twilio-whatsapp", options)
    settings = replace(house.settings, channels=(whatsapp,))
    monkeypatch.setattr(command, "load_settings", lambda: settings)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command.leaders, arguments, catch_exceptions=False)


def add(folder: Path, community: str = VILLAGE) -> str:
    result = run("add", SLUG, community, "--folder", str(folder))
    assert result.exit_code == 0, result.output
    return result.output.splitlines()[0].removeprefix("Código: ")


def test_a_leader_gets_a_code_a_link_two_pictures_and_a_text(tmp_path: Path) -> None:
    result = run("add", SLUG, VILLAGE, "--folder", str(tmp_path / "qr"))

    code = result.output.splitlines()[0].removeprefix("Código: ")
    link = f"https://wa.me/50222220000?text=CONSULTA%20{code}"
    assert f"Enlace: {link} " in result.output
    assert result.output.endswith(f"Por WhatsApp, toque aquí y envíe: {link}\n")
    assert (tmp_path / "qr" / f"{code}.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (tmp_path / "qr" / f"{code}.svg").read_text(encoding="utf-8")


def test_the_text_to_forward_is_in_her_groups_language_where_that_has_been_reviewed(
    house: House, tmp_path: Path
) -> None:
    source, name = read_source("derechos")
    catalogues = read_catalogues("derechos")
    now = house.settings.clock()
    publish(house.database, source, name, who="p", note="", now=now, catalogues=catalogues)
    folder = ("--folder", str(tmp_path))

    told = run("add", "derechos", VILLAGE, *folder, "--language", "quc").output

    said, link = told.partition("Para reenviar:\n")[2].splitlines()
    assert link.startswith("WhatsApp: https://wa.me/50222220000?text=")
    assert said.startswith("Ronojel winaq are taq kopan pa ri jachke eqele'n, ya'tal chech junam")
    refused = run("add", SLUG, VILLAGE, *folder, "--language", "quc")  # only drafts
    assert refused.exit_code == 1
    assert "La consulta no se ofrece en 'quc', sino en es." in refused.output


def test_who_comes_by_a_link_is_of_its_community_and_others_are_not(
    house: House, tmp_path: Path
) -> None:
    code = add(tmp_path)
    words = parse_qs(urlsplit(f"https://wa.me/1?text=CONSULTA%20{code}").query)["text"][0]
    for number, first in enumerate([words, words.lower(), f"Hola! {code}", "CONSULTA", "LAAAA"]):
        phone = house.phone("twilio-whatsapp", f"+5025555020{number}")
        phone.send(first)
        phone.send("1")
        phone.send("1")
        phone.send("1")

    communities = [row["comunidad"] for row in house.table("wide")]

    assert communities == [VILLAGE] * 3 + [""] * 2
    assert run("list", SLUG).output == f"{code}\t3\t{VILLAGE}\n"


def test_a_code_in_the_middle_of_a_conversation_changes_nothing(
    house: House, tmp_path: Path
) -> None:
    code = add(tmp_path)
    phone = house.phone("twilio-whatsapp")
    phone.send("CONSULTA")

    phone.send(code)

    assert house.count("session", "leader_id IS NOT NULL") == 0


def test_a_consultation_that_is_none_is_named() -> None:
    result = run("add", "nada", VILLAGE)

    assert result.exit_code == 1
    assert "No hay ninguna consulta 'nada'." in result.output
    assert run("list", "nada").exit_code == 1


def test_somebody_who_is_assisted_consents_for_herself_and_is_told_apart(
    house: House, tmp_path: Path
) -> None:
    code = add(tmp_path)
    phone = house.phone("twilio-whatsapp")
    phone.send("CONSULTA")
    phone.send("1")

    asked = phone.send(f"Asisto {code}")

    assert asked.texts[0].startswith("GAE, Gobierno de Guatemala.")
    said = ["1", "1", "2", "1", "1 3", "2", "Que haya un puente", "Nebaj", "1", "3"]
    assert [phone.send(text) for text in said][-1].texts[0].startswith("Gracias por participar")
    own, hers = sorted(house.table("wide"), key=lambda row: row["modalidad"], reverse=True)
    assert (own["modalidad"], own["comunidad"], own["folio"]) == ("propia", "", "")
    assert (hers["modalidad"], hers["comunidad"]) == ("asistida", VILLAGE)
    assert hers["folio"]
    assert hers["persona"] != own["persona"]
    assert {row["modalidad"] for row in house.table("long")} == {"asistida", "propia"}


def test_a_leader_who_writes_for_the_first_time_can_assist_at_once(
    house: House, tmp_path: Path
) -> None:
    phone = house.phone("twilio-whatsapp")

    phone.send(f"ASISTO {add(tmp_path)}")
    phone.send("1")

    assert house.count("person") == house.count("session", "mode = 'asistida'") == 1


def test_one_phone_does_not_assist_a_whole_town(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.turn.ASSISTED_PER_NUMBER", 2)
    code = add(tmp_path)
    phone = house.phone("twilio-whatsapp")

    told = [phone.send(f"ASISTO {' ' * wide}{code}").texts for wide in range(5)]

    assert house.count("person") == 3
    assert told[3][0].startswith("Desde este teléfono ya contestaron todas"), "none as her own"


@pytest.mark.parametrize("written", ["ASISTO", "ASISTO L0000", "ASISTO L2345"])
def test_without_a_code_that_somebody_has_nobody_answers_as_the_leader(
    house: House, written: str
) -> None:
    phone = house.phone("twilio-whatsapp")
    assert phone.send(written).texts[0].startswith("No conocemos su código de líder")
    assert house.count("session") == 0


def test_in_the_middle_of_a_conversation_the_word_alone_may_be_an_answer(house: House) -> None:
    phone = house.phone("twilio-whatsapp")
    for text in ("CONSULTA", "1", "1", "1", "2", "1 3"):
        phone.send(text)
    assert phone.send("ASISTO L0000").texts[0].startswith("No conocemos su código de líder")
    phone.send("2")
    assert "código de líder" not in phone.send("asisto").texts[0]
    assert [row["texto"] for row in house.table("long") if row["pregunta"] == "p5"] == ["asisto"]


def answer_all(phone: Phone, *first: str) -> None:
    for said in (*first, "1", "1", "2", "1", "1 3", "2", "Que haya un puente", "Nebaj", "1", "3"):
        phone.send(said)


def test_three_by_her_link_one_assisted_and_an_assembly_are_told_apart(
    house: House, tmp_path: Path
) -> None:
    code = add(tmp_path)
    for number in range(3):
        answer_all(house.phone("twilio-whatsapp", f"+5025555021{number}"), f"CONSULTA {code}")
    leader = house.phone("twilio-whatsapp")
    answer_all(leader, f"ASISTO {code}")

    told = leader.send("REPORTE p1 23 14 2").texts  # her phone has assisted: the code is known

    assert told[0].startswith("Anotado, p1: 1=23, 2=14, 3=2. Son 39 manos.")
    own = sorted(row["modalidad"] for row in house.table("wide"))
    assert own == ["asistida", "propia", "propia", "propia"]
    assert {row["modalidad"] for row in house.table("long")} == {"asistida", "propia"}
    assert [
        (row["comunidad"], row["modalidad"], row["pregunta"], row["etiqueta"], row["manos"])
        for row in house.table("assemblies")
    ] == [
        (VILLAGE, "asamblea", "p1", "Sí", "23"),
        (VILLAGE, "asamblea", "p1", "No", "14"),
        (VILLAGE, "asamblea", "p1", "No recuerdo", "2"),
    ]
    assert sum(int(row["conversaciones"]) for row in house.table("dispositions")) == 4
    assert run("list", SLUG).output == f"{code}\t4\t{VILLAGE}\n"


def test_a_second_report_replaces_the_first_which_is_kept(house: House, tmp_path: Path) -> None:
    code = add(tmp_path)
    leader = house.phone("twilio-whatsapp")
    leader.send(f"REPORTE {code} p1 23 14 2")
    leader.send("REPORTE p1 24 14 2")
    leader.repeat()  # the same delivery counts once

    assert [row["manos"] for row in house.table("assemblies")] == ["24", "14", "2"]
    assert house.count("assembly") == 2
    assert house.count("session") == 0
    with house.database.reading() as unit:
        [consultation] = [one for one in unit.consultations.list() if one.slug == SLUG]
        first, second = unit.leaders.assemblies(consultation.id, history=True)
    assert (first.is_current, second.is_current) == (False, True)
    assert (first.hands["1"], second.hands["1"]) == (23, 24)
    assert not second.is_disputed


def test_a_count_that_two_phones_report_is_flagged(house: House, tmp_path: Path) -> None:
    code = add(tmp_path)
    for number in ("+50255550220", "+50255550221"):
        house.phone("twilio-whatsapp", number).send(f"REPORTE {code} p1 23 14 2")

    assert {row["alerta"] for row in house.table("assemblies")} == {"varios_telefonos"}
    assert len(house.table("assemblies")) == 3


def test_a_phone_that_came_by_a_link_is_no_leaders(house: House, tmp_path: Path) -> None:
    phone = house.phone("twilio-whatsapp")
    phone.send(f"CONSULTA {add(tmp_path)}")

    assert phone.send("REPORTE p1 23 14 2").texts[0].startswith("No conocemos su código de líder.")
    assert house.count("assembly") == 0


def test_a_leader_asks_how_many_she_has_brought_in(house: House, tmp_path: Path) -> None:
    code, other = add(tmp_path), add(tmp_path, "Otra aldea")
    for number in range(6):
        phone = house.phone("twilio-whatsapp", f"+5025555023{number}")
        phone.send(f"CONSULTA {code}")
        phone.send("1")
    answer_all(house.phone("twilio-whatsapp", "+50255550240"), f"CONSULTA {code}")
    house.phone("twilio-whatsapp", "+50255550241").send(f"CONSULTA {other}")
    leader = house.phone("twilio-whatsapp")
    for _ in range(5):
        leader.send(f"ASISTO {code}")

    told = leader.send(f"AVANCE {code}").texts

    assert told[0].startswith(
        "Avance de su código: llegaron 5, terminaron menos de 5; usted asistió a 5. "
    )
    with house.database.reading() as unit:
        leader_id = unit.leaders.find(unit.consultations.list()[0].id, code)
        assert leader_id is not None
        tally = unit.leaders.tally(leader_id)
    assert (tally.came, tally.finished, tally.assisted) == (7, 1, 5)
