"""What the commands share: settings, or a clear list of what is wrong with them."""

from __future__ import annotations

import click

from puente.secret_files import make_private_folder
from puente.settings import Settings, SettingsError, read_settings


def load_settings() -> Settings:
    """Read the settings; end the command with one line for each problem.

    The data folder is there afterwards, closed to other users of this machine.
    """
    try:
        settings = read_settings()
        make_private_folder(settings.data)
    except SettingsError as error:
        lines = ["Puente cannot start with these settings:", *error.problems]
        raise click.ClickException("\n  ".join(lines)) from None
    except OSError as error:
        raise click.ClickException(f"PUENTE_DATA cannot be used: {error.strerror}") from None
    return settings
