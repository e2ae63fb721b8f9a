"""Figures counted ahead: what pages show of them, and whether they are true."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from admin.consulted import ConsultedReader
from admin.rollups import EACH, LATE, SHARE, SLOW_MILLISECONDS, Figurer, find_pace
from bot.scheduler import Schedule
from puente.commands import main
from tests.support.office import SLUG, WHOLE_WAY

if TYPE_CHECKING:
    from click.testing import Result

    from storage.reported import Rolled
    from tests.support.office import Office

PAGE = f"/admin/consultas/{SLUG}"


class Watch:
    """A stopwatch: each look takes as long as it is told."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._now = 0.0

    def __call__(self) -> float:
        self._now += self.seconds
        return self._now


def make_figurer(office: Office, seconds: float = 0.5) -> Figurer:
    return Figurer(office.database, ConsultedReader(office.database), Watch(seconds))


def roll(office: Office, seconds: float = 0.5) -> None:
    make_figurer(office, seconds).roll(office.clock())


def find(office: Office) -> Rolled | None:
    with office.database.reading() as unit:
        consultation = unit.consultations.find(SLUG)
        assert consultation
        return unit.rollups.find(consultation.id)


def check(office: Office) -> Result:
    environ = {
        "DATABASE_URL": office.settings.database_url,
        "PUENTE_DATA": str(office.settings.data),
    }
    return CliRunner().invoke(main, ["figures", "check"], env=environ)


def test_what_is_slow_to_count_is_shown_as_it_was_counted(office_on_each: Office) -> None:
    office = office_on_each
    office.answer()
    roll(office)
    client = office.enter("observador")
    office.answer(number="+50255550102")
    office.clock.advance(minutes=1)
    page = client.get(PAGE).text
    assert "<strong>1</strong>" in page
    assert "a las 09:00" in page
    assert "1 persona" in client.get("/admin/").text
    roll(office)
    page = client.get(PAGE).text
    assert "<strong>2</strong>" in page
    assert "a las 09:01" in page


@pytest.mark.parametrize(("seconds", "later"), [(0.0, 0), (0.5, LATE)])
def test_what_is_quick_to_count_or_was_counted_long_ago_is_counted_anew(
    office: Office, seconds: float, later: int
) -> None:
    office.answer()
    roll(office, seconds)
    client = office.enter("observador")
    office.answer(number="+50255550102")
    office.clock.advance(minutes=later)
    assert "<strong>2</strong>" in client.get(PAGE).text


def test_counting_takes_a_twentieth_of_the_time_at_most(office: Office) -> None:
    roll(office, 6)
    first = find(office)
    assert first
    assert first.milliseconds == 6_000 >= SLOW_MILLISECONDS
    assert find_pace(first) == SHARE * timedelta(seconds=6)
    assert find_pace(replace(first, milliseconds=5)) == EACH
    office.clock.advance(minutes=1)
    roll(office)
    assert find(office) == first
    office.clock.advance(minutes=1)
    roll(office)
    second = find(office)
    assert second
    assert second.at == office.clock()
    office.clock.advance(minutes=-1)
    roll(office)
    third = find(office)
    assert third
    assert third.at == office.clock(), "a clock that went back"


def test_the_scheduler_counts(office: Office) -> None:
    office.answer()
    Schedule([make_figurer(office).chore]).tick(office.clock())
    rolled = find(office)
    assert rolled
    assert rolled.people == 1


def test_the_command_compares_with_the_truth(office_on_each: Office) -> None:
    office = office_on_each
    assert "o no hay ninguna" in check(office).output
    office.answer(*WHOLE_WAY[:4])
    office.clock.advance(seconds=1)
    roll(office)
    assert check(office).output == f"{SLUG}: cuadra\n"
    with office.database.engine.begin() as connection:
        connection.execute(text("UPDATE rollup SET people = 7"))
    result = check(office)
    assert (result.exit_code, "NO cuadra" in result.output) == (1, True)
    office.clock.advance(seconds=1)
    office.answer("BAJA")
    result = check(office)
    assert (result.exit_code, "hubo cambios" in result.output) == (0, True)


def test_figures_of_nothing_that_differ_do_not_agree(office: Office) -> None:
    roll(office)
    with office.database.engine.begin() as connection:
        connection.execute(text("UPDATE rollup SET people = 7"))
    assert check(office).exit_code == 1
