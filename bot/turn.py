"""One turn: from what was read and what came in to what is written and said. No I/O.

What is honoured, in this order: a page of a USSD screen; a message older than the
conversation; the silence of a number that has left; the consultation it belongs to
(`bot/lobby.py`); then the engine, which knows the service words and the questions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot import lobby
from bot.beyond import GUESSES, is_beyond
from bot.desk import Desk
from bot.errands import read_errand
from bot.lateness import is_late, is_long_silent
from bot.leading import CROWDED, FULL, WHO, find_led, read_leading
from bot.messages import Reply
from bot.occasions import find_occasion
from bot.reaching import find_later
from bot.screens import Screen, find_input
from bot.speech import Speech
from bot.writing import Writing
from flows.effects import NewPerson, Say, TellProposal
from flows.engine import Turn, advance
from flows.events import Arrived, Said, Showed, Spoke
from flows.limits import ASSISTED_PER_NUMBER
from flows.quotas import list_full
from flows.service import Word, find_service
from flows.state import State
from storage.vocabulary import ASSISTED, OWN

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from bot.messages import Form, Inbound
    from bot.speech import Decision
    from flows.events import Event
    from flows.flow import Flow
    from storage.records import OpenConsultation, SessionRecord, SessionWrite, Snapshot, TurnKey


@dataclass(frozen=True)
class Decider(Desk):
    """Decides turns."""

    def decide(self, inbound: Inbound, key: TurnKey, snapshot: Snapshot, now: datetime) -> Decision:
        """Decide what one delivery does, given what the database held a moment ago."""
        return _Talk(self, inbound, key, snapshot, now).decide()


class _Talk:
    """The taking of one turn."""

    def __init__(
        self, desk: Decider, inbound: Inbound, key: TurnKey, snapshot: Snapshot, now: datetime
    ) -> None:
        self._desk = desk
        self._inbound = inbound
        self._snapshot = snapshot
        self._now = now
        self._local = now.astimezone(desk.timezone)
        self._kept = Screen.from_json(snapshot.screen)
        self._typed = find_input(self._kept, inbound)
        # A session whose data were deleted has no state left: it is as if there were none.
        self._session = snapshot.session if snapshot.session and snapshot.session.state else None
        self._errand = read_errand(self._typed, inbound.address, self._session)
        self._leading = read_leading(self._typed, self._session)
        self._leaders: dict[UUID, UUID | None] = {}
        self._typed = self._leading.text
        self._flow = desk.outside
        self._is_open = False
        self._mode = OWN
        self._is_guessed = False
        self._writing = Writing(inbound, key, snapshot, now, desk.make_id)
        traffic = snapshot.contact.traffic if snapshot.contact else ""
        facts = desk.channels[inbound.channel]
        self._speech = Speech(inbound, facts, self._writing, traffic, self._find_later)

    def decide(self) -> Decision:
        page = self._kept.turn(self._typed) if self._kept and self._typed is not None else None
        if page is not None:
            return self._speech.show(page)
        contact = self._snapshot.contact
        if is_late(self._inbound, contact, self._now):
            return self._speech.close(Reply())
        if is_long_silent(contact, self._now):
            self._session = None
            self._writing.add_person()
        if not self._is_silenced():
            if self._errand is not None:
                told = self._errand(self._desk, self._snapshot, self._writing)
                return self._speech.tell(told)
            if self._leading.assists and (refusal := self._refuse_assisted()):
                return self._speech.tell(refusal)
            self._enter(self._event())
            self._writing.is_beyond = self._is_beyond()
        return self._speech.answer(self._flow, is_open=self._is_open)

    # --- before the engine -------------------------------------------------------------

    def _event(self) -> Event:
        if self._typed is None:
            return Arrived()
        media = self._inbound.media
        if any(one.is_voice for one in media):
            return Spoke()
        if media and not self._typed.strip():
            return Showed()
        contact = self._snapshot.contact
        return Said(self._typed, contact.persons if contact else 1)

    def _is_silenced(self) -> bool:
        """Keep the silence of a number that has left; only it can come back (promise 7)."""
        contact = self._snapshot.contact
        if contact is None or contact.stopped_at is None:
            return False
        service = find_service(self._typed or "", self._list_keywords())
        if service is not None and service.word is Word.ENTER:
            self._writing.change(stopped=False)
            self._say("volver_bienvenida")
            return False
        asking = State.from_json(self._session.state).asking if self._session else ""
        if (service is not None and service.word is Word.ERASE) or asking in {"erase", "whose"}:
            return False
        if self._inbound.form == "ussd":  # a dialled screen cannot stay empty
            self._say("baja")
        return True

    def _is_beyond(self) -> bool:
        """Tell whether she wrote something that nothing here is for: somebody is to read it."""
        knows = (self._writing.has_answer, self._leading.code, self._is_guessed)
        return not any(knows) and is_beyond(self._typed or "", self._list_keywords)

    def _list_keywords(self) -> tuple[str, ...]:
        return lobby.list_keywords(self._snapshot.consultations, self._find_flow)

    def _refuse_assisted(self) -> str:
        """Say why nobody can be assisted with this code; empty where somebody can."""
        led, contact = self._led, self._snapshot.contact
        if led is None:
            return WHO
        if contact is not None and contact.persons > ASSISTED_PER_NUMBER:
            return CROWDED
        return FULL if self._desk.is_full(led[1]) else ""

    def _begin_assisted(self) -> bool:
        """Begin a session of somebody a leader helps, who consents for herself."""
        led = self._led
        if led is None:
            return False
        if self._snapshot.contact is not None:
            self._writing.add_person()
        self._mode = ASSISTED
        self._talk(led[0], Arrived(), fresh=True)
        return True

    @property
    def _led(self) -> tuple[OpenConsultation, UUID] | None:
        """The open consultation that the code in the message belongs to, and whose it is."""
        return find_led(self._snapshot.consultations, self._find_leader)

    def _find_later(self) -> tuple[str, Form]:
        contact = self._snapshot.contact
        used = self._desk.list_used(contact.id) if contact and self._inbound.form == "ussd" else ()
        return find_later(self._inbound.channel, self._desk.channels, used, self._now)

    def _find_leader(self, consultation_id: UUID) -> UUID | None:
        code = self._leading.code
        if code and consultation_id not in self._leaders:  # asked for up to three times
            self._leaders[consultation_id] = self._desk.find_leader(consultation_id, code)
        return self._leaders.get(consultation_id)

    def _find_flow(self, pinned: OpenConsultation | SessionRecord) -> Flow:
        """Give the flow of a revision in the newest edition of its texts."""
        return self._desk.find_flow(pinned.revision_id, pinned.edition)

    # --- the engine --------------------------------------------------------------------

    def _enter(self, event: Event) -> None:
        if self._leading.assists and self._begin_assisted():
            return
        contact = self._snapshot.contact
        room = lobby.find_room(
            self._snapshot.consultations,
            self._session,
            self._typed or "",
            contact.lobby if contact else "",
            self._find_flow,
        )
        match room:
            case lobby.Enter(consultation, fresh):
                self._talk(consultation, event, fresh=fresh or self._session is None)
            case lobby.Closed(consultation):
                self._after_closing(consultation, event)
            case lobby.Menu(say, kept):
                self._writing.change(lobby=kept)
                self._writing.says.append(say)
                self._is_open = True
            case lobby.Nothing():
                self._outside(event)

    def _talk(self, consultation: OpenConsultation, event: Event, *, fresh: bool) -> None:
        if fresh or self._session is None:
            self._flow = self._find_flow(consultation)
            state = self._begin()
            session = self._writing.open_session(
                consultation, state, self._mode, self._find_leader(consultation.id)
            )
            if not _is_service(event):
                event = Arrived()
        else:
            self._flow = self._find_flow(self._session)
            state = State.from_json(self._session.state)
            session = self._writing.go_on(self._session, state)
        turn = self._advance(state, event, session)
        if any(isinstance(effect, NewPerson) for effect in turn.effects):
            self._writing.add_person()
            self._session = None
            self._talk(consultation, Arrived(), fresh=True)
            return
        if session.is_new and turn.state == replace(state, turned_at=self._local):
            self._writing.hear(turn.effects)  # a STOP from somebody who never began
        else:
            self._writing.move(self._flow, session, turn.state, turn.effects)
        self._is_open = self._goes_on(turn.state)
        self._is_guessed = turn.state.asking in GUESSES

    def _begin(self) -> State:
        """Begin in the language that this person chose before, where it is on offer."""
        before = State.from_json(self._session.state) if self._session else None
        if before and before.language_chosen and before.language in self._flow.languages:
            return State(before.language, language_chosen=True)
        return State(self._flow.script.language)

    def _goes_on(self, state: State) -> bool:
        """Tell whether a session channel has to wait for more."""
        goes_on = state.asking != "answer" if state.outcome else state.asking != "resume"
        is_over = self._writing.stopped is True or bool(self._writing.afterwards)
        return goes_on and not is_over

    def _advance(self, state: State, event: Event, session: SessionWrite | None = None) -> Turn:
        occasion = find_occasion(self._desk.channels, self._inbound)
        now, chance = self._local, self._desk.chance
        turn = advance(self._flow, state, event, now, chance, occasion=occasion)
        if session is not None and turn.state.admitted and not state.admitted:
            # She comes to the gate of the quotas: only now are people like her counted.
            full = list_full(
                self._flow.script,
                turn.state.answers,
                lambda stratum: self._desk.count_alike(
                    session.consultation_id, stratum, session.id
                ),
            )
            occasion = replace(occasion, full=full)
            turn = advance(self._flow, state, event, now, chance, occasion=occasion)
        return Turn(
            turn.state,
            tuple(
                self._desk.tell(effect, self._flow) if isinstance(effect, TellProposal) else effect
                for effect in turn.effects
            ),
        )

    def _after_closing(self, consultation: OpenConsultation, event: Event) -> None:
        """Leaving, deleting and asking for a proposal go on after a consultation has closed."""
        session = self._session
        if session is None:
            return
        state = State.from_json(session.state)
        if _is_service(event) or state.asking in {"erase", "whose"}:
            self._talk(consultation, event, fresh=False)
        else:
            self._flow = self._find_flow(session)
            self._writing.change(lobby=lobby.TOLD)
            self._writing.says.append(Say("servicio/cerrada", state.language))

    def _outside(self, event: Event) -> None:
        """No consultation is open and she was in none: only leaving means anything."""
        if not _is_service(event):
            self._say("sin_consulta")
            return
        turn = self._advance(State(self._flow.script.language), event)
        self._writing.hear(turn.effects)

    # --- what is said ------------------------------------------------------------------

    def _say(self, name: str, **values: str) -> None:
        language = self._flow.script.language
        self._writing.says.append(Say(f"servicio/{name}", language, values))


def _is_service(event: Event) -> bool:
    """Tell whether this is a service word that means something before any question."""
    service = find_service(event.text) if isinstance(event, Said) else None
    return service is not None and service.word is not Word.ENTER
