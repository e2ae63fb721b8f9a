"""`puente demo`, which is `make run`: everything, with a consultation already answered."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import click

from puente.commands.up import run_everything
from puente.console import explaining_database, load_settings
from puente.supervisor import PuenteProcess


@click.group(invoke_without_command=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="PORT or 8000 by default; the next free one if taken.",
)
@click.pass_context
def demo(context: click.Context, host: str, port: int | None) -> None:
    """Serve everything, with simulated citizens who have answered."""
    if context.invoked_subcommand is not None:
        return
    settings = load_settings()
    if settings.is_production:
        raise click.ClickException("A demonstration is for development: PUENTE_ENV says production")
    # Processes of their own, so that what they need is given back before serving begins.
    prepared = subprocess.run([sys.executable, "-m", "puente", "demo", "prepare"], check=False)
    if prepared.returncode:
        raise click.ClickException("The demonstration could not be prepared.")

    def invite(url: str) -> None:
        click.echo(f"Teléfonos: {url}simulator/")
        PuenteProcess("visitors", ["demo", "visit", url], os.environ).start()

    quiet = replace(settings, log_level="warning")  # a newcomer looks for two addresses
    run_everything(quiet, host, port, invite, is_migrated=True)


@demo.command(hidden=True)
def prepare() -> None:
    """Publish the consultations that come with Puente, and let a demo user in."""
    from puente.demonstration import prepare as run  # noqa: PLC0415 - `demo` need not wait for it

    with explaining_database():
        run(load_settings())


@demo.command(hidden=True)
@click.argument("url")
def visit(url: str) -> None:
    """Let the simulated citizens answer at URL, and say what there is to see."""
    from puente.demonstration import visit as run  # noqa: PLC0415 - as above

    with explaining_database():
        run(load_settings(), url)
