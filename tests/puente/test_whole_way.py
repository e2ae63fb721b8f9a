"""The whole way: a provider's request in, the next question out, the answers in both tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.publishing import BrokenScriptError, publish
from tests.support.phones import TwilioPhone

if TYPE_CHECKING:
    from tests.support.house import House
    from tests.support.phones import Heard, Phone

PROPOSAL = "Que haya internet en mi aldea"
ANSWERS = ["si", "1", "1", "2", "1 3", "2", PROPOSAL, "Nebaj", "1", "3"]


def begin(phone: Phone) -> Heard:
    return phone.send("CONSULTA") if isinstance(phone, TwilioPhone) else phone.dial()


def say(phone: Phone, *texts: str) -> Heard:
    """Send texts, each delivered twice, and give what the last one was answered with."""
    for text in texts[:-1]:
        say(phone, text)
    heard = phone.send(texts[-1])
    assert phone.repeat() == heard
    return heard


def check_tables(house: House, channels: dict[str, str]) -> None:
    """Hold both tables against what was answered; `channels` names those of some questions."""
    long, (wide,) = house.table("long"), house.table("wide")
    rows = {row["pregunta"]: row for row in long}
    assert len(rows) == len(long) == len(ANSWERS)
    values = {question: row["valor"] for question, row in rows.items()}
    assert values.pop("seg") == wide["seg"] == "1"
    assert {question: wide[question] for question in ("p1", "p2")} == {"p1": "1", "p2": "2"}
    assert (values["p3"], values["ub"]) == ("1 3", "1413")
    assert [wide[f"p3_{place}"] for place in range(1, 8)] == ["1", "0", "1", "0", "0", "0", "0"]
    assert rows["p5"]["texto"] == wide["p5"] == PROPOSAL
    assert {row["municipio"] for row in long} == {wide["municipio"]} == {"1413"}
    assert {row["folio"] for row in long} == {wide["folio"]}
    assert {question: rows[question]["canal"] for question in channels} == channels


@pytest.mark.parametrize("name", ["twilio-sms", "twilio-whatsapp", "ussd-africastalking"])
def test_a_consultation_arrives_in_both_tables(house: House, name: str) -> None:
    phone = house.phone(name)
    begin(phone)

    rest = ["seguir"] if name.startswith("ussd") else []
    heard = say(phone, *ANSWERS[:5], *rest, *ANSWERS[5:])

    assert heard.texts[0].startswith("Gracias por participar")
    assert not heard.open
    check_tables(house, {"p1": phone.channel, "ub": phone.channel})


def test_who_starts_on_ussd_and_goes_on_by_sms_keeps_her_session(house: House) -> None:
    screen, sms = house.phone("ussd-africastalking"), house.phone("twilio-sms")
    screen.dial()
    assert say(screen, *ANSWERS[:4]).texts[0].startswith("3/5")

    assert say(sms, ANSWERS[4]).texts[0].startswith("4/5")
    say(sms, *ANSWERS[5:])

    assert (house.count("session"), house.count("contact")) == (1, 1)
    check_tables(house, {"p1": "ussd", "p2": "ussd", "p3": "twilio-sms", "p5": "twilio-sms"})


def test_one_person_on_three_channels_is_one_session_and_one_row(house: House) -> None:
    screen, sms, chat = map(house.phone, ("ussd-africastalking", "twilio-sms", "twilio-whatsapp"))
    screen.dial()
    say(screen, *ANSWERS[:4])
    say(sms, *ANSWERS[4:7])

    assert say(chat, *ANSWERS[7:]).texts[0].startswith("Gracias por participar")

    assert (house.count("session"), house.count("contact")) == (1, 1)
    check_tables(house, {"p1": "ussd", "p5": "twilio-sms", "ub": "twilio-whatsapp"})
    assert len({row["canal"] for row in house.table("long")}) == 3


def test_who_writes_by_whatsapp_and_dials_later_goes_on_where_she_was(house: House) -> None:
    chat, screen = house.phone("twilio-whatsapp"), house.phone("ussd-africastalking")
    begin(chat)
    say(chat, *ANSWERS[:6])

    screen.dial()
    say(screen, *ANSWERS[6:])

    assert house.count("session") == 1
    check_tables(house, {"p4": "twilio-whatsapp", "p5": "ussd"})


@pytest.mark.parametrize("name", ["twilio-sms", "twilio-whatsapp"])
def test_who_leaves_by_a_word_that_twilio_alone_knows_is_silenced_until_she_comes_back(
    house: House, name: str
) -> None:
    phone = house.phone(name)
    assert isinstance(phone, TwilioPhone)

    def write(text: str, kind: str) -> Heard:
        phone.write(text, OptOutType=kind)
        return phone.repeat()

    say(phone, "CONSULTA", "si")
    assert "BAJA" in write("SOCORRO", "HELP").texts[0]
    assert write("NO MOLESTAR", "STOP").texts == ()
    assert house.count("contact", "stopped_at IS NOT NULL") == 1
    assert say(phone, "1").texts == ()

    assert write("VOLVER", "START").texts
    assert house.count("contact", "stopped_at IS NOT NULL") == 0


def test_the_pages_and_the_health_of_the_house_answer(house: House) -> None:
    client = house.app.test_client()
    assert client.get("/readyz").status_code == 200
    assert "Plan de Gobierno Digital" in client.get("/").text
    assert client.get("/simulator/").status_code == 200


def test_the_same_source_again_publishes_nothing(house: House) -> None:
    with house.database.reading() as unit:
        (consultation,) = unit.consultations.list()
        assert consultation.revision_id is not None
        live = unit.consultations.get_revision(consultation.revision_id)
    again = publish(
        house.database,
        live.source.encode(),
        "guion.yaml",
        who="prueba",
        note="",
        now=house.settings.clock(),
    )
    assert (again.id, again.number) == (live.id, 1)


def test_a_broken_script_is_not_published(house: House) -> None:
    with pytest.raises(BrokenScriptError):
        publish(
            house.database, b"puente: 1\n", "x", who="prueba", note="", now=house.settings.clock()
        )
