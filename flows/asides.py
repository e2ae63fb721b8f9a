"""What is asked beside the script: which language, which place, "¿Quiso decir …?", BORRAR.

Each aside is put with `Draft.put`, remembered in `State.asking`, and answered here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows import language_offer, rests
from flows.draft import YES
from flows.effects import Choice, Demand, Erase, NewPerson
from flows.explanations import list_numbers
from flows.languages.catalogue import find_named, languages
from flows.limits import CANDIDATES, MISSES_BEFORE_NEXT
from flows.questions import QUESTIONS
from flows.questions.base import Shown
from flows.reading.fold import fold
from flows.reading.places import label as place_label
from flows.reading.result import Accepted, Reading, Rejected
from flows.script.model import Question
from flows.state import State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from flows.draft import Draft
    from flows.state import Asking

_NONE_OF_THEM = {"0", "ninguno", "ninguna", "ningunos"}
_MENU = Question(id="", line=0, kind="choice")


def answer(draft: Draft, text: str) -> Reading | None:
    """Take the answer to the aside that `State.asking` names.

    Returns:
        What it says of the question the aside was about; None where the aside has seen to
        everything itself.
    """
    return _ANSWERS[draft.state.asking](draft, text)


# --- doubts -------------------------------------------------------------------------------


def ask_whether(draft: Draft, question: Question, value: str, text: str) -> None:
    """Ask "¿Quiso decir …?" about a reading that is close but not certain."""
    draft.change(candidates=(value,), words=text)
    draft.put("quiso_decir", "did_you_mean", nombre=_label(draft, question, value))


def can_choose(question: Question, candidates: Sequence[str]) -> bool:
    """Tell whether one message can ask which of several places was meant."""
    return question.kind == "place" and 1 < len(candidates) <= CANDIDATES


def ask_which(draft: Draft, question: Question, candidates: Sequence[str], text: str) -> None:
    """Ask which of several places was meant."""
    labels = [_label(draft, question, value) for value in candidates]
    draft.change(candidates=tuple(candidates), words=text)
    if len(labels) == 2:  # noqa: PLR2004 - "Hay dos lugares"
        draft.put("ambiguo", "which", a=labels[0], b=labels[1])
    else:
        menu = [Choice(str(n), name, literal=True) for n, name in enumerate(labels, 1)]
        draft.put("ambiguo_varios", "which", tuple(menu))


def _take_whether(draft: Draft, text: str) -> Reading:
    value = draft.state.candidates[0]
    match draft.read_yes_no(text):
        case Accepted("1"):
            return Accepted(value)
        case Accepted():
            return Rejected("not_understood")
        case _:
            return _read_afresh(draft, text)


def _take_which(draft: Draft, text: str) -> Reading:
    if fold(text).strip(" .") in _NONE_OF_THEM:
        return Rejected("not_understood")
    question = draft.flow.find_question(draft.state.position)
    candidates = draft.state.candidates
    labels = [_label(draft, question, value) for value in candidates] if question else []
    shown = [
        Shown(str(n), value, name)
        for n, (value, name) in enumerate(zip(candidates, labels, strict=False), 1)
    ]
    reading = QUESTIONS["choice"].read(_MENU, text, draft.state.language, tuple(shown))
    if isinstance(reading, Accepted) and reading.certain:
        return reading
    return _read_afresh(draft, text)


def _read_afresh(draft: Draft, text: str) -> Reading:
    """Read what is no answer to the aside as an answer to the question itself."""
    question = draft.flow.find_question(draft.state.position)
    if question is not None:
        reading = draft.read(question, text)
        if isinstance(reading, Accepted) and reading.certain:
            draft.change(words=text)
            return reading
    return Rejected("not_understood")


# --- language -----------------------------------------------------------------------------


def must_ask_language(draft: Draft) -> bool:
    """Tell whether the language has to be asked: more than one on offer, none chosen."""
    return len(draft.flow.languages) > 1 and not draft.state.language_chosen


def ask_language(draft: Draft) -> bool:
    """Put the menu of languages by their own names; False where there is only one."""
    if len(draft.flow.languages) == 1:
        draft.say("idioma_uno")
        return False
    menu = [Choice(option.digit, option.label, literal=True) for option in _shown_languages(draft)]
    draft.put("idioma_pregunta", "language", tuple(menu))
    return True


def _shown_languages(draft: Draft) -> tuple[Shown, ...]:
    return tuple(
        Shown(str(place), code, languages()[code].autonym)
        for place, code in enumerate(draft.flow.languages, 1)
    )


def _take_language(draft: Draft, text: str) -> None:
    shown = _shown_languages(draft)
    reading = QUESTIONS["choice"].read(_MENU, text, draft.state.language, shown)
    misses = draft.state.misses + 1
    wanted = find_named(text)
    if wanted in draft.flow.languages:
        draft.change(language=wanted, language_chosen=True, misses=0)
    elif isinstance(reading, Accepted) and reading.certain:
        draft.change(language=reading.value, language_chosen=True, misses=0)
    elif wanted is not None:
        draft.do(Demand(wanted))
        draft.say("idioma_no", nombre=languages()[wanted].autonym)
        draft.change(language_chosen=True, misses=0)
    elif language_offer.offer(draft, None, text):
        return
    elif misses <= MISSES_BEFORE_NEXT:
        draft.change(misses=misses)
        draft.say("error1", numeros=list_numbers(1, len(shown)))
        ask_language(draft)
        return
    else:
        draft.change(language_chosen=True, misses=0)
    draft.change(asking="answer")
    if draft.state.outcome is None:
        draft.ask_current()
    else:
        say_it_is_over(draft)


# --- leaving, coming back, somebody else ----------------------------------------------------


def ask_erase(draft: Draft, persons: int) -> None:
    """Ask once before anything is deleted, and whose data where several share the number."""
    if persons > 1:
        draft.put("borrar_de_quien", "whose")
    else:
        draft.put("borrar_confirma", "erase")


def ask_again(draft: Draft) -> None:
    """Offer what is left to do after the end; who refused is invited anew."""
    if draft.state.outcome == "complete":
        draft.put("repetida", "again")
    else:
        draft.state = State(draft.state.language, language_chosen=draft.state.language_chosen)
        draft.ask_current()


def go_on_after_the_end(draft: Draft, text: str) -> None:
    """Answer a message that comes after the end; a yes after a no is asked about again."""
    if draft.state.outcome == "refused" and draft.read_yes_no(text) == Accepted(YES):
        ask_again(draft)
    else:
        say_it_is_over(draft)


def say_it_is_over(draft: Draft) -> None:
    """Say that there is nothing more to answer, and how to begin again."""
    draft.say("adios_no" if draft.state.outcome == "refused" else "ya_termino")


def _take_erase(draft: Draft, text: str) -> None:
    match draft.read_yes_no(text):
        case Accepted("1"):
            _erase(draft, everybody=True)
        case _:
            _keep_data(draft)


def _take_whose(draft: Draft, text: str) -> None:
    match _read_digit(text, 3):
        case "1":
            _erase(draft, everybody=False)
        case "2":
            _erase(draft, everybody=True)
        case _:
            _keep_data(draft)


def _erase(draft: Draft, *, everybody: bool) -> None:
    draft.say("borrado", folio=draft.folio())
    draft.change(asking="answer", outcome=draft.state.outcome or "erased")
    draft.do(Erase(everybody))


def _keep_data(draft: Draft) -> None:
    """Anything but a clear yes deletes nothing."""
    draft.say("no_borrado")
    draft.change(asking="answer")
    if draft.state.outcome is None and draft.state.position is not None:
        draft.ask_current()


def _take_again(draft: Draft, text: str) -> None:
    choice = _read_digit(text, 3)
    draft.change(asking="answer")
    if choice == "1":
        _change_answers(draft)
    elif choice == "2":
        draft.do(NewPerson())
    elif choice == "3":
        draft.say("terminar")
    else:
        say_it_is_over(draft)


def _change_answers(draft: Draft) -> None:
    """Ask everything again from the first question proper; new answers supersede."""
    first = next((asked for asked in draft.flow.script.questions if asked.part), None)
    if first is None:
        say_it_is_over(draft)
        return
    draft.change(outcome=None, history=(), position=None)
    draft.walk(draft.flow.positions[first.id])


def _take_resume(draft: Draft, text: str) -> None:  # noqa: ARG001 - any message goes on
    draft.change(asking="answer")
    draft.ask_current()


# --- reading ------------------------------------------------------------------------------


def _label(draft: Draft, question: Question, value: str) -> str:
    if question.kind == "place":
        return place_label(value)
    labels = draft.flow.labels(draft.state.language, question)
    return ", ".join(labels.get(key, key) for key in value.split())


def _read_digit(text: str, highest: int) -> str | None:
    shown = tuple(Shown(str(n), str(n), str(n)) for n in range(1, highest + 1))
    reading = QUESTIONS["choice"].read(_MENU, text, "es", shown)
    return reading.value if isinstance(reading, Accepted) else None


_ANSWERS: Mapping[Asking, Callable[[Draft, str], Reading | None]] = {
    "language": _take_language,
    "offer": language_offer.take,
    "which": _take_which,
    "did_you_mean": _take_whether,
    "erase": _take_erase,
    "whose": _take_whose,
    "again": _take_again,
    "resume": _take_resume,
    "rest": rests.take,
}
