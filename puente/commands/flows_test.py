"""`puente flows test`: the golden conversations beside a script, run and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from flows.golden.chat import ChatError, read_chat
from flows.golden.playing import compare, pick_up, rewrite
from puente.bundled import UnknownScriptError, read_chats
from puente.console import load_flow

if TYPE_CHECKING:
    from pathlib import Path

    from flows.flow import Flow
    from flows.golden.chat import Chat


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--update", is_flag=True, help="Write those that differ anew, as they now come out.")
def test(paths: tuple[str, ...], *, update: bool) -> None:
    """Run the conversations (`.chat`) beside each script; exit 1 where one comes out otherwise.

    PATH is a script, its folder, or one `.chat` file.
    """
    results = [_run(path, update=update) for path in paths]
    count, wrong = (sum(numbers) for numbers in zip(*results, strict=True))
    if wrong:
        click.echo(f"{wrong} de {count} conversaciones no salen como están escritas.")
        click.echo("Con «-» va lo escrito y con «+» lo que salió. Si así debe ser: --update")
        raise click.exceptions.Exit(1)
    click.echo(f"{count} conversaciones, todas como están escritas.")


def _run(path: str, *, update: bool) -> tuple[int, int]:
    """Run what stands beside one script; gives how many there are, and how many differ."""
    flow = load_flow(path)
    try:
        found = read_chats(path)
    except UnknownScriptError as error:
        raise click.ClickException(str(error)) from None
    if not found:
        raise click.ClickException(f"no hay conversaciones (.chat) junto a {path}")
    wrong = 0
    for name, raw, file in found:
        try:
            source = raw.decode()
            chat = read_chat(source, name)
        except (ChatError, UnicodeDecodeError) as error:
            unread = f"{name}: guárdelo como «UTF-8»"
            click.echo(error if isinstance(error, ChatError) else unread)
            wrong += 1
            continue
        wrong += not _judge(flow, chat, source, file if update else None)
    return len(found), wrong


def _judge(flow: Flow, chat: Chat, source: str, file: Path | None) -> bool:
    """Tell whether a conversation comes out as written; `file` is written anew where not."""
    difference = compare(chat, pick_up(flow, chat))
    if difference is None:
        click.echo(f"{chat.name}: bien")
        return True
    if file is not None:
        file.write_text(rewrite(source, chat, pick_up(flow, chat)), encoding="utf-8")
        click.echo(f"{chat.name}: escrita de nuevo")
        return True
    click.echo(f"{chat.name}:{difference.line}: no sale igual")
    for line in difference.lines:
        click.echo(f"    {line}")
    if difference.more:
        click.echo(f"    (otras que difieren más abajo: {difference.more})")
    return False
