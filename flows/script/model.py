"""A consultation as the engine sees it: frozen, checked, without any text.

Texts live apart, in a `Texts` table per language keyed by `<step>/<part>`, so that a
translation never touches the structure (design: a revision freezes structure and texts,
an edition replaces texts only).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Operator = Literal["==", "!=", "<", "<=", ">", ">="]
Outcome = Literal["complete", "refused", "ineligible", "full"]
"""How a conversation ends; `full` where enough people like her have answered."""
QuestionKind = Literal[
    "consent",
    "yes_no",
    "choice",
    "choices",
    "rating",
    "number",
    "text",
    "place",
    "date",
    "permissions",
]

SKIPPED = "0"
"""The value of an answer that a person left open; exports write it as it is."""
GIVEN = "+"
"""What conditions see of an open answer: that there is one."""
VOICE = "voz"
"""The value of an answer given as a voice note that nobody has listened to yet."""
UNCLEAR = "no_se_entiende"
"""The value of one that staff have listened to and could not understand."""
SPOKEN = frozenset({VOICE, UNCLEAR})
"""Values that say that there is a voice note, not what it answers."""
TODAY = "hoy"
"""Stands among the bounds of a date for the day on which the answer comes in."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`p1 == 2`: the current answer of a question against a constant."""

    question: str
    operator: Operator
    value: str


@dataclass(frozen=True, slots=True)
class Contains:
    """`p3 contiene 2`: one of several ticked options."""

    question: str
    value: str


@dataclass(frozen=True, slots=True)
class Answered:
    """`p5 contestada`: asked, and neither skipped nor given up."""

    question: str


@dataclass(frozen=True, slots=True)
class Not:
    """`no (…)`."""

    inner: Condition


@dataclass(frozen=True, slots=True)
class Every:
    """`… y …`."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """`… o …`."""

    parts: tuple[Condition, ...]


Condition = Comparison | Contains | Answered | Not | Every | Any


@dataclass(frozen=True, slots=True)
class Question:
    """A step that waits for an answer.

    Attributes:
        id: what operators and exports call it, `p1`.
        line: where it stands in the script, from 1.
        kind: key of `flows.questions.QUESTIONS`.
        condition: asked only where this holds; None asks always.
        options: keys in authored order, digits as text; `0` (prefiero no decir) stands last
            where it has a label. Their labels are texts, `<id>/opcion.<key>`, short forms for
            buttons `<id>/opcion.<key>@corto`.
        skippable: whether 0 (no sé, prefiero no decir) is an answer.
        rotate: whether each person gets the options in an order of her own.
        limit: how many options may be ticked (choices), else None.
        exclusive: an option that rules out the others (choices), else None.
        low, high: bounds of a rating, of a number, or of the letters of a text, inclusive.
        earliest, latest: bounds of a date, inclusive: ISO, or `TODAY`; empty leaves it open.
        voice: whether a voice note answers it (the channel permitting).
        proposal: whether its answer becomes a proposal with a folio.
        sensitive: whether it asks what a person may not want to say.
        part: 0 for what belongs to the asking itself (consent, adulthood, "shall we go
            on?"), 1 for what everybody is asked, 2 for what those who go on are asked.
        axis: the axis of the plan it serves, as written by the operator.
    """

    id: str
    line: int
    kind: QuestionKind
    condition: Condition | None = None
    options: tuple[str, ...] = ()
    skippable: bool = False
    rotate: bool = False
    limit: int | None = None
    exclusive: str | None = None
    low: int | None = None
    high: int | None = None
    earliest: str = ""
    latest: str = ""
    voice: bool = False
    proposal: bool = False
    sensitive: bool = False
    part: int = 1
    axis: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A step that says something and goes on."""

    id: str
    line: int
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Jump:
    """A step that goes on elsewhere, forwards only."""

    id: str
    line: int
    target: str
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Draw:
    """A step that draws one of several words for each person, once; conditions look at it.

    What is drawn is kept like an answer, so that it can be told apart afterwards.
    """

    id: str
    line: int
    among: tuple[str, ...]
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """A step before closed questions that one message asks and one reply answers, "2 1 3".

    So they are asked where each message costs the person; elsewhere one by one.
    """

    id: str
    line: int
    questions: tuple[str, ...]
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """A step at which those go no further of whom enough have answered, by any quota."""

    id: str
    line: int
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """A step that ends for today and goes on at `hour` o'clock, `days` from now."""

    id: str
    line: int
    days: int
    hour: int
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Rest:
    """A step at which a session that may be cut (USSD) offers to go on by SMS.

    On other phones it is passed by. Its labels are texts as a question's are; what is said to
    whoever takes the second option is `<id>/luego`.
    """

    id: str
    line: int
    condition: Condition | None = None
    options: tuple[str, ...] = ("1", "2")


@dataclass(frozen=True, slots=True)
class End:
    """A step that says something and ends the conversation."""

    id: str
    line: int
    outcome: Outcome = "complete"
    condition: Condition | None = None


Step = Question | Message | Jump | Draw | Together | Gate | Pause | Rest | End


@dataclass(frozen=True, slots=True)
class Marker:
    """A placeholder an operator declares: `{url}`, with its longest length in letters."""

    name: str
    longest: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Quota:
    """How many people are wanted of each stratum: each combination of answers to `questions`.

    A place counts by its department; who left one of them open is in no stratum.
    """

    name: str
    questions: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Script:
    """A whole consultation; conditions on a block are already spread over its steps.

    Attributes:
        spec: version of the flow language it was written in.
        slug: its name in addresses and exports, `plan-digital`.
        title: what people and staff call it.
        language: the source language, ISO 639-1 `es`.
        keywords: words that enter it, folded.
        steps: in authored order.
        markers: the placeholders it declares.
        quotas: how many people are wanted of whom.
        axes: the axes of the plan by key; their names are texts, `eje/<key>`.
        texts: the source texts, `<step>/<part>` -> text.
        convener: who asks, as the public page says it; may be empty.
    """

    spec: int
    slug: str
    title: str
    language: str
    keywords: tuple[str, ...]
    steps: tuple[Step, ...]
    markers: tuple[Marker, ...] = ()
    axes: tuple[str, ...] = ()
    quotas: tuple[Quota, ...] = ()
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    convener: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        """Give the questions in authored order."""
        return tuple(step for step in self.steps if isinstance(step, Question))

    @property
    def menus(self) -> tuple[Question | Rest, ...]:
        """Give the steps that may have options, in authored order."""
        return tuple(step for step in self.steps if isinstance(step, Question | Rest))
