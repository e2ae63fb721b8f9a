"""`puente try language`: which language each line is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from flows.languages.detect import detect
from puente.commands.lines import answer_lines

if TYPE_CHECKING:
    from collections.abc import Mapping


@click.command("language")
@click.option("--json", "as_json", is_flag=True, help="Every input line is a JSON string.")
def try_language(*, as_json: bool) -> None:
    """Guess each input line's language: the best, its score, the second, whether it is Mayan."""
    answer_lines(_answer, as_json=as_json)


def _answer(text: str) -> Mapping[str, Any]:
    guess = detect(text)
    return {
        "language": guess.language,
        "score": guess.score,
        "second": guess.second,
        "mayan": guess.is_mayan,
    }
