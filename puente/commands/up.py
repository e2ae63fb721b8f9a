"""`puente up`: the whole house on one machine, in one command."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import click

from puente.checkup import say_where_to_enter
from puente.console import load_channels, load_settings
from puente.logs import configure_logs
from puente.metrics import share_metrics
from puente.serving import find_free_port
from puente.supervisor import PuenteProcess, Supervisor
from puente.valkey import ValkeyServer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from puente.settings import Settings
    from puente.supervisor import Child

ANY_HOST = {"0.0.0.0", "::", ""}  # noqa: S104 - what `--host` may say, not a default


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="PORT or 8000 by default; the next free one if taken.",
)
def up(host: str, port: int | None) -> None:
    """Serve everything: web, admin, worker, scheduler, and what they need."""
    run_everything(load_settings(), host, port)


def run_everything(
    settings: Settings,
    host: str,
    port: int | None,
    when_ready: Callable[[str], None] = lambda _url: None,
    *,
    is_migrated: bool = False,
) -> None:
    """Migrate, start all processes and keep them alive until SIGTERM or SIGINT.

    Args:
        settings: of this machine.
        host: where to serve.
        port: the wanted port; the next free one is taken.
        when_ready: called once with the address, when messages are taken; must not wait.
        is_migrated: whether the database has just been migrated.
    """
    load_channels(settings)  # what is wrong with them is told here, not by each process
    configure_logs(settings.log_level)
    share_metrics(settings.data)
    port = _choose_port(host, settings.port if port is None else port)
    environ = os.environ | {"PORT": str(port), "PUENTE_LOG": settings.log_level}
    if not is_migrated:
        _migrate(environ)
    children: list[Child] = []
    if settings.is_redis_embedded:
        children.append(ValkeyServer(settings.data / "valkey"))
    serve = ["everything", "--host", host, "--port", str(port)]
    for name, arguments in (("web", serve), ("worker", ["worker"]), ("scheduler", ["scheduler"])):
        children.append(PuenteProcess(name, arguments, environ))
    Supervisor(children).run(_Announcement(settings, host, port, when_ready))


def _choose_port(host: str, wanted: int) -> int:
    try:
        port = find_free_port(host, wanted)
    except OSError as error:
        raise click.ClickException(f"{host}:{wanted} cannot be served: {error.strerror}") from None
    if port != wanted:
        click.echo(f"{host}:{wanted} is taken; taking {port}")
    return port


def _migrate(environ: Mapping[str, str]) -> None:
    """Migrate in a process of its own, so that what it needs is given back."""
    command = [sys.executable, "-m", "puente", "db", "upgrade"]
    if subprocess.run(command, env=environ, check=False).returncode:  # noqa: S603 - our own
        raise click.ClickException("The database could not be prepared.")


class _Announcement:
    """Says once where Puente is, when it takes messages."""

    def __init__(
        self, settings: Settings, host: str, port: int, when_ready: Callable[[str], None]
    ) -> None:
        self._settings = settings
        self._host = "127.0.0.1" if host in ANY_HOST else host
        self._port = port
        self._when_ready = when_ready
        self._is_made = False

    def __call__(self) -> None:
        if self._is_made or not self._is_ready():
            return
        self._is_made = True
        url = f"http://{self._host}:{self._port}/"
        click.echo(f"Puente: {url}")
        if self._settings.is_https:
            click.echo(say_where_to_enter(self._settings.public_url))
        self._when_ready(url)

    def _is_ready(self) -> bool:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=2)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            connection.close()
