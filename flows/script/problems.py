"""Problems in a script: a stable code, a line, and a Spanish sentence that says what to do.

The catalogue is the one table of codes; `docs/problems.md` explains each to operators and a
test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    Attributes:
        code: stable, `falta-texto`.
        line: from 1.
        sentence: in Spanish, for whom writes scripts.
        mended: the whole line as it would be right, where we can tell; may hold several lines.
        span: the first and the last line that `mended` stands for, where it is not `line` alone.
        severity: an `error` keeps the script from being published, a `warning` does not.
        column: from 1, where it is known.
    """

    code: str
    line: int
    sentence: str
    mended: str | None = None
    severity: Severity = "error"
    column: int | None = None
    span: tuple[int, int] | None = None


SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # the file
        "archivo-grande": "El archivo pesa más de {limit} KB. Divida la consulta en dos.",
        "archivo-largo": "El archivo pasa de {limit} líneas. Divida la consulta en dos.",
        "no-es-texto": "Esto no es un texto sino un documento de otro programa. Guarde el guion "
        "como texto sin formato, en «UTF-8».",
        "archivo-vacio": "El archivo está vacío. Empiece con «puente: 1».",
        "no-es-guion": "Esto no es un guion: ninguna línea empieza con una palabra del lenguaje. "
        "La primera es «puente: 1».",
        "codificacion": "El archivo está guardado como {found}. Guárdelo como «UTF-8».",
        "marca-bom": "El archivo empieza con una marca invisible (BOM). Guárdelo como «UTF-8» "
        "sin BOM.",
        "fin-de-linea": "Las líneas terminan como en Windows. Se leen bien; si puede, guarde el "
        "archivo con fin de línea «LF».",
        "signo-invisible": "Hay un signo invisible ({found}). Bórrelo.",
        "conflicto": "Quedó aquí un conflicto sin resolver («{found}»). Deje una sola de las dos "
        "versiones y borre las marcas.",
        "muy-anidado": "Hay más de {limit} niveles, unos dentro de otros. Simplifique.",
        # YAML
        "tabulador": "Hay un tabulador. Use espacios.",
        "sangria": "Esta línea no está alineada con las demás de su grupo. Póngala en la "
        "columna {position}.",
        "falta-espacio": "Después de «{word}» falta un espacio.",
        "falta-guion": "Un paso empieza con guion: «- {word}: …».",
        "suelta": "Esta línea no pertenece a nada. Si es parte de un texto, póngalo todo entre "
        "comillas; si es una nota, empiécela con «#».",
        "faltan-dos-puntos": "Después de «{word}» faltan dos puntos.",
        "corchetes": "Falta cerrar con «{found}».",
        "comillas-curvas": "Estas comillas son de imprenta y saldrían en el mensaje. Use comillas "
        'rectas (").',
        "dos-puntos": "El texto lleva «: » y sin comillas se corta. Ponga el texto entre comillas.",
        "almohadilla": "El texto lleva « #» y sin comillas se pierde lo que sigue. Ponga el texto "
        "entre comillas.",
        "signo-inicial": "El texto empieza con «{found}», que aquí tiene otro uso. Ponga el texto "
        "entre comillas.",
        "comillas": "Las comillas no cierran donde termina el texto. Ponga todo el texto entre "
        "comillas.",
        "llaves": "No use llaves {{ }}. Escriba una línea por cada cosa.",
        "alias": "No use «&» ni «*» para repetir partes. Escríbalas completas.",
        "repetida": "«{word}» ya está en la línea {first}. Deje una sola.",
        "varios-documentos": "Hay más de una consulta en el archivo («---»). Deje una por archivo.",
        "yaml": "No se entiende cómo está escrita esta línea. Revise espacios, dos puntos y "
        "comillas.",
        # words and values
        "palabra-desconocida": "No existe la palabra «{word}».{hint}",
        "palabra-fuera-de-lugar": "«{word}» no va en {place}. Quítela.",
        "falta-clave": "Falta «{word}:» al principio del archivo.",
        "falta-valor": "Falta lo que va después de «{word}:».",
        "falta-texto": 'Falta el texto de «{step}». Agregue «texto: "…"».',
        "falta-tipo": "Falta el tipo de la pregunta «{step}». Agregue «tipo: …» (uno de: "
        "{options}).",
        "falta-opciones": "«{step}» necesita «opciones:» con al menos {least}.",
        "opciones-sin-numero": 'Cada opción lleva su número: «1: "Sí"» en lugar de «- Sí».',
        "opciones-contadas": "Una pregunta de tipo «{kind}» lleva exactamente {count} opciones.",
        "falta-hasta": "Falta «hasta:» en la pausa «{step}», por ejemplo «hasta: mañana 10:00».",
        "falta-luego": "Falta «luego:» en el descanso «{step}»: lo que se dice a quien contesta 2, "
        "por ejemplo «Bien. Le escribimos por SMS.».",
        "descanso-opciones": "Un descanso lleva dos opciones: 1 para seguir, 2 para luego.",
        "falta-pasos": "Faltan los pasos. Agregue «pasos:» y debajo al menos un «- mensaje:».",
        "muchos-pasos": "Hay más de {limit} pasos; de aquí en adelante no se leyó. Divida la "
        "consulta en dos.",
        "paso-sin-tipo": "Este paso no dice qué es. Empiécelo con «- pregunta:», «- mensaje:», "
        "«- si:», «- ir_a:», «- pausa:» o «- fin:».",
        "paso-doble": "Este paso dice ser dos cosas: «{first}» y «{second}». Haga dos pasos.",
        "mal-formado": "Aquí va {expected}.",
        "lista-suelta": "Varias palabras van entre corchetes: «{example}».",
        "version-desconocida": "«puente: {found}» es de una versión que este programa no conoce. "
        "Escriba «puente: {current}».",
        "nombre-invalido": "«{word}» no sirve de nombre. Use letras sin acento, números y «{join}»,"
        " empezando con una letra.",
        "nombre-reservado": "«{word}» tiene otro uso en el guion. Elija otro nombre.",
        "tipo-desconocido": "No existe el tipo «{word}».{hint}",
        "valor-desconocido": "«{word}» no se puede usar en «{attribute}:».{hint}",
        "si-o-no": "En «{attribute}:» escriba «si» o «no».",
        "numero-invalido": "En «{attribute}:» va un número entero de {low} a {high}.",
        "rango-invalido": "En «{attribute}:» van dos números hasta {highest}, el menor primero, "
        "por ejemplo «{example}».",
        "rango-desde-cero": "El 0 quiere decir «no contesto», así que un número empieza en 1. Si "
        "cero es una respuesta, use opciones.",
        "fecha-invalida": "En «{attribute}:» va una fecha, por ejemplo «31/12/2026», o «hoy».",
        "fechas-al-reves": "La fecha de «hasta:» va después de la de «desde:».",
        "fecha-vencida": "El {word} ya pasó, y con «desde: hoy» no queda ninguna fecha que alguien "
        "pueda contestar. Ponga en «hasta:» una fecha que venga, o quite esa línea.",
        "grabacion-invalida": "«{word}» no sirve de nombre de grabación. Use letras sin acento, "
        "números y «-», y termine en «.ogg», «.mp3», «.m4a», «.aac» o «.amr».",
        "azar-corto": "El azar escoge entre dos palabras o más, por ejemplo «entre: [salud, "
        "escuela]».",
        "azar-repetido": "«{word}» está dos veces en «entre:». Deje una sola.",
        "juntas-abierta": "Dentro de «juntas» van solo preguntas que se contestan con un número "
        "(opcion, si_no, escala, numero, permisos).",
        "juntas-pocas": "Dentro de «juntas» van dos preguntas o más. Con una, quite «juntas».",
        "cuota-vacia": "La cuota «{word}» necesita «segun:» y «maximo:».",
        "cuota-pregunta": "La cuota «{word}» usa «{question}», que no es una pregunta de este "
        "guion.{hint}",
        "cuota-tipo": "La cuota «{word}» usa «{question}», que es de tipo {kind}. Use preguntas de "
        "tipo opcion, si_no, escala o lugar.",
        "cuota-despues": "La cuota «{word}» usa «{question}», que se pregunta después del cupo "
        "(línea {first}). Pregúntela antes: nadie se va sin que se sepa de quién hay de más.",
        "cuota-sin-cupo": "La cuota «{word}» no sirve sin un paso «- cupo:» que la revise.",
        "cupo-sin-cuotas": "Este cupo no revisa nada. Agregue «cuotas:» arriba de los pasos.",
        "cupo-repetido": "Ya hay un cupo en la línea {first}. Deje uno, después de todas las "
        "preguntas de las cuotas.",
        "seccion-desconocida": "No hay una sección «{word}».{hint}",
        "seccion-repetida": "La sección «{word}» ya entró en la línea {first}. Cada una entra una "
        "sola vez.",
        "seccion-sin-uso": "Ningún paso usa la sección «{word}». Agregue «- seccion: {word}» o "
        "bórrela.",
        "hora-invalida": "En «hasta:» van el día y la hora en punto, por ejemplo «mañana 10:00» o "
        "«en 3 días 9:00».",
        "hora-de-descanso": "A esa hora no se escribe a la gente. Elija entre las {low}:00 y las "
        "{high}:00.",
        "id-repetido": "Ya hay un paso «{word}» en la línea {first}. Póngale otro nombre.",
        "opcion-invalida": "«{word}» no sirve de número de opción. Use números del 0 al 99.",
        "opcion-vacia": "La opción {word} no tiene texto.",
        "etiqueta-repetida": "Las opciones {first} y {second} dicen lo mismo. Cambie una.",
        "etiqueta-numero": "La opción {first} dice «{word}», que es el número de la opción "
        "{second}: con esa respuesta no se sabe cuál quiere. Agregue una palabra.",
        "etiqueta-de-servicio": "«{word}» es una palabra de servicio: quien la mande no elige la "
        "opción. Escriba otra cosa.",
        "palabra-de-servicio": "«{word}» ya es una palabra de servicio. Elija otra para entrar.",
        "palabra-que-contesta": "«{word}» contesta la pregunta «{step}»: quien la mande para "
        "contestar volvería a entrar. Elija otra palabra para entrar.",
        "excluye-desconocida": "«excluye: {word}» no es una opción de esta pregunta.",
        "maximo-excesivo": "«maximo: {limit}» pasa de las {count} opciones que se pueden juntar.",
        "eje-desconocido": "El eje «{word}» no está en «ejes:».{hint}",
        "servicio-desconocido": "No hay un texto de servicio «{word}».{hint}",
        # conditions
        "condicion": "{what}",
        "condicion-pregunta": "La condición usa «{word}», que no es una pregunta de este "
        "guion.{hint}",
        "condicion-despues": "La condición usa «{word}», que se pregunta más adelante (línea "
        "{first}).",
        "condicion-opcion": "«{word}» no tiene la opción «{value}».{hint}",
        "condicion-tipo": "«{word}» es de tipo {kind}: {what}",
        "condicion-salto": "Una pregunta sin contestar no vale 0. Escriba «{instead}».",
        "condicion-imposible": "Esta condición nunca se cumple: nadie llegará a este paso.",
        # the way through
        "salto-desconocido": "No hay un paso «{word}» a donde ir.{hint}",
        "salto-atras": "«ir_a: {word}» vuelve hacia atrás (línea {first}). Solo se puede ir hacia "
        "adelante.",
        "paso-inalcanzable": "Nadie llega a este paso: lo de antes siempre termina o salta.",
        "falta-fin": "El guion termina sin despedirse. Agregue al final «- mensaje: fin» o "
        "«- fin: …».",
        "consentimiento-tarde": "El consentimiento «{word}» va antes que cualquier pregunta.",
        "falta-consentimiento": "No se pide consentimiento. Empiece con una pregunta de «tipo: "
        "consentimiento».",
        "falta-mayoria": "No se pregunta si la persona es mayor de edad. Pregúntelo y termine con "
        "«resultado: menor» para quien no lo es.",
        "sin-salida": "«{word}» pregunta algo delicado y no deja salida. Agregue «saltar: si».",
        "permisos-sin-propuesta": "«{word}» pide permiso para una propuesta, pero ninguna pregunta "
        "de antes lleva «propuesta: si».",
        # what fits on a phone
        "marcador-desconocido": "No existe el marcador «{{{word}}}».{hint}",
        "marcador-sin-largo": "El marcador «{word}» no dice cuán largo puede ser. Agregue «largo: "
        "40».",
        "marcador-sin-valor": "El marcador «{word}» no dice por qué se cambia. Agregue «valor: …».",
        "marcador-del-sistema": "El marcador «{word}» ya existe. Póngale otro nombre.",
        "marcador-largo": "El valor de «{word}» mide {length} y su largo es {limit}.",
        "marcador-abierto": "Hay una llave «{found}» suelta. Los marcadores se escriben "
        "«{{folio}}».",
        "texto-largo": "El mensaje mide {length} y en {where} caben {limit}. Quite {over}.",
        "signo-caro": "Por el signo «{found}» el mensaje cabe solo en {limit} letras y mide "
        "{length}. Cámbielo o acorte.",
        "pantalla-larga": "Con el mensaje de antes, la pregunta no cabe en una pantalla de USSD "
        "({length} de {limit}) y sale en dos.",
        "fila-larga": "«{word}» mide {length} y en una fila de WhatsApp caben {limit}. Agregue una "
        "forma corta después de «|».",
        "boton-largo": "«{word}» mide {length} y en un botón de WhatsApp caben {limit}. Agregue "
        "una forma corta después de «|».",
        "lectura-dificil": "El texto es difícil de leer ({score} de 100, debe pasar de {least}). "
        "Use palabras y frases más cortas.",
        # what it costs people
        "camino-caro": "Por SMS quien paga manda {count} mensajes antes de la segunda parte, y no "
        "deben pasar de {limit}. Junte preguntas con «juntas», o ponga «parte: 2» de aquí en "
        "adelante.",
        "sesion-larga": "Por USSD se llega aquí a los {seconds} segundos, y después de {limit} "
        "muchas sesiones se cortan. Ponga antes de este paso un «descanso»: «1 Seguir 2 Luego por "
        "SMS».{hint}",
        # when it is published
        "sin-grabacion": "«{step}» lleva «voz_grabada:» y nadie lo ha grabado, como ahora dice, "
        "en: {languages}. Se publica igual, con el texto solo.",
        # several files
        "slug-repetido": "La consulta «{word}» también está en {other}. Cambie el nombre de una.",
    }
)

WARNINGS: Final[frozenset[str]] = frozenset(
    {
        "falta-consentimiento",
        "falta-mayoria",
        "fin-de-linea",
        "lectura-dificil",
        "marca-bom",
        "pantalla-larga",
        "seccion-sin-uso",
        "sin-grabacion",
    }
)


def make_problem(
    code: str,
    line: int,
    *,
    mended: str | None = None,
    column: int | None = None,
    span: tuple[int, int] | None = None,
    **words: Any,
) -> Problem:
    """Make a problem of the catalogue; `words` fill its sentence.

    Raises:
        KeyError: no such code, or a word is missing, which is our fault.
    """
    sentence = SENTENCES[code].format(**words)
    return Problem(code, line, sentence, mended, find_severity(code), column, span)


def find_severity(code: str) -> Severity:
    """Tell how grave the problems of a code are."""
    return "warning" if code in WARNINGS else "error"
