"""`puente invite`: write to the people on a list, after a trial and by a number said aloud."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from admin.approvals import ACTS
from admin.approvals.desk import ApprovalDesk, UnknownAskerError
from admin.broadcasts.desk import THOUSAND, BroadcastDesk, RefusedError, Wanted
from admin.broadcasts.rows import UnreadableListError, read_rows
from admin.broadcasts.sending import Sending
from admin.broadcasts.words import (
    STATES,
    WHY,
    count_by_name,
    estimate,
    name_disposition,
    say_estimate,
    say_money,
)
from bot.invitees import read_list
from bot.pacing import Lane
from puente.console import load_channels, load_settings, open_database
from puente.house import make_lanes
from storage.broadcasts import Disposition
from storage.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from admin.approvals.desk import Outcome
    from bot.invitees import Listed
    from puente.settings import Settings
    from storage.broadcasts import BroadcastRecord

WHO = click.option("--who", default="puente", help="Your e-mail, for the audit.")
ID = click.argument("broadcast_id", metavar="ID", type=click.UUID)
MOST_SHOWN = 50
ASK_WHO = (
    "No se envió nada: son tantos que otra persona tiene que aprobarlo. Diga con --who el "
    "correo de su propia cuenta, para que no lo apruebe usted."
)
ASKED = "Todavía no sale nada: falta que otra persona lo apruebe, en tres días como mucho, en"


@click.group()
def invite() -> None:
    """Invite the people on a list; nothing goes out before `start`."""


@invite.command()
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--channel", required=True, help="An SMS channel of channels.yaml.")
@click.option("--text", default="", help="What is sent; one SMS, with a keyword and BAJA.")
@click.option("--price", type=click.FloatRange(min=0), default=0.0, help="Quetzales a segment.")
@click.option("--budget", type=click.FloatRange(min=0), help="Quetzales in all; needs --price.")
@click.option("--skip-bad", is_flag=True, help="Leave out the rows that are wrong.")
@WHO
def add(  # noqa: PLR0913 - the options of a command
    slug: str,
    file: Path,
    *,
    channel: str,
    text: str,
    price: float,
    budget: float | None,
    skip_bad: bool,
    who: str,
) -> None:
    """Read FILE (CSV or .xlsx, a column «telefono») as the list for consultation SLUG."""
    from puente.channels import is_for_invitations  # noqa: PLC0415 - most commands need none

    settings = load_settings()
    found = load_channels(settings).get(channel)
    if found is None or not is_for_invitations(found):
        raise click.ClickException(f"{channel!r} no es un canal de SMS que pueda enviar.")
    try:
        listed = read_list(read_rows(file.read_bytes(), file.name))
    except UnreadableListError as error:
        raise click.ClickException(str(error)) from None
    _show(listed)
    if listed.mistakes and not skip_bad:
        raise click.ClickException("No se guardó nada; corrija la lista o use --skip-bad.")
    wanted = Wanted(channel, text, round(price * THOUSAND), _read_budget(budget))
    with _open_desk(settings) as desk:
        new, counts = desk.prepare(slug, wanted, listed.numbers, who)
    click.echo(f"{new.id}\nTexto: {new.text}")
    _show_counts({Disposition("invitee", state): number for state, number in counts.items()})
    click.echo(f"Está en prueba: puente invite try {new.id} NÚMERO, después puente invite start")


@invite.command("list")
def list_() -> None:
    """List the broadcasts, the newest first."""
    with open_database(load_settings()) as database, database.reading() as unit:
        for one in unit.broadcasts.list():
            waiting = unit.broadcasts.count_waiting(one.id)
            click.echo(f"{one.id}\t{STATES[one.state]}\t{one.channel}\t{waiting} por escribir")


@invite.command()
@ID
def show(broadcast_id: UUID) -> None:
    """Show how everybody on the list stands, and what it will still take."""
    settings = load_settings()
    with _open_desk(settings) as desk:
        one = desk.find(broadcast_id)
        standing = desk.look(one)
    why = f" ({WHY[one.why]})" if one.why else ""
    click.echo(f"{STATES[one.state]}{why} · {one.channel} · {one.text}")
    _show_counts(standing.counts, one.state)
    click.echo(f"Gastado: {say_money(standing.spent)}")
    click.echo(_say_estimate(settings, one, standing.waiting))


@invite.command("try")
@ID
@click.argument("numbers", nargs=-1, required=True)
@WHO
def try_(broadcast_id: UUID, numbers: tuple[str, ...], who: str) -> None:
    """Send the text to a few NUMBERS of your own, by day, and count none of them."""
    with _open_desk(load_settings()) as desk:
        for place, state in enumerate(desk.try_on(desk.find(broadcast_id), numbers, who), 1):
            told = "sale" if state == "waiting" else name_disposition("invitee", state)
            click.echo(f"{place}: {told}")


@invite.command()
@ID
@click.option("--confirm", type=int, help="The number of messages, instead of being asked.")
@WHO
def start(broadcast_id: UUID, *, confirm: int | None, who: str) -> None:
    """Begin to send, once you have typed how many messages it will be."""
    settings = load_settings()
    with _open_sending(settings) as sending:
        one = sending.desk.find(broadcast_id)
        waiting = sending.desk.look(one).waiting
        sending.desk.check(one, waiting)
        click.echo(f"Texto: {one.text}")
        click.echo(_say_estimate(settings, one, waiting))
        ask = f"Saldrán {waiting} mensajes. Escriba ese número para empezar"
        typed = click.prompt(ask, type=int) if confirm is None else confirm
        _tell(settings, sending.start(one, typed, who))


@invite.command()
@ID
@WHO
def pause(broadcast_id: UUID, who: str) -> None:
    """Stop for now; what stands in the outbox (half a minute's worth) still goes."""
    with _open_desk(load_settings()) as desk:
        desk.pause(desk.find(broadcast_id), who)
    click.echo("En pausa.")


@invite.command()
@ID
@click.option("--budget", type=click.FloatRange(min=0), help="Quetzales it may cost from now on.")
@WHO
def resume(broadcast_id: UUID, *, budget: float | None, who: str) -> None:
    """Go on after a pause; where losses were the reason, they count anew."""
    settings = load_settings()
    with _open_sending(settings) as sending:
        one = sending.desk.find(broadcast_id)
        _tell(settings, sending.resume(one, _read_budget(budget), who))


@invite.command()
@ID
@WHO
def cancel(broadcast_id: UUID, who: str) -> None:
    """Write to nobody else, for good, and forget their numbers."""
    with _open_desk(load_settings()) as desk:
        desk.cancel(desk.find(broadcast_id), who)
    click.echo("Cancelada.")


@contextmanager
def _open_desk(settings: Settings) -> Iterator[BroadcastDesk]:
    with _open_sending(settings) as sending:
        yield sending.desk


@contextmanager
def _open_sending(settings: Settings) -> Iterator[Sending]:
    """Open the desk and what sends; end the command with the sentence of what is refused."""
    clock, asks = settings.clock, settings.asks_second_person
    with open_database(settings) as database:
        approvals = ApprovalDesk(database, clock, new_id, ACTS, asks=asks)
        try:
            yield Sending(database, clock, approvals)
        except RefusedError as error:
            raise click.ClickException(str(error)) from None
        except UnknownAskerError:
            raise click.ClickException(ASK_WHO) from None


def _tell(settings: Settings, outcome: Outcome) -> None:
    """Say that it runs, or where somebody else has to agree before."""
    if outcome.request_id is None:
        click.echo("En marcha.")
    else:
        click.echo(f"{ASKED}\n{settings.public_url}/admin/por-aprobar/{outcome.request_id}")


def _read_budget(quetzales: float | None) -> int | None:
    return None if quetzales is None else round(quetzales * THOUSAND)


def _say_estimate(settings: Settings, one: BroadcastRecord, waiting: int) -> str:
    lane = make_lanes(settings).get(one.channel, Lane())
    found = estimate(one, waiting, lane, settings.timezone, settings.clock())
    return say_estimate(found, one.budget)


def _show(listed: Listed) -> None:
    for title, mistakes in (("Errores", listed.mistakes), ("Repetidos", listed.repeated)):
        if mistakes:
            click.echo(f"{title}: {len(mistakes)}\nfila\tcolumna\tqué")
        for one in mistakes[:MOST_SHOWN]:
            click.echo(f"{one.row}\t{one.column}\t{one.what}")


def _show_counts(counts: Mapping[Disposition, int], state: str = "") -> None:
    named = count_by_name(counts, state)
    for name, number in named.items():
        click.echo(f"  {name}: {number}")
    click.echo(f"  total: {sum(named.values())}")
