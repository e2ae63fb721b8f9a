"""What is said of an invitation: the text that is sent, the estimate, and how people stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from admin.outcomes import find_standing
from bot.estimating import estimate_end
from bot.hours import is_decent
from flows.reading.fold import fold
from flows.text.segments import measure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from bot.pacing import Lane
    from flows.script.model import Script
    from storage.broadcasts import BroadcastRecord, Disposition

LEAVE = "baja"

STATES = {
    "trial": "en prueba",
    "running": "en marcha",
    "paused": "en pausa",
    "cancelled": "cancelada",
    "done": "terminada",
}
WHY = {
    "staff": "por el equipo",
    "budget": "se acabó el presupuesto",
    "losses": "más de la quinta parte no llega",
    "closed": "la consulta está cerrada",
}
_NAMES = {
    ("invitee", "waiting"): "por escribirle",
    ("invitee", "suppressed"): "excluida: pidió borrar sus datos",
    ("invitee", "left"): "excluida: se había dado de baja",
    ("invitee", "taking_part"): "excluida: ya participaba",
    ("person", "left"): "se dio de baja",
    ("person", "erased"): "pidió borrar sus datos",
    ("message", "waiting"): "por salir",
    ("message", "leased"): "por salir",
    ("message", "queued"): "enviada",
    ("message", "sent"): "enviada",
    ("message", "delivered"): "entregada",
    ("message", "read"): "entregada",
    ("message", "failed"): "no llegó",
    ("message", "dead"): "no llegó",
    ("message", "uncertain"): "incierta",
    ("message", "dropped"): "no se envió",
}


def name_disposition(about: str, what: str, state: str = "") -> str:
    """Give the words for how a person on a list stands; `state`: the broadcast's."""
    if about == "session":
        return f"participó: {find_standing(what).label.lower()}"
    if (about, what, state) == ("invitee", "waiting", "cancelled"):
        return "cancelada antes de escribirle"
    return _NAMES[about, what]


def write_text(script: Script, text: str) -> tuple[str, int]:
    """Write the invitation, or check the one that was given.

    Returns:
        The text, and its segments.

    Raises:
        ValueError: it does not fit one SMS, or lacks the words to begin or to leave; a sentence.
    """
    keyword = script.keywords[0].upper() if script.keywords else "CONSULTA"
    said = text.strip() or (
        f"Le invitamos a dar su opinión: {script.title}. Mande {keyword} para empezar, o BAJA "
        "y no le escribimos más."
    )
    said = said if text.strip() else _without_accents(said)
    words = {word.strip(".,:;!?¡¿()«»\"'") for word in fold(said).split()}
    if LEAVE not in words:
        raise ValueError("El texto tiene que decir que con BAJA no se le escribe más.")
    if not words & {fold(word) for word in (*script.keywords, "consulta")}:
        raise ValueError(f"El texto tiene que decir con qué palabra se empieza: {keyword}.")
    size = measure(said)
    if size.segments != 1:
        raise ValueError(
            f"El texto ocupa {size.segments} SMS; acórtelo (sin tildes en á, í, ó, ú caben 160)."
        )
    return said, size.segments


def say_money(thousandths: int) -> str:
    """Write an amount as people do."""
    return f"Q {thousandths / 1000:,.2f}"


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is still to be sent.

    Attributes:
        segments: SMS segments of all the messages.
        cost: thousandths of a quetzal.
        end: when the last message will have gone; None where it takes longer than a year.
        is_paced: whether the channel says how fast it sends; else a usual pace is taken.
    """

    messages: int
    segments: int
    cost: int
    end: datetime | None
    is_paced: bool


def estimate(
    broadcast: BroadcastRecord, messages: int, lane: Lane, timezone: tzinfo, now: datetime
) -> Estimate:
    """Estimate what a broadcast still takes, sent by day alone from now on."""
    end = estimate_end(now, messages, broadcast.segments, lane, lambda at: is_decent(at, timezone))
    return Estimate(
        messages,
        messages * broadcast.segments,
        messages * broadcast.cost,
        end.astimezone(timezone) if end else None,
        bool(lane.rate),
    )


def say_end(end: datetime | None) -> str:
    """Write when the last message will have gone."""
    return f"{end:%Y-%m-%d %H:%M}" if end else "más de un año"


def say_estimate(found: Estimate, budget: int | None) -> str:
    """Say an estimate in one line."""
    pieces = [
        f"Por enviar: {found.messages} mensajes",
        f"{found.segments} segmentos",
        say_money(found.cost),
        f"hasta {say_end(found.end)}"
        + ("" if found.is_paced else " (el canal no dice su ritmo: rate)"),
    ]
    if budget is not None:
        pieces.append(f"presupuesto {say_money(budget)}")
    return " · ".join(pieces)


def count_by_name(counts: Mapping[Disposition, int], state: str) -> Mapping[str, int]:
    """Give the words for how people stand -> how many, sorted; they add up to the list.

    Args:
        counts: of everybody on the list.
        state: the broadcast's.
    """
    named: dict[str, int] = {}
    for one, number in counts.items():
        name = name_disposition(one.about, one.what, state)
        named[name] = named.get(name, 0) + number
    return dict(sorted(named.items()))


def _without_accents(text: str) -> str:
    return text.translate(str.maketrans("áíóúÁÍÓÚ", "aiouAIOU"))
