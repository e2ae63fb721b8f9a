"""The ways through a script: which of them weighs most, whatever weighing means.

Steps run forwards only, so one pass over them tells. What a person has answered is followed
as far as a later condition looks at it; where that would be too many people to follow, any
condition on what they have said may hold or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flows.script.conditions import find_atoms, holds
from flows.script.model import Draw, End, Jump, Question
from flows.script.possible import list_answers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flows.script.model import Condition, Script, Step
    from flows.script.possible import Atom

FOLLOWED: Final = 300
"""People with different answers who are followed at once."""

Answers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A way to a step: what it weighs, the place of the step, and the way before."""

    weight: float = 0
    place: int = -1
    before: Way | None = None

    @property
    def places(self) -> tuple[int, ...]:
        """Give the places of the steps on the way, in order."""
        places: list[int] = []
        way: Way | None = self
        while way is not None and way.before is not None:
            places.append(way.place)
            way = way.before
        return tuple(reversed(places))


def find_heaviest(script: Script, weigh: Callable[[float, Step], float]) -> Way:
    """Give the way through a script that weighs most at its end.

    Args:
        script: one whose jumps lead somewhere; the others count as none.
        weigh: what has been weighed so far, and the step that comes now -> both.
    """
    return _Walk(script, weigh).find()


def find_never_taken(script: Script) -> tuple[int, ...]:
    """Give the places that people come to, and where nobody's answers meet the condition."""
    walk = _Walk(script, lambda so_far, _: so_far)
    walk.find()
    return tuple(sorted(walk.reached - walk.taken))


class _Walk:
    def __init__(self, script: Script, weigh: Callable[[float, Step], float]) -> None:
        self._steps = script.steps
        self._weigh = weigh
        self._positions = {step.id: place for place, step in enumerate(script.steps)}
        self._atoms: dict[str, list[Atom]] = {}
        self._last: dict[str, int] = {}
        for place, step in enumerate(script.steps):
            for atom in find_atoms(step.condition) if step.condition else ():
                self._atoms.setdefault(atom.question, []).append(atom)
                self._last[atom.question] = place
        self.reached: set[int] = set()
        self.taken: set[int] = set()
        self._forgotten: set[str] = set()
        self._at: list[dict[Answers, Way]] = [{} for _ in range(len(script.steps) + 1)]

    def find(self) -> Way:
        self._at[0][()] = Way()
        for place, step in enumerate(self._steps):
            for answers, way in self._follow(place).items():
                self._go(place, step, answers, way)
        return self._at[-1].get((), Way())

    def _follow(self, place: int) -> dict[Answers, Way]:
        here = self._at[place]
        if len(here) <= FOLLOWED:
            return here
        self._forgotten.update(name for answers in here for name, _ in answers)
        return {(): max(here.values(), key=lambda way: way.weight)}

    def _go(self, place: int, step: Step, answers: Answers, way: Way) -> None:
        may = self._may_hold(step.condition, dict(answers))
        if False in may:
            self._arrive(place + 1, answers, way)
        self.reached.add(place)
        if True not in may:
            return
        self.taken.add(place)
        onwards = Way(self._weigh(way.weight, step), place, way)
        if isinstance(step, End):
            self._arrive(len(self._steps), (), onwards)
        elif isinstance(step, Jump):
            target = self._positions.get(step.target, 0)
            self._arrive(max(target, place + 1), answers, onwards)
        else:
            for given in self._answer(step):
                self._arrive(place + 1, (*answers, *given), onwards)

    def _may_hold(self, condition: Condition | None, answers: dict[str, str]) -> set[bool]:
        if condition is None:
            return {True}
        if self._forgotten and any(
            atom.question in self._forgotten for atom in find_atoms(condition)
        ):
            return {True, False}
        return {holds(condition, answers)}

    def _answer(self, step: Step) -> Iterator[Answers]:
        """Give what a person may answer, as far as it matters afterwards; no to consent ends."""
        if not isinstance(step, Question | Draw) or not self._matters(step.id):
            yield ()
        elif isinstance(step, Question) and step.kind == "consent":
            yield ((step.id, step.options[0]),) if step.options else ()
        else:
            for value in dict.fromkeys(list_answers(step, self._atoms[step.id])):
                yield ((step.id, value),)

    def _matters(self, name: str) -> bool:
        return name in self._atoms and name not in self._forgotten

    def _arrive(self, place: int, answers: Answers, way: Way) -> None:
        left = tuple(sorted(one for one in answers if self._last.get(one[0], -1) >= place))
        known = self._at[place].get(left)
        if known is None or way.weight > known.weight:
            self._at[place][left] = way
