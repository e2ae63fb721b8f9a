"""`respuestas_largo`: one row for each answer."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from admin.marking import mark
from admin.tables.extract import BY_VOICE, Column, Table, always
from admin.tables.variables import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from admin.tables.extract import Cell, Extract, Wording
    from admin.tables.lens import Lens
    from admin.tables.subject import Subject
    from storage.reported import Saying

SUPERSEDED = "sustituida"
"""`alerta` of an answer that history adds: a later one replaced it, or its question fell away."""

FIRST = ("consulta", "revision", "persona", "sesion", "folio")
WHERE = ("departamento", "municipio", "comunidad")
"""What all rows of a session share."""

REMEMBERED = 1_000
"""Labels of a revision kept at hand; a person's own words pass through and are forgotten."""

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
    tellers = {id_: _make_teller(extract, wording) for id_, wording in extract.wordings.items()}
    for subject in subjects:
        session = subject.session
        said = extract.describe(subject)
        first = [said[name] for name in FIRST]
        where = [said[name] for name in WHERE]
        variables = extract.wordings[session.revision_id].variables
        tell = tellers[session.revision_id]
        for answer in sorted(
            session.answers, key=lambda one: (order[one.said.question], one.moment)
        ):
            one = answer.said
            value, text = lens.answer(subject, variables[one.question], one.value, one.text)
            kind, label = tell(one.question, value)
            row = [
                *first,
                one.question,
                kind,
                value,
                label,
                text,
                one.language,
                one.channel,
                one.mode,
                *where,
                extract.write_time(answer.at),
                _warn(said["alerta"], one),
            ]
            lens.hide(row, subject)
            yield list(row)


def _make_teller(extract: Extract, wording: Wording) -> Callable[[str, str], tuple[str, str]]:
    """Make what gives a question's kind and a value's label.

    They are the same whoever answers, and most answers are one of a few: they are remembered.
    """

    @lru_cache(REMEMBERED)
    def tell(question: str, value: str) -> tuple[str, str]:
        variable = wording.variables[question]
        return KINDS[variable.kind], variable.label(value, extract.place_label) if value else ""

    return tell


def _warn(alert: str, said: Saying) -> str:
    """Say what is in doubt: her session's alerts, then the answer's own."""
    if said.is_current and not said.is_spoken:
        return alert
    alerts = [alert, BY_VOICE * said.is_spoken, SUPERSEDED * (not said.is_current)]
    return " ".join(filter(None, alerts))


LONG = Table("respuestas_largo", mark("Respuestas, una por fila"), COLUMNS, always(COLUMNS), _rows)
