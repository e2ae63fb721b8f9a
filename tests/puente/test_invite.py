"""Invitations as an operator types them: the list, the trial, the start, and how each ends."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from admin.approvals import ACTS
from admin.approvals.desk import ApprovalDesk
from admin.workbooks import make_file
from bot.delivery import Delivery
from bot.estimating import estimate_end
from bot.hours import is_decent
from bot.invitees import Listed, read_list
from bot.pacing import Lane
from flows.exchange.workbook import Sheet
from puente.commands import main
from puente.house import make_inviter
from storage.ids import new_id
from tests.support.clock import Clock
from tests.support.crowds import at_once
from tests.support.house import open_house, set_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storage.database import Database
    from tests.support.fake_twilio import FakeTwilio
    from tests.support.house import House

NINE = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # a Tuesday, in Guatemala
GUATEMALA = ZoneInfo("America/Guatemala")
NUMBERS = [f"5555 01{place:02}" for place in range(1, 7)]


@contextmanager
def open_town(folder: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    clock = Clock(NINE)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("PUENTE_DATA", str(folder / "var"))
    monkeypatch.setattr("puente.settings.Clock", lambda _offset: clock)
    with open_house(set_up(folder, url, clock)) as house:
        yield house


@pytest.fixture
def town(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with open_town(tmp_path, database_url, monkeypatch) as house:
        yield house


@pytest.fixture
def village(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """On SQLite alone: what is refused is refused before the database."""
    with open_town(tmp_path, sqlite_url, monkeypatch) as house:
        yield house


def run(*words: str) -> str:
    result = CliRunner().invoke(main, ["invite", *words])
    assert result.exit_code == 0, result.output
    return result.output


def refuse(*words: str, typed: str = "") -> str:
    result = CliRunner().invoke(main, ["invite", *words], input=typed)
    assert result.exit_code == 1, result.output
    return result.output


def add(folder: Path, numbers: list[str] = NUMBERS, *options: str) -> str:
    """Add a broadcast to these numbers, and give its id."""
    file = folder / "lista.csv"
    file.write_text("\n".join(["nombre;telefono", *(f"Ana;{one}" for one in numbers)]))
    told = run("add", "plan-digital", str(file), "--channel", "twilio-sms", *options)
    return told[told.index("Texto:") - 37 :].splitlines()[0]


def tick(house: House, **spans: float) -> None:
    now = house.settings.clock.advance(**spans)  # type: ignore[attr-defined]
    (chore,) = make_inviter(house.settings, house.database).chores
    chore.run(now)


def deliver(house: House, twilio: FakeTwilio) -> None:
    clock = house.settings.clock
    channels = {"twilio-sms": twilio.make_channel("twilio-sms")}
    Delivery(house.database, channels, clock, chance=lambda: 0.0).drain("twilio-sms")


def stand(broadcast: str) -> dict[str, int]:
    """Say how people stand, as `show` does."""
    lines = re.findall(r"^  (.+): (\d+)$", run("show", broadcast), re.MULTILINE)
    counts = {name: int(number) for name, number in lines}
    assert counts.pop("total") == sum(counts.values())
    return counts


def test_a_broadcast_from_the_list_to_the_last_disposition(
    town: House, tmp_path: Path, fake_twilio: FakeTwilio
) -> None:
    for number, words in (("+50255550101", ("CONSULTA", "BORRAR", "1")),
                          ("+50255550102", ("BAJA",)),
                          ("+50255550103", ("CONSULTA", "1"))):  # fmt: skip
        for word in words:
            town.phone("twilio-sms", number).send(word) if word == words[0] else None
        phone = town.phone("twilio-whatsapp", number)
        for word in words[1:]:
            phone.send(word)
    one = add(tmp_path)
    assert stand(one) == {
        "excluida: pidió borrar sus datos": 1,
        "excluida: se había dado de baja": 1,
        "excluida: ya participaba": 1,
        "por escribirle": 3,
    }
    assert f"{one}\ten prueba\ttwilio-sms\t3 por escribir" in run("list")
    tick(town, seconds=10)
    assert town.count("outbox", "kind = 'invitation'") == 0, "it has not been started"

    assert run("try", one, "55550999", "5555 0102", "5555 0103", "55550999") == (
        "1: sale\n2: excluida: se había dado de baja\n3: sale\n4: sale\n"
    )
    deliver(town, fake_twilio)
    tried = ["+50255550103", "+50255550999", "+50255550999"]
    assert sorted(sent["To"] for sent in fake_twilio.messages) == tried
    assert "BAJA" in fake_twilio.messages[0]["Body"]

    assert "No se envió nada" in refuse("start", one, typed="4\n")
    told = run("start", one, "--confirm", "3")
    assert "Por enviar: 3 mensajes · 3 segmentos · Q 0.00 · hasta 2026-11-24 09:0" in told
    assert "Ya está en marcha." in refuse("start", one, "--confirm", "3")
    town.phone("twilio-sms", "+50255550104").send("CONSULTA")  # by herself, meanwhile
    tick(town, seconds=10)
    deliver(town, fake_twilio)
    assert len(fake_twilio.messages) == 3 + 2
    tick(town, seconds=10)
    assert "terminada" in run("list")
    invited = town.phone("twilio-whatsapp", "+50255550105")
    invited.send("CONSULTA")
    invited.send("2")
    assert stand(one) == {
        "excluida: pidió borrar sus datos": 1,
        "excluida: se había dado de baja": 1,
        "excluida: ya participaba": 2,
        "participó: rechazó": 1,
        "enviada": 1,
    }
    town.phone("twilio-whatsapp", "+50255550106").send("BAJA")
    assert stand(one)["se dio de baja"] == 1
    assert town.count("invitee", "sealed_address IS NOT NULL") == 0
    assert town.count("audit_event", "action LIKE 'staff:broadcast:%'") == 3


def test_it_waits_for_the_day_and_a_pause_holds(village: House, tmp_path: Path) -> None:
    one = add(tmp_path)
    run("start", one, "--confirm", "6")
    tick(village, hours=12)
    assert village.count("outbox") == 0, "it is night"
    assert run("pause", one) == "En pausa.\n"
    tick(village, hours=12)
    assert village.count("outbox") == 0
    assert "en pausa (por el equipo)" in run("show", one)
    assert "está en pausa." in refuse("pause", one)
    run("resume", one)
    tick(village, seconds=1)
    assert village.count("outbox", "kind = 'invitation'") == 6


def test_who_is_not_written_to_any_more_is_counted_too(town: House, tmp_path: Path) -> None:
    one = add(tmp_path, NUMBERS, "--price", "0.25", "--budget", "0.60")
    assert "Q 1.50" in run("start", one, "--confirm", "6")
    tick(town, seconds=10)
    tick(town, seconds=10)
    assert "en pausa (se acabó el presupuesto)" in run("show", one)
    assert stand(one) == {"por salir": 2, "por escribirle": 4}
    run("resume", one, "--budget", "0.75")
    for _ in range(2):
        tick(town, seconds=10)
    assert "Gastado: Q 0.75" in run("show", one)
    assert run("cancel", one) == "Cancelada.\n"
    assert stand(one) == {"por salir": 3, "cancelada antes de escribirle": 3}
    assert town.count("invitee", "sealed_address IS NOT NULL") == 0
    tick(town, days=1)
    assert town.count("outbox") == 3


def test_one_that_is_cancelled_while_somebody_starts_it_stays_so(
    village: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = add(tmp_path)

    def hesitate(*_: object, **__: object) -> int:
        run("cancel", one)
        return 6

    monkeypatch.setattr("click.prompt", hesitate)
    assert "está cancelada." in refuse("start", one)
    tick(village, seconds=10)
    assert village.count("outbox") == 0
    assert stand(one) == {"cancelada antes de escribirle": 6}


def test_a_list_that_cannot_be_read_keeps_no_other_waiting(village: House, tmp_path: Path) -> None:
    bad, good = add(tmp_path), add(tmp_path, NUMBERS[:3])
    for one, number in ((bad, "6"), (good, "3")):
        run("start", one, "--confirm", number)
    with village.database.engine.begin() as connection:
        broken = text("UPDATE invitee SET sealed_address = :no WHERE broadcast_id = :bad")
        connection.execute(broken, {"no": b"no", "bad": UUID(bad).hex})
    for _ in range(2):
        tick(village, seconds=10)
    assert stand(good) == {"por salir": 3}
    assert "en marcha" in run("show", bad)


def test_a_budget_without_a_price_is_refused(village: House, tmp_path: Path) -> None:
    file = tmp_path / "lista.csv"
    file.write_text("telefono\n55550101\n")
    words = ("add", "plan-digital", str(file), "--channel", "twilio-sms")
    assert "diga también el precio" in refuse(*words, "--budget", "10")
    assert village.count("broadcast") == 0
    one = add(tmp_path)
    run("start", one, "--confirm", "6")
    run("pause", one)
    assert "no tiene precio" in refuse("resume", one, "--budget", "10")
    assert village.count("broadcast", "state = 'paused' AND budget IS NULL") == 1


def test_many_take_a_second_person_by_the_command_too(
    village: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUENTE_SECOND_PERSON", "yes")
    monkeypatch.setenv("PUENTE_PUBLIC_URL", "https://puente.example.org")
    ana, eva = "ana@example.org", "eva@example.org"
    for email in (ana, eva):
        users = ["users", "add", email, "--role", "administrador"]
        assert CliRunner().invoke(main, users).exit_code == 0
    approvals = ApprovalDesk(village.database, village.settings.clock, new_id, ACTS, asks=True)

    def approve(told: str) -> str | None:
        with village.database.reading() as unit:
            (request,) = unit.approvals.list_waiting(village.settings.clock())
        assert f"https://puente.example.org/admin/por-aprobar/{request.id}" in told
        assert approvals.approve(request, request.hash, ana) is None
        return approvals.approve(request, request.hash, eva)

    few = add(tmp_path, NUMBERS[:2])
    many = add(tmp_path, NUMBERS[2:], "--price", "0.25", "--budget", "0.25")
    monkeypatch.setattr("admin.approvals.inviting.ALONE", 2)
    assert "En marcha" in run("start", few, "--confirm", "2")
    for who in ((), ("--who", "otra@example.org"), ("--who", "ANA@example.org")):
        assert "Diga con --who" in refuse("start", many, "--confirm", "4", *who)
    told = run("start", many, "--confirm", "4", "--who", ana)
    assert told.endswith(run("start", many, "--confirm", "4", "--who", ana)), "asked for once"
    assert "en prueba" in run("show", many)
    assert "En marcha" in str(approve(told))
    tick(village, seconds=10)
    tick(village, seconds=10)
    assert "se acabó el presupuesto" in run("show", many)
    assert stand(many) == {"por salir": 1, "por escribirle": 3}
    told = run("resume", many, "--budget", "9", "--who", ana)
    assert "en pausa" in run("show", many)
    assert "En marcha" in str(approve(told))


def test_losses_stop_it(village: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.inviting.LOOKED_AT", 2)
    monkeypatch.setattr("bot.inviting.MOST_AHEAD", 3)
    one = add(tmp_path)
    run("start", one, "--confirm", "6")
    tick(village, seconds=10)
    with village.database.engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET state = 'dead'"))
    tick(village, seconds=10)
    assert "en pausa (más de la quinta parte no llega)" in run("show", one)
    run("resume", one)
    tick(village, seconds=10)
    assert stand(one) == {"no llegó": 3, "por salir": 3}, "they count anew"


def test_a_closed_consultation_invites_nobody(village: House, tmp_path: Path) -> None:
    one = add(tmp_path)
    run("start", one, "--confirm", "6")
    assert CliRunner().invoke(main, ["flows", "close", "plan-digital"]).exit_code == 0
    tick(village, seconds=10)
    assert "en pausa (la consulta está cerrada)" in run("show", one)


def test_two_schedulers_at_once_invite_each_once(town: House, tmp_path: Path) -> None:
    numbers = [f"5555{place:04}" for place in range(40)]
    one = add(tmp_path, numbers)
    run("start", one, "--confirm", "40")
    now = town.settings.clock.advance(seconds=10)  # type: ignore[attr-defined]

    def work(_place: int, database: Database) -> None:
        for step in range(3):
            make_inviter(town.settings, database).run(now + timedelta(seconds=10 * step))

    at_once(town.settings, 4, work)
    assert town.count("outbox", "kind = 'invitation'") == 40
    assert town.count("contact") == 40


@pytest.mark.usefixtures("village")
def test_every_mistake_of_a_list_is_told_with_its_place(tmp_path: Path) -> None:
    rows = (("Nombre", "Teléfono"), ("Ana", "55550101"), ("Eva", "12"), ("Isa", ""), ("Zoe",),
            ("", ""), ("Ana", "+502 5555-0101"))  # fmt: skip
    file = tmp_path / "lista.xlsx"
    file.write_bytes(make_file((Sheet("Hoja", rows),)))
    words = ("add", "plan-digital", str(file), "--channel", "twilio-sms")
    told = refuse(*words)
    assert "Errores: 3\nfila\tcolumna\tqué\n3\tTeléfono\tno es un número de teléfono.\n" in told
    assert "4\tTeléfono\testá vacía.\n5\tTeléfono\testá vacía.\n" in told
    assert "Repetidos: 1\nfila\tcolumna\tqué\n7\tTeléfono\trepite el número de la fila 2." in told
    assert "total: 1" in run(*words, "--skip-bad")
    assert "5555" not in told


@pytest.mark.usefixtures("village")
def test_what_cannot_be_sent_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "lista.csv"
    file.write_bytes("teléfono\n55550101\n".encode("latin-1"))
    words = ("add", "plan-digital", str(file), "--channel", "twilio-sms")
    for options, told in (
        (("--text", "Opine: mande CONSULTA"), "BAJA"),
        (("--text", "Opine. BAJA y no escribimos"), "con qué palabra"),
        (("--text", "CONSULTA o BAJA " + "a" * 160), "ocupa 2 SMS"),
        (("--channel", "ussd"), "no es un canal de SMS"),
        (("--channel", "nada"), "no es un canal de SMS"),
    ):
        assert told in refuse(*words, *options)


@pytest.mark.usefixtures("village")
def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    empty = tmp_path / "vacia.csv"
    empty.write_text("telefono\n")
    book = tmp_path / "roto.xlsx"
    book.write_bytes(b"no")
    to = ("--channel", "twilio-sms")
    assert "ningún número" in refuse("add", "plan-digital", str(empty), *to)
    assert "libro de Excel" in refuse("add", "plan-digital", str(book), *to)
    (tmp_path / "una.csv").write_text("55550101\n")
    assert "publicada" in refuse("add", "nada", str(tmp_path / "una.csv"), *to)
    missing = "00000000-0000-7000-8000-000000000000"
    assert "No hay ninguna invitación" in refuse("show", missing)
    one = add(tmp_path)
    assert "bastan de uno a 5" in refuse("try", one, *NUMBERS)
    assert "no es un número" in refuse("try", one, "12")


def test_a_list_without_titles_is_its_first_column() -> None:
    assert read_list([["55550101"], ["55550102"]]).numbers == ("+50255550101", "+50255550102")
    assert "«telefono»" in read_list([["nombre"], ["Ana"]]).mistakes[0].what
    assert read_list([]).numbers == ()
    assert read_list([[]]) == Listed((), (), ())


def test_the_end_is_told_by_pace_day_and_cap() -> None:
    def by_day(at: datetime) -> bool:
        return is_decent(at, GUATEMALA)

    def end(messages: int, lane: Lane, segments: int = 1) -> str | None:
        found = estimate_end(NINE, messages, segments, lane, by_day)
        return f"{found.astimezone(GUATEMALA):%d %H:%M}" if found else None

    assert end(0, Lane()) == "24 09:00"
    assert end(3000, Lane()) == "24 09:05"
    assert end(3600, Lane(1)) == "24 10:01", "of the rate 97 % is used"
    assert end(1800, Lane(1), 2) == "24 10:01"
    assert end(36_000, Lane(1)) == "25 08:18", "the night is waited for"
    assert end(2500, Lane(0, "", 1000)) == "26 09:00", "two days' cap before"
    assert end(10_000, Lane(0.0001)) is None
