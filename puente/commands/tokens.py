"""`puente tokens`: what other programs may read by the API."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from admin.api.tokens import PREFIX, Scope, hash_token
from puente.console import load_settings, open_database
from storage.api_tokens import ApiToken
from storage.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

TOKEN_BYTES = 32
LONGEST_NAME = 80
LONGEST_DAYS = 366
WHO = "puente tokens"


@click.group()
def tokens() -> None:
    """Let other programs read by the API."""


@tokens.command()
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    type=click.Choice([scope.value for scope in Scope]),
    multiple=True,
    required=True,
    help="What may be read; can be given several times.",
)
@click.option(
    "--days",
    type=click.IntRange(1, LONGEST_DAYS),
    default=90,
    show_default=True,
    help="How long.",
)
def add(name: str, scopes: Collection[str], days: int) -> None:
    """Make a token for NAME, a person or a program, and show it once."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise click.ClickException("El nombre lleva de 1 a 80 letras.")
    settings = load_settings()
    now = settings.clock()
    secret = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    until = now + timedelta(days=days)
    token = ApiToken(new_id(now), name, frozenset(scopes), now, until)
    with open_database(settings) as database, database.unit() as unit:
        unit.api_tokens.add(token, hash_token(secret), WHO)
    click.echo(f"{secret}")
    click.echo(
        f"Vale hasta el {until.astimezone(settings.timezone):%Y-%m-%d}. "
        "No se muestra otra vez: guárdelo ahora.",
        err=True,
    )


@tokens.command("list")
def list_() -> None:
    """List all tokens: id, whether it holds, until when, scopes, name."""
    settings = load_settings()
    now = settings.clock()
    with open_database(settings) as database, database.reading() as unit:
        found = unit.api_tokens.list()
    for one in found:
        state = "vale" if one.holds(now) else "revocado" if one.revoked_at else "vencido"
        until = one.expires_at.astimezone(settings.timezone)
        scopes = " ".join(sorted(one.scopes))
        click.echo(f"{one.id}\t{state}\t{until:%Y-%m-%d}\t{scopes}\t{one.name}")


@tokens.command()
@click.argument("token_id", type=click.UUID)
def revoke(token_id: UUID) -> None:
    """End the token TOKEN_ID (see: puente tokens list) at once."""
    settings = load_settings()
    with open_database(settings) as database, database.unit() as unit:
        is_ended = unit.api_tokens.revoke(token_id, settings.clock(), WHO)
    if not is_ended:
        raise click.ClickException(f"No hay ningún token vigente {token_id}.")
    click.echo("Revocado.")
