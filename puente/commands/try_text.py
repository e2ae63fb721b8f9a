"""`puente try text`: what a text costs on a phone, and what is changed so that it costs less."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from flows.text.gsm7 import Folded, fold
from flows.text.segments import measure
from puente.commands.lines import answer_lines

if TYPE_CHECKING:
    from collections.abc import Mapping


@click.command("text")
@click.option("--as-is", is_flag=True, help="Measure the text without our folding.")
@click.option("--language", default="es", show_default=True, help="Whose rule to fold by.")
@click.option("--json", "as_json", is_flag=True, help="Every input line is a JSON string.")
def try_text(*, as_is: bool, language: str, as_json: bool) -> None:
    """Measure each input line as SMS: encoding, segments, units, signs replaced."""

    def answer(text: str) -> Mapping[str, Any]:
        sent = Folded(text) if as_is else fold(text, language)
        size = measure(sent.text)
        return {
            "text": sent.text,
            "encoding": size.encoding,
            "segments": size.segments,
            "units": size.units,
            "replaced": list(sent.replaced),
        }

    answer_lines(answer, as_json=as_json)
