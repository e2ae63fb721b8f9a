"""What staff read of a message that did not go out."""

from __future__ import annotations

import pytest

from bot.channels.meta_errors import MEANINGS
from bot.failures import say_why


@pytest.mark.parametrize(
    ("kind", "code", "said"),
    [
        ("meta-whatsapp", "100", MEANINGS["100"].sentence),
        ("twilio-sms", "30005", "El operador no conoce ese número."),
        ("twilio-whatsapp", "63016", "Pasaron 24 horas desde su último mensaje: WhatsApp exige"),
        ("kannel", "no_connection", "No hubo conexión con el proveedor."),
        ("kannel", "100", "El proveedor dio el código 100."),  # an operator's own, not Meta's
        ("", "30005", "El proveedor dio el código 30005."),
        ("kannel", "", ""),
    ],
)
def test_a_code_is_said_in_the_words_of_its_provider(kind: str, code: str, said: str) -> None:
    assert say_why(kind, code).startswith(said)
    assert bool(say_why(kind, code)) is bool(code)
