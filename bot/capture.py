"""A sheet of paper or a phone call that a clerk types: the whole of it through the same engine.

What she typed is answered to the engine question by question, and written as one turn: all of
it or nothing, once, however often her form is sent. Nobody is screened out by a quota: these
people have answered already.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.messages import Address, Inbound, Reply
from bot.writing import Writing
from flows.effects import Record
from flows.engine import advance
from flows.events import Arrived, Said
from flows.languages.catalogue import languages
from flows.reading.places import label, places
from flows.script.model import SKIPPED
from flows.service import find_service
from flows.state import State
from storage.records import TurnKey

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from uuid import UUID

    from flows.engine import Turn
    from flows.flow import Flow
    from flows.script.model import Question
    from storage.records import OpenConsultation, Snapshot, TurnWrite

PAPER, CALL = "papel", "llamada"
SCHEME: Final = "hoja"
"""Of the address that stands for who has none: a sheet's own id."""
A_WHILE = timedelta(minutes=1)
"""Between two answers, so that none is taken for the rest of the one before."""

MISSING = "Falta esta respuesta."
NO_CONSENT = "Sin la aceptación de la persona no se captura nada."
NOT_UNDERSTOOD = "No se entiende así. Mire las opciones o el ejemplo."
NO_PLACE = "No se encuentra ese lugar, o hay varios: escriba municipio y departamento."
MEANT = "¿Quiso decir {names}? Escríbalo completo."
NOT_ASKED = "Con las otras respuestas, esta pregunta no corresponde."
SERVICE = "Esa palabra sola es una orden, no una respuesta. Escríbala dentro de una frase."
ANOTHER_DAY = "Una hoja no puede quedar para otro día: elija otra."


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a clerk typed.

    Attributes:
        id: of the form she filled in; the same again is the same sheet.
        mode: `PAPER` or `CALL`.
        language: in which the person was asked.
        answers: question -> the option's key, several keys with blanks between, or words.
        has_consent: whether the clerk ticked that the person agreed.
        leader_id: whose people she belongs to.
    """

    id: UUID
    mode: str
    language: str
    answers: Mapping[str, str] = field(repr=False)
    has_consent: bool
    leader_id: UUID | None = None

    @property
    def key(self) -> TurnKey:
        """Name it as a delivery."""
        return TurnKey(SCHEME, str(self.id), SCHEME, str(self.id))


def take_sheet(  # noqa: PLR0913 - what a turn depends on
    sheet: Sheet,
    flow: Flow,
    consultation: OpenConsultation,
    *,
    snapshot: Snapshot,
    now: datetime,
    chance: Callable[[int], int],
    make_id: Callable[[datetime], UUID],
) -> TurnWrite | Mapping[str, str]:
    """Decide what a sheet comes to.

    Args:
        sheet: what was typed.
        flow: the live revision of `consultation`.
        consultation: whose sheet it is.
        snapshot: what the database holds under the sheet's key.
        now: aware, in the consultation's own time zone.
        chance: `chance(n)` gives 0 … n-1.
        make_id: a new id for a time.

    Returns:
        What is to be written, or question -> what is wrong with its answer.
    """
    inbound = Inbound(sheet.mode, "whatsapp", Address(SCHEME, str(sheet.id)), "", str(sheet.id))
    writing = Writing(inbound, sheet.key, snapshot, now, make_id)
    state = _begin(flow, sheet.language)
    session = writing.open_session(consultation, state, sheet.mode, sheet.leader_id)
    mistakes: dict[str, str] = {}
    at = now - A_WHILE * (len(flow.script.steps) + 1)
    turn = advance(flow, state, Arrived(), at, chance)
    asked: list[str] = []
    while turn.state.outcome is None:
        writing.move(flow, session, turn.state, turn.effects)
        state = turn.state
        question = flow.find_question(state.position)
        if question is None or state.asking != "answer":  # a pause
            mistakes[asked[-1]] = ANOTHER_DAY
            break
        asked.append(question.id)
        at += A_WHILE
        typed, mistake = _read(sheet, question, flow.script.keywords)
        turn = advance(flow, state, Said(typed), at, chance)
        if not mistake and not is_taken(turn, question):
            mistake = explain(turn, question)
        if mistake:
            mistakes[question.id] = mistake
            turn = advance(flow, state, Said(SKIPPED), at, chance)
            if not is_taken(turn, question):
                break
    else:
        unasked = (name for name, typed in sheet.answers.items() if typed and name not in asked)
        mistakes |= dict.fromkeys(unasked, NOT_ASKED)
    if mistakes:
        return mistakes
    writing.move(flow, session, turn.state, turn.effects)
    # No message was exchanged: the answers alone are kept.
    return replace(writing.close(Reply()), messages=())


def _begin(flow: Flow, language: str) -> State:
    """Begin in the language of the sheet, with the options as they are printed on it."""
    orders = {one.id: one.options for one in flow.script.questions if one.rotate}
    return State(language, language_chosen=True, noticed=tuple(languages()), order=orders)


def _read(sheet: Sheet, question: Question, keywords: tuple[str, ...]) -> tuple[str, str]:
    """Give what to answer the engine, and what is wrong with it before it is even asked."""
    if question.kind == "consent":
        return question.options[0], "" if sheet.has_consent else NO_CONSENT
    typed = sheet.answers.get(question.id, "").strip()
    if not typed:
        return SKIPPED, "" if question.part > 0 or question.skippable else MISSING
    if find_service(typed, keywords) is not None:
        return typed, SERVICE
    if question.rotate and typed in question.options:
        return str(question.options.index(typed) + 1), ""
    return typed, ""


def is_taken(turn: Turn, question: Question) -> bool:
    """Tell whether the engine took an answer to a question."""
    return any(
        isinstance(effect, Record) and effect.question == question.id for effect in turn.effects
    )


def explain(turn: Turn, question: Question) -> str:
    """Say why an answer was not taken, with the places it may mean."""
    if question.kind != "place":
        return NOT_UNDERSTOOD
    names = [label(one) for one in turn.state.candidates if one in places()]
    return MEANT.format(names=" o ".join(names)) if names else NO_PLACE
