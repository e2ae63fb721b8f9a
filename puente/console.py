"""What the commands share: settings, or a clear list of what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from puente.secret_files import make_private_folder
from puente.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.channels.base import Channel


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


def _explain(error: SettingsError) -> click.ClickException:
    lines = ["Puente cannot start with these settings:", *error.problems]
    return click.ClickException("\n  ".join(lines))
