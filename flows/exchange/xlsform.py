"""The words of XLSForm, and the columns by which it carries what it has no word for."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from flows.script.words import ATTRIBUTES, WORDINGS, spanish

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.script.model import QuestionKind

KIND: Final = "puente_tipo"
PART: Final = "puente_parte"
AXIS: Final = "puente_eje"
VOICE: Final = "puente_voz"
PROPOSAL: Final = "puente_propuesta"
SENSITIVE: Final = "puente_delicada"
OUTCOME: Final = "puente_resultado"
UNTIL: Final = "puente_hasta"
AFTERWARDS: Final = "puente_luego"
SHORT: Final = "puente_corto"
WORDED: Final[Mapping[str, str]] = MappingProxyType(
    {
        f"puente_{spanish(ATTRIBUTES, name)}": f"texto{name.removeprefix('text')}"
        for name in WORDINGS[1:]
    }
)
"""Columns for a step's words on one kind of phone -> the end of their key, `texto@sms`."""
OURS: Final = (KIND, PART, AXIS, VOICE, PROPOSAL, SENSITIVE, OUTCOME, UNTIL, AFTERWARDS, *WORDED)
"""Columns of ours that other tools pass over."""
OWN_SHEET: Final = "puente"
"""The sheet of ours for what belongs to no question: `clave`, `valor`."""

SURVEY: Final = (
    *("type", "name", "label", "hint", "required", "relevant", "constraint", "calculation"),
    *("constraint_message", "required_message", "appearance", "default", "choice_filter"),
    *("parameters", "repeat_count", "read_only", "trigger", "media", "image", "audio", "video"),
    *OURS,
)
CHOICES: Final = ("list_name", "name", "label", "media", "image", "audio", "video", SHORT)
SETTINGS: Final = ("form_title", "form_id", "default_language", "version", "style")

ALIASES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "command": "type",
        "tag": "name",
        "value": "name",
        "caption": "label",
        "relevance": "relevant",
        "calculate": "calculation",
        "constraining_message": "constraint_message",
        "readonly": "read_only",
        "list": "list_name",
        "title": "form_title",
        "id_string": "form_id",
        # what people write who have the form in Spanish
        "tipo": "type",
        "nombre": "name",
        "etiqueta": "label",
        "ayuda": "hint",
        "obligatorio": "required",
        "requerido": "required",
        "relevante": "relevant",
        "restriccion": "constraint",
        "lista": "list_name",
    }
)

TYPES: Final[Mapping[str, QuestionKind]] = MappingProxyType(
    {
        "select_one": "choice",
        "select_multiple": "choices",
        "integer": "number",
        "int": "number",
        "range": "rating",
        "text": "text",
        "string": "text",
        "date": "date",
        "acknowledge": "consent",
        "trigger": "consent",
    }
)
"""The types of question that a basic phone can answer."""

SYSTEM: Final = frozenset(
    "start end today deviceid username phonenumber email subscriberid simserial audit "
    "start_geopoint background_audio".split()
)
"""What a form notes down by itself."""

ELSEWHERE: Final = frozenset(
    "decimal time datetime geopoint geotrace geoshape image photo audio video file barcode rank "
    "select_one_from_file select_multiple_from_file select_one_external hidden xml_external "
    "csv_external osm".split()
)
"""The types that a basic phone has no answer to."""
