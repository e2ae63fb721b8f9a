"""The language she writes in: offered where the consultation has it, noted where it has not.

Her words propose, she decides; whatever she decides, what she wrote counts as her answer. Each
language is brought up once in a conversation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows import long_answers
from flows.draft import YES
from flows.effects import Demand
from flows.explanations import list_numbers
from flows.languages.catalogue import find_language, find_named
from flows.languages.detect import detect
from flows.languages.homes import find_at_home
from flows.limits import LANGUAGE_LIKELY, LANGUAGE_SURE
from flows.reading.phrases import is_figure
from flows.reading.result import Accepted
from flows.script.model import SKIPPED

if TYPE_CHECKING:
    from flows.draft import Draft
    from flows.reading.result import Reading
    from flows.script.model import Question

TEXT = "idioma_ofrece"
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
    wanted = named or _find_written(draft, text)
    if wanted is None or not _is_news(draft, wanted) or long_answers.may_go_on(text):
        return False
    is_answer = question is not None and _is_certain(draft.read(question, text))
    if is_answer and question is not None and (named or question.kind not in _OWN_WORDS):
        return False
    draft.change(noticed=(*draft.state.noticed, wanted))
    if wanted not in draft.flow.languages:
        draft.do(Demand(wanted))
        draft.say("idioma_no", nombre=find_language(wanted).autonym)
        return False
    draft.change(words=text if is_answer else "")
    _put(draft, wanted)
    return True


def take(draft: Draft, text: str) -> Reading | None:
    """Take the answer to the offer; anything but a clear yes changes no language.

    Returns:
        What she had written, read as the answer to the question that was open.
    """
    wanted, words, misses = draft.state.candidates[0], draft.state.words, draft.state.misses
    reading = draft.read_yes_no(text)
    if reading == Accepted(YES):
        draft.change(language=wanted, language_chosen=True)
    elif not isinstance(reading, Accepted) and misses == 0:
        draft.change(misses=1)
        draft.say("error1", numeros=list_numbers(1, 2))
        _put(draft, wanted)
        return None
    draft.change(asking="answer", candidates=(), misses=0)
    question = draft.flow.find_question(draft.state.position)
    if words and question is not None:
        return draft.read(question, words)
    draft.ask_current()
    return None


def _is_certain(reading: Reading) -> bool:
    return isinstance(reading, Accepted) and reading.certain


def _put(draft: Draft, wanted: str) -> None:
    draft.change(candidates=(wanted,))
    draft.put(TEXT, "offer", nombre=find_language(wanted).autonym)


def _is_news(draft: Draft, wanted: str) -> bool:
    """Tell whether a language can still be brought up, in words that somebody approved."""
    texts = draft.flow.texts.get(draft.state.language, {})
    is_known = wanted in {draft.state.language, *draft.state.noticed}
    return not is_known and draft.state.outcome is None and f"servicio/{TEXT}" in texts


def _find_written(draft: Draft, text: str) -> str | None:
    """Find the language to bring up by how she writes, if any.

    Of two languages hard to tell apart it is the one on offer; what is on offer is brought up
    when likely, what is not only when sure.
    """
    guess = detect(text, _find_at_home(draft), besides=draft.state.language)
    if guess.language is None or guess.second is None or guess.score < LANGUAGE_LIKELY:
        return None
    likely = [guess.language]
    if find_language(guess.second).mayan is guess.is_mayan:
        likely.append(guess.second)
    if draft.state.language in likely:
        return None
    on_offer = [code for code in likely if code in draft.flow.languages]
    if on_offer:
        return on_offer[0]
    return guess.language if guess.score >= LANGUAGE_SURE else None


def _find_at_home(draft: Draft) -> frozenset[str]:
    """Find the languages of the places that she has named in this conversation, if any."""
    return frozenset(
        code
        for question in draft.flow.places
        for code in _languages_of(draft.state.answers.get(question, SKIPPED))
    )


def _languages_of(place: str) -> frozenset[str]:
    return frozenset() if place == SKIPPED else find_at_home(place)
