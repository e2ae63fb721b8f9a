"""A synthetic citizen in conversation: she reads her phone, and does as people do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from puente.citizens import wording
from puente.citizens.people import pick
from puente.citizens.proposals import PROPOSALS
from puente.citizens.screen import Option, Screen, fold, read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from puente.citizens.people import Person

Ending = Literal["complete", "later", "left", "refused", "under_age", "stopped"]
"""How it ended, as far as she knows; `later` is a pause she did not come back from."""

MOST_ACTS = 120
"""Twice what the longest conversation takes with every question misunderstood."""

_SELDOM = (
    "manana",
    "luego",
    "no recuerdo",
    "prefiero no",
    "otra respuesta",
    "ninguno",
    "ninguna",
    "terminar",
)
_DIAL = "*000*7#"


@dataclass(frozen=True, slots=True)
class Poster:
    """What she has heard of the consultation before she takes up her phone."""

    keyword: str
    title: str


@dataclass(frozen=True, slots=True)
class Act:
    """What she does next: after `pause`, send `text`; with `dials`, in a USSD session anew."""

    text: str
    pause: timedelta = timedelta()
    dials: bool = False


class Citizen:
    """One citizen, from the poster to the end.

    Attributes:
        person: who she is.
        ending: how it ended; None while it goes on.
        answers: how many questions she has answered.
    """

    def __init__(self, person: Person, poster: Poster, chance: Callable[[int], int]) -> None:
        self.person = person
        self.ending: Ending | None = None
        self.answers = 0
        self._poster = poster
        self._chance = chance
        self._acts = 0
        self._pages: list[str] = []
        self._meant = ""
        self._closing: Ending | None = None
        self._returns = person.ago > timedelta(days=2) and bool(chance(2))
        self._was_invited = False
        self._done: set[str] = set()

    def begin(self) -> Act:
        """Dial in, or send the word on the poster."""
        if self.person.form == "ussd":
            return Act(_DIAL, dials=True)
        greeting = "hola" if not self._chance(8) else self._poster.keyword
        return Act(wording.style(greeting, self.person))

    def look(self, texts: Sequence[str], *, is_open: bool) -> Act | None:
        """Look at what came back, and act; None where she is done, and `ending` says how.

        Args:
            texts: the messages of one reply, or the one USSD screen.
            is_open: whether the USSD session goes on.
        """
        act = self._react(texts, is_open=is_open)
        self._acts += 1
        if act is None or self._acts >= MOST_ACTS:
            self.ending = self.ending or "stopped"
            return None
        return replace(act, pause=act.pause + self._think(texts))

    def _react(self, texts: Sequence[str], *, is_open: bool) -> Act | None:
        if self._closing == "left":
            self.ending = "left"
            return None
        screen = read("\n".join([*self._pages, *texts]))
        is_ussd = self.person.form == "ussd"
        if screen.more and is_open and (not screen.options or self._chance(8)):
            self._pages = [screen.body]
            return Act(screen.more)
        self._pages = []
        if not screen.wants or (is_ussd and not is_open):
            return self._close()
        return self._turn() or self._aside() or self._answer(screen)

    def _think(self, texts: Sequence[str]) -> timedelta:
        # Over the 15 seconds within which a further text counts as the rest of a long one.
        return timedelta(seconds=18 + self._chance(40) + sum(map(len, texts)) // 8)

    # --- not answering -----------------------------------------------------------------

    def _close(self) -> Act | None:
        """Nothing more is asked: put the phone away, or come back tomorrow."""
        if self._closing == "later" and self._returns:
            self._closing, self._returns = None, False
            pause = timedelta(hours=22 + self._chance(6))
            if self.person.form == "ussd":
                return Act(_DIAL, pause, dials=True)
            return Act("1", pause)
        few = 3
        self.ending = self._closing or ("complete" if self.answers > few else "stopped")
        return None

    def _turn(self) -> Act | None:
        """Leave, or stop in the middle, where that is her fate."""
        if self.answers < self.person.turning:
            return None
        if self.person.fate == "leaves":
            self._closing = "left"
            return Act(wording.word_leaving(self._chance))
        if self.person.fate == "stops":
            self.ending = "stopped"
        return None

    def _aside(self) -> Act | None:
        """Do once what one does beside answering."""
        if self.ending is not None:
            return None
        asides = {
            self.person.help_at: Act("ayuda" if self.person.writes else "AYUDA"),
            self.person.back_at: Act("atras"),
            self.person.drop_at: Act(_DIAL, timedelta(minutes=3), dials=True),
        }
        act = asides.get(self.answers) if self.answers else None
        if act is None or act.text in self._done:
            return None
        self._done.add(act.text)
        return act

    # --- answering ---------------------------------------------------------------------

    def _answer(self, screen: Screen) -> Act | None:
        if self.ending is not None:
            return None
        if self.answers and self._chance(100) < self.person.slips:
            return Act(wording.word_nonsense(self._chance))
        self.answers += 1
        return Act(self._word(screen))

    def _word(self, screen: Screen) -> str:
        chance, person = self._chance, self.person
        if screen.wants == "rating":
            return wording.word_number(
                screen.low + chance(screen.high - screen.low + 1), person, chance
            )
        if screen.wants == "place":
            if not chance(20):
                return "0"
            self._meant = fold(person.municipality)
            return wording.word_place(person, chance)
        if screen.wants == "words":
            return wording.style(PROPOSALS[chance(len(PROPOSALS))], person) if chance(7) else "0"
        if screen.wants == "choices":
            chosen = self._choose_several(screen)
            return wording.word_options(chosen, person, chance)
        option = self._choose(screen)
        self._meant = fold(option.label)
        return wording.word_option(option, person, chance)

    def _choose(self, screen: Screen) -> Option:
        """Choose what is true of her; else what the question is about, or by liking."""
        labels = {fold(option.label).rstrip("."): option for option in screen.options}
        if (known := self._find_yes_no(screen.question, labels)) in labels:
            option = labels[known]
        else:
            option = next(
                (option for label, option in labels.items() if self._is_hers(label)),
                screen.options[self._draw(screen.options)],
            )
        label = fold(option.label)
        if label in {"manana", "luego por sms"}:
            self._closing = "later"
        return option

    def _find_yes_no(self, question: str, labels: Mapping[str, Option]) -> str:
        if self._is_invited(labels):
            refuses = self.person.fate == "refuses"
            self._closing = "refused" if refuses else None
            return "no" if refuses else "si"
        if "18 anos" in question:
            self._closing = None if self.person.adult else "under_age"
            return "si" if self.person.adult else "no"
        if "quiso decir" in question:
            said = question.rpartition("quiso decir")[2].strip(" ?")
            return "si" if said and (said in self._meant or self._meant in said) else "no"
        return ""

    def _is_invited(self, labels: Mapping[str, Option]) -> bool:
        """Tell whether this is the invitation: the first thing to say yes or no to."""
        was_invited, self._was_invited = self._was_invited, self._was_invited or "no" in labels
        return self._was_invited and not was_invited

    def _is_hers(self, label: str) -> bool:
        words = set(label.replace(",", " ").split())
        return (
            bool(words & set(self.person.traits))
            or fold(self.person.department) in label
            or label == fold(self._poster.title)
        )

    def _draw(self, options: Sequence[Option]) -> int:
        """Draw by liking: the same label is liked as much wherever it stands."""
        weights = []
        for option in options:
            label = fold(option.label)
            is_rare = option.digit == "0" or label.startswith(_SELDOM)
            weights.append(1 if is_rare else 5 + sum(map(ord, label)) % 13)
        return pick(weights, self._chance)

    def _choose_several(self, screen: Screen) -> list[Option]:
        left = list(screen.options)
        alone = [option for option in left if fold(option.label).startswith(("nada", "ningun"))]
        if alone and not self._chance(10):
            return alone[:1]
        left = [option for option in left if option not in alone]
        wanted = 1 + self._chance(min(screen.high, len(left)))
        chosen = [left.pop(self._draw(left)) for _ in range(wanted)]
        return sorted(chosen, key=lambda option: int(option.digit))
