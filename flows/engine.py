"""The engine: what a message does to a conversation.

    advance(flow, state, event, now, chance, occasion) -> Turn(state, effects)

A pure, total function. It never raises for anything a person can send, it keeps nothing, and
the same arguments give the same turn. It does nothing either: it returns *effects* ("say
this", "record that"), and `bot/conversations.py` carries them out in one write.

What is honoured, in this order:

1. service words (STOP, BORRAR, AYUDA, ATRAS, …), before any question is looked at;
2. an aside: something asked beside the script ("¿Quiso decir …?", `flows/asides.py`);
3. the question the conversation waits for.

Nobody is ever hung up on: the first misunderstanding gets an example, the second help, the
third the next question. Consent alone ends there, with a kind "no". A greeting or a question
back is no misunderstanding: she gets an answer, and the question again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows import asides, language_offer, long_answers, together
from flows.draft import Draft
from flows.effects import OptOut, Record, TellProposal
from flows.events import USUAL, Arrived, Said, Spoke
from flows.explanations import explain
from flows.limits import LETTERS_READ, MISSES_BEFORE_HELP, MISSES_BEFORE_NEXT
from flows.questions.permissions import read_permit
from flows.reading.result import Accepted, Rejected
from flows.reading.talk import is_greeting, is_question, is_weary
from flows.script.model import GIVEN, SKIPPED, VOICE, Question
from flows.service import Service, Word, find_service

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flows.effects import Effect
    from flows.events import Event, Occasion
    from flows.flow import Flow
    from flows.reading.result import Reading
    from flows.state import State


@dataclass(frozen=True, slots=True)
class Turn:
    """What one event leads to: the new state, and what is to be done, in order."""

    state: State
    effects: tuple[Effect, ...]


def advance(  # noqa: PLR0913 - what a turn depends on
    flow: Flow,
    state: State,
    event: Event,
    now: datetime,
    chance: Callable[[int], int],
    *,
    occasion: Occasion = USUAL,
) -> Turn:
    """Take one turn of a conversation.

    Args:
        flow: the revision this conversation is pinned to.
        state: where it stands; a fresh `State(language)` begins it.
        event: what happened.
        now: the time of the turn, aware, in the consultation's own time zone.
        chance: `chance(n)` gives a whole number from 0 to n-1; draws orders and folios.
        occasion: who pays for messages here, and of whom enough have answered.
    """
    draft = Draft(flow, state, now, chance, occasion=occasion)
    match event:
        case Said(text, persons):
            _said(draft, text[:LETTERS_READ], persons)
        case Arrived():
            _arrived(draft)
        case Spoke():
            _spoke(draft)
        case _:
            draft.say("nota_no_texto")  # a picture is nobody's misunderstanding
            _arrived(draft)
    draft.change(turned_at=now)
    return Turn(draft.state, tuple(draft.effects))


# --- what happened ----------------------------------------------------------------------


def _said(draft: Draft, text: str, persons: int) -> None:
    service = find_service(text, draft.flow.script.keywords)
    if service is not None:
        _serve(draft, service, persons)
    elif draft.state.asking != "answer":
        _aside(draft, text)
    elif draft.state.outcome is not None:
        asides.go_on_after_the_end(draft, text)
    elif (question := draft.flow.find_question(draft.state.position)) is None:
        _arrived(draft)
    elif long_answers.goes_on(draft, text):
        long_answers.join(draft, text)
    elif language_offer.offer(draft, question, text):
        pass  # whatever she says to it, the question comes again
    elif draft.state.together:
        _answer_together(draft, question, text)
    else:
        _answer(draft, question, text)


def _arrived(draft: Draft) -> None:
    if draft.state.outcome is not None:
        asides.ask_again(draft)
    elif draft.state.position is None and asides.must_ask_language(draft):
        asides.ask_language(draft)
    else:
        draft.ask_current()


def _spoke(draft: Draft) -> None:
    """Take a voice note for the answer, except to consent: nobody has heard it yet."""
    question = draft.flow.find_question(draft.state.position)
    if question is None or draft.state.outcome is not None or draft.state.asking != "answer":
        draft.say("nota_no_texto")
        _arrived(draft)
    elif question.kind == "consent":
        _misunderstood(draft, question)
    else:
        draft.say("voz_recibida")
        _keep(draft, question, VOICE, "", heard=True)
        draft.walk(draft.flow.positions[question.id] + 1)


# --- service words ----------------------------------------------------------------------


def _serve(draft: Draft, service: Service, persons: int) -> None:
    match service.word:
        case Word.STOP:
            draft.say("baja")
            draft.change(asking="answer", candidates=(), words="")
            draft.do(OptOut())
        case Word.ERASE:
            asides.ask_erase(draft, persons)
        case Word.HELP:
            draft.say("ayuda")
            _repeat(draft)
        case Word.BACK:
            _back(draft)
        case Word.LANGUAGE:
            if not asides.ask_language(draft):
                _repeat(draft)
        case Word.LINK:
            _repeat(draft)  # `bot/linking.py` sees to it; here there is no number to link
        case Word.PROPOSAL:
            folio = service.folio or draft.state.folio
            draft.do(TellProposal(folio, draft.state.language))
            _repeat(draft)
        case _:
            _arrived(draft)


def _repeat(draft: Draft) -> None:
    """Ask again what was asked, where a question is open; say nothing more where none is."""
    if draft.state.outcome is None and draft.state.position is not None:
        draft.ask_current()


def _back(draft: Draft) -> None:
    """Go back one question, never behind consent; what was answered stays until replaced."""
    history = draft.state.history
    if draft.state.position not in history[-1:]:
        history = (*history, "")  # at a pause or a rest, behind the question last shown
    before = draft.flow.find_question(history[-2]) if len(history) > 1 else None
    if before is None or before.kind == "consent" or draft.state.outcome is not None:
        _arrived(draft)
        return
    draft.change(position=before.id, history=history[:-1], misses=0, words="", together=())
    draft.ask(before)


def _aside(draft: Draft, text: str) -> None:
    chosen = asides.answer(draft, text)
    question = draft.flow.find_question(draft.state.position)
    if question is None or chosen is None:
        return
    if isinstance(chosen, Accepted):
        _accept(draft, question, chosen.value, draft.state.words)
    else:
        _misunderstood(draft, question)


# --- answers ----------------------------------------------------------------------------


def _answer(draft: Draft, question: Question, text: str) -> None:
    is_new = draft.state.words != text  # the same words again are meant for an answer
    if is_new and question.kind not in {"consent", "text"} and is_weary(text):
        _talk(draft, question, text)  # the help says how to leave
        return
    reading = _read(draft, question, text)
    match reading:
        case Accepted(value, certain=True):
            _accept(draft, question, value, text)
        case Accepted(value):
            asides.ask_whether(draft, question, value, text)
        case Rejected("too_long") if question.kind == "text":
            _accept(draft, question, text.strip(), text)  # more than asked for, and all she said
        case Rejected("ambiguous", candidates) if asides.can_choose(question, candidates):
            asides.ask_which(draft, question, candidates, text)
        case _ if draft.is_back_after_long():
            draft.ask(question)
        case _ if is_new and (is_greeting(text) or is_question(text)):
            _talk(draft, question, text)
        case _:
            _misunderstood(draft, question, text, why=reading.reason)


def _read(draft: Draft, question: Question, text: str) -> Reading:
    """Read a reply; 0 leaves any question of the consultation open, asked for or not.

    What belongs to the asking itself (part 0) takes a 0 only after the help, which offers it;
    consent never does.
    """
    offered = question.part > 0 or draft.state.misses > MISSES_BEFORE_HELP
    if offered and question.kind != "consent":
        question = draft.flow.open_questions[question.id]
    return draft.read(question, text)


def _answer_together(draft: Draft, question: Question, text: str) -> None:
    """Take one reply for several questions; what it leaves out is asked on."""
    answers = together.read(draft, text)
    if not answers:
        _misunderstood(draft, question, text)
        return
    for place, (asked, value, part) in enumerate(answers):
        if place:
            draft.change(history=(*draft.state.history, asked.id))
        _keep(draft, asked, value, part)
    draft.walk(draft.flow.positions[answers[-1][0].id] + 1)


def _accept(draft: Draft, question: Question, value: str, text: str) -> None:
    if question.kind == "consent" and value != question.options[0]:
        draft.do(Record(question.id, value, text, draft.state.language))
        _refuse(draft)
        return
    _keep(draft, question, value, text)
    draft.walk(draft.flow.positions[question.id] + 1)


def _keep(draft: Draft, question: Question, value: str, text: str, *, heard: bool = False) -> None:
    """Record an answer, and what follows from it."""
    if question.kind == "permissions":
        draft.do(read_permit(question, value))
    spoken = question.kind == "text" and value != SKIPPED
    draft.do(Record(question.id, value, text, draft.state.language, heard=heard))
    draft.change(
        answers={**draft.state.answers, question.id: GIVEN if spoken else value},
        candidates=(),
        asking="answer",
        together=(),
        words=text if spoken else "",
        joined_at=draft.now if spoken else None,
    )
    if question.proposal:
        draft.propose()


def _talk(draft: Draft, question: Question, text: str) -> None:
    """Answer what is no answer; the same words again are read as one."""
    if not is_greeting(text):
        draft.say("ayuda")
    draft.ask(question)
    draft.change(words=text, joined_at=None)


def _misunderstood(draft: Draft, question: Question, text: str = "", why: str = "") -> None:
    misses = draft.state.misses + 1
    draft.change(misses=misses, asking="answer", candidates=(), words="")
    if misses <= MISSES_BEFORE_NEXT:
        explain(draft, question, misses, why)
        if misses > 1:
            draft.change(together=())  # one by one is easier
        draft.ask(question)
    elif question.kind == "consent":
        _refuse(draft, "consentimiento_no_entendido")
    else:
        draft.say("error3")
        _keep(draft, question, SKIPPED, text)
        draft.walk(draft.flow.positions[question.id] + 1)


def _refuse(draft: Draft, words: str = "adios_no") -> None:
    draft.say(words)
    draft.finish("refused")
