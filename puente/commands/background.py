"""`puente worker` and `puente scheduler`: what happens without anybody waiting."""

from __future__ import annotations

import signal

import click

from puente.console import load_settings
from puente.logs import configure_logs
from puente.metrics import share_metrics


@click.command()
def worker() -> None:
    """Send what stands in the outbox."""
    _prepare()


@click.command()
def scheduler() -> None:
    """Do what comes due."""
    _prepare()


def _prepare() -> None:
    settings = load_settings()
    configure_logs()
    share_metrics(settings.data)
    signal.pause()
