"""What `puente doctor` reads of the running house: signs of life, clocks, ages of queues."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.channels.diagnosis import Finding
from puente.heartbeat import LATE
from storage.vocabulary import ANSWERS, LEAST_URGENT, URGENCIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from storage.repositories.heartbeats import Beat
    from storage.unit import Unit

NEEDED: Mapping[str, str] = {
    "web": "no se reciben mensajes",
    "worker": "no sale lo que no va en la respuesta misma",
    "scheduler": "no salen recordatorios ni invitaciones, y nada se borra a su tiempo",
}
"""What each process is for, by what happens without it."""

APART = timedelta(seconds=2)
"""Clocks further apart than this mix up what came before what."""

SLOW = timedelta(minutes=5)
"""Who has just written should not wait longer."""


def look_at_running(unit: Unit, now: datetime) -> Iterator[Finding]:
    """Look at the processes, the clocks and the outbox.

    Args:
        unit: what the database holds.
        now: the time by this host's clock.
    """
    beats = unit.heartbeats.list()
    yield from _look_at_clock(unit.heartbeats.read_clock(), beats, now)
    yield from _look_at_processes(beats, now)
    yield from _look_at_queues(unit, now)


def _look_at_clock(
    theirs: datetime | None, beats: Sequence[Beat], now: datetime
) -> Iterator[Finding]:
    newest = max((beat.seen_at for beat in beats), default=now)
    if theirs is not None and abs(now - theirs) > APART:
        seconds = round((now - theirs).total_seconds())
        yield Finding(
            "problem",
            f"el reloj de esta máquina difiere {seconds:+} segundos del de la base de datos:"
            " ponga ambos en hora (NTP)",
        )
    elif newest - now > APART:
        yield Finding(
            "problem",
            "el reloj de esta máquina va atrasado: hay procesos que dieron señal más tarde que"
            " ahora. Póngalo en hora (NTP)",
        )


def _look_at_processes(beats: Sequence[Beat], now: datetime) -> Iterator[Finding]:
    if not beats:
        yield Finding("warning", "no hay ningún proceso en marcha: arranque puente up")
        return
    for process, loss in NEEDED.items():
        own = [beat for beat in beats if beat.process == process]
        alive = [beat for beat in own if now - beat.seen_at < LATE]
        hosts = ", ".join(sorted({beat.host for beat in alive}))
        if alive:
            yield Finding("ok", f"puente {process} está en marcha ({len(alive)}): {hosts}")
        else:
            at = own[0].seen_at if own else None
            last = "; su última señal fue" if own else ""
            yield Finding("problem", f"puente {process} no está en marcha: {loss}{last}", at)


def _look_at_queues(unit: Unit, now: datetime) -> Iterator[Finding]:
    stop = unit.sending.find_stop()
    if stop is not None:
        since_at, who = stop
        yield Finding("warning", f"los envíos están detenidos por {who}, desde", since_at)
        return
    for queue in unit.sending.list_queues(now):
        is_answer = URGENCIES.get(queue.kind, LEAST_URGENT) <= ANSWERS
        if is_answer and now - queue.oldest_at > SLOW:
            yield Finding(
                "problem",
                f"respuestas que esperan en el canal {queue.channel}: {queue.waiting}, la primera"
                " desde",
                queue.oldest_at,
            )
