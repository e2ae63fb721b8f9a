"""The language she writes in: offered where the consultation has it, noted where it has not.

Her words propose, she decides; whatever she decides, what she wrote counts as her answer. Each
language is brought up once in a conversation. Of two that are hard to tell apart both are
offered, in one question, where the consultation has both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows import long_answers
from flows.draft import YES
from flows.effects import Choice, Demand
from flows.explanations import list_numbers
from flows.languages.catalogue import find_language, find_named
from flows.languages.detect import detect_words
from flows.languages.homes import find_at_home
from flows.limits import LANGUAGE_LIKELY, LANGUAGE_SURE
from flows.questions import QUESTIONS
from flows.questions.base import Shown
from flows.reading.phrases import is_figure
from flows.reading.result import Accepted
from flows.script.model import SKIPPED, Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.draft import Draft
    from flows.reading.result import Reading

TEXT, TEXT_TWO = "idioma_ofrece", "idioma_pregunta"
_MENU = Question(id="", line=0, kind="choice")
_OWN_WORDS = frozenset({"text", "place"})
"""Questions that are answered in one's own words."""


def offer(draft: Draft, question: Question | None, text: str) -> bool:
    """Offer the language a reply is written in; True where she is being asked.

    She may name it as well. An option by its label says nothing of the language, nor does a
    text that may be cut in the middle. Without a question she answers the menu of languages.
    """
    if is_figure(text):
        return False
    named = find_named(text)
    wanted = (named,) if named else _find_written(draft, text)
    if not wanted or not _is_news(draft, wanted) or long_answers.may_go_on(text):
        return False
    is_answer = question is not None and _is_certain(draft.read(question, text))
    if is_answer and question is not None and (named or question.kind not in _OWN_WORDS):
        return False
    draft.change(noticed=(*draft.state.noticed, *wanted))
    if wanted[0] not in draft.flow.languages:
        draft.do(Demand(wanted[0]))
        draft.say("idioma_no", nombre=find_language(wanted[0]).autonym)
        return False
    draft.change(words=text if is_answer else "")
    _put(draft, wanted)
    return True


def take(draft: Draft, text: str) -> Reading | None:
    """Take the answer to the offer; anything but a clear yes, or a name, changes no language.

    Returns:
        What she had written, read as the answer to the question that was open.
    """
    offered, words, misses = draft.state.candidates, draft.state.words, draft.state.misses
    chosen = _read_choice(draft, offered, text)
    if chosen and (len(offered) > 1 or chosen != draft.state.language):
        draft.change(language=chosen, language_chosen=True)
    elif not chosen and misses == 0:
        draft.change(misses=1)
        draft.say("error1", numeros=list_numbers(1, 2 if len(offered) == 1 else len(offered) + 1))
        _put(draft, offered)
        return None
    draft.change(asking="answer", candidates=(), misses=0)
    question = draft.flow.find_question(draft.state.position)
    if words and question is not None:
        return draft.read(question, words)
    draft.ask_current()
    return None


def _read_choice(draft: Draft, offered: Sequence[str], text: str) -> str | None:
    """Read which language she wants of those offered and her own; None where she is unclear."""
    own = draft.state.language
    if len(offered) == 1:
        reading = draft.read_yes_no(text)
        if isinstance(reading, Accepted):
            return offered[0] if reading == Accepted(YES) else own
        return None
    menu = _list_menu(draft, offered)
    named = find_named(text)
    if named in {option.key for option in menu}:
        return named
    reading = QUESTIONS["choice"].read(_MENU, text, own, menu)
    return reading.value if isinstance(reading, Accepted) and reading.certain else None


def _list_menu(draft: Draft, offered: Sequence[str]) -> tuple[Shown, ...]:
    codes = (*offered, draft.state.language)
    return tuple(
        Shown(str(place), code, find_language(code).autonym) for place, code in enumerate(codes, 1)
    )


def _is_certain(reading: Reading) -> bool:
    return isinstance(reading, Accepted) and reading.certain


def _put(draft: Draft, offered: tuple[str, ...]) -> None:
    """Ask by yes or no about one language; of two, which, by their own names."""
    draft.change(candidates=offered)
    if len(offered) == 1:
        draft.put(TEXT, "offer", nombre=find_language(offered[0]).autonym)
        return
    menu = [Choice(one.digit, one.label, literal=True) for one in _list_menu(draft, offered)]
    draft.put(TEXT_TWO, "offer", tuple(menu))


def _is_news(draft: Draft, wanted: Sequence[str]) -> bool:
    """Tell whether languages can still be brought up, in words that somebody approved."""
    texts = draft.flow.texts.get(draft.state.language, {})
    known = {draft.state.language, *draft.state.noticed}
    has_words = all(f"servicio/{name}" in texts for name in (TEXT, TEXT_TWO))
    return not known.intersection(wanted) and draft.state.outcome is None and has_words


def _find_written(draft: Draft, text: str) -> tuple[str, ...]:
    """Find the language to bring up by how she writes: none, one, or two to choose from.

    Two Mayan languages that are both on offer are both brought up unless one is sure. Of two
    languages hard to tell apart otherwise it is the one on offer; what is on offer is brought
    up when likely, what is not only when sure.
    """
    guess = detect_words(text, _find_at_home(draft), besides=draft.state.language)
    if guess.language is None or guess.second is None:
        return ()
    pair = (guess.language, guess.second)
    likely = [code for code in pair if find_language(code).mayan is guess.is_mayan]
    if draft.state.language in likely:
        return ()
    on_offer = [code for code in likely if code in draft.flow.languages]
    if len(on_offer) > 1 and guess.is_mayan and guess.score < LANGUAGE_SURE:
        return tuple(on_offer)
    if on_offer and guess.score >= LANGUAGE_LIKELY:
        return (on_offer[0],)
    return (guess.language,) if guess.score >= LANGUAGE_SURE and not on_offer else ()


def _find_at_home(draft: Draft) -> frozenset[str]:
    """Find the languages of the places that she has named in this conversation, if any."""
    return frozenset(
        code
        for question in draft.flow.places
        for code in _languages_of(draft.state.answers.get(question, SKIPPED))
    )


def _languages_of(place: str) -> frozenset[str]:
    return frozenset() if place == SKIPPED else find_at_home(place)
