"""One message from the webhook to the provider, in logs, figures and the doctor's words.

Real processes, as on one machine: who dials is answered by `web`, and has her receipt by `worker`.
"""

from __future__ import annotations

import json
import urllib.request
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner
from prometheus_client.parser import text_string_to_metric_families

from puente.commands import main
from tests.support.canaries import CANARY_DIGITS, CANARY_PHONE, CANARY_TEXT
from tests.support.fake_twilio import ACCOUNT_SID, AUTH_TOKEN, SENDER
from tests.support.phones import PROPOSAL, TYPED, USSD_TOKEN, Answer, UssdPhone
from tests.support.processes import PuenteRun
from tests.support.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pytest

    from tests.support.fake_twilio import FakeTwilio

CHANNELS = f"""
channels:
  ussd: {{{{kind: ussd-africastalking, service_code: "*384*7#", token: {USSD_TOKEN}}}}}
  sms: {{{{kind: twilio-sms, account_sid: {ACCOUNT_SID}, auth_token: {AUTH_TOKEN},
        sender: "{SENDER}", api_url: "{{url}}", price: 0.25}}}}
"""
SECRETLY = tuple(CANARY_TEXT if typed == PROPOSAL else typed for typed in TYPED)


def test_one_message_can_be_followed_and_the_house_tells_how_it_is(
    tmp_path: Path, fake_twilio: FakeTwilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "channels.yaml").write_text(CHANNELS.format(url=fake_twilio.url))
    run_here("db", "upgrade")
    run_here("flows", "publish", "plan-digital", "--allow-drafts")
    assert "aviso     no hay ningún proceso en marcha: arranque puente up" in doctor()

    with PuenteRun(tmp_path, "up") as run:
        url = run.wait_for_line("Puente: ")

        def post(path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
            request = urllib.request.Request(f"{url}channels/{path}", body, dict(headers))  # noqa: S310 - our own server
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
                return Answer(response.status, response.read().decode())

        phone = UssdPhone(post, CANARY_PHONE)
        phone.dial()
        for typed in SECRETLY:
            phone.send(typed)
        phone.repeat()
        wait_for(lambda: find(run, "message_sent"), "the receipt to be sent")
        wait_for(lambda: "puente scheduler está en marcha" in doctor(), "all to give a sign")

        *_, last, repeated = [
            line
            for line in read(run)
            if line["event"].startswith("message_") and line["channel"] == "ussd"
        ]
        [sent] = find(run, "message_sent")
        assert (sent["id"], sent["channel"], sent["kind"]) == (last["id"], "sms", "receipt")
        assert (repeated["event"], repeated["replies"]) == ("message_repeated", 1)
        assert repeated["id"] != last["id"], "each delivery has its own"
        assert not any(word in run.output() for word in (CANARY_DIGITS, CANARY_TEXT, AUTH_TOKEN))

        found = figures(url)
        assert found["puente_inbound_total", "ussd", "taken"] == len(TYPED) + 1
        assert found["puente_inbound_total", "ussd", "repeated"] == 1
        assert found["puente_sends_total", "sms", "receipt", "sent"] == 1
        assert found["puente_cost_quetzales_total", "sms", "es"] > 0
        assert found["puente_reply_seconds_count", "ussd"] == len(TYPED) + 2
        processes = {key[2] for key in found if key[0] == "puente_heartbeat_age_seconds"}
        assert processes == {"web", "worker", "scheduler"}
        assert 'puente_sends_total{channel="sms",kind="receipt",outcome="sent"} 1.0' in run_here(
            "metrics"
        )
        told = doctor()
        assert "bien      puente web está en marcha (1): " in told
        assert "bien      puente worker está en marcha (1): " in told
        assert "problema" not in told
    assert "problema  puente worker no está en marcha: no sale lo que no va en" in doctor()


def run_here(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.output


def doctor() -> str:
    return CliRunner().invoke(main, ["doctor"]).output


def read(run: PuenteRun) -> list[dict[str, Any]]:
    lines = run.output().splitlines()
    return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]


def find(run: PuenteRun, event: str) -> list[dict[str, Any]]:
    return [line for line in read(run) if line["event"] == event]


def figures(url: str) -> dict[tuple[str, ...], float]:
    """Give what /metrics says, by name and labels."""
    with urllib.request.urlopen(f"{url}metrics", timeout=30) as response:  # noqa: S310 - our own
        text = response.read().decode()
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
