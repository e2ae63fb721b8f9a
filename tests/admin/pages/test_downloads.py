"""Files from the staff's page: what they hold, who may have them, what the audit says."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from puente.commands import main
from storage.vocabulary import AuditAction
from tests.support.office import PROPOSAL, SLUG, WHOLE_WAY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.office import Office

PAGE = f"/admin/consultas/{SLUG}"
SCRIPT = "<script>document.title='corrió'</script>"


def test_excel_has_a_cover_the_answers_under_their_questions_and_the_codes(
    office_on_each: Office,
) -> None:
    office_on_each.answer()
    response = office_on_each.enter("exportador").get(f"{PAGE}/wide.xlsx")
    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(response.data))
    assert book.sheetnames == ["Resumen", "Respuestas", "Códigos"]
    cover = {row[0]: row[1] for row in book["Resumen"].iter_rows(values_only=True)}
    assert cover["Personas que han contestado"] == 1
    assert cover["Fecha y hora"] == "2026-03-02 09:00-06:00"
    assert "respuestas vigentes" in str(cover["Filtro"])
    (entry,) = office_on_each.read_audit(AuditAction.EXPORT_TAKEN)
    assert cover["SHA-256 de estos datos en CSV"] == entry["hash"]
    titles, row = book["Respuestas"].iter_rows(values_only=True)
    assert any(str(title).startswith("p5. ") and "?" in str(title) for title in titles)
    assert PROPOSAL in row


def test_a_download_is_written_down_as_it_was(office: Office) -> None:
    office.answer()
    response = office.enter("exportador").get(f"{PAGE}/long.csv?nivel=grupo")
    rows = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))
    (entry,) = office.read_audit(AuditAction.EXPORT_TAKEN)
    assert entry == {
        "who": "exportador@example.org",
        "consultation": SLUG,
        "table": "long",
        "format": "csv",
        "tier": "grupo",
        "filter": "current",
        "rows": len(rows) - 1,
        "hash": hashlib.sha256(response.data).hexdigest(),
        "whole": 1,
    }


def test_asking_only_for_the_headers_takes_nothing_out(office: Office) -> None:
    client = office.enter("exportador")
    assert client.head(f"{PAGE}/long.csv").status_code == 200
    assert office.read_audit(AuditAction.EXPORT_TAKEN) == []


def test_who_goes_away_in_the_middle_is_written_down_with_what_she_had(office: Office) -> None:
    office.answer()
    response = office.enter("exportador").get(f"{PAGE}/long.csv", buffered=False)
    next(iter(response.response))
    response.close()
    (entry,) = office.read_audit(AuditAction.EXPORT_TAKEN)
    assert (entry["whole"], entry["rows"]) == (0, 0)


def test_the_command_writes_the_same_file(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.answer()
    taken = office.enter("exportador").get(f"{PAGE}/wide.csv?nivel=equipo").data
    monkeypatch.chdir(tmp_path)
    environ = {"DATABASE_URL": office.settings.database_url}
    command = ["export", SLUG, "--table", "wide", "--format", "csv", "--output", "a.csv"]
    result = CliRunner().invoke(main, command, env=environ)
    assert result.exit_code == 0, result.output
    assert (tmp_path / "a.csv").read_bytes() == taken
    assert [entry["who"] for entry in office.read_audit(AuditAction.EXPORT_TAKEN)] == [
        "exportador@example.org",
        "puente export",
    ]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("long.exe", 404),
        ("anything.csv", 404),
        ("%00.csv", 404),
        ("long.%00", 404),
        ("long", 404),
        (".csv", 404),
        ("long.csv?nivel=", 404),
        ("long.csv?nivel=EQUIPO", 404),
        ("long.csv?nivel=%00", 404),
        ("long.csv?nivel=publico&nivel=equipo", 200),
        ("long.csv?nivel[]=equipo", 200),
        ("long.csv?filtro='%3B+DROP+TABLE+answer", 200),
        ("../../etc/passwd.csv", 404),
        (f"{'x' * 3000}.csv", 404),
    ],
)
def test_a_hand_made_address_is_answered_calmly(office: Office, address: str, status: int) -> None:
    assert office.enter("exportador").get(f"{PAGE}/{address}").status_code == status


@pytest.mark.parametrize("slug", ["nada", "%00", "%ff"])
def test_a_consultation_that_is_not_there_has_no_file(office_on_each: Office, slug: str) -> None:
    response = office_on_each.enter("exportador").get(f"/admin/consultas/{slug}/long.csv")
    assert response.status_code == 404
    assert office_on_each.read_audit(AuditAction.EXPORT_TAKEN) == []


def test_a_script_in_an_open_answer_stays_text_everywhere(office: Office) -> None:
    office.answer(*(SCRIPT if text == PROPOSAL else text for text in WHOLE_WAY))
    client = office.enter("exportador")
    for address in ("/admin/", PAGE):
        assert "corrió" not in client.get(address).text
    response = client.get(f"{PAGE}/long.csv")
    assert SCRIPT in response.text
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"].startswith("attachment")
