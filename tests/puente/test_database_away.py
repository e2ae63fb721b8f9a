"""The database goes away and comes back: nothing that was acknowledged is lost or moved."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from bot.reception import DIAL_AGAIN, LATER, NOT_NOW, WRITE_AGAIN
from bot.turn import Decider
from puente.commands import main
from storage.errors import DatabaseAwayError
from tests.support.house import open_house, set_up
from tests.support.phones import PhoneError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from bot.speech import Decision
    from storage.records import TurnWrite
    from storage.turns.store import TurnStore
    from tests.support.house import House
    from tests.support.phones import Phone
    from tests.support.postgres import PostgresServer

    Away = Callable[[], AbstractContextManager[None]]


KEY = "k1:" + "A" * 43 + "="
"""Of both hosts, which share a database."""


@pytest.fixture
def house(tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr("bot.reception.REST_SECONDS", 0)
    with open_house(set_up(tmp_path, postgres_url, PUENTE_PHONE_KEYS=KEY)) as house:
        yield house


@pytest.fixture
def away(house: House, postgres_server: PostgresServer, postgres_url: str) -> Away:
    """End all connections to the database and let in no new ones."""
    name = postgres_url.removeprefix("postgresql://postgres@/").partition("?")[0]

    @contextmanager
    def go_away() -> Iterator[None]:
        postgres_server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        postgres_server.execute(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608 - of this test
        )
        try:
            yield
        finally:
            postgres_server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
            house.database.engine.dispose()  # the test's own look at the tables

    return go_away


def replay(house: House) -> int:
    taken: int = house.app.extensions["puente.reception"].replay()
    return taken


def answer(phone: Phone, *texts: str) -> None:
    for text in texts:
        phone.send(text)


def owed(house: House) -> list[tuple[str, str]]:
    """Give kind and text of what waits to be sent, in its order."""
    with house.database.unit() as unit:
        now = house.settings.clock()
        return [(due.kind, due.text) for due in unit.outbox.lease("twilio-sms", now, now, 100)]


def values(house: House) -> dict[str, str]:
    return {row["pregunta"]: row["valor"] for row in house.table("long")}


def fail_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the next two turns fail by a fault of ours."""
    tries = iter((RuntimeError(), RuntimeError()))
    decide = Decider.decide

    def fail(*arguments: Any) -> Decision:
        for error in tries:
            raise error
        return decide(*arguments)

    monkeypatch.setattr("bot.turn.Decider.decide", fail)


def test_answers_by_sms_are_kept_joined_and_taken_in_order(house: House, away: Away) -> None:
    phone = house.phone("twilio-sms")
    answer(phone, "CONSULTA", "1", "1")
    with away():
        assert phone.send("1").texts == (LATER,)
        assert phone.repeat().texts == (), "once is enough"
        assert phone.send("2").texts == ()
        ready = house.app.test_client().get("/readyz")
        assert (ready.status_code, ready.get_json()["status"]) == (200, "degraded")
        assert replay(house) == 0
    assert phone.send("1 3").texts == (), "what came before is not taken yet"

    assert replay(house) == 4

    assert house.app.test_client().get("/readyz").get_json()["status"] == "ok"
    found = values(house)
    assert (found["p1"], found["p2"], found["p3"]) == ("1", "2", "1 3")
    assert [(kind, text[:3]) for kind, text in owed(house)] == [
        ("reply", "2/5"),
        ("reply", "3/5"),
        ("reply", "4/5"),
    ]
    assert replay(house) == 0
    assert phone.send("2").texts[0].startswith("5/5"), "her next one is answered at once"


def test_a_screen_says_that_the_answer_is_kept_and_goes_on_when_she_dials_again(
    house: House, away: Away
) -> None:
    phone = house.phone("ussd-africastalking")
    phone.dial()
    answer(phone, "1", "1")
    with away():
        heard = phone.send("1")
        assert (heard.texts, heard.open) == ((DIAL_AGAIN,), False)
        assert phone.repeat() == heard
        assert phone.dial().texts == (DIAL_AGAIN,), "she is behind what lies here"
        other = house.phone("ussd-africastalking", "+50255550102").dial()
        assert (other.texts, other.open) == ((NOT_NOW,), False)

    replay(house)

    assert values(house)["p1"] == "1"
    assert owed(house) == []
    assert phone.dial().texts[0].startswith("2/5")
    assert house.count("contact") == 1, "who only dialled left nothing behind"


def test_who_leaves_is_answered_by_nothing_but_the_one_confirmation(
    house: House, away: Away
) -> None:
    phone = house.phone("twilio-sms")
    answer(phone, "CONSULTA", "1")
    with away():
        assert phone.send("BAJA").texts == ()
        assert phone.send("hola").texts == ()

    replay(house)

    [(kind, text)] = owed(house)
    assert kind == "reply"
    assert text.startswith("Listo. Ya no le mandamos mensajes")
    assert house.count("contact", "stopped_at IS NOT NULL") == 1


def test_where_nobody_can_be_written_to_later_she_is_asked_to_write_again(
    house: House, away: Away
) -> None:
    phone = house.phone("twilio-whatsapp")
    answer(phone, "CONSULTA", "1")
    with away():
        assert phone.send("1").texts == (WRITE_AGAIN,)
    replay(house)
    assert owed(house) == []
    assert values(house)["edad"] == "1"


def test_what_overtook_a_spooled_message_on_another_host_stays_ahead_of_it(
    house: House, away: Away, tmp_path: Path, postgres_url: str
) -> None:
    phone = house.phone("twilio-sms")
    answer(phone, "CONSULTA", "1", "1")
    with away():
        phone.send("1")
    (tmp_path / "other").mkdir()
    with open_house(set_up(tmp_path / "other", postgres_url, PUENTE_PHONE_KEYS=KEY)) as other:
        there = other.phone("simulator-sms")
        there.send("3")

    replay(house)

    assert values(house)["p1"] == "3"
    assert house.count("message", "direction = 'in'") == 5
    assert owed(house) == []


def test_with_a_full_disk_nothing_is_acknowledged(house: House, away: Away, tmp_path: Path) -> None:
    phone = house.phone("twilio-sms")
    answer(phone, "CONSULTA")
    (house.settings.data / "spool").mkdir(exist_ok=True)
    (house.settings.data / "spool").rename(tmp_path / "gone")
    (house.settings.data / "spool").write_text("in the way")
    assert house.app.test_client().get("/readyz").status_code == 503

    with away(), pytest.raises(PhoneError, match="503"):
        phone.send("1")

    assert house.count("message", "direction = 'in'") == 1


def test_a_message_nobody_can_take_does_not_hold_up_those_behind_it(
    house: House, away: Away, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = house.phone("twilio-sms")
    answer(phone, "CONSULTA", "1", "1")
    with away():
        answer(phone, "1", "2")

    fail_twice(monkeypatch)
    assert replay(house) == 1

    assert (house.settings.data / "spool" / "set-aside").exists()
    assert values(house)["p1"] == "2", "the second message answered the question that was open"


def test_with_the_database_there_it_is_kept_too_and_answered_once_it_can_be(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = house.phone("twilio-sms")
    answer(phone, "CONSULTA", "1", "1")
    fail_twice(monkeypatch)
    with pytest.raises(PhoneError, match="503"):
        phone.send("1")
    assert "p1" not in values(house)

    result = CliRunner().invoke(
        main, ["spool", "retake"], env={"PUENTE_DATA": str(house.settings.data)}
    )
    assert result.output.startswith("Mensajes que vuelven a su lugar: 1;")
    assert replay(house) == 1
    assert values(house)["p1"] == "1"
    assert [(kind, text[:3]) for kind, text in owed(house)] == [("reply", "2/5")]


def test_a_reply_lost_with_its_response_goes_out_by_the_worker_once(
    house: House, away: Away, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = house.phone("twilio-sms")
    answer(phone, "CONSULTA", "1", "1")
    turns = type(house.app.extensions["puente.database"].turns)
    save = turns.save

    def save_and_break(self: TurnStore, write: TurnWrite) -> bool:
        save(self, write)
        raise DatabaseAwayError("no word of the commit came back")

    monkeypatch.setattr(turns, "save", save_and_break)
    assert phone.send("1").texts == (LATER,)
    monkeypatch.setattr(turns, "save", save)
    with away():
        assert phone.repeat().texts == ()

    assert replay(house) == 2

    assert [(kind, text[:3]) for kind, text in owed(house)] == [("reply", "2/5")]
    assert values(house)["p1"] == "1"
    assert house.count("message", "direction = 'in'") == 4


def test_nobody_who_was_forgotten_meanwhile_is_written_to(house: House, away: Away) -> None:
    phone = house.phone("twilio-sms")
    answer(phone, "CONSULTA", "1", "1", "BORRAR")
    assert "borr" in phone.send("1").texts[0]
    with away():
        assert phone.repeat().texts == (LATER,)

    assert replay(house) == 1

    assert owed(house) == []
    assert house.count("address_hash") == 0
