"""What is said of an invitation: the text that is sent, the estimate, and how people stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from admin.marking import mark
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
    "trial": lazy_gettext("en prueba"),
    "running": lazy_gettext("en marcha"),
    "paused": lazy_gettext("en pausa"),
    "cancelled": lazy_gettext("cancelada"),
    "done": lazy_gettext("terminada"),
}
WHY = {
    "staff": lazy_gettext("por el equipo"),
    "budget": lazy_gettext("se acabó el presupuesto"),
    "losses": lazy_gettext("más de la quinta parte no llega"),
    "closed": lazy_gettext("la consulta está cerrada"),
}
_NAMES = {
    ("invitee", "waiting"): mark("por escribirle"),
    ("invitee", "suppressed"): mark("excluida: pidió borrar sus datos"),
    ("invitee", "left"): mark("excluida: se había dado de baja"),
    ("invitee", "taking_part"): mark("excluida: ya participaba"),
    ("person", "left"): mark("se dio de baja"),
    ("person", "erased"): mark("pidió borrar sus datos"),
    ("message", "waiting"): mark("por salir"),
    ("message", "leased"): mark("por salir"),
    ("message", "queued"): mark("enviada"),
    ("message", "sent"): mark("enviada"),
    ("message", "delivered"): mark("entregada"),
    ("message", "read"): mark("entregada"),
    ("message", "failed"): mark("no llegó"),
    ("message", "dead"): mark("no llegó"),
    ("message", "uncertain"): mark("incierta"),
    ("message", "dropped"): mark("no se envió"),
}


def name_disposition(about: str, what: str, state: str = "") -> str:
    """Give the words for how a person on a list stands; `state`: the broadcast's."""
    if about == "session":
        return str(_("participó: %(how)s", how=_(find_standing(what).label).lower()))
    if (about, what, state) == ("invitee", "waiting", "cancelled"):
        return str(_("cancelada antes de escribirle"))
    return str(_(_NAMES[about, what]))


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
        raise ValueError(_("El texto tiene que decir que con BAJA no se le escribe más."))
    if not words & {fold(word) for word in (*script.keywords, "consulta")}:
        raise ValueError(
            _("El texto tiene que decir con qué palabra se empieza: %(word)s.", word=keyword)
        )
    size = measure(said)
    if size.segments != 1:
        raise ValueError(
            _(
                "El texto ocupa %(n)s SMS; acórtelo (sin tildes en á, í, ó, ú caben 160).",
                n=size.segments,
            )
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
    return f"{end:%Y-%m-%d %H:%M}" if end else str(_("más de un año"))


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
