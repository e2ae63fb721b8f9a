"""`puente doctor`: what is missing or wrong, in sentences for the person who sets Puente up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from puente.settings import SettingsError, read_settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.channels.diagnosis import Finding
    from puente.settings import Settings

SIGNS = {
    "ok": click.style("bien    ", fg="green"),
    "warning": click.style("aviso   ", fg="yellow"),
    "problem": click.style("problema", fg="red"),
}


@click.command()
@click.option("--channel", metavar="NAME", help="Look at one channel, and ask its provider.")
def doctor(channel: str | None) -> None:
    """Say what is missing or wrong; exit 1 where something is."""
    try:
        settings = read_settings()
        findings = list(_look(settings, channel))
    except SettingsError as error:
        for problem in error.problems:
            click.echo(f"{SIGNS['problem']}  {problem}")
        raise click.exceptions.Exit(1) from None
    for finding in findings:
        when = finding.at.astimezone(settings.timezone) if finding.at else None
        suffix = f" ({when:%Y-%m-%d %H:%M})" if when else ""
        click.echo(f"{SIGNS[finding.level]}  {finding.sentence}{suffix}")
    if any(finding.level == "problem" for finding in findings):
        raise click.exceptions.Exit(1)


def _look(settings: Settings, channel: str | None) -> Iterable[Finding]:
    # Imported here: `--help` need not wait for the whole house.
    from puente.checkup import CHECKS, check_channel  # noqa: PLC0415

    if channel is None:
        return [finding for check in CHECKS for finding in check(settings)]
    found = check_channel(settings, channel)
    if found is None:
        known = ", ".join(entry.name for entry in settings.channels) or "ninguno"
        raise click.ClickException(f"no hay un canal {channel!r}; hay: {known}")
    return found
