"""`puente invite`: write to the people on a list, after a trial and by a number said aloud."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.addresses import normalise
from bot.invitees import Listed, Mistake, read_list
from puente.commands.invite_words import (
    STATES,
    WHY,
    name_disposition,
    say_estimate,
    say_money,
    write_text,
)
from puente.console import load_channels, load_settings, open_database
from puente.house import make_flows
from storage.broadcasts import BroadcastRecord
from storage.ids import new_id
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from puente.settings import Settings
    from storage.database import Database
    from storage.unit import Unit

WHO = click.option("--who", default="puente", help="Your e-mail, for the audit.")
ID = click.argument("broadcast_id", metavar="ID", type=click.UUID)
THOUSAND = 1000
MOST_TRIED = 5
MOST_SHOWN = 50

NO_PRICE = (
    "Un presupuesto sin precio no limita nada: diga también --price, lo que cuesta un segmento."
)
NO_PRICE_KEPT = (
    "Esta invitación no tiene precio, así que un presupuesto no la limitaría. "
    "Cancélela y prepárela otra vez con --price y --budget."
)


@click.group()
def invite() -> None:
    """Invite the people on a list; nothing goes out before `start`."""


@invite.command()
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--channel", required=True, help="An SMS channel of channels.yaml.")
@click.option("--text", default="", help="What is sent; one SMS, with a keyword and BAJA.")
@click.option("--price", type=click.FloatRange(min=0), default=0.0, help="Quetzales a segment.")
@click.option("--budget", type=click.FloatRange(min=0), help="Quetzales it may cost.")
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
    settings = load_settings()
    found = load_channels(settings).get(channel)
    if found is None or found.form != "sms" or not found.can_send:
        raise click.ClickException(f"{channel!r} no es un canal de SMS que pueda enviar.")
    if budget is not None and not price:
        raise click.ClickException(NO_PRICE)
    listed = read_list(_read_rows(file))
    _show(listed)
    if listed.mistakes and not skip_bad:
        raise click.ClickException("No se guardó nada; corrija la lista o use --skip-bad.")
    if not listed.numbers:
        raise click.ClickException("La lista no tiene ningún número.")
    now = settings.clock()
    with open_database(settings) as database:
        consultation_id, said, segments = _write(database, slug, text)
        new = BroadcastRecord(
            id=new_id(now),
            consultation_id=consultation_id,
            channel=channel,
            text=said,
            segments=segments,
            price=round(price * THOUSAND),
            budget=None if budget is None else round(budget * THOUSAND),
            state="trial",
            why="",
            who=who,
            created_at=now,
            watched_at=now,
        )
        with database.unit() as unit:
            counts = unit.broadcasts.add(new, listed.numbers)
            details: dict[str, str | int] = {
                "consultation": slug,
                "broadcast": str(new.id),
                "persons": sum(counts.values()),
            }
            unit.audit.add(AuditAction.BROADCAST_ADDED, now, who, details)
    click.echo(f"{new.id}\nTexto: {said}")
    _show_counts({("invitee", state): number for state, number in counts.items()})
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
    with open_database(settings) as database, database.reading() as unit:
        one = _find(unit, broadcast_id)
        counts = unit.broadcasts.count_dispositions(broadcast_id)
        results = unit.broadcasts.count_results(one)
        waiting = unit.broadcasts.count_waiting(broadcast_id)
    why = f" ({WHY[one.why]})" if one.why else ""
    click.echo(f"{STATES[one.state]}{why} · {one.channel} · {one.text}")
    _show_counts({(each.about, each.what): number for each, number in counts.items()}, one.state)
    click.echo(f"Gastado: {say_money(results.total * one.cost)}")
    click.echo(say_estimate(settings, one, waiting, settings.clock()))


@invite.command("try")
@ID
@click.argument("numbers", nargs=-1, required=True)
def try_(broadcast_id: UUID, numbers: tuple[str, ...]) -> None:
    """Send the text to a few NUMBERS of your own, by day, and count none of them."""
    if len(numbers) > MOST_TRIED:
        raise click.ClickException(f"Para probar bastan {MOST_TRIED} números.")
    settings = load_settings()
    read = [normalise(number) for number in numbers]
    if None in read:
        raise click.ClickException("Uno de ellos no es un número de teléfono.")
    with open_database(settings) as database, database.unit() as unit:
        one = _find(unit, broadcast_id)
        for place, number in enumerate(read, 1):
            state = unit.broadcasts.try_on(one, str(number), settings.clock())
            told = "sale" if state == "waiting" else name_disposition("invitee", state)
            click.echo(f"{place}: {told}")


@invite.command()
@ID
@click.option("--confirm", type=int, help="The number of messages, instead of being asked.")
@WHO
def start(broadcast_id: UUID, *, confirm: int | None, who: str) -> None:
    """Begin to send, once you have typed how many messages it will be."""
    settings = load_settings()
    now = settings.clock()
    with open_database(settings) as database:
        with database.reading() as unit:
            one = _find(unit, broadcast_id)
            waiting = unit.broadcasts.count_waiting(broadcast_id)
        if one.state != "trial":
            raise click.ClickException(f"Ya está {STATES[one.state]}.")
        click.echo(f"Texto: {one.text}")
        click.echo(say_estimate(settings, one, waiting, now))
        ask = f"Saldrán {waiting} mensajes. Escriba ese número para empezar"
        if (click.prompt(ask, type=int) if confirm is None else confirm) != waiting:
            raise click.ClickException(f"No se envió nada: son {waiting} mensajes.")
        _set_state(database, settings, one, "running", who, only_from=("trial",))
    click.echo("En marcha.")


@invite.command()
@ID
@WHO
def pause(broadcast_id: UUID, who: str) -> None:
    """Stop for now; what stands in the outbox (half a minute's worth) still goes."""
    _change(broadcast_id, ("running",), "paused", who)


@invite.command()
@ID
@click.option("--budget", type=click.FloatRange(min=0), help="Quetzales it may cost from now on.")
@WHO
def resume(broadcast_id: UUID, *, budget: float | None, who: str) -> None:
    """Go on after a pause; where losses were the reason, they count anew."""
    _change(broadcast_id, ("paused",), "running", who, budget=budget)


@invite.command()
@ID
@WHO
def cancel(broadcast_id: UUID, who: str) -> None:
    """Write to nobody else, for good, and forget their numbers."""
    _change(broadcast_id, ("trial", "running", "paused"), "cancelled", who)


def _change(
    broadcast_id: UUID,
    states: tuple[str, ...],
    state: str,
    who: str,
    *,
    budget: float | None = None,
) -> None:
    settings = load_settings()
    with open_database(settings) as database:
        with database.reading() as unit:
            one = _find(unit, broadcast_id)
        if budget is not None and not one.cost:
            raise click.ClickException(NO_PRICE_KEPT)
        _set_state(database, settings, one, state, who, only_from=states, budget=budget)
    click.echo(f"{STATES[state].capitalize()}.")


def _set_state(  # noqa: PLR0913 - who does what to which, and from where
    database: Database,
    settings: Settings,
    one: BroadcastRecord,
    state: str,
    who: str,
    *,
    only_from: tuple[str, ...],
    budget: float | None = None,
) -> None:
    """Change a state in one unit, or say in which one it is."""
    now = settings.clock()
    why = "staff" if state == "paused" else ""
    with database.unit() as unit:
        if unit.broadcasts.set_state(one.id, state, now, why, only_from=only_from):
            if budget is not None:
                unit.broadcasts.set_budget(one.id, round(budget * THOUSAND))
            details = {"broadcast": str(one.id), "state": state}
            unit.audit.add(AuditAction.BROADCAST_CHANGED, now, who, details)
            return
        found = _find(unit, one.id)
    raise click.ClickException(f"Está {STATES[found.state]}.")


def _find(unit: Unit, broadcast_id: UUID) -> BroadcastRecord:
    found = unit.broadcasts.find(broadcast_id)
    if found is None:
        raise click.ClickException("No hay ninguna invitación con ese número; vea: invite list")
    return found


def _write(database: Database, slug: str, text: str) -> tuple[UUID, str, int]:
    with database.reading() as unit:
        found = unit.consultations.find(slug)
        if found is None or found.revision_id is None:
            raise click.ClickException(f"No hay ninguna consulta publicada {slug!r}.")
        edition = unit.consultations.get_revision(found.revision_id).edition
    script = make_flows(database).find(found.revision_id, edition).script
    try:
        return found.id, *write_text(script, text)
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def _read_rows(file: Path) -> Sequence[Sequence[str]]:
    raw = file.read_bytes()
    if file.suffix.lower() == ".xlsx":
        from puente.workbooks import BrokenWorkbookError, read_workbook  # noqa: PLC0415 - openpyxl

        try:
            return read_workbook(raw)[0].rows
        except BrokenWorkbookError:
            raise click.ClickException(
                f"{file} no es un libro de Excel de hasta 3000 filas."
            ) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def _show(listed: Listed) -> None:
    for title, mistakes in (("Errores", listed.mistakes), ("Repetidos", listed.repeated)):
        if mistakes:
            click.echo(f"{title}: {len(mistakes)}\nfila\tcolumna\tqué")
        for one in mistakes[:MOST_SHOWN]:
            click.echo(_line(one))


def _line(one: Mistake) -> str:
    return f"{one.row}\t{one.column}\t{one.what}"


def _show_counts(counts: dict[tuple[str, str], int], state: str = "") -> None:
    named: dict[str, int] = {}
    for (about, what), number in counts.items():
        name = name_disposition(about, what, state)
        named[name] = named.get(name, 0) + number
    for name, number in sorted(named.items()):
        click.echo(f"  {name}: {number}")
    click.echo(f"  total: {sum(named.values())}")
