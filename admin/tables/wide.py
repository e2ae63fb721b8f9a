"""`respuestas_ancho`: one row for each session, one column for each question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admin.marking import mark
from admin.tables.extract import BY_VOICE, Column, Table
from flows.script.model import SPOKEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from admin.tables.extract import Cell, Extract
    from admin.tables.lens import Lens
    from admin.tables.subject import Subject
    from admin.tables.variables import Variable

COLUMNS = (
    Column("consulta", "Consulta"),
    Column("revision", "Revisión"),
    Column("persona", "Persona"),
    Column("sesion", "Sesión"),
    Column("folio", "Folio"),
    Column("estado", "Estado"),
    Column("idioma", "Idioma"),
    Column("canal", "Canal"),
    Column("modalidad", "Modalidad"),
    Column("departamento", "Departamento (INE)"),
    Column("municipio", "Municipio (INE)"),
    Column("comunidad", "Comunidad"),
    Column("empezada_en", "Empezada en"),
    Column("contestada_en", "Última respuesta en"),
    Column("alerta", "Alerta"),
)


def _columns(extract: Extract) -> tuple[Column, ...]:
    asked = (column for variable in extract.variables for column in _of(variable))
    return (*COLUMNS, *asked)


def _of(variable: Variable) -> Iterator[Column]:
    """Give a question's column, or one for each thing that can be ticked, ticked or not."""
    if variable.kind != "choices":
        yield Column(variable.id, f"{variable.id}. {variable.text}")
        return
    for key, label in variable.options.items():
        title = f"{variable.id}_{key}. {variable.text} — {label}"
        yield Column(f"{variable.id}_{key}", title, is_number=True)


def _rows(extract: Extract, lens: Lens, subjects: Iterable[Subject]) -> Iterator[list[Cell]]:
    names = [column.name for column in COLUMNS]
    for subject in subjects:
        asked = extract.wordings[subject.session.revision_id].variables
        said = extract.describe(subject)
        said["empezada_en"] = extract.write_time(subject.session.started_at)
        said["contestada_en"] = extract.write_time(subject.session.answered_at)
        if any(answer.is_spoken for answer in subject.answers.values()):
            said["alerta"] = f"{said['alerta']} {BY_VOICE}".strip()
        own = [said[name] for name in names]
        lens.hide(own, subject)
        row: list[Cell] = list(own)
        for variable in extract.variables:
            row += _cells(lens, subject, variable, asked.get(variable.id))
        yield row


def _cells(lens: Lens, subject: Subject, variable: Variable, asked: Variable | None) -> list[Cell]:
    """Give a question's cells; `asked` is the question as this session's revision has it."""
    answer = subject.answers.get(variable.id)
    value = ""
    if answer is not None and asked is not None:
        value, _ = lens.answer(subject, asked, answer.value, answer.text)
    if variable.kind != "choices":
        return [value]
    if value in {"", *SPOKEN}:  # never shown, withheld, or spoken and not understood (yet)
        return [""] * len(variable.options)
    ticked = value.split()
    return [int(key in ticked) for key in variable.options]


WIDE = Table(
    "respuestas_ancho", mark("Respuestas, una conversación por fila"), COLUMNS, _columns, _rows
)
