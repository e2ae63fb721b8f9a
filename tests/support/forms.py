"""XLSForms as tests write them: a table of cells a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.exchange.workbook import Sheet
from flows.exchange.xlsform_in import read_xlsform

if TYPE_CHECKING:
    from flows.exchange.imported import Imported

CHOICES = """
list_name | name   | label::Español (es)
si_no     | si     | Sí
si_no     | no     | No
tramite   | 1      | Un trámite
tramite   | 2      | Dos trámites
tramite   | 7      | Ninguno
"""
SETTINGS = """
form_title      | form_id
Una consulta    | una_consulta
"""


def make_sheet(name: str, table: str, *merged: str) -> Sheet:
    """Make a sheet of a table with its cells parted by `|`."""
    lines = table.strip("\n").split("\n")
    return Sheet(
        name, tuple(tuple(cell.strip() for cell in row.split("|")) for row in lines), merged
    )


def read_survey(survey: str, choices: str = CHOICES, settings: str = SETTINGS) -> Imported:
    """Read a form of these sheets; a table without anything is no sheet."""
    tables = {"survey": survey, "choices": choices, "settings": settings}
    book = tuple(make_sheet(name, table) for name, table in tables.items() if table)
    return read_xlsform(book, "archivo")


def list_problems(imported: Imported) -> list[tuple[str, str]]:
    """List where what is wrong."""
    return [(problem.where, problem.code) for problem in imported.problems]
