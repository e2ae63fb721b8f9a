"""A consultation by Meta's Cloud API: in by the webhook, out by the outbox, receipts back."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

import pytest

from puente.channels import make_channels
from puente.house import make_delivery
from puente.settings import read_settings
from tests.bot.channels.tables.meta_whatsapp import NUMBER_ID, post
from tests.support.canaries import CANARY_SECRET
from tests.support.fake_meta import ACCESS_TOKEN, FakeMeta
from tests.support.house import House, open_house

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CITIZEN = "50255550166"
OPAQUE = "GT.13491208655302741918"
PROPOSAL = "Más señal: así ya no pagarán"


class Phone:
    """A phone with WhatsApp, between the webhook and what Meta was told to send."""

    def __init__(self, house: House, meta: FakeMeta) -> None:
        self._house = house
        self._meta = meta
        channels = make_channels(house.settings.channels)
        self._delivery = make_delivery(house.settings, house.database, channels)
        self._count = 0

    def message(self, text: str, **more: object) -> dict[str, object]:
        self._count += 1
        return {
            "from": CITIZEN,
            "id": f"wamid.in{self._count}",
            "type": "text",
            "text": {"body": text},
            **more,
        }

    def post(self, value: dict[str, object]) -> None:
        body = json.dumps(post(value)).encode()
        made = hmac.new(CANARY_SECRET.encode(), body, hashlib.sha256).hexdigest()
        signature = f"sha256={made}"
        answer = self._house.post("wa/inbound", body, {"X-Hub-Signature-256": signature})
        assert answer.status == 200

    def send(self, text: str, **more: object) -> dict[str, Any]:
        """Send a text, twice over in one request and once more in another."""
        message = self.message(text, **more)
        before = len(self._meta.messages)
        self.post({"messages": [message, message]})
        self.post({"messages": [message]})
        assert self._delivery.drain("wa") == len(self._meta.messages) - before
        return self._meta.messages[-1]


@pytest.fixture
def house(tmp_path: Path, database_url: str, fake_meta: FakeMeta) -> Iterator[House]:
    (tmp_path / "channels.yaml").write_text(
        f"""
channels:
  wa: {{kind: meta-whatsapp, phone_number_id: "{NUMBER_ID}", api_url: "{fake_meta.url}",
       app_secret: {CANARY_SECRET}, access_token: {ACCESS_TOKEN}, verify_token: word}}
""",
        encoding="utf-8",
    )
    environ = {"DATABASE_URL": database_url, "PUENTE_PUBLIC_URL": "https://puente.example.org"}
    with open_house(read_settings(environ, tmp_path)) as house:
        yield house


@pytest.mark.parametrize("sender", [{}, {"from": OPAQUE, "from_user_id": OPAQUE}])
def test_a_consultation_is_tapped_through_into_the_tables(
    house: House, fake_meta: FakeMeta, sender: dict[str, object]
) -> None:
    phone = Phone(house, fake_meta)
    asked = phone.send("CONSULTA", **sender)
    assert asked.get("recipient", asked.get("to")) == (OPAQUE if sender else CITIZEN)

    for text in ["1", "1", "1", "2", "1 3", "2", PROPOSAL, "Nebaj", "1", "3"]:
        asked = phone.send(text, **sender)

    assert asked["text"]["body"].startswith("Gracias por participar")
    kinds = {message.get("interactive", {}).get("type", "text") for message in fake_meta.messages}
    assert kinds == {"button", "list", "text"}
    [wide] = house.table("wide")
    assert wide["p5"] == PROPOSAL
    assert (house.count("contact"), house.count("session")) == (1, 1)


def test_receipts_find_their_message_and_one_of_nobody_changes_nothing(
    house: House, fake_meta: FakeMeta
) -> None:
    phone = Phone(house, fake_meta)
    phone.send("CONSULTA")

    for id_, status in (("wamid.1", "read"), ("wamid.1", "sent"), ("wamid.none", "failed")):
        phone.post({"statuses": [{"id": id_, "status": status, "recipient_id": CITIZEN}]})

    assert house.count("outbox", "state = 'read'") == house.count("outbox") == 1


def test_who_left_by_whatsapp_itself_is_silenced(house: House, fake_meta: FakeMeta) -> None:
    phone = Phone(house, fake_meta)
    phone.send("CONSULTA")

    errors = [{"code": 131050}]
    phone.post({"statuses": [{"id": "wamid.1", "status": "failed", "errors": errors}]})
    phone.post({"messages": [phone.message("1")]})

    assert house.count("contact", "stopped_at IS NOT NULL") == 1
    assert house.count("outbox") == 1
