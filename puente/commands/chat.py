"""`puente chat`: talk to a flow at the terminal, no channel and no database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from bot.screens import Screen, show
from flows.golden import recording
from flows.golden.chance import make_chance
from flows.golden.recording import Sent
from flows.golden.rehearsal import Rehearsal
from puente.clock import now
from puente.console import load_flow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.text.render import Form


@click.command()
@click.argument("slug")
@click.option(
    "--channel",
    type=click.Choice(["sms", "whatsapp", "ussd"]),
    default="sms",
    show_default=True,
    help="The kind of phone.",
)
@click.option("--language", default=None, help="Start in this language, `es`.")
@click.option("--seed", default=1, help="Draws folios and rotated orders.")
@click.option("--record", metavar="FILE", help="Write it down as a golden conversation (.chat).")
def chat(slug: str, channel: str, language: str | None, seed: int, record: str | None) -> None:
    """Talk to the consultation SLUG (or to the script at that path).

    Reads one message a line; from a pipe it prints only what the phone shows.
    """
    flow = load_flow(slug)
    if language is not None and language not in flow.languages:
        offered = ", ".join(flow.languages)
        raise click.ClickException(f"{slug} is not offered in {language} (only {offered})")
    phone = Rehearsal(flow, now(), make_chance(seed), cast("Form", channel), language)
    sent: list[Sent] = []
    for screen in _talk(phone, sent):
        click.echo(f"{screen}\n")
    if record is not None:
        written = recording.record(flow, phone.form, sent, language=language, seeds=[seed])
        try:
            Path(record).write_text(written, encoding="utf-8")
        except OSError as error:
            raise click.ClickException(f"{record} cannot be written: {error.strerror}") from error


def _talk(phone: Rehearsal, sent: list[Sent]) -> Iterator[str]:
    """Give what the phone shows; what reaches the engine is added to `sent`."""
    sent.append(Sent("", phone.now))
    kept, texts = _lay_out(phone, phone.dial())
    yield from texts
    while (line := _read_line()) is not None:
        page = kept.turn(line)
        if page is not None:
            kept, texts = page, (page.text,)
        else:
            phone.now = now()
            sent.append(Sent(line, phone.now))
            kept, texts = _lay_out(phone, phone.send(line))
        yield from texts


def _lay_out(phone: Rehearsal, texts: tuple[str, ...]) -> tuple[Screen, tuple[str, ...]]:
    """Show what came back: messages as they are, on USSD one screen at a time."""
    if phone.form != "ussd":
        return Screen(), texts
    screen = show(phone.rendered, "", is_open=phone.is_waiting)
    return screen, tuple(text for text in (screen.text, *phone.afterwards) if text)


def _read_line() -> str | None:
    if sys.stdin is None:  # closed by whoever started us
        return None
    if sys.stdin.isatty():
        try:
            return str(click.prompt("", prompt_suffix="> ", default="", show_default=False))
        except click.Abort:
            return None
    line = sys.stdin.readline()
    return line.rstrip("\r\n") if line else None
