"""`puente audit`: whether what the audit says is still what was written."""

from __future__ import annotations

import re

import click

from puente.console import load_settings
from puente.house import make_database
from storage.audited import check_chain

ANCHOR = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


@click.group()
def audit() -> None:
    """Check what was written down about who did what."""


@audit.command()
@click.option("--anchor", help="NUMBER:HASH as an earlier run printed it, kept elsewhere.")
def verify(anchor: str | None) -> None:
    """Look whether anybody changed, dropped or inserted an event; exit 1 if so.

    Keep the line it prints away from the database: with it as --anchor, a later run also finds
    a chain that was written anew from some event on.
    """
    found = ANCHOR.fullmatch(anchor or "")
    if anchor and not found:
        raise click.ClickException("An anchor is NUMBER:HASH, the hash 64 hexadecimal digits.")
    kept = (int(found[1]), bytes.fromhex(found[2])) if found else None
    database = make_database(load_settings())
    try:
        with database.reading() as unit:
            check = check_chain(unit.audit.sealed(), kept)
            is_waiting = unit.audit.has_unsealed()
    finally:
        database.close()
    if check.broken_at is not None:
        raise click.ClickException(
            f"event {check.broken_at} is missing, or does not say what it said;"
            f" {check.sealed} before it do"
        )
    if not check.is_anchored:
        raise click.ClickException("the anchor does not stand where it should")
    click.echo(f"{check.sealed}:{check.last.hex()}")
    if is_waiting:
        click.echo("Some events are not sealed yet: the scheduler does it each second.", err=True)
