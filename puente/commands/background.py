"""`puente worker` and `puente scheduler`: what happens without anybody waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from puente.console import load_channels, load_settings
from puente.logs import configure_logs
from puente.metrics import share_metrics
from puente.valkey import ValkeyServer

if TYPE_CHECKING:
    from puente.settings import Settings


def _prepare() -> Settings:
    settings = load_settings()
    configure_logs(settings.log_level)
    share_metrics(settings.data)
    return settings


@click.command()
def worker() -> None:
    """Send what stands in the outbox, and make large files."""
    settings = _prepare()
    from bot.worker import run_worker  # noqa: PLC0415 - `--help` need not wait for rq
    from puente.heartbeat import start_beating  # noqa: PLC0415
    from puente.house import make_database, make_delivery, make_file_maker  # noqa: PLC0415

    channels = load_channels(settings)
    # Under `puente up` the supervisor owns the embedded server, and start() does nothing.
    server = ValkeyServer(settings.data / "valkey") if settings.is_redis_embedded else None
    if server is not None:
        server.start()
    database = make_database(settings)
    end_heartbeat = start_beating(database, "worker", settings.clock)
    try:
        delivery = make_delivery(settings, database, channels)
        run_worker(delivery, settings.redis_url, make_file_maker(settings, database))
    finally:
        end_heartbeat()
        database.close()
        if server is not None:
            server.stop()


@click.command()
def scheduler() -> None:
    """Do what comes due."""
    settings = _prepare()
    from admin.consulted import ConsultedReader  # noqa: PLC0415 - as above
    from admin.rollups import Figurer  # noqa: PLC0415
    from bot.chores import make_chores  # noqa: PLC0415
    from bot.endings import make_endings  # noqa: PLC0415
    from bot.ledger import NAME, Ledger  # noqa: PLC0415
    from bot.retention import make_retention  # noqa: PLC0415
    from bot.scheduler import run_scheduler  # noqa: PLC0415
    from puente.heartbeat import start_beating  # noqa: PLC0415
    from puente.house import (  # noqa: PLC0415
        make_database,
        make_fetcher,
        make_inviter,
        make_reminders,
    )

    channels = load_channels(settings)
    database = make_database(settings)
    end_heartbeat = start_beating(database, "scheduler", settings.clock)
    try:
        fetcher = make_fetcher(settings, database, channels)
        reminders = make_reminders(settings, database, channels)
        chores = (
            *make_chores(database),
            *make_endings(database),
            *Ledger(database, settings.data / NAME).chores,
            *make_retention(database, settings.timezone),
            Figurer(database, ConsultedReader(database)).chore,
            *fetcher.chores,
            *reminders.chores,
            *make_inviter(settings, database).chores,
        )
        run_scheduler(chores, settings.clock)
    finally:
        end_heartbeat()
        database.close()
