"""What `puente invite` says: the text that is sent, the estimate, and how people stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admin.outcomes import find_standing
from bot.estimating import estimate_end
from bot.hours import is_decent
from bot.pacing import Lane
from flows.reading.fold import fold
from flows.text.segments import measure

if TYPE_CHECKING:
    from datetime import datetime

    from flows.script.model import Script
    from puente.settings import Settings
    from storage.broadcasts import BroadcastRecord

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


def say_estimate(
    settings: Settings, broadcast: BroadcastRecord, messages: int, now: datetime
) -> str:
    """Say what is still to be sent, what it costs, and when the last one will have gone."""
    entry = next((one for one in settings.channels if one.name == broadcast.channel), None)
    lane = Lane(entry.rate, entry.fallback, entry.daily) if entry else Lane()
    end = estimate_end(
        now, messages, broadcast.segments, lane, lambda at: is_decent(at, settings.timezone)
    )
    until = f"{end.astimezone(settings.timezone):%Y-%m-%d %H:%M}" if end else "más de un año"
    pieces = [
        f"Por enviar: {messages} mensajes",
        f"{messages * broadcast.segments} segmentos",
        say_money(messages * broadcast.cost),
        f"hasta {until}" + ("" if lane.rate else " (el canal no dice su ritmo: rate)"),
    ]
    if broadcast.budget is not None:
        pieces.append(f"presupuesto {say_money(broadcast.budget)}")
    return " · ".join(pieces)


def _without_accents(text: str) -> str:
    return text.translate(str.maketrans("áíóúÁÍÓÚ", "aiouAIOU"))
