"""The words of RapidPro's flow definitions, specification 13 and 14, and what we say of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.script.model import QuestionKind

VERSIONS: Final = ("13", "14")
WRITTEN: Final = "13.1.0"
"""What we write: both read it, 14 by its own migrations."""

LANGUAGES: Final[Mapping[str, str]] = MappingProxyType({"spa": "es", "eng": "en"})
"""Where its three letters are not our code."""

LONGEST_CATEGORY: Final = 36
"""Letters of a category's name."""

OPTION_TESTS: Final = frozenset(
    "has_any_word has_all_words has_phrase has_only_phrase has_only_text has_beginning "
    "has_number_eq".split()
)
"""The tests of a case that a person meets by choosing something."""

KINDS_BY_TEST: Final[Mapping[str, QuestionKind]] = MappingProxyType(
    {
        "has_number": "number",
        "has_number_between": "number",
        "has_number_lt": "number",
        "has_number_lte": "number",
        "has_number_gt": "number",
        "has_number_gte": "number",
        "has_date": "date",
        "has_text": "text",
        "has_state": "place",
        "has_district": "place",
        "has_ward": "place",
    }
)
"""What a question is that has one case of this test."""

ADVICE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "add_contact_groups": "En lugar de grupos, use una condición («si: …»).",
        "remove_contact_groups": "En lugar de grupos, use una condición («si: …»).",
        "set_contact_field": "Puente ya guarda cada respuesta.",
        "set_run_result": "Puente ya guarda cada respuesta.",
        "set_contact_name": "Puente no guarda nombres.",
        "set_contact_language": "La persona cambia de idioma ella misma, con IDIOMA.",
        "enter_flow": "Copie aquí las preguntas de ese flujo.",
        "start_session": "Aquí nadie empieza por otra persona.",
        "send_broadcast": "Los avisos se mandan desde el panel.",
        "send_email": "El equipo ve las respuestas en el panel.",
        "open_ticket": "El equipo ve las respuestas en el panel.",
        "call_webhook": "Un guion no llama a otros sistemas; use las exportaciones.",
        "call_resthook": "Un guion no llama a otros sistemas; use las exportaciones.",
        "transfer_airtime": "El saldo se reconoce con «tariff: refunded» en el canal.",
    }
)
OTHERWISE: Final = "Quítelo del flujo."
