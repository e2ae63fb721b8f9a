"""`puente audit verify`: a line to keep elsewhere, or what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner
from sqlalchemy import text

from puente.commands import main

if TYPE_CHECKING:
    from tests.support.office import Office


def verify(office: Office, *arguments: str) -> tuple[int, str]:
    environ = {
        "DATABASE_URL": office.settings.database_url,
        "PUENTE_DATA": str(office.settings.data),
    }
    result = CliRunner().invoke(main, ["audit", "verify", *arguments], env=environ)
    return result.exit_code, result.output


def seal(office: Office) -> None:
    with office.database.unit() as unit:
        unit.audit.seal()


def test_a_whole_chain_prints_its_end_which_a_later_run_takes(office: Office) -> None:
    status, output = verify(office)
    assert (status, "not sealed yet" in output) == (0, True)
    seal(office)
    status, anchor = verify(office)
    assert (status, anchor[:2]) == (0, "3:")
    office.enter()
    seal(office)
    assert verify(office, "--anchor", anchor.strip())[0] == 0


def test_a_changed_event_is_told_by_its_number(office: Office) -> None:
    seal(office)
    with office.database.engine.begin() as connection:
        connection.execute(text("UPDATE audit_event SET who = 'otra' WHERE number = 2"))
    status, output = verify(office)
    assert status == 1
    assert "event 2 is missing, or does not say what it said; 1 before it do" in output


def test_an_anchor_that_does_not_fit_is_told(office: Office) -> None:
    seal(office)
    status, output = verify(office, "--anchor", f"3:{'0' * 64}")
    assert (status, "the anchor does not stand where it should" in output) == (1, True)
    assert verify(office, "--anchor", "3")[0] == 1
