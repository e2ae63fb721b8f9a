import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.letters import read_letter, write_letter
from bot.messages import Address, Inbound, Media, SessionEvent

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
EARLIER = NOW - timedelta(minutes=1)

PLAIN = Inbound("sms", "sms", Address("tel", "+50255550101"), "Señal 🙂\n", "SM1")
FULL = Inbound(
    channel="ussd",
    form="ussd",
    address=Address("wa", "GT.1234"),
    text="1*2",
    claim="ATUid_1:1*2",
    session=SessionEvent.RESUME,
    dialog="ATUid_1",
    path=True,
    media=(Media("audio/ogg", "https://example.org/1"),),
    provider_id="SM1",
    sent_at=EARLIER,
    at=EARLIER,
    id=UUID(int=7),
)


@pytest.mark.parametrize("inbound", [PLAIN, FULL])
def test_a_message_comes_back_as_it_was_with_its_times(inbound: Inbound) -> None:
    back = read_letter(write_letter(inbound, NOW), LATER)

    own = inbound.at or NOW
    assert (back.at, back.sent_at, back.replayed_at) == (own, inbound.sent_at or own, LATER)
    for name in ("channel", "form", "address", "text", "claim", "session", "dialog", "path"):
        assert getattr(back, name) == getattr(inbound, name), name
    assert (back.media, back.provider_id) == (inbound.media, inbound.provider_id)
    assert back.id == inbound.id


def test_what_the_provider_wants_echoed_is_not_kept() -> None:
    echoed = Inbound("ussd", "ussd", PLAIN.address, "", "c1", echo=(("ClientState", object()),))
    assert read_letter(write_letter(echoed, NOW), LATER).echo == ()


def test_a_letter_of_a_release_that_named_no_message_is_read() -> None:
    kept = json.loads(write_letter(FULL, NOW))
    del kept["id"]
    assert read_letter(json.dumps(kept), LATER).id is None
