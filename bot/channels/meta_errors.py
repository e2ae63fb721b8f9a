"""What Meta's error codes mean for us, as data.

developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.meanings import Meaning, explain

if TYPE_CHECKING:
    from bot.channels.base import SendError

_TOKEN = Meaning("Meta no acepta access_token: renuévelo.", retryable=True)
_SLOWER = Meaning("WhatsApp pide enviar más despacio.", retryable=True)

MEANINGS: dict[str, Meaning] = {
    "0": _TOKEN,
    "190": _TOKEN,
    "3": Meaning("A la aplicación de Meta le falta un permiso.", retryable=True),
    "10": Meaning("A la aplicación de Meta le falta un permiso.", retryable=True),
    "4": _SLOWER,
    "80007": _SLOWER,
    "130429": _SLOWER,
    "131048": _SLOWER,
    "131056": _SLOWER,
    "33": Meaning("Meta no conoce phone_number_id: revíselo."),
    "100": Meaning("Meta no acepta la forma del mensaje."),
    "131009": Meaning("Meta no acepta la forma del mensaje."),
    "368": Meaning("Meta bloqueó la cuenta de WhatsApp por ahora: avise."),
    "131031": Meaning("Meta bloqueó la cuenta de WhatsApp: avise."),
    "130497": Meaning("La cuenta de WhatsApp no puede escribir a ese país."),
    "131016": Meaning("WhatsApp no puede atender ahora.", retryable=True),
    "131026": Meaning("WhatsApp no puede entregar a esa persona."),
    "131047": Meaning("Pasaron 24 horas desde su último mensaje: WhatsApp exige una plantilla."),
    "131049": Meaning("WhatsApp limita los mensajes que esa persona recibe por ahora."),
    "131050": Meaning("Esa persona no quiere recibir mensajes nuestros.", opted_out=True),
    "131062": Meaning("A esa persona, sin número, no se le puede enviar este mensaje."),
}


def send_error(code: str, status: int) -> SendError:
    """Make the error for a refused message from Meta's code and the HTTP status."""
    return explain("Meta", MEANINGS, code, status)
