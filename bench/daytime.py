"""A worker that sends a broadcast, whatever the time is here, to a provider 50 ms away."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bench.house import open_store
from bench.outbox import open_gateway
from tests.support.phones import TWILIO_TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.house import Store

NOON = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
"""A Monday in Guatemala: a broadcast goes out by day alone."""
AWAY_SECONDS = 0.05
CHANNEL = "sms"


@contextmanager
def open_daytime(folder: Path, rate: int = 0, **environ: str) -> Iterator[tuple[Store, Path]]:
    """Give a store with one channel at noon, and the log of what its provider was told."""
    log = folder / "told"
    minutes = round((NOON - datetime.now(UTC)).total_seconds() / 60)
    with open_gateway(str(AWAY_SECONDS), str(log)) as port:
        pace = f", rate: {rate}" if rate else ""
        channels = f"""
channels:
  {CHANNEL}: {{kind: twilio-sms, account_sid: AC{"0" * 32}, auth_token: {TWILIO_TOKEN},
        sender: "+50222220000", api_url: "http://127.0.0.1:{port}"{pace}}}
"""
        with open_store(
            folder,
            channels,
            PUENTE_ENV="development",
            PUENTE_CLOCK_OFFSET=f"{minutes}m",
            **environ,
        ) as store:
            yield store, log


def read_told(log: Path) -> list[tuple[float, str]]:
    """Give when whom the provider was told to write to."""
    lines = log.read_text("utf-8").split("\n")[:-1]
    return [(float(at), to) for at, _, to in (line.partition(" ") for line in lines)]
