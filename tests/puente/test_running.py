"""What the doctor makes of a house that runs, or does not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from puente.heartbeat import start_beating
from puente.running import look_at_running
from storage.repositories.heartbeats import Beat, Heartbeats
from tests.storage.repositories.test_outbox import owe
from tests.support.citizens import open_town
from tests.support.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.citizens import Town

ALIVE = ("web", "worker", "scheduler")


@pytest.fixture
def town(sqlite_url: str) -> Iterator[Town]:
    with open_town(sqlite_url) as town:
        yield town


def look(town: Town) -> list[tuple[str, str]]:
    with town.database.reading() as unit:
        return [(one.level, one.sentence) for one in look_at_running(unit, town.now)]


def give_signs(town: Town, **ages: int) -> None:
    with town.database.unit() as unit:
        for process, seconds in ages.items():
            seen_at = town.now - timedelta(seconds=seconds)
            unit.heartbeats.beat(Beat("anfitrion", process, 7, town.now, seen_at))


def test_a_house_where_all_live_has_nothing_to_mend(town: Town) -> None:
    assert look(town) == [("warning", "no hay ningún proceso en marcha: arranque puente up")]
    give_signs(town, web=3, worker=59, scheduler=0)
    assert look(town) == [
        ("ok", f"puente {process} está en marcha (1): anfitrion") for process in ALIVE
    ]


def test_who_gives_no_sign_any_more_is_missed_with_what_that_costs(town: Town) -> None:
    give_signs(town, web=3, worker=61)
    worker, scheduler = look(town)[1:]
    lost = "no sale lo que no va en la respuesta misma; su última señal fue"
    assert worker == ("problem", f"puente worker no está en marcha: {lost}")
    assert scheduler[1].endswith(
        "no salen recordatorios ni invitaciones, y nada se borra a su tiempo"
    )


def test_a_clock_that_goes_wrong_is_told(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    give_signs(town, web=-3, worker=0, scheduler=0)
    assert look(town)[0] == (
        "problem",
        (
            "el reloj de esta máquina va atrasado: hay procesos que dieron señal más tarde que"
            " ahora. Póngalo en hora (NTP)"
        ),
    )
    monkeypatch.setattr(Heartbeats, "read_clock", lambda _: town.now + timedelta(seconds=30))
    assert "difiere -30 segundos del de la base de datos" in look(town)[0][1]
    monkeypatch.setattr(Heartbeats, "read_clock", lambda _: town.now + timedelta(seconds=1))
    assert "atrasado" in look(town)[0][1], "its own clock and the database's agree with each other"


def test_answers_that_wait_too_long_are_told_but_not_while_staff_hold_them(town: Town) -> None:
    give_signs(town, web=0, worker=0, scheduler=0)
    owe(town, "uno", "dos")
    assert len(look(town)) == len(ALIVE)
    town.wait(minutes=6)
    give_signs(town, web=0, worker=0, scheduler=0)
    assert look(town)[-1] == (
        "problem",
        "respuestas que esperan en el canal sms: 2, la primera desde",
    )
    with town.database.unit() as unit:
        unit.sending.stop(town.now, "ana@example.org")
    assert look(town)[-1] == ("warning", "los envíos están detenidos por ana@example.org, desde")


def test_a_process_says_that_it_lives_and_that_it_has_ended(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("puente.heartbeat.EVERY", timedelta(milliseconds=1))
    times = iter(range(10**6))
    end = start_beating(town.database, "worker", lambda: town.now + timedelta(seconds=next(times)))

    def list_beats() -> list[Beat]:
        with town.database.reading() as unit:
            return list(unit.heartbeats.list())

    wait_for(
        lambda: [
            one for one in list_beats() if one.seen_at > one.started_at + timedelta(seconds=9)
        ],
        "beats",
    )
    [beat] = list_beats()
    assert (beat.process, beat.started_at) == ("worker", town.now)
    end()
    assert list_beats() == []
