"""`respuestas_largo`: one row for each answer."""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from admin.exports.csv import END, Piece, make_piece
from admin.marking import mark
from admin.tables.extract import BY_VOICE, Column, Table, always
from admin.tables.lens import read_value
from admin.tables.moments import MomentWriter
from admin.tables.variables import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from admin.tables.extract import Cell, Extract, Wording
    from admin.tables.lens import Lens
    from admin.tables.subject import Subject
    from storage.reported import Saying

SUPERSEDED = "sustituida"
"""`alerta` of an answer that history adds: a later one replaced it, or its question fell away."""

FIRST = ("consulta", "revision", "persona", "sesion", "folio")
WHERE = ("departamento", "municipio", "comunidad")
"""What all rows of a session share."""

ASKED = len(("pregunta", "tipo", "valor", "etiqueta", "texto"))
WHO, HOW, ALERT = slice(0, 5), slice(10, 16), slice(17, 18)
"""Where the cells stand that answers of a session share."""

Way = tuple[str | bool, ...]
get_way = attrgetter("language", "channel", "mode", "is_current", "is_spoken")
"""What answers of a session have in common that share all these cells."""

REMEMBERED = 1_000
"""Pieces kept at hand; a person's own words pass through and are forgotten."""

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


Parts = tuple[Piece, Piece, str, Piece, Piece]
"""A row: who answered, what, when, how and where, and what is in doubt of it."""


def _rows(extract: Extract, lens: Lens, subjects: Iterable[Subject]) -> Iterator[list[Cell]]:
    for who, what, when, how, alert in _read(extract, lens, subjects):
        yield [*who.cells, *what.cells, *how.cells, when, *alert.cells]


def _lines(extract: Extract, lens: Lens, subjects: Iterable[Subject]) -> Iterator[str]:
    for who, what, when, how, alert in _read(extract, lens, subjects):
        # A time needs no quotes.
        yield f"{who.csv},{what.csv},{how.csv},{when},{alert.csv}{END}"


def _read(extract: Extract, lens: Lens, subjects: Iterable[Subject]) -> Iterator[Parts]:
    """Make the rows of what they share: a session's cells, an option's, are made once."""
    order = {variable.id: place for place, variable in enumerate(extract.variables)}
    tellers = {id_: _Teller(extract, lens, one) for id_, one in extract.wordings.items()}
    remember = lru_cache(REMEMBERED)(make_piece)
    moments = MomentWriter(extract.timezone)
    write = moments.write if lens.sees_hours else moments.write_day
    for subject in subjects:
        session = subject.session
        teller = tellers[session.revision_id]
        shared: dict[Way, tuple[Piece, Piece, Piece]] = {}
        for answer in sorted(
            session.answers, key=lambda one: (order[one.said.question], one.moment)
        ):
            way, what = teller.look(answer.said)
            pieces = shared.get(way)
            if pieces is None:
                row = _share(extract, subject, answer.said)
                lens.hide(row, subject)
                whose, where, doubts = tuple(row[WHO]), tuple(row[HOW]), tuple(row[ALERT])
                pieces = make_piece(whose), remember(where), remember(doubts)
                shared[way] = pieces
            who, how, alert = pieces
            what = what or teller.tell(subject, answer.said)
            yield who, what, write(answer.moment), how, alert


def _share(extract: Extract, subject: Subject, said: Saying) -> list[str]:
    """Give a row but for what was answered, and when."""
    session = extract.describe(subject)
    return [
        *(session[name] for name in FIRST),
        *[""] * ASKED,
        said.language,
        said.channel,
        said.mode,
        *(session[name] for name in WHERE),
        "",
        _warn(session["alerta"], said),
    ]


class _Teller:
    """Gives the cells of what one revision's questions were answered with.

    Most answers say what others have said: what is made of them is remembered.
    """

    def __init__(self, extract: Extract, lens: Lens, wording: Wording) -> None:
        self._place_label = extract.place_label
        self._lens = lens
        self._variables = wording.variables
        self._write = lru_cache(REMEMBERED)(self._make)
        self.look = lru_cache(REMEMBERED)(self._look)

    def tell(self, subject: Subject, said: Saying) -> Piece:
        """Give what may be seen of an answer that is hers."""
        variable = self._variables[said.question]
        seen = self._lens.answer(subject, variable, said.value, said.text)
        return self._write(said.question, *seen)

    def _look(self, said: Saying) -> tuple[Way, Piece | None]:
        """Give what a saying shares its other cells by, and its own where nobody's are hidden."""
        if not self._lens.sees_all:
            return get_way(said), None
        value = read_value(said.value, said.text)
        return get_way(said), self._write(said.question, value, said.text)

    def _make(self, question: str, value: str, text: str) -> Piece:
        variable = self._variables[question]
        label = variable.label(value, self._place_label) if value else ""
        return make_piece((question, KINDS[variable.kind], value, label, text))


def _warn(alert: str, said: Saying) -> str:
    """Say what is in doubt: her session's alerts, then the answer's own."""
    if said.is_current and not said.is_spoken:
        return alert
    alerts = [alert, BY_VOICE * said.is_spoken, SUPERSEDED * (not said.is_current)]
    return " ".join(filter(None, alerts))


LONG = Table(
    "respuestas_largo",
    mark("Respuestas, una por fila"),
    COLUMNS,
    always(COLUMNS),
    _rows,
    _lines,
)
