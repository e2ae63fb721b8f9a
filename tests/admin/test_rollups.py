"""Figures counted ahead: what pages show of them, and whether they are true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from admin.consulted import ConsultedReader
from admin.rollups import EACH, LATE, SLOW_MILLISECONDS, Figurer, find_pace
from bot.scheduler import Schedule
from puente.commands import main
from storage.repositories.reports import Reports
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
    assert find_pace(5) == EACH
    roll(office, 6)
    first = find(office)
    assert first
    assert first.milliseconds == 6_000 >= SLOW_MILLISECONDS
    office.clock.advance(minutes=1)
    roll(office)
    assert find(office) == first
    office.clock.advance(minutes=1)
    roll(office)
    second = find(office)
    assert second
    assert (second.at, second.milliseconds) == (office.clock(), 6_000)


def test_people_are_counted_again_only_where_something_has_changed(
    office_on_each: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_on_each
    asked: list[int] = []
    real = Reports.count_people_by_hour

    def count(self: Reports, *told: Any) -> object:
        asked.append(len(told[2]))
        return real(self, *told)

    monkeypatch.setattr(Reports, "count_people_by_hour", count)

    def count_again() -> tuple[int, list[int]]:
        asked.clear()
        office.clock.advance(minutes=30)
        roll(office)
        rolled, found = find(office), list(asked)
        assert rolled
        assert "cuadra\n" in check(office).output
        return rolled.people, found

    office.answer()
    office.clock.advance(hours=1)
    office.answer(number="+50255550102")
    assert count_again() == (2, [2])
    assert count_again() == (2, [])
    office.clock.advance(hours=1)
    office.answer(number="+50255550103")
    assert count_again() == (3, [1])
    office.answer("BORRAR", "1")
    assert count_again() == (2, [1])
    office.answer("CONSULTA", "si", "1", "1", number="+50255550102")
    assert count_again()[0] == 2


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
