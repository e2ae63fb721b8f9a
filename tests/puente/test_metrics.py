"""What a Prometheus reads: what all processes of a host counted, and how the house stands."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.meters import COST, INBOUND, SEGMENTS, SENDS
from puente.channels import make_channels
from puente.gauges import HouseGauges
from puente.house import make_delivery, make_gauges, make_spool
from puente.metrics import collect_metrics
from storage.errors import DatabaseAwayError
from storage.repositories.heartbeats import Beat
from tests.support.fake_twilio import ACCOUNT_SID, AUTH_TOKEN
from tests.support.house import open_house, set_up
from tests.support.phones import TYPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from prometheus_client import Counter, Metric

    from tests.support.fake_twilio import FakeTwilio
    from tests.support.house import House

Samples = dict[str, dict[tuple[str, ...], float]]

PROGRAM = """
import sys
from pathlib import Path
from puente.metrics import collect_metrics, share_metrics

class Nothing:
    def collect(self):
        return ()

data = Path(sys.argv[1])
share_metrics(data)
import prometheus_client
prometheus_client.Counter("puente_test_turns", "Turns.", ["channel"]).labels("sms").inc(2)
print("ready", flush=True)
sys.stdin.readline()
print(collect_metrics(data, Nothing())[0].decode())
"""


def read(metrics: Iterable[Metric]) -> Samples:
    """Give metric -> label values -> value."""
    found: Samples = {}
    for family in metrics:
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return found


def value(counter: Counter, *labels: str) -> float:
    count: float = counter.labels(*labels)._value.get()  # noqa: SLF001 - it has no other reader
    return count


@pytest.fixture
def house(tmp_path: Path, database_url: str) -> Iterator[House]:
    with open_house(set_up(tmp_path, database_url)) as house:
        yield house


def test_what_processes_of_one_host_counted_is_added_up_and_those_gone_are_left_out(
    tmp_path: Path,
) -> None:
    inherited = {name: kept for name, kept in os.environ.items() if "PROMETHEUS" not in name}
    gone = tmp_path / "metrics" / "999999999"
    gone.mkdir(parents=True)
    (gone / "counter_1.db").write_bytes(b"not to be read")
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(tmp_path)],
            env=inherited,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for run in runs:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
    told = runs[0].communicate("go on\n", timeout=30)[0]
    runs[1].communicate("go on\n", timeout=30)
    assert read(text_string_to_metric_families(told))["puente_test_turns_total"] == {("sms",): 4.0}


def test_messages_are_counted_by_what_became_of_them_and_what_they_cost(house: House) -> None:
    taken, repeated = (value(INBOUND, "twilio-sms", one) for one in ("taken", "repeated"))
    segments, cost = value(SEGMENTS, "twilio-sms", "es"), value(COST, "twilio-sms", "es")
    phone = house.phone("twilio-sms")
    said = phone.send("CONSULTA")
    phone.repeat()
    assert value(INBOUND, "twilio-sms", "taken") == taken + 1
    assert value(INBOUND, "twilio-sms", "repeated") == repeated + 1, "a duplicate avoided"
    went_out = value(SEGMENTS, "twilio-sms", "es") - segments
    assert went_out == sum(1 if len(text) <= 160 else 2 for text in said.texts)
    assert value(COST, "twilio-sms", "es") == cost, "nobody has said what a segment costs"


def test_what_the_worker_sends_is_counted_at_its_price(
    tmp_path: Path, database_url: str, fake_twilio: FakeTwilio
) -> None:
    settings = set_up(tmp_path, database_url)
    twilio = {"account_sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN, "api_url": fake_twilio.url}
    priced = tuple(
        replace(one, price=0.25, options={**one.options, **twilio})
        if one.name == "twilio-sms"
        else one
        for one in settings.channels
    )
    settings = replace(settings, channels=priced)
    with open_house(settings) as house:
        sent, cost = value(SENDS, "twilio-sms", "receipt", "sent"), value(COST, "twilio-sms", "es")
        segments = value(SEGMENTS, "twilio-sms", "es")
        phone = house.phone("ussd-africastalking")
        phone.dial()
        for typed in TYPED:
            phone.send(typed)

        found = read(make_gauges(settings, house.database).collect())
        assert found["puente_outbox_waiting"] == {("twilio-sms", "receipt"): 1.0}
        assert found["puente_outbox_oldest_seconds"]["twilio-sms", "receipt"] >= 0
        make_delivery(settings, house.database, make_channels(priced)).drain("twilio-sms")
        assert "puente_outbox_waiting" not in read(make_gauges(settings, house.database).collect())

    assert value(SENDS, "twilio-sms", "receipt", "sent") == sent + 1
    went_out = value(SEGMENTS, "twilio-sms", "es") - segments
    assert went_out > 0
    assert value(COST, "twilio-sms", "es") - cost == pytest.approx(went_out * 0.25)


def test_how_the_house_stands(house: House) -> None:
    now = house.settings.clock()
    spool = make_spool(house.settings)
    spool.keep("tel:+50255550101", "hola")
    spool.set_aside("tel:+50255550102", "hola")
    with house.database.unit() as unit:
        for pid, seconds in ((7, 300), (8, 3)):
            seen_at = now - timedelta(seconds=seconds)
            unit.heartbeats.beat(Beat("anfitrion", "worker", pid, now, seen_at))
        unit.sending.stop(now, "ana@example.org")
    gauges = HouseGauges(house.database, spool, house.settings.data, lambda: now)
    found = read(gauges.collect())
    assert found["puente_spool_senders"] == found["puente_spool_set_aside"] == {(): 1.0}
    assert found["puente_heartbeat_age_seconds"] == {("worker", "anfitrion"): 3.0}
    assert found["puente_database_up"] == found["puente_sending_stopped"] == {(): 1.0}
    assert found["puente_disk_free_bytes"][()] > 0


def test_with_the_database_away_the_rest_is_told(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_find: object) -> None:
        raise DatabaseAwayError("away")

    monkeypatch.setattr(house.database, "read", fail)
    text, _ = collect_metrics(house.settings.data, make_gauges(house.settings, house.database))
    found = read(text_string_to_metric_families(text.decode()))
    assert found["puente_database_up"] == {(): 0.0}
    assert found["puente_spool_senders"] == {(): 0.0}
    assert "puente_outbox_waiting" not in found
