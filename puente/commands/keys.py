"""`puente keys`: put a new key in the place of an old one, while everything runs."""

from __future__ import annotations

import base64
import os
from functools import partial
from typing import TYPE_CHECKING

import click

from puente.console import load_settings, open_database
from storage.sealing import KEY_BYTES, KeysError, PhoneKeys, Sealer, SealError

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.database import Database
    from storage.rekeying import Rekeying, Sealed

    Step = Callable[[Rekeying, tuple[object, ...] | None], tuple[tuple[object, ...] | None, int]]


@click.group()
def keys() -> None:
    """Change the key in PUENTE_PHONE_KEYS."""


@keys.command()
@click.argument("name")
def new(name: str) -> None:
    """Make a key called NAME, to be added to PUENTE_PHONE_KEYS."""
    made = f"{name}:{base64.b64encode(os.urandom(KEY_BYTES)).decode()}"
    try:
        PhoneKeys.parse(made)
    except KeysError:
        raise click.ClickException(
            "El nombre de una llave es de 1 a 32 letras sin tilde, números, - o _."
        ) from None
    click.echo(made)


@keys.command()
def rotate() -> None:
    """Hash every number under all keys, and seal with the first what another one sealed.

    To be run once with the new key behind the old one, and again with it in front.
    """
    from storage.files import MediaFiles  # noqa: PLC0415 - `--help` need not wait
    from storage.rekeying import SEALED  # noqa: PLC0415

    settings = load_settings()
    first = settings.phone_keys.keys[0][0]
    files = MediaFiles(settings.data / "media", Sealer(settings.phone_keys))
    try:
        with open_database(settings) as database:
            hashed = _walk(database, lambda unit, after: unit.hash_addresses(after))
            sealed = sum(_walk(database, partial(_seal, one)) for one in SEALED)
            with database.reading() as unit:
                suppressed = unit.rekeying.count_suppressed()
        sealed += files.seal_anew()
    except SealError as error:
        raise click.ClickException(f"Falta una llave: {error}") from None
    click.echo(f"Huellas nuevas de números: {hashed}")
    click.echo(f"Cifrado otra vez con {first}: {sealed}")
    for key_id, count in suppressed.items():
        if key_id != first:
            click.echo(f"{key_id} hace falta todavía: {count} números borrados se conocen por ella")


def _seal(
    one: Sealed, unit: Rekeying, after: tuple[object, ...] | None
) -> tuple[tuple[object, ...] | None, int]:
    return unit.seal(one, after)


def _walk(database: Database, step: Step) -> int:
    total = 0
    after: tuple[object, ...] | None = None
    while True:
        with database.unit() as unit:
            after, count = step(unit.rekeying, after)
        total += count
        if after is None:
            return total
