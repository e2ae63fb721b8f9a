"""A whole conversation by USSD, as Africa's Talking passes it on: what is typed, joined by `*`."""

from __future__ import annotations

from urllib.parse import urlencode

from tests.support.phones import TYPED, USSD_TOKEN

CHANNELS = f"""
channels:
  ussd: {{kind: ussd-africastalking, service_code: "*384*7#", token: {USSD_TOKEN},
         tariff: citizen_pays}}
"""
SCREENS = len(TYPED) + 1


def make_screen(citizen: int, step: int) -> bytes:
    """Write the request for a screen: 0 dials, the others type one thing more."""
    fields = {
        "sessionId": f"ATUid_{citizen:032}",
        "serviceCode": "*384*7#",
        "phoneNumber": f"+502{30_000_000 + citizen}",
        "networkCode": "70401",
        "text": "*".join(TYPED[:step]),
    }
    body = urlencode(fields).encode()
    return (
        "POST /channels/ussd/inbound HTTP/1.1\r\nHost: puente.example.org\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"X-Puente-Token: {USSD_TOKEN}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def check_screen(step: int, screen: bytes) -> None:
    """Raise RuntimeError unless the conversation goes on, and ends with its last screen."""
    expected = b"END " if step == SCREENS - 1 else b"CON "
    if not screen.startswith(expected):
        raise RuntimeError(f"screen {step} of {SCREENS} begins with {screen[:4]!r}")
