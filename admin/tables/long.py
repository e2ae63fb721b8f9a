"""`respuestas_largo`: one row for each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admin.marking import mark
from admin.tables.extract import BY_VOICE, Column, Table, always
from admin.tables.variables import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from admin.tables.extract import Cell, Extract
    from admin.tables.lens import Lens
    from admin.tables.subject import Subject
    from storage.reported import ReportedAnswer

SUPERSEDED = "sustituida"
"""`alerta` of an answer that history adds: a later one replaced it, or its question fell away."""

COLUMNS = (
    Column("consulta", "Consulta"),
    Column("revision", "Revisión"),
    Column("persona", "Persona"),
    Column("sesion", "Sesión"),
    Column("folio", "Folio"),
    Column("pregunta", "Pregunta"),
    Column("tipo", "Tipo de pregunta"),
    Column("valor", "Valor"),
    Column("etiqueta", "Etiqueta"),
    Column("texto", "Texto recibido"),
    Column("idioma", "Idioma"),
    Column("canal", "Canal"),
    Column("modalidad", "Modalidad"),
    Column("departamento", "Departamento (INE)"),
    Column("municipio", "Municipio (INE)"),
    Column("comunidad", "Comunidad"),
    Column("contestada_en", "Contestada en"),
    Column("alerta", "Alerta"),
)


def _rows(extract: Extract, lens: Lens, subjects: Iterable[Subject]) -> Iterator[list[Cell]]:
    order = {variable.id: place for place, variable in enumerate(extract.variables)}
    for subject in subjects:
        said = extract.describe(subject)
        answers = subject.session.answers
        for answer in sorted(answers, key=lambda one: (order[one.question], one.at)):
            yield _row(extract, lens, subject, said, answer)


def _row(
    extract: Extract,
    lens: Lens,
    subject: Subject,
    said: dict[str, str],
    answer: ReportedAnswer,
) -> list[Cell]:
    variable = extract.wordings[subject.session.revision_id].variables[answer.question]
    value, text = lens.answer(subject, variable, answer.value, answer.text)
    alerts = [said["alerta"], BY_VOICE * answer.is_spoken, SUPERSEDED * (not answer.is_current)]
    row = [
        said["consulta"],
        said["revision"],
        said["persona"],
        said["sesion"],
        said["folio"],
        variable.id,
        KINDS[variable.kind],
        value,
        variable.label(value, extract.place_label) if value else "",
        text,
        answer.language,
        answer.channel,
        answer.mode,
        said["departamento"],
        said["municipio"],
        said["comunidad"],
        extract.write_time(answer.at),
        " ".join(filter(None, alerts)),
    ]
    lens.hide(row, subject)
    return list(row)


LONG = Table("respuestas_largo", mark("Respuestas, una por fila"), COLUMNS, always(COLUMNS), _rows)
