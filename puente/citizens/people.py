"""Who the synthetic citizens are: drawn from a seed, one by one, the same every time."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from flows.golden.chance import make_chance
from puente.citizens.places import DEPARTMENTS, Department

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.messages import Form

Fate = Literal["stays", "leaves", "stops", "refuses"]

DAYS = 7
"""Over how many days a crowd comes in."""
LONGEST_TALK = timedelta(hours=3)
"""Who begins that long ago has ended by now, if she ends the same day."""

_STRIDE = 7_368_787
_NUMBERS = 10_000_000
_CENTURY = 100


@dataclass(frozen=True, slots=True)
class Person:
    """One citizen.

    Attributes:
        number: her phone; nobody else of the same crowd has it.
        form: the kind of phone she uses.
        municipality, department: where she lives.
        traits: folded words she would choose of herself, `mujer`, `maya`.
        adult: whether she is 18.
        writes: whether she rather writes words than digits.
        case: how she types.
        accents: whether her keyboard has them, and she bothers.
        slips: how many of a hundred answers are no answer.
        fate: what becomes of her, at her answer number `turning`.
        ago: how long ago she begins.
        help_at, back_at, drop_at: the answers before which she asks for help, goes back,
            or is cut off (USSD); 0 for never.
    """

    number: str = field(repr=False)
    form: Form
    municipality: str
    department: str
    traits: tuple[str, ...]
    adult: bool
    writes: bool
    case: Literal["as is", "lower", "upper"]
    accents: bool
    slips: int
    fate: Fate
    turning: int
    ago: timedelta
    help_at: int
    back_at: int
    drop_at: int


def make_person(seed: int, index: int) -> Person:
    """Draw the citizen at a place in the crowd of a seed."""
    chance = make_chance(seed * _NUMBERS + index)
    department = DEPARTMENTS[pick([place.thousands for place in DEPARTMENTS], chance)]
    form: Form = ("sms", "whatsapp", "ussd")[pick([50, 25, 25], chance)]
    return Person(
        number=_make_number(seed, index),
        form=form,
        municipality=_pick_municipality(department, chance),
        department=department.name,
        traits=_draw_traits(department, chance),
        adult=not _happens(2, chance),
        writes=_happens(25, chance),
        case=("lower", "as is", "upper")[pick([60, 28, 12], chance)],
        accents=_happens(45 if form == "whatsapp" else 15, chance),
        slips=(2, 6, 18)[pick([60, 30, 10], chance)],
        fate=("stays", "leaves", "stops", "refuses")[pick([76, 6, 13, 5], chance)],
        turning=2 + chance(10),
        ago=LONGEST_TALK + timedelta(minutes=chance(DAYS * 24 * 60)),
        help_at=_sometimes(6, chance),
        back_at=_sometimes(7, chance),
        drop_at=_sometimes(18, chance) if form == "ussd" else 0,
    )


def pick(weights: Sequence[int], chance: Callable[[int], int]) -> int:
    """Draw a place in a list, each as often as its weight says."""
    ends = list(accumulate(weights))
    return bisect(ends, chance(ends[-1]))


def _make_number(seed: int, index: int) -> str:
    # The stride and the count of numbers have no common factor: no number comes twice.
    start = make_chance(seed)(_NUMBERS)
    return f"+5025{(start + index * _STRIDE) % _NUMBERS:07}"


def _pick_municipality(department: Department, chance: Callable[[int], int]) -> str:
    places = department.municipalities
    return places[pick(range(len(places) + 1, 1, -1), chance)]


def _draw_traits(department: Department, chance: Callable[[int], int]) -> tuple[str, ...]:
    is_maya = _happens(department.maya_percent, chance)
    people = (
        "maya" if is_maya else ("ladino", "xinka", "garifuna", "otro")[pick([94, 3, 1, 2], chance)]
    )
    return ("mujer" if _happens(52, chance) else "hombre", people)


def _happens(percent: int, chance: Callable[[int], int]) -> bool:
    return chance(_CENTURY) < percent


def _sometimes(percent: int, chance: Callable[[int], int]) -> int:
    return 3 + chance(7) if _happens(percent, chance) else 0
