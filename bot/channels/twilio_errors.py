"""What Twilio's error codes mean for us, as data: twilio.com/docs/api/errors.

Twilio splits old codes into newer ones, so a code that is not here is judged by the HTTP
status alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.base import SendError


@dataclass(frozen=True, slots=True)
class Meaning:
    """What staff read of a code, and whether trying again later can help."""

    sentence: str
    retryable: bool = False
    opted_out: bool = False


MEANINGS: dict[str, Meaning] = {
    "14107": Meaning("Demasiadas respuestas seguidas al mismo número.", retryable=True),
    "20003": Meaning("Twilio no acepta account_sid o auth_token: revíselos.", retryable=True),
    "20429": Meaning("Twilio pide enviar más despacio.", retryable=True),
    "21211": Meaning("El número está mal escrito o no existe."),
    "21408": Meaning("La cuenta de Twilio no puede escribir a ese país: actívelo en la consola."),
    "21606": Meaning("El número que envía no pertenece a la cuenta de Twilio."),
    "21609": Meaning("Twilio no alcanza PUENTE_PUBLIC_URL: debe ser una dirección pública."),
    "21610": Meaning("Esta persona pidió a Twilio no recibir mensajes.", opted_out=True),
    "21611": Meaning("La cola de Twilio está llena.", retryable=True),
    "21612": Meaning("Twilio no puede llegar a ese número desde el nuestro."),
    "21614": Meaning("El número no es de un teléfono móvil."),
    "21617": Meaning("El texto pasa de 1600 letras."),
    "30003": Meaning("El teléfono está apagado o sin señal.", retryable=True),
    "30004": Meaning("El operador o la persona bloqueó el mensaje."),
    "30005": Meaning("El operador no conoce ese número."),
    "30006": Meaning("El número es fijo o no recibe SMS."),
    "30007": Meaning("El operador lo tomó por spam: detenga el envío y avise."),
    "30008": Meaning("El operador no dijo por qué falló.", retryable=True),
    "30036": Meaning("El mensaje venció antes de que el teléfono lo recibiera."),
    "63003": Meaning("WhatsApp no puede entregar a ese número."),
    "63015": Meaning("Ese teléfono no se unió a la zona de pruebas de WhatsApp de Twilio."),
    "63016": Meaning("Pasaron 24 horas desde su último mensaje: WhatsApp exige una plantilla."),
    "63018": Meaning("WhatsApp pide enviar más despacio.", retryable=True),
    "63024": Meaning("Ese número no tiene WhatsApp."),
    "63032": Meaning("WhatsApp no permite escribir a esa persona por ahora."),
    "63033": Meaning("Esa persona bloqueó nuestro número de WhatsApp."),
    "63049": Meaning("WhatsApp limita los mensajes que esa persona recibe por ahora."),
}

_TOO_MANY, _UNAVAILABLE, _SERVER_ERROR = 429, 503, 500


def send_error(code: str, status: int) -> SendError:
    """Make the error for a refused message from Twilio's code and the HTTP status."""
    meaning = MEANINGS.get(code)
    if meaning:
        return SendError(
            code,
            meaning.sentence,
            retryable=meaning.retryable,
            opted_out=meaning.opted_out,
        )
    if status in (_TOO_MANY, _UNAVAILABLE):
        return SendError(code, "Twilio no puede atender ahora.", retryable=True)
    if status >= _SERVER_ERROR:
        # It failed somewhere inside: perhaps after it took the message.
        return SendError(
            code, "Twilio falló y no se sabe si tomó el mensaje.", retryable=True, uncertain=True
        )
    return SendError(code, f"Twilio no aceptó el mensaje (código {code}).")
