"""`puente try understand`: what the bot takes an answer to mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import click

from flows.questions import QUESTIONS
from flows.questions.base import Shown
from flows.reading.phones import read_phone
from flows.reading.places import Level, places, read_place
from flows.reading.result import Accepted, Reading
from flows.script.model import Question
from puente.commands.lines import answer_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flows.script.model import QuestionKind

POLAR = {"1": "yes", "2": "no"}
"""What the keys of a yes-or-no question stand for outside of a script."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that the input lines answer."""

    type: str
    options: tuple[str, ...]
    low: int | None
    high: int | None
    level: Level | None
    within: str
    language: str


TYPES: tuple[str, ...] = (
    "yes_no",
    "choice",
    "choices",
    "rating",
    "number",
    "place",
    "date",
    "consent",
    "phone",
    "text",
)


@click.command("understand")
@click.argument("type_", metavar="TYPE", type=click.Choice(TYPES))
@click.option("--options", default="", help='The options of choice and choices: "A|B|C".')
@click.option("--low", type=int, help="The lowest mark or number, the fewest letters.")
@click.option("--high", type=int, help="The highest mark or number, the most letters.")
@click.option("--level", type=click.Choice(["department", "municipality"]), help="Of a place.")
@click.option("--within", default="", help="INE code of the department a place is in: 14.")
@click.option("--language", default="es", show_default=True, help="The conversation's.")
@click.option("--json", "as_json", is_flag=True, help="Every input line is a JSON string.")
def try_understand(  # noqa: PLR0913 - the options of its contract
    *,
    type_: str,
    options: str,
    low: int | None,
    high: int | None,
    level: Level | None,
    within: str,
    language: str,
    as_json: bool,
) -> None:
    """Read each input line as an answer to a question of TYPE.

    0 leaves the question open and is its own value, except for yes_no and consent, where
    it answers nothing, and for number, where it is a number.
    """
    labels = tuple(label.strip() for label in options.split("|")) if options else ()
    if type_ in {"choice", "choices"} and not labels:
        raise click.UsageError(f"{type_} needs --options, for example --options 'Sí|No'")
    if within and (within := within.zfill(2)) not in places():
        raise click.UsageError("--within needs the code of a department, 01 to 22")
    asked = Asked(type_, labels, low, high, level, within, language)
    read = _make_reader(asked)
    answer_lines(lambda text: _say(asked, read(text)), as_json=as_json)


def _make_reader(asked: Asked) -> Callable[[str], Reading]:
    if asked.type == "phone":
        return lambda text: read_phone(text, skippable=True)
    if asked.type == "place":
        return lambda text: read_place(text, level=asked.level, within=asked.within, skippable=True)
    kind = cast("QuestionKind", asked.type)
    labels = ("Sí", "No") if kind in {"yes_no", "consent"} else asked.options
    shown = tuple(Shown(str(n), str(n), label) for n, label in enumerate(labels, 1))
    question = Question(
        id="",
        line=0,
        kind=kind,
        options=tuple(option.key for option in shown),
        skippable=kind not in {"yes_no", "consent"},
        low=asked.low,
        high=asked.high,
    )
    return lambda text: QUESTIONS[kind].read(question, text, asked.language, shown)


def _say(asked: Asked, reading: Reading) -> Mapping[str, Any]:
    if isinstance(reading, Accepted):
        value = _value(asked, reading.value)
        return {"accepted": True, "value": value, "certain": reading.certain}
    candidates = [_value(asked, candidate) for candidate in reading.candidates]
    flat = [
        each for value in candidates for each in (value if isinstance(value, list) else [value])
    ]
    return {"accepted": False, "reason": reading.reason, "candidates": flat}


def _value(asked: Asked, value: str) -> str | list[str]:
    if asked.type in {"yes_no", "consent"}:
        return POLAR[value]
    return value.split() if asked.type == "choices" and value != "0" else value
