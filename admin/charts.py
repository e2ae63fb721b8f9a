"""The further figures of a consultation, each as rows that a page draws and a file holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from admin.broadcasts.words import say_money
from admin.marking import mark
from admin.tables.codebook import MODES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, tzinfo

    from admin.figures import Figures
    from admin.tables.variables import Variable
    from storage.broadcasts import BroadcastRecord, Results
    from storage.reported import Count, MinuteCount, SegmentCount, WayCount

    Cell = str | int | float | datetime | None

PEOPLE, CONVERSATIONS = mark("Personas"), mark("Conversaciones")
_STATES = {
    "waiting": mark("Por salir"),
    "leased": mark("Saliendo"),
    "dead": mark("No salieron"),
    "uncertain": mark("Inciertos"),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """Which group takes part least: people for every 100 expected, and the trait's R-score."""

    label: str
    ratio: float
    score: float


@dataclass(frozen=True, slots=True)
class Chart:
    """One figure. Words are Spanish; what is `mark`ed of them a page translates.

    Attributes:
        name: `figure` in addresses.
        meaning: what is counted, a sentence; empty where the panel says it.
        what: title of the labels.
        columns: titles of the numbers.
        rows: a label and its cells; None is not told.
        drawn: which of the cells is drawn as a bar; None draws nothing.
    """

    name: str
    title: str
    meaning: str
    what: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    drawn: int | None = 0
    gap: Gap | None = field(default=None)


def draw_panel(figures: Figures) -> list[Chart]:
    """Draw what the panel shows by itself, for its files: by standing, channel and day."""
    standings = [(standing.label, number) for standing, number in figures.by_standing]
    days = [(day.isoformat(), number) for day, number in figures.by_day]
    return [
        Chart(name, what, "", what, (CONVERSATIONS,), tuple((one, (n,)) for one, n in pairs))
        for name, what, pairs in (
            ("estado", mark("Estado"), standings),
            ("canal", mark("Canal"), figures.by_channel),
            ("dia", mark("Día"), days),
        )
    ]


def draw_funnel(invited: int, counts: Sequence[Count]) -> Chart:
    """From the list of invitations to the end."""
    by = Counter[str]()
    for one in counts:
        by[one.outcome or ""] += one.sessions
    rows = (
        (mark("Invitadas"), invited),
        (mark("Empezaron"), by.total()),
        (mark("Llegaron al final"), by["complete"]),
        (mark("Se fueron"), by["opted_out"]),
    )
    return Chart(
        "camino",
        mark("De la invitación al final"),
        mark(
            "Invitadas: a quienes se mandó un SMS de una lista; otras llegan solas. Se fueron: "
            "mandaron BAJA antes de terminar."
        ),
        mark("Paso"),
        (PEOPLE,),
        tuple((label, (number,)) for label, number in rows),
    )


def draw_people(
    name: str, titles: tuple[str, str], meaning: str, counts: Iterable[tuple[str, int]]
) -> Chart:
    """People by a trait, most first; `titles`: of the chart and of its labels."""
    ordered = sorted(counts, key=lambda pair: (-pair[1], pair[0]))
    rows = tuple((label, (people,)) for label, people in ordered)
    return Chart(name, titles[0], meaning, titles[1], (PEOPLE,), rows)


def draw_modes(ways: Sequence[WayCount]) -> Chart:
    """Who held the phone, or the pen."""
    by = Counter[str]()
    for one in ways:
        by[one.mode] += one.sessions
    return Chart(
        "modalidad",
        mark("Por modalidad"),
        mark("Quién escribió las respuestas."),
        mark("Modalidad"),
        (CONVERSATIONS,),
        tuple((MODES.get(mode, mode), (n,)) for mode, n in by.most_common()),
    )


def draw_alerts(ways: Sequence[WayCount]) -> Chart:
    """With an alert and without, so that each figure can be thought without them."""
    by = Counter[tuple[bool, bool]]()
    for one in ways:
        by[one.has_alert, one.outcome == "complete"] += one.sessions
    labels = ((False, mark("Sin alerta")), (True, mark("Con alerta")))
    return Chart(
        "alerta",
        mark("Con alerta y sin ella"),
        mark(
            "Alerta: algo llama la atención, como contestar muy rápido o repetir la propuesta de "
            "otra persona. Cuentan igual; nada se quita."
        ),
        mark("Alerta"),
        (CONVERSATIONS, mark("Completas")),
        tuple((label, (by[key, True] + by[key, False], by[key, True])) for key, label in labels),
    )


def draw_stops(
    ways: Sequence[WayCount], variables: Sequence[Variable], answering: Mapping[str, int]
) -> Chart:
    """Where people are who have not finished, by question and channel."""
    by = Counter[tuple[str, str]]()
    for one in ways:
        if one.position is not None and one.outcome in {None, "partial", "opted_out"}:
            by[one.position, one.channel] += one.sessions
    channels = sorted({channel for _step, channel in by})
    asked = {one.id: f"{one.id}: {one.text}" for one in variables}
    steps = [*asked, *sorted({step for step, _channel in by} - asked.keys())]
    rows = []
    for step in steps:
        each = [by[step, channel] for channel in channels]
        rows.append((asked.get(step, step), (answering.get(step, 0), sum(each), *each)))
    return Chart(
        "abandono",
        mark("Dónde se quedan"),
        mark(
            "Contestaron: personas con respuesta a esa pregunta. Se quedaron: conversaciones sin "
            "terminar que esperan en ella, abiertas todavía o ya abandonadas; después, por canal."
        ),
        mark("Pregunta"),
        (mark("Contestaron"), mark("Se quedaron"), *channels),
        tuple(rows),
        drawn=1,
    )


def draw_minutes(counts: Sequence[MinuteCount]) -> Chart:
    """Give the median of the minutes from the first message to the last, by channel."""
    channels = sorted({one.channel for one in counts})
    rows = []
    for channel in channels:
        own = [(one.minutes, one.sessions) for one in counts if one.channel == channel]
        rows.append((channel, (sum(n for _minutes, n in own), find_median(own))))
    return Chart(
        "tiempo",
        mark("Cuánto tardan"),
        mark(
            "Minutos enteros entre el primer mensaje y el final, con las pausas: la mitad tardó "
            "eso o menos (mediana)."
        ),
        mark("Canal"),
        (mark("Completas"), mark("Minutos")),
        tuple(rows),
        drawn=1,
    )


def find_median(counts: Iterable[tuple[int, int]]) -> int:
    """Give the lower median of values that come so many times each, at least one of them."""
    ordered = sorted(counts)
    half, passed = (sum(number for _value, number in ordered) + 1) // 2, 0
    for value, number in ordered:
        passed += number
        if passed >= half:
            return value
    raise ValueError("no values")


def draw_segments(counts: Sequence[SegmentCount]) -> Chart:
    """What was received and sent, by channel, and when the last of it was."""
    channels = sorted({one.channel for one in counts})
    rows = []
    for channel in channels:
        came = [one for one in counts if (one.channel, one.direction) == (channel, "in")]
        went = [one for one in counts if (one.channel, one.direction) == (channel, "out")]
        last = max((one.last_at for one in came), default=None)
        rows.append(
            (
                channel,
                (
                    sum(one.messages for one in came),
                    sum(one.messages for one in went),
                    sum(one.segments for one in went),
                    last,
                ),
            )
        )
    return Chart(
        "segmentos",
        mark("Mensajes y segmentos"),
        mark(
            "Segmentos: los SMS que se cobran por lo que mandamos en las conversaciones. Las "
            "invitaciones van aparte, abajo."
        ),
        mark("Canal"),
        (mark("Recibidos"), mark("Enviados"), mark("Segmentos"), mark("Último recibido")),
        tuple(rows),
        drawn=None,
    )


def draw_costs(invitations: Sequence[tuple[BroadcastRecord, Results]], timezone: tzinfo) -> Chart:
    """Money of the invitations against their budget."""
    rows = []
    for one, results in invitations:
        budget = "" if one.budget is None else say_money(one.budget)
        spent = say_money(results.total * one.cost) if one.price else ""
        segments = results.total * one.segments
        label = f"{one.created_at.astimezone(timezone):%Y-%m-%d}, {one.channel}"
        rows.append((label, (results.total, segments, spent, budget)))
    return Chart(
        "costo",
        mark("Costo de las invitaciones"),
        mark(
            "Lo que cuestan los segmentos al precio que se escribió, contra el presupuesto; sin "
            "precio o sin presupuesto, en blanco."
        ),
        mark("Invitación"),
        (mark("Mensajes"), mark("Segmentos"), mark("Costo"), mark("Presupuesto")),
        tuple(rows),
        drawn=None,
    )


def draw_health(channels: Iterable[str], outbox: Mapping[tuple[str, str], int]) -> Chart:
    """What waits on each channel, and what did not go out, over all consultations."""
    every = sorted({*channels, *(channel for channel, _state in outbox)})
    return Chart(
        "canales",
        mark("Salud de los canales"),
        mark(
            "Mensajes en la cola de todas las consultas. Inciertos: no se supo si salieron. Si "
            "crece lo que está por salir o no sale, avise a quien cuida el servidor."
        ),
        mark("Canal"),
        tuple(_STATES.values()),
        tuple(
            (channel, tuple(outbox.get((channel, state), 0) for state in _STATES))
            for channel in every
        ),
        drawn=None,
    )
