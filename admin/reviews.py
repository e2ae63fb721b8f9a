"""How a proposal can stand with staff: the words they read, each with its plain definition.

A review is not the decision about the plan, and no citizen is told of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from storage.dossiers import UNREVIEWED

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

LONGEST_REASON = 1_000
"""Signs; a reason is a sentence or two, not a report."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One way a proposal can stand.

    Attributes:
        code: what the address and the database say.
        label: what pages say.
        definition: a sentence for people who do not know the system.
        needs_reason: whether who decides so has to say why.
    """

    code: str
    label: LazyString
    definition: LazyString
    needs_reason: bool = False


REVIEWS: dict[str, Standing] = {
    one.code: one
    for one in (
        Standing(
            UNREVIEWED,
            lazy_gettext("Recibida"),
            lazy_gettext("Todavía no la ha revisado nadie, o se reabrió."),
        ),
        Standing(
            "con_problema",
            lazy_gettext("Con problema"),
            lazy_gettext("No se entiende, falta algo o hay que preguntar antes de seguir."),
            needs_reason=True,
        ),
        Standing(
            "aprobada", lazy_gettext("Aprobada"), lazy_gettext("Se entiende y pasa a codificarse.")
        ),
        Standing(
            "rechazada",
            lazy_gettext("Rechazada"),
            lazy_gettext("No es una propuesta, o no corresponde a esta consulta."),
            needs_reason=True,
        ),
    )
}
"""By the code; the first is how every proposal begins."""


def find_mistake(state: str, reason: str) -> str:
    """Say what is wrong with a review as it was typed; empty where nothing is."""
    if state not in REVIEWS:
        return str(_("Elija cómo queda la propuesta."))
    if REVIEWS[state].needs_reason and not reason:
        return str(_("Escriba por qué queda como «%(state)s».", state=REVIEWS[state].label))
    if len(reason) > LONGEST_REASON:
        return str(_("El motivo es demasiado largo: caben %(n)s signos.", n=LONGEST_REASON))
    return ""
