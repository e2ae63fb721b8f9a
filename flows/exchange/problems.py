"""What could not be brought across: where it stands over there, and what to do, in Spanish."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.script.problems import Severity


@dataclass(frozen=True, slots=True)
class ForeignProblem:
    """One thing of a foreign document that we cannot take, or of ours that it cannot.

    Attributes:
        code: stable, `tipo-sin-equivalente`.
        where: a cell, `survey!C5`; a node, by what it says; a step of our script.
        sentence: in Spanish, for whom writes scripts.
        severity: an `error` lost something people would be asked or told, a `warning` did not.
    """

    code: str
    where: str
    sentence: str
    severity: Severity = "error"


SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # the workbook
        "no-es-libro": "No es un libro de Excel (.xlsx). Ábralo y guárdelo como «Libro de Excel».",
        "libro-grande": "Es demasiado grande: caben {limit}. Quite lo que no sea de la consulta.",
        "falta-hoja": "Falta la hoja «{word}».{hint}",
        "hoja-vacia": "La hoja «{word}» no tiene preguntas.",
        "celdas-unidas": "Estas celdas están unidas ({word}). Sepárelas y escriba en cada una lo "
        "suyo.",
        "falta-columna": "Falta la columna «{word}».{hint}",
        "columna-repetida": "La columna «{word}» ya está en {first}. Deje una sola.",
        "columna-desconocida": "La columna «{word}» no se conoce.{hint}",
        "celda-con-error": "La fórmula da «{word}». Escriba el texto mismo.",
        "idioma-desconocido": "No se sabe qué idioma es «{word}». Póngale su código entre "
        "paréntesis, por ejemplo «label::K'iche' (quc)».",
        "falta-idioma": "No hay textos en español. Agregue «label::Español (es)».",
        "falta-traduccion": "Falta la traducción al {word}.",
        # questions
        "falta-nombre": "Falta el nombre de la pregunta. Escríbalo en «name».",
        "nombre-cambiado": "El nombre «{word}» no sirve aquí; se usa «{found}».",
        "nombre-repetido": "Ya hay una pregunta «{word}» en {first}. Póngale otro nombre.",
        "falta-etiqueta": "Falta el texto de «{word}».",
        "tipo-desconocido": "No existe el tipo «{word}».{hint}",
        "tipo-sin-equivalente": "«{word}» no se puede contestar desde un teléfono sencillo. Quite "
        "la pregunta o hágala de texto.",
        "dato-de-sistema": "«{word}» no hace falta: Puente guarda la hora y el canal.",
        "calculo": "«{word}» es un cálculo. Haga la pregunta directamente, o quítela.",
        "repeticion": "Una parte que se repite no cabe en una conversación. Pregunte una vez, o "
        "haga pasos aparte.",
        "grupo-abierto": "El grupo «{word}» no se cierra. Agregue «end group».",
        "grupo-de-mas": "Aquí se cierra un grupo que no se abrió. Quite «end group».",
        "titulo-de-grupo": "El título del grupo («{word}») no se manda. Si hace falta, agregue una "
        "nota.",
        "ayuda-aparte": "La ayuda («{word}») no se manda. Si hace falta, póngala en el texto.",
        "valor-por-defecto": "Aquí no hay respuesta ya puesta («{word}»). La persona la escribe.",
        "filtro-de-opciones": "Las opciones no se pueden filtrar. Haga una pregunta por cada caso, "
        "con su condición.",
        "otra-opcion": "«or_other» no existe aquí. Agregue una opción «Otra» y una pregunta de "
        "texto.",
        "lista-desconocida": "No existe la lista «{word}» en «choices».{hint}",
        "opcion-repetida": "La opción «{word}» ya está en {first}. Cambie una.",
        "opciones-numeradas": "En los teléfonos se contesta con números: {word}.",
        "marcas-de-formato": "Un teléfono sencillo no muestra negrita ni color. Queda: «{word}».",
        "medio": "Los archivos de imagen, audio y video no se mandan («{word}»).",
        # conditions
        "condicion-sin-equivalente": "No se puede usar «{word}» en una condición. {what}",
        "restriccion-sin-equivalente": "No se puede revisar «{word}». Se acepta cualquier "
        "respuesta de su tipo.",
        # their way out
        "sin-pausa": "Fuera de Puente no hay pausas: «{word}» sale como un mensaje.",
        "sin-cuotas": "Fuera de Puente no hay cuotas: «{word}» no se lleva, y nadie queda fuera "
        "por estar lleno su grupo.",
        "sin-paso": "Fuera de Puente no hay «juntas»: «{word}» no sale, y sus preguntas van una a "
        "una.",
        "sin-folio": "El texto lleva «{word}», que solo Puente puede poner.",
        "sin-lugar": "Los municipios no van en el formulario: «{word}» es una pregunta de texto.",
        "sin-descanso": "Fuera de Puente no hay descansos: «{word}» no sale.",
        # RapidPro
        "no-es-json": "No es un archivo JSON completo. Expórtelo de nuevo desde RapidPro.",
        "version-ajena": "Es de la versión {word}; se leen la 13 y la 14. Expórtelo de nuevo desde "
        "RapidPro.",
        "flujo-grande": "El flujo es demasiado grande: caben {limit} nodos. Divídalo.",
        "falta-flujo": "No hay ningún flujo en el archivo.",
        "flujo-sin-espanol": "Los textos están en «{word}» y no en español. Tradúzcalos en "
        "RapidPro y exporte de nuevo, o cámbielos en el guion.",
        "varios-flujos": "Hay {count} flujos y se toma el primero, «{word}». Importe los demás "
        "aparte.",
        "accion-sin-equivalente": "«{word}» no existe aquí. {what}",
        "espera-sin-equivalente": "La espera de tipo «{word}» no se puede en un teléfono sencillo.",
        "regla-sin-equivalente": "La regla «{word}» no existe aquí: «{found}» se lee como opción.",
        "division-sin-equivalente": "El flujo se divide por «{word}». Aquí se divide por lo que la "
        "persona contestó.",
        "expresion": "El texto lleva la expresión «{word}», que aquí no se llena. Quítela.",
        "vuelta-atras": "De aquí se vuelve a «{word}». Aquí solo se va hacia adelante; lo que no "
        "se entiende se pregunta de nuevo sin pedirlo.",
        "muchos-caminos": "Aquí se llega de más de {limit} maneras. Divida el flujo.",
        "nodo-aislado": "Nadie llega a este nodo.",
        "tiempo-de-espera": "Lo que pasa cuando no contesta no se lleva: Puente recuerda a las 24 "
        "y a las 72 horas.",
        "etiqueta-de-regla": "La opción se llama «{word}», y es lo que va a leer la persona.",
        "solo-una": "De «{word}» solo se lleva una respuesta: RapidPro no sabe de varias a la vez.",
    }
)

WARNINGS: Final[frozenset[str]] = frozenset(
    {
        "ayuda-aparte",
        "dato-de-sistema",
        "etiqueta-de-regla",
        "falta-traduccion",
        "marcas-de-formato",
        "medio",
        "nombre-cambiado",
        "opciones-numeradas",
        "restriccion-sin-equivalente",
        "sin-cuotas",
        "sin-folio",
        "sin-lugar",
        "sin-paso",
        "sin-pausa",
        "tiempo-de-espera",
        "titulo-de-grupo",
        "valor-por-defecto",
        "varios-flujos",
        "vuelta-atras",
        "sin-descanso",
    }
)


def make_foreign(code: str, where: str, **words: Any) -> ForeignProblem:
    """Make a problem of the catalogue; `words` fill its sentence.

    Raises:
        KeyError: no such code, or a word is missing, which is our fault.
    """
    severity: Severity = "warning" if code in WARNINGS else "error"
    return ForeignProblem(code, where, SENTENCES[code].format(**words), severity)
