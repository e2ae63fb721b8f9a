"""`puente web` and `puente admin`: one process of the Procfile each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from puente.console import load_channels, load_settings
from puente.serving import is_free, serve

if TYPE_CHECKING:
    from puente.app import Side

_host = click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
_port = click.option(
    "--port", type=click.IntRange(1, 65535), help="Port to serve on; PORT or 8000 by default."
)


def _serve(side: Side, host: str, port: int | None) -> None:
    settings = load_settings()
    load_channels(settings)  # what is wrong with them is told here, not by each worker
    port = settings.port if port is None else port
    try:
        is_taken = not is_free(host, port)
    except OSError as error:
        raise click.ClickException(f"{host}:{port} cannot be served: {error.strerror}") from None
    if is_taken:
        raise click.ClickException(f"{host}:{port} is taken: choose another with --port")
    serve(settings, side, host, port)


@click.command()
@_host
@_port
def web(host: str, port: int | None) -> None:
    """Serve what providers and citizens call."""
    _serve("web", host, port)


@click.command()
@_host
@_port
def admin(host: str, port: int | None) -> None:
    """Serve the staff's pages."""
    _serve("admin", host, port)


@click.command(hidden=True)
@_host
@_port
def everything(host: str, port: int | None) -> None:
    """Serve both, as `puente up` does."""
    _serve("both", host, port)
