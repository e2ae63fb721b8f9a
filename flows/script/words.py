"""The words of the flow language: the one table of what an operator types.

Left stands the Spanish word, right the name the code uses. Another table of this shape would
make another language's script words; nothing else in `flows/script` knows a Spanish keyword.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.script.model import Outcome, QuestionKind

TOP_LEVEL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "puente": "spec",
        "consulta": "slug",
        "titulo": "title",
        "convoca": "convener",
        "idioma": "language",
        "palabras": "keywords",
        "marcadores": "markers",
        "ejes": "axes",
        "servicio": "service",
        "cuotas": "quotas",
        "secciones": "sections",
        "pasos": "steps",
    }
)

STEPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pregunta": "question",
        "mensaje": "message",
        "ir_a": "jump",
        "azar": "draw",
        "seccion": "section",
        "juntas": "together",
        "cupo": "gate",
        "fin": "end",
        "pausa": "pause",
        "descanso": "rest",
        "si": "block",
    }
)

ATTRIBUTES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "tipo": "kind",
        "texto": "text",
        "texto_sms": "text@sms",
        "texto_ussd": "text@ussd",
        "texto_whatsapp": "text@whatsapp",
        "voz_grabada": "text@voz",
        "opciones": "options",
        "si": "condition",
        "parte": "part",
        "eje": "axis",
        "largo": "length",
        "rango": "range",
        "maximo": "limit",
        "excluye": "exclusive",
        "orden": "order",
        "saltar": "skippable",
        "delicada": "sensitive",
        "voz": "voice",
        "propuesta": "proposal",
        "resultado": "outcome",
        "desde": "earliest",
        "hasta": "until",
        "luego": "afterwards",
        "entre": "among",
        "pasos": "steps",
    }
)

WORDINGS: Final[tuple[str, ...]] = ("text", "text@sms", "text@ussd", "text@whatsapp", "text@voz")
"""The attributes that hold a step's words: for all, for one kind of phone, and recorded."""

ATTRIBUTES_OF: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "question": frozenset(ATTRIBUTES.values()) - {"outcome", "among", "steps", "afterwards"},
        "message": frozenset({*WORDINGS, "condition"}),
        "jump": frozenset({"condition"}),
        "draw": frozenset({"among", "condition"}),
        "section": frozenset({"condition"}),
        "together": frozenset({*WORDINGS, "condition", "steps"}),
        "gate": frozenset({*WORDINGS, "condition"}),
        "end": frozenset({*WORDINGS, "condition", "outcome"}),
        "pause": frozenset({*WORDINGS, "condition", "until"}),
        "rest": frozenset({"text", "options", "afterwards", "condition"}),
        "block": frozenset({"steps"}),
    }
)
"""Which attributes each kind of step may have."""

QUOTA: Final[Mapping[str, str]] = MappingProxyType({"segun": "questions", "maximo": "most"})

MARKER: Final[Mapping[str, str]] = MappingProxyType({"largo": "length", "valor": "value"})

LISTS: Final[frozenset[str]] = frozenset({"palabras", "entre", "segun"})
"""The words that a list between brackets may follow."""

TEXTS: Final[frozenset[str]] = frozenset(
    {"texto", "texto_sms", "texto_ussd", "texto_whatsapp", "titulo", "valor", "luego"}
)
"""The words that words for people follow, besides options, axes and service texts."""

KINDS: Final[Mapping[str, QuestionKind]] = MappingProxyType(
    {
        "opcion": "choice",
        "opciones": "choices",
        "si_no": "yes_no",
        "escala": "rating",
        "numero": "number",
        "texto": "text",
        "lugar": "place",
        "fecha": "date",
        "consentimiento": "consent",
        "permisos": "permissions",
    }
)

TOGETHER: Final[frozenset[QuestionKind]] = frozenset(
    {"choice", "yes_no", "rating", "number", "permissions"}
)
"""The types of question that one number answers, so that several go into one message."""

ATTRIBUTES_OF_KIND: Final[Mapping[str, frozenset[QuestionKind]]] = MappingProxyType(
    {
        "options": frozenset({"choice", "choices", "yes_no", "consent", "permissions"}),
        "length": frozenset({"text"}),
        "proposal": frozenset({"text"}),
        "range": frozenset({"rating", "number"}),
        "earliest": frozenset({"date"}),
        "until": frozenset({"date"}),
        "limit": frozenset({"choices"}),
        "exclusive": frozenset({"choices"}),
        "order": frozenset({"choice", "choices"}),
    }
)
"""The attributes that belong to some types of question only."""

OUTCOMES: Final[Mapping[str, Outcome]] = MappingProxyType(
    {"completa": "complete", "rechaza": "refused", "menor": "ineligible", "lleno": "full"}
)

ORDERS: Final[Mapping[str, bool]] = MappingProxyType({"rotado": True, "fijo": False})

YES_NO: Final[Mapping[str, bool]] = MappingProxyType({"si": True, "no": False})

FOREIGN_YES_NO: Final[Mapping[str, bool]] = MappingProxyType(
    {
        "sí": True,
        "yes": True,
        "true": True,
        "on": True,
        "verdadero": True,
        "false": False,
        "off": False,
        "falso": False,
    }
)
"""What people write for yes and no who know YAML, a spreadsheet, or an accent."""

CONDITION: Final[Mapping[str, str]] = MappingProxyType(
    {"y": "and", "o": "or", "no": "not", "contiene": "contains", "contestada": "answered"}
)

FOREIGN_CONDITION: Final[Mapping[str, str]] = MappingProxyType(
    {
        "and": "y",
        "&&": "y",
        "&": "y",
        "or": "o",
        "ó": "o",
        "||": "o",
        "not": "no",
        "!": "no",
        "=": "==",
        "===": "==",
        "<>": "!=",
        "=>": ">=",
        "=<": "<=",
        "≥": ">=",
        "≤": "<=",
        "≠": "!=",
    }
)
"""What people write in a condition who know other languages, and what it is here."""

FOREIGN_SIGN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "es": "==",
        "igual": "==",
        "mayor": ">",
        "menor": "<",
        "tiene": "contiene",
        "incluye": "contiene",
        "respondida": "contestada",
    }
)
"""What people write between a question and a value, and what it is here."""

DAYS: Final[Mapping[str, int]] = MappingProxyType({"mañana": 1, "pasado mañana": 2})

PERSONAL_AXIS: Final = "demografica"
AXES: Final[frozenset[str]] = frozenset({"todos", "abierta", PERSONAL_AXIS})
"""What stands for an axis where a question belongs to every one of them, or to none."""

RESERVED_IDS: Final[frozenset[str]] = frozenset(CONDITION) | {"servicio", "eje"}
"""Ids no step may have: they mean something in conditions or among the keys of texts."""


def spanish(table: Mapping[str, object], name: object) -> str:
    """Give the Spanish word of a table for the code's name.

    Raises:
        KeyError: the table has no word for it, which is our fault.
    """
    for word, meaning in table.items():
        if meaning == name:
            return word
    raise KeyError(name)
