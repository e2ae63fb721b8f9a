"""What is wrong with a file of translations: a code, a line or row, and what to do, in Spanish."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class CatalogueProblem:
    """One thing to mend in a file of translations; `line` from 1, of the .po or of the sheet."""

    code: str
    line: int
    sentence: str


SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "po-grande": "El archivo pesa más de {limit} KB; ninguna consulta tiene tanto texto.",
        "po-no-utf8": "El archivo no está en UTF-8. Guárdelo con esa codificación.",
        "po-ilegible": "No se entiende esta línea. En un .po cada línea es un comentario (#), "
        "msgctxt, msgid o msgstr, con su texto entre comillas.",
        "po-incompleto": "A este texto le falta su línea {word}.",
        "po-plural": "Aquí no hay plurales: quite msgid_plural y deje un solo msgstr.",
        "po-sin-clave": "A este texto le falta su línea msgctxt, que dice cuál es.",
        "po-repetido": "El texto «{word}» ya está en la línea {first}. Deje uno solo.",
        "po-ajeno": "El archivo es de la consulta «{word}», no de «{slug}».",
        "po-idioma": "El nombre del archivo no es el código de un idioma de Guatemala: {word}.",
        "texto-ajeno": "La consulta no tiene el texto «{word}». Se deja fuera.",
        "original-distinto": "El original de «{word}» ya es otro: la traducción queda como "
        "desactualizada.",
        "hoja-sin-columna": "Falta la columna «{word}».",
        "hoja-repetida": "La columna «{word}» está dos veces.",
    }
)

PASSING: Final = frozenset({"texto-ajeno", "original-distinto"})
"""What is said and passed over: nothing is lost by it."""


def make_catalogue_problem(code: str, line: int, **words: Any) -> CatalogueProblem:
    """Make a problem of the catalogue; `words` fill its sentence."""
    return CatalogueProblem(code, line, SENTENCES[code].format(**words))
