"""What the commands share: settings, scripts, the database, or a sentence on what is wrong."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from puente.bundled import UnknownScriptError, find_flow, read_source
from puente.secret_files import make_private_folder
from puente.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.channels.base import Channel
    from flows.catalogues.entries import Catalogue
    from flows.flow import Flow
    from storage.database import Database


def load_settings() -> Settings:
    """Read the settings; end the command with one line for each problem.

    The data folder is there afterwards, closed to other users of this machine.
    """
    try:
        settings = read_settings()
        make_private_folder(settings.data)
    except SettingsError as error:
        raise _explain(error) from None
    except OSError as error:
        raise click.ClickException(f"PUENTE_DATA cannot be used: {error.strerror}") from None
    return settings


def load_channels(settings: Settings) -> Mapping[str, Channel]:
    """Make the channels; end the command with one line for each that cannot be made."""
    from puente.channels import make_channels  # noqa: PLC0415 - most commands need no channel

    try:
        return make_channels(settings.channels)
    except SettingsError as error:
        raise _explain(error) from None


def load_source(path: str) -> tuple[bytes, str]:
    """Read a script and what to call it; end the command where there is none."""
    try:
        return read_source(path)
    except UnknownScriptError as error:
        raise click.ClickException(str(error)) from None


def load_catalogues(path: str) -> Mapping[str, Catalogue]:
    """Read the translations beside a script; end the command where one cannot be read."""
    from puente.translations import read_catalogues  # noqa: PLC0415 - most commands need none

    try:
        return read_catalogues(path)
    except UnknownScriptError as error:
        raise click.ClickException(str(error)) from None


def load_flow(path: str) -> Flow:
    """Make a script ready to run; end the command where it is not there or has mistakes."""
    try:
        return find_flow(path)
    except UnknownScriptError as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def explaining_database() -> Iterator[None]:
    """End the command with a sentence where the database cannot be used."""
    from sqlalchemy.exc import ArgumentError, OperationalError  # noqa: PLC0415 - as above

    from storage.errors import DatabaseAwayError, EncodingError  # noqa: PLC0415

    try:
        yield
    except OperationalError as error:
        raise click.ClickException(f"The database cannot be used: {error.orig}") from None
    except ArgumentError:  # whose words quote the address, with a password in it
        raise click.ClickException(
            "That is no database's address: write postgresql://… or sqlite:///…"
        ) from None
    except (DatabaseAwayError, EncodingError) as error:
        raise click.ClickException(f"The database cannot be used: {error}") from None


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """Open the database; end the command where it is away or has not been migrated."""
    from puente.house import make_database  # noqa: PLC0415 - as above
    from storage.migrate import is_current  # noqa: PLC0415

    database = make_database(settings)
    try:
        with explaining_database():
            if not is_current(database.engine):
                raise click.ClickException("The database is not migrated; run: puente db upgrade")
            yield database
    finally:
        database.close()


def _explain(error: SettingsError) -> click.ClickException:
    lines = ["Puente cannot start with these settings:", *error.problems]
    return click.ClickException("\n  ".join(lines))
