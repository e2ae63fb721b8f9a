"""What commands and pages do with an invitation: prepare it, try it, check it, stop it.

What sends is `admin.broadcasts.sending`'s, which may take a second person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from admin.broadcasts.words import STATES, write_text
from admin.consulted import ConsultedReader
from bot.addresses import normalise
from storage.broadcasts import BroadcastRecord
from storage.errors import OvertakenError
from storage.ids import new_id
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from storage.broadcasts import Disposition
    from storage.database import Database
    from storage.published import Consultation
    from storage.unit import Unit

THOUSAND = 1000
MOST_TRIED = 5

NO_BUDGET_ALONE = lazy_gettext(
    "Un presupuesto sin precio no limita nada: diga también el precio de un segmento."
)
NO_PRICE_KEPT = lazy_gettext(
    "Esta invitación no tiene precio, así que un presupuesto no la limitaría. "
    "Cancélela y prepárela otra vez con precio y presupuesto."
)


class RefusedError(OvertakenError):
    """What was asked for is not done; the text is a Spanish sentence that says why."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An invitation that somebody prepares.

    Attributes:
        channel: an SMS channel that can send.
        text: empty for the usual one.
        price, budget: thousandths of a quetzal; of one segment, and of all (None: no limit).
    """

    channel: str
    text: str
    price: int
    budget: int | None


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, and when."""

    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How an invitation stands.

    Attributes:
        counts: of everybody on the list.
        waiting: whom it still has to write to.
        spent: thousandths of a quetzal.
    """

    counts: Mapping[Disposition, int]
    waiting: int
    spent: int


class BroadcastDesk:
    """Moves invitations, each act in one unit with its line in the audit."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._reader = ConsultedReader(database)

    def prepare(
        self, slug: str, wanted: Wanted, numbers: Sequence[str], who: str
    ) -> tuple[BroadcastRecord, Mapping[str, int]]:
        """Keep a list and the text for it; nothing goes out before `start`.

        Returns:
            The invitation, and how many are to be written to or left out, by state.

        Raises:
            RefusedError: the text, the budget or the list will not do.
        """
        if wanted.budget is not None and not wanted.price:
            raise RefusedError(NO_BUDGET_ALONE)
        if not numbers:
            raise RefusedError(_("La lista no tiene ningún número."))
        consultation, said, segments = self._write(slug, wanted.text)
        now = self._clock()
        new = BroadcastRecord(
            id=new_id(now),
            consultation_id=consultation.id,
            channel=wanted.channel,
            text=said,
            segments=segments,
            price=wanted.price,
            budget=wanted.budget,
            state="trial",
            why="",
            who=who,
            created_at=now,
            watched_at=now,
        )
        with self._database.unit() as unit:
            counts = unit.broadcasts.add(new, numbers)
            details: dict[str, str | int] = {
                "consultation": slug,
                "broadcast": str(new.id),
                "persons": sum(counts.values()),
            }
            unit.audit.add(AuditAction.BROADCAST_ADDED, now, who, details)
        return new, counts

    def find(self, broadcast_id: UUID) -> BroadcastRecord:
        """Find an invitation.

        Raises:
            RefusedError: there is none.
        """
        with self._database.reading() as unit:
            found = unit.broadcasts.find(broadcast_id)
        if found is None:
            raise RefusedError(_("No hay ninguna invitación con ese número; vea: invite list"))
        return found

    def look(self, one: BroadcastRecord) -> Standing:
        """Look how everybody on its list stands."""
        with self._database.reading() as unit:
            counts = unit.broadcasts.count_dispositions(one.id)
            results = unit.broadcasts.count_results(one)
            waiting = unit.broadcasts.count_waiting(one.id)
        return Standing(counts, waiting, results.total * one.cost)

    def try_on(self, one: BroadcastRecord, numbers: Sequence[str], who: str) -> Sequence[str]:
        """Send the text to a few numbers that are not counted; give `waiting` or why not, each.

        Raises:
            RefusedError: they are none or too many, or one is no number.
        """
        if not 0 < len(numbers) <= MOST_TRIED:
            raise RefusedError(_("Para probar bastan de uno a %(n)s números.", n=MOST_TRIED))
        read = [number for number in map(normalise, numbers) if number is not None]
        if len(read) < len(numbers):
            raise RefusedError(_("Uno de ellos no es un número de teléfono."))
        now = self._clock()
        with self._database.unit() as unit:
            details: dict[str, str | int] = {"broadcast": str(one.id), "persons": len(read)}
            unit.audit.add(AuditAction.BROADCAST_TRIED, now, who, details)
            return [unit.broadcasts.try_on(one, number, now) for number in read]

    def check(self, one: BroadcastRecord, messages: int) -> None:
        """See to it that whoever wants to start it has seen how many messages that is.

        Raises:
            RefusedError: it is another number by now, or it is in trial no more.
        """
        with self._database.reading() as unit:
            state = unit.broadcasts.get(one.id).state
            if state != "trial":
                raise RefusedError(_("Ya está %(state)s.", state=STATES[state]))
            _check(unit, one.id, messages)

    def pause(self, one: BroadcastRecord, who: str) -> None:
        """Stop for now.

        Raises:
            RefusedError: it does not run.
        """
        self._move(one, "paused", ("running",), who)

    def resume(self, one: BroadcastRecord, budget: int | None, who: str) -> None:
        """Go on, with another budget where one is given; losses count anew.

        Raises:
            RefusedError: it is not paused, or has no price that a budget could count.
        """
        if budget is not None and not one.cost:
            raise RefusedError(NO_PRICE_KEPT)
        with self._database.unit() as unit:
            go_on(unit, one.id, budget, By(who, self._clock()))

    def cancel(self, one: BroadcastRecord, who: str) -> None:
        """Write to nobody else, for good, and forget their numbers.

        Raises:
            RefusedError: it has ended.
        """
        self._move(one, "cancelled", ("trial", "running", "paused"), who)

    def _move(self, one: BroadcastRecord, state: str, only_from: tuple[str, ...], who: str) -> None:
        with self._database.unit() as unit:
            _move(unit, one.id, state, only_from, By(who, self._clock()))

    def _write(self, slug: str, text: str) -> tuple[Consultation, str, int]:
        with self._database.reading() as unit:
            consultation = unit.consultations.find(slug)
        flow = self._reader.find_live_flow(consultation) if consultation else None
        if consultation is None or flow is None:
            raise RefusedError(_("No hay ninguna consulta publicada %(slug)s.", slug=repr(slug)))
        try:
            return consultation, *write_text(flow.script, text)
        except ValueError as error:
            raise RefusedError(str(error)) from None


def begin(unit: Unit, broadcast_id: UUID, messages: int, by: By) -> None:
    """Begin to send, inside a unit: the one way to it, whoever has to agree before.

    Raises:
        RefusedError: it is another number of messages by now, or somebody moved it; the unit
            must not go on.
    """
    _move(unit, broadcast_id, "running", ("trial",), by)
    _check(unit, broadcast_id, messages)


def go_on(unit: Unit, broadcast_id: UUID, budget: int | None, by: By) -> None:
    """Go on after a pause, with another budget where one is given.

    Raises:
        RefusedError: it is not paused; the unit must not go on.
    """
    _move(unit, broadcast_id, "running", ("paused",), by)
    if budget is not None:
        unit.broadcasts.set_budget(broadcast_id, budget)


def _check(unit: Unit, broadcast_id: UUID, messages: int) -> None:
    waiting = unit.broadcasts.count_waiting(broadcast_id)
    if messages != waiting:
        raise RefusedError(_("No se envió nada: son %(n)s mensajes.", n=f"{waiting:,}"))


def _move(unit: Unit, broadcast_id: UUID, state: str, only_from: tuple[str, ...], by: By) -> None:
    why = "staff" if state == "paused" else ""
    if not unit.broadcasts.set_state(broadcast_id, state, by.at, why, only_from=only_from):
        state = STATES[unit.broadcasts.get(broadcast_id).state]
        raise RefusedError(_("Ya está %(state)s.", state=state))
    details = {"broadcast": str(broadcast_id), "state": state}
    unit.audit.add(AuditAction.BROADCAST_CHANGED, by.at, by.who, details)
