"""How a conversation can stand: the words staff read, each with its plain definition."""

from __future__ import annotations

from dataclasses import dataclass

from admin.marking import mark


@dataclass(frozen=True, slots=True)
class Standing:
    """One way a conversation can stand.

    Attributes:
        code: what the column `estado` says.
        label: what pages say.
        definition: a sentence for people who do not know the system.
    """

    code: str
    label: str
    definition: str


UNDER_WAY = ""
"""The outcome of a session that has none yet."""

STANDINGS: dict[str, Standing] = {
    UNDER_WAY: Standing(
        "en_curso", mark("Empezó"), mark("Recibió la primera pregunta y todavía no ha terminado.")
    ),
    "partial": Standing(
        "parcial", mark("Parcial"), mark("Empezó y dejó de contestar; lo que contestó cuenta.")
    ),
    "complete": Standing(
        "completa", mark("Completa"), mark("Llegó hasta el final de la consulta.")
    ),
    "refused": Standing("rechazo", mark("Rechazó"), mark("Dijo que no quería participar.")),
    "ineligible": Standing(
        "menor",
        mark("Menor de edad"),
        mark("Dijo tener menos de 18 años; sus respuestas se borraron."),
    ),
    "full": Standing(
        "cupo_lleno",
        mark("Cupo lleno"),
        mark("Ya habían contestado suficientes personas como ella."),
    ),
    "opted_out": Standing(
        "baja",
        mark("Se dio de baja"),
        mark("Mandó BAJA u otra palabra para salir; no se le escribe más."),
    ),
    "erased": Standing(
        "borrada", mark("Borrada"), mark("Pidió borrar sus datos; se guarda solo que la hubo.")
    ),
}


def find_standing(outcome: str | None) -> Standing:
    """Give the words for a session's outcome; one we have no words for stands as it is."""
    known = STANDINGS.get(outcome or UNDER_WAY)
    return known or Standing(str(outcome), str(outcome), "")
