"""A WhatsApp without a number, linked to a number by a code, and parted again by staff."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from bot.linking import GOOD_FOR, JOINED, TOO_MANY, TRIES_COUNT_FOR, WRONG
from bot.retention import make_retention
from puente.channels import make_channels
from puente.commands import links as command
from puente.house import make_reminders
from storage.ids import new_id
from storage.vocabulary import AuditAction
from tests.support.clock import Clock
from tests.support.house import House, open_house, set_up
from tests.support.phones import CITIZEN, TwilioPhone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

    from tests.support.phones import Heard, Phone

ANSWERS = ["1", "1", "2", "1", "1 3", "2", "Que haya un puente", "Nebaj", "1", "3"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def house(tmp_path: Path, database_url: str, clock: Clock) -> Iterator[House]:
    with open_house(set_up(tmp_path, database_url, clock)) as house:
        yield house


class HiddenPhone(TwilioPhone):
    """A WhatsApp that shows an opaque id instead of its number."""

    opaque = "GT.771901"

    def write(self, text: str, **more: str) -> None:
        super().write(text, From=f"whatsapp:{self.opaque}", ExternalUserId=self.opaque, **more)


def hide(house: House, opaque: str = "GT.771901") -> HiddenPhone:
    number = f"+{sum(map(ord, opaque))}"  # only makes message ids of its own
    phone = HiddenPhone(house.post, number, "whatsapp:")
    phone.opaque = opaque
    return phone


def read_code(heard: Heard) -> str:
    found = re.search(r"VINCULAR (\d{8}) ", heard.texts[0])
    assert found, heard
    return found[1]


def say(phone: Phone, *texts: str) -> Heard:
    return [phone.send(typed) for typed in texts][-1]


def run(house: House, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    monkeypatch.setattr(command, "load_settings", lambda: house.settings)
    return CliRunner().invoke(command.links, arguments, catch_exceptions=False)


def test_a_code_by_sms_links_a_whatsapp_and_the_conversation_goes_on(house: House) -> None:
    sms, chat = house.phone("twilio-sms"), hide(house)
    assert say(sms, "CONSULTA", *ANSWERS[:4]).texts[0].startswith("4/5")
    code = read_code(sms.send("VINCULAR"))

    assert chat.send(f"vincular {code}").texts == (JOINED,)
    assert chat.repeat().texts == (JOINED,)
    assert any("4/5" in said for said in chat.send("AYUDA").texts)
    assert say(chat, *ANSWERS[4:]).texts[0].startswith("Gracias por participar")

    [row] = house.table("wide")
    assert (row["p3_1"], row["p5"]) == ("1", ANSWERS[6])
    assert {one["canal"] for one in house.table("long")} == {"twilio-sms", "twilio-whatsapp"}
    assert house.count("session") == 1
    assert house.count("link_code") == 0


def test_a_code_by_whatsapp_is_typed_by_sms_and_what_she_began_there_goes_on(
    house: House,
) -> None:
    chat, sms = hide(house), house.phone("twilio-sms")
    say(chat, "CONSULTA", *ANSWERS[:4])
    code = read_code(chat.send("Vincular."))

    assert sms.send(f"VINCULAR {code[:4]} {code[4:]}").texts[0].startswith("Listo: ")
    say(sms, *ANSWERS[4:8])
    assert say(chat, *ANSWERS[8:]).texts[0].startswith("Gracias por participar")
    assert house.count("session") == house.count("session", "outcome = 'complete'") == 1


def test_a_code_shown_on_a_dialled_screen_serves_as_well(house: House) -> None:
    screen, chat = house.phone("ussd-africastalking"), hide(house)
    screen.dial()
    heard = screen.send("VINCULAR")

    assert not heard.open
    assert chat.send(f"VINCULAR {read_code(heard)}").texts == (JOINED,)


def test_of_two_conversations_the_one_that_is_running_goes_on(house: House) -> None:
    sms, chat = house.phone("twilio-sms"), hide(house)
    say(sms, "CONSULTA", *ANSWERS)
    say(chat, "CONSULTA", *ANSWERS[:4])

    chat.send(f"VINCULAR {read_code(sms.send('VINCULAR'))}")

    assert say(sms, *ANSWERS[4:]).texts[0].startswith("Gracias por participar")
    assert house.count("session", "outcome = 'complete'") == 2
    assert house.count("contact", "persons = 2") == 1


def test_a_code_serves_once_and_only_the_newest(house: House) -> None:
    sms = house.phone("twilio-sms")
    old = read_code(sms.send("VINCULAR"))
    new = read_code(sms.send("VINCULAR"))
    with house.database.engine.connect() as connection:
        kept = bytes(connection.scalar(text("SELECT hash FROM link_code")) or b"")
    assert len(kept) == 32  # a keyed hash, and not the code
    assert new.encode() not in kept

    assert hide(house).send(f"VINCULAR {old}").texts == (WRONG,)
    assert hide(house, "GT.2").send(f"VINCULAR {new}").texts == (JOINED,)
    assert hide(house, "GT.3").send(f"VINCULAR {new}").texts == (WRONG,)


def test_a_code_expires_and_is_deleted(house: House, clock: Clock) -> None:
    code = read_code(house.phone("twilio-sms").send("VINCULAR"))
    clock.advance(seconds=GOOD_FOR.total_seconds())

    assert hide(house).send(f"VINCULAR {code}").texts == (WRONG,)
    [chore] = make_retention(house.database, house.settings.timezone)
    chore.run(clock.advance(days=3))
    assert house.count("link_code") == house.count("link_try") == 0


def test_guessing_is_refused_even_where_the_guess_is_right_and_after_deleting_oneself(
    house: House, clock: Clock
) -> None:
    chat = hide(house)
    code = read_code(house.phone("twilio-sms").send("VINCULAR"))
    wrong = [f"{(int(code) + number) % 10**8:08d}" for number in range(1, 6)]

    assert [chat.send(f"VINCULAR {guess}").texts for guess in wrong] == [(WRONG,)] * 5
    assert chat.send(f"VINCULAR {code}").texts == (TOO_MANY,)
    say(chat, "BORRAR", "1")
    assert chat.send(f"VINCULAR {code}").texts == (TOO_MANY,)

    clock.advance(seconds=TRIES_COUNT_FOR.total_seconds())
    code = read_code(house.phone("twilio-sms", "+50255550102").send("VINCULAR"))
    assert chat.send(f"VINCULAR {code}").texts == (JOINED,)


def test_a_code_is_typed_on_the_other_side_alone(house: House) -> None:
    sms, chat = house.phone("twilio-sms"), hide(house)
    code = read_code(sms.send("VINCULAR"))
    assert sms.send(f"VINCULAR {code}").texts[0].endswith("en su otro canal: en su WhatsApp.")

    # Neither two numbers nor two opaque ids are one person.
    stranger = house.phone("twilio-sms", "+50255550102")
    assert stranger.send(f"VINCULAR {code}").texts[0].endswith("VINCULAR en su otro canal.")
    other = read_code(chat.send("VINCULAR"))
    assert hide(house, "GT.2").send(f"VINCULAR {other}").texts == (WRONG,)
    # Nor may a WhatsApp that has its number by now bring a second one.
    chat.send(f"VINCULAR {code}")
    code = read_code(stranger.send("VINCULAR"))
    assert chat.send(f"VINCULAR {code}").texts == (WRONG,)


def test_who_has_left_is_not_brought_back_by_a_code(house: House) -> None:
    sms, chat = house.phone("twilio-sms"), hide(house)
    say(sms, "CONSULTA")
    code = read_code(sms.send("VINCULAR"))
    sms.send("BAJA")

    assert chat.send(f"VINCULAR {code}").texts == (WRONG,)
    assert not sms.send("VINCULAR").texts


def test_leaving_and_deleting_on_one_side_is_for_both(house: House) -> None:
    sms, chat = house.phone("twilio-sms"), hide(house)
    chat.send("VINCULAR")
    chat.send(f"VINCULAR {read_code(sms.send('VINCULAR'))}")
    say(sms, "CONSULTA", "1")

    chat.send("BAJA")
    assert not sms.send("1").texts
    say(chat, "BORRAR", "1")
    assert house.count("address") == house.count("message") == house.count("address_hash") == 0


def test_staff_part_what_was_linked_wrongly(
    house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sms, chat = house.phone("twilio-sms"), hide(house)
    say(sms, "CONSULTA", *ANSWERS)
    say(chat, "CONSULTA", *ANSWERS[:4])
    chat.send(f"VINCULAR {read_code(sms.send('VINCULAR'))}")
    folio = next(row["folio"] for row in house.table("wide") if row["folio"])
    [line] = run(house, monkeypatch, "list", "--folio", folio).output.splitlines()
    link_id = line.split()[0]
    assert line.endswith("  1  unido")

    assert run(house, monkeypatch, "part", link_id).output.startswith("Separados.")

    assert say(chat, *ANSWERS[4:]).texts[0].startswith("Gracias por participar")
    assert house.count("contact", "persons = 1") == house.count("contact") == 2
    assert house.count("session") == house.count("session", "outcome = 'complete'") == 2
    chat.send("BAJA")
    assert house.count("contact", "stopped_at IS NOT NULL") == 1
    assert sms.send("AYUDA").texts
    assert run(house, monkeypatch, "list").output.endswith("  0  separado\n")
    again = run(house, monkeypatch, "part", link_id)
    assert again.exit_code == 1
    assert run(house, monkeypatch, "part", str(new_id(clock()))).exit_code == 1
    assert run(house, monkeypatch, "list", "--folio", "nada").exit_code == 1
    acts = (AuditAction.CONTACTS_LINKED, AuditAction.CONTACTS_PARTED)
    for action in acts:
        assert house.count("audit_event", f"action = '{action.value}'") == 1


def test_who_is_parted_after_leaving_stays_silent_on_both(house: House) -> None:
    sms, chat = house.phone("twilio-sms"), hide(house)
    chat.send(f"VINCULAR {read_code(sms.send('VINCULAR'))}")
    sms.send("BAJA")
    with house.database.unit() as unit:
        [link] = unit.links.list(9)
        assert unit.links.part(link.id, house.settings.clock(), "prueba")

    assert not chat.send("CONSULTA 1").texts
    assert house.count("contact", "stopped_at IS NOT NULL") == 2
    assert house.phone("twilio-sms", CITIZEN).send("ALTA").texts


def test_what_was_deleted_cannot_be_parted(house: House) -> None:
    sms, chat = house.phone("twilio-sms"), hide(house)
    chat.send(f"VINCULAR {read_code(sms.send('VINCULAR'))}")
    say(sms, "CONSULTA", "BORRAR", "1")

    with house.database.unit() as unit:
        [link] = unit.links.list(9)
        assert not unit.links.part(link.id, house.settings.clock(), "prueba")


def test_a_reminder_goes_to_the_number_that_every_channel_can_write_to(
    house: House, clock: Clock
) -> None:
    chat, sms = hide(house), house.phone("twilio-sms")
    say(chat, "CONSULTA", *ANSWERS[:4])
    sms.send(f"VINCULAR {read_code(chat.send('VINCULAR'))}")
    say(sms, ANSWERS[4])
    channels = make_channels(house.settings.channels)

    make_reminders(house.settings, house.database, channels).run(clock.advance(hours=26))

    assert house.count("outbox", "kind = 'reminder'") > 0
    assert house.count("outbox", "scheme <> 'tel'") == 0
