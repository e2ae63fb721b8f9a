"""What columns and codes mean: the sheet Códigos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admin.exports.base import Code
from admin.marking import mark
from admin.outcomes import STANDINGS
from admin.tables.extract import BY_VOICE
from admin.tables.variables import KINDS, NO_ANSWER, SPOKEN_LABELS
from flows.reading.places import places
from flows.script.model import SKIPPED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from admin.tables.extract import Extract, Table
    from admin.tables.variables import Variable

SESSION = "conversación"
ANY = "(cualquier pregunta)"

MEANINGS = {
    "consulta": "Nombre corto de la consulta.",
    "revision": "Número de la revisión del guion que se le preguntó.",
    "persona": "Seudónimo de la persona, solo válido en esta consulta.",
    "sesion": "Identificador de la conversación en Puente.",
    "folio": "Folio que recibió la persona.",
    "estado": "Cómo está la conversación.",
    "idioma": "Código ISO 639 del idioma en que se le mostró.",
    "canal": "Canal por el que contestó.",
    "modalidad": "Cómo contestó.",
    "departamento": "Código INE del departamento donde dijo que vive.",
    "municipio": "Código INE del municipio donde dijo que vive.",
    "comunidad": "Comunidad a la que pertenece quien la invitó.",
    "empezada_en": "Cuándo empezó la conversación.",
    "contestada_en": "Cuándo llegó la respuesta; en la tabla ancha, la última.",
    "alerta": "Señales para revisar; ninguna fila se quita por ellas.",
    "pregunta": "Pregunta, por su nombre en el guion.",
    "tipo": "Tipo de la pregunta.",
    "valor": "Clave de la opción; varias van separadas por un espacio.",
    "etiqueta": "Lo que dice la opción, en español.",
    "conversaciones": "Cuántas conversaciones; las que son muy pocas van juntas.",
    "sentido": "Recibido de la persona, o enviado a ella en la misma respuesta.",
    "dia": "Día, hora de Guatemala.",
    "mensajes": "Cuántos mensajes.",
    "segmentos": "Cuántos SMS se cobran por ellos; en otros canales, uno por mensaje.",
    "manos": "Manos levantadas por esa opción en una asamblea; no son personas que contestaron.",
    "reportada_en": "Cuándo mandó el recuento quien lidera.",
    "columna": "Columna que se explica.",
    "clave": "Código que puede llevar.",
    "eje": "Eje del plan al que pertenece la pregunta.",
    "texto": "Lo que la persona mandó, tal como llegó.",
}

MODES = {
    "propia": mark("Contestó por su cuenta"),
    "asistida": mark("Le ayudó otra persona"),
    "asamblea": mark("Recuento de una asamblea"),
    "papel": mark("Hoja de papel copiada"),
    "llamada": mark("Llamada telefónica"),
}


def make_codes(extract: Extract, table: Table) -> tuple[Code, ...]:
    """Describe the columns of a table, its questions and their options, and the places."""
    own = [column.name for column in table.columns(extract) if column.name in MEANINGS]
    return (
        *(Code(name, SESSION, "", MEANINGS[name]) for name in own),
        *(code for variable in extract.variables for code in _question(variable)),
        Code(ANY, "", SKIPPED, NO_ANSWER),
        *(Code(ANY, "", value, label) for value, label in SPOKEN_LABELS.items()),
        Code("alerta", SESSION, BY_VOICE, "Contestó con una nota de voz."),
        *(
            Code("estado", SESSION, standing.code, f"{standing.label}: {standing.definition}")
            for standing in STANDINGS.values()
        ),
        *(Code("modalidad", SESSION, key, label) for key, label in MODES.items()),
        *_places(),
    )


def _question(variable: Variable) -> Iterator[Code]:
    kind = KINDS[variable.kind]
    yield Code(variable.id, kind, "", variable.text, variable.axis)
    for key, label in variable.options.items():
        yield Code(variable.id, kind, key, label, variable.axis)


def _places() -> Iterator[Code]:
    for code, place in places().items():
        is_department = len(code) == len("14")
        column = "departamento" if is_department else "municipio"
        label = place.name if is_department else f"{place.name}, {place.department}"
        yield Code(column, "lugar", code, label)
