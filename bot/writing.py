"""What one turn writes, put together effect by effect."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.transcript import list_media, transcribe
from flows.effects import (
    Demand,
    Erase,
    Finish,
    OptOut,
    Permit,
    Propose,
    Record,
    Remind,
    Say,
    SayAfterwards,
    Withdraw,
)
from flows.limits import PERSONS_PER_NUMBER, REMIND_AFTER
from flows.script.model import GIVEN, SKIPPED, VOICE, Draw, Question
from storage.deletions import Erasure
from storage.records import (
    NewAnswer,
    NewOutgoing,
    NewProposal,
    SessionWrite,
    TurnWrite,
)
from storage.vocabulary import BEYOND, OWN

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from bot.later import Later
    from bot.messages import Inbound, Reply
    from flows.effects import Effect
    from flows.flow import Flow
    from flows.state import State
    from storage.records import OpenConsultation, SessionRecord, Snapshot, TurnKey

MANY_PERSONS = "muchas_personas"
"""The `alerta` of a session that is the seventh or later on one number."""


class Writing:
    """A `TurnWrite` in the making; it lives for one call of `decide`."""

    def __init__(
        self,
        inbound: Inbound,
        key: TurnKey,
        snapshot: Snapshot,
        now: datetime,
        make_id: Callable[[datetime], UUID],
    ) -> None:
        contact = snapshot.contact
        self.now = now
        self._inbound = inbound
        self._make_id = make_id
        self.says: list[Say] = []
        self.reminders: list[Remind] = []
        self.afterwards: list[Say] = []
        self._answers: list[NewAnswer] = []
        self._outgoing: list[NewOutgoing] = []
        self.is_complete = False
        self.is_beyond = False
        self._persons = contact.persons if contact else 1
        self._session: SessionWrite | None = None
        self._fields: dict[str, Any] = {
            "key": key,
            "at": now,
            "contact": contact,
            "contact_id": contact.id if contact else make_id(now),
            "person_id": contact.person_id if contact else make_id(now),
            "new_person": contact is None,
            "traffic": contact.traffic if contact else "",
        }

    def change(self, **fields: object) -> None:
        """Set fields of the write."""
        self._fields.update(fields)

    def add_person(self) -> None:
        """Make somebody new the active person on this number."""
        self._persons += 1
        self.change(person_id=self.make_id(), new_person=True)

    def make_id(self) -> UUID:
        """Make an id of this moment."""
        return self._make_id(self.now)

    @property
    def contact_id(self) -> UUID:
        """Give whose turn it is."""
        contact_id: UUID = self._fields["contact_id"]
        return contact_id

    @property
    def stopped(self) -> bool | None:
        """Tell whether this turn silences the number or lets it back."""
        return self._fields.get("stopped")

    @property
    def is_leaving(self) -> bool:
        """Tell whether this turn silences the number or deletes what it said."""
        return self.stopped is True or "erasure" in self._fields

    @property
    def has_answer(self) -> bool:
        """Tell whether this turn understood an answer."""
        return any(answer.value not in {None, SKIPPED} for answer in self._answers)

    # --- the session -------------------------------------------------------------------

    def open_session(
        self, consultation: OpenConsultation, state: State, mode: str, leader_id: UUID | None
    ) -> SessionWrite:
        """Begin a session of the active person in a consultation's live revision."""
        alert = MANY_PERSONS if self._persons > PERSONS_PER_NUMBER else ""
        return SessionWrite(
            id=self.make_id(),
            person_id=self._fields["person_id"],
            consultation_id=consultation.id,
            revision_id=consultation.revision_id,
            is_new=True,
            state="",
            language=state.language,
            channel=self._inbound.channel,
            mode=mode,
            turns=0,
            position=None,
            outcome=None,
            folio=None,
            at=self.now,
            alert=alert,
            leader_id=leader_id,
            look_at=self.now + REMIND_AFTER[0] if mode == OWN else None,
        )

    def go_on(self, session: SessionRecord, state: State) -> SessionWrite:
        """Go on with a session that was read."""
        return SessionWrite(
            id=session.id,
            person_id=session.person_id,
            consultation_id=session.consultation_id,
            revision_id=session.revision_id,
            is_new=False,
            state="",
            language=state.language,
            channel=self._inbound.channel,
            mode=session.mode,
            turns=session.turns,
            position=state.position,
            outcome=state.outcome,
            folio=state.folio,
            at=self.now,
        )

    def move(
        self, flow: Flow, session: SessionWrite, state: State, effects: tuple[Effect, ...]
    ) -> None:
        """Keep where the conversation stands now, and carry the effects over."""
        self._session = replace(
            session,
            state=state.to_json(),
            language=state.language,
            turns=session.turns + 1,
            position=state.position,
            outcome=state.outcome,
            folio=state.folio,
        )
        for effect in effects:
            self._carry(flow, effect)

    def hear(self, effects: tuple[Effect, ...]) -> None:
        """Carry over what is said outside of any consultation."""
        for effect in effects:
            self._carry(None, effect)

    def _carry(self, flow: Flow | None, effect: Effect) -> None:  # noqa: C901, PLR0912 - arms
        session = self._session
        match effect:
            case Say():
                self.says.append(effect)
            case SayAfterwards(say):
                self.afterwards.append(say)
            case OptOut():
                self.change(stopped=True)
            case Demand(language):
                self.change(demand=language)
            case Erase(everybody):
                self._erase("erased", everybody=everybody)
            case Remind():
                self.reminders.append(effect)
            case Record(question, value, text, language, heard) if session and flow:
                self._answer(flow, question, value, text, language, heard=heard)
            case Withdraw(question) if session and flow:
                self._answer(flow, question, None, "", session.language, heard=False)
            case Permit(publish, write_back) if session:
                self._session = replace(session, publish=publish, write_back=write_back)
            case Propose(question, folio) if session:
                proposal = NewProposal(self.make_id(), session.id, question, folio, self.now)
                self.change(proposal=proposal)
            case Finish("ineligible"):
                self._erase("ineligible")
            case Finish("complete"):
                self.is_complete = True
            case _:
                pass

    def _answer(  # noqa: PLR0913 - a record
        self,
        flow: Flow,
        question: str,
        value: str | None,
        text: str,
        language: str,
        *,
        heard: bool,
    ) -> None:
        session = self._session
        asked = flow.find_step(question)
        if session is None or not isinstance(asked, Question | Draw):
            return
        kind = asked.kind if isinstance(asked, Question) else "choice"  # chance chose
        if kind == "text" and value not in {None, SKIPPED, VOICE}:
            value = GIVEN  # values are kept in the clear, her words are not
        answer = NewAnswer(
            id=self.make_id(),
            session_id=session.id,
            question=question,
            kind=kind,
            value=value,
            text=text,
            language=language,
            channel=self._inbound.channel,
            mode=session.mode,
            at=self.now,
            heard=heard,
        )
        self._answers = [kept for kept in self._answers if kept.question != question]
        self._answers.append(answer)

    # --- leaving -----------------------------------------------------------------------

    def _erase(self, outcome: str, *, everybody: bool = False) -> None:
        """Delete what she said, or all did, and her number where nobody else uses it.

        Who asked for it (not who is under 18) is invited by no list, and has a receipt.
        """
        session = self._session
        alone = everybody or self._persons == 1
        asked = outcome == "erased"
        self.change(
            erasure=Erasure(
                contact_id=self.contact_id,
                person_id=None if everybody else self._fields["person_id"],
                persons=self._persons if everybody else 1,
                address=alone,
                suppress=alone and asked,
                outcome=outcome,
                receipt=session.folio or "" if session and asked else "",
                at=self.now,
            )
        )

    # --- what is sent ------------------------------------------------------------------

    def send_later(self, later: Later) -> None:
        """Leave a message for the worker, behind those that were left before it."""
        wanted_at = max(later.due_at, self._inbound.replayed_at or self.now)
        wanted_at += len(self._outgoing) * timedelta.resolution
        row = later.write(self.make_id(), wanted_at, self._session, self._inbound.id)
        self._outgoing.append(row)

    def close(self, reply: Reply) -> TurnWrite:
        """Give the write, with both sides of the conversation and the reply to repeat."""
        session_id = self._session.id if self._session else None
        now, make_id = self.now, self._make_id
        heard, *said = transcribe(self._inbound, reply, session_id, now, make_id)
        if self.is_beyond:
            heard = replace(heard, kind=BEYOND)
        return TurnWrite(
            **self._fields,
            session=self._session,
            reply=reply.to_json(),
            messages=(heard, *said),
            answers=tuple(self._answers),
            outgoing=tuple(self._outgoing),
            media=list_media(self._inbound, self._answers, session_id, now, make_id),
        )
