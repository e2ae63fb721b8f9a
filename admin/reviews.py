"""How a proposal can stand with staff: the words they read, each with its plain definition.

A review is not the decision about the plan, and no citizen is told of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from storage.dossiers import UNREVIEWED

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
    label: str
    definition: str
    needs_reason: bool = False


REVIEWS: dict[str, Standing] = {
    one.code: one
    for one in (
        Standing(UNREVIEWED, "Recibida", "Todavía no la ha revisado nadie, o se reabrió."),
        Standing(
            "con_problema",
            "Con problema",
            "No se entiende, falta algo o hay que preguntar antes de seguir.",
            needs_reason=True,
        ),
        Standing("aprobada", "Aprobada", "Se entiende y pasa a codificarse."),
        Standing(
            "rechazada",
            "Rechazada",
            "No es una propuesta, o no corresponde a esta consulta.",
            needs_reason=True,
        ),
    )
}
"""By the code; the first is how every proposal begins."""


def find_mistake(state: str, reason: str) -> str:
    """Say what is wrong with a review as it was typed; empty where nothing is."""
    if state not in REVIEWS:
        return "Elija cómo queda la propuesta."
    if REVIEWS[state].needs_reason and not reason:
        return f"Escriba por qué queda como «{REVIEWS[state].label}»."
    if len(reason) > LONGEST_REASON:
        return f"El motivo es demasiado largo: caben {LONGEST_REASON} signos."
    return ""
