"""Which texts of a consultation there are to translate, and which an offer cannot do without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flows.script.compile import make_flow
from flows.script.model import Pause, Together
from flows.script.placeholders import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.script.model import Script

SERVICE: Final = "servicio/"
_OUTSIDE: Final = frozenset(
    "sin_consulta consulta_menu idioma_uno menores lleno manana etiqueta_si etiqueta_no "
    "permiso_dos permiso_publicar permiso_avisar permiso_ninguno".split()
)
"""Said outside of any language but the script's own, or as another text: a step's, a label's."""
_WITH_A_DATE: Final = frozenset("error_ejemplo_fecha error2_fecha".split())
_WITH_A_PLACE: Final = frozenset("ambiguo ambiguo_varios error_ejemplo_lugar error2_lugar".split())
_WITH_WORDS: Final = frozenset("error_ejemplo_texto error2_texto".split())
_WITH_SEVERAL: Final = frozenset(["error_ejemplo_varios"])
_TOGETHER: Final = frozenset(["error_ejemplo_juntas"])
_WITH_A_PROPOSAL: Final = frozenset(
    "folio_no est_recibida est_aceptada est_parcial est_no dijo_hicimos tema_pendiente".split()
)
_WITH_A_PAUSE: Final = frozenset(["recordatorio1"])
_LATER: Final = frozenset("est_aceptada est_parcial est_no dijo_hicimos recordatorio2".split())
"""Said by staff long after the conversation; an offer does not wait for them."""
_WHERE_APPROVED: Final = frozenset("idioma_ofrece recordatorio1".split())
"""Left unsaid in a language where nobody approved them, so an offer does not wait for them. What a
release adds joins these wherever it can, or every language there is would be withdrawn for it."""


def list_texts(script: Script) -> Mapping[str, str]:
    """Give every text there is to translate by its key, in the order people meet them.

    Texts without a letter (`1 - 5`, `{folio}`) are the same in every language.
    """
    texts = make_flow(script).texts[script.language]
    keys = (*_list_steps(script, texts), *list_service(script, texts), *_list_rest(texts))
    return {key: texts[key] for key in dict.fromkeys(keys) if has_letter(texts[key])}


def list_needed(script: Script) -> frozenset[str]:
    """Name the texts that have to be approved before a language is offered (promise 11).

    All that is said to everybody: consent, part 1, what errors and service words answer. A
    question of part 2, a wording for one channel, what staff say later and what can be left
    unsaid may come after. A reminder that the script itself promises cannot.
    """
    later = {step.id for step in script.questions if step.part > 1}
    promised = _WITH_A_PAUSE if _has_pause(script) else frozenset[str]()
    may_wait = _LATER | (_WHERE_APPROVED - promised)
    return frozenset(
        key
        for key in list_texts(script)
        if not key.startswith("eje/")
        and "@" not in key
        and key.partition("/")[0] not in later
        and _name(key) not in may_wait
    )


def _has_pause(script: Script) -> bool:
    return any(isinstance(step, Pause) for step in script.steps)


def _list_steps(script: Script, texts: Mapping[str, str]) -> Iterator[str]:
    for step in script.steps:
        yield from (key for key in texts if key.startswith(f"{step.id}/"))


def list_service(script: Script, texts: Mapping[str, str]) -> Iterator[str]:
    """Give the keys of the stock texts that a script's people can be told, in their order."""
    kinds = {question.kind for question in script.questions}
    unsaid = set(_OUTSIDE)
    for name, is_said in (
        (_WITH_A_DATE, "date" in kinds),
        (_WITH_A_PLACE, "place" in kinds),
        (_WITH_WORDS, "text" in kinds),
        (_WITH_SEVERAL, "choices" in kinds),
        (_TOGETHER, any(isinstance(step, Together) for step in script.steps)),
        (_WITH_A_PROPOSAL, any(question.proposal for question in script.questions)),
    ):
        unsaid |= set() if is_said else name
    for key in texts:
        if key.startswith(SERVICE) and _name(key) not in unsaid:
            yield key


def _name(key: str) -> str:
    return key.removeprefix(SERVICE).partition("@")[0]


def _list_rest(texts: Mapping[str, str]) -> Iterator[str]:
    return (key for key in texts if key.startswith("eje/"))


def has_letter(text: str) -> bool:
    """Tell whether a text says something besides its placeholders, so that it is translated."""
    return any(sign.isalpha() for sign in PLACEHOLDER.sub("", text))
