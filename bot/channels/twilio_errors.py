"""What Twilio's error codes mean for us, as data: twilio.com/docs/api/errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.meanings import Meaning, explain

if TYPE_CHECKING:
    from bot.channels.base import SendError

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
    "30001": Meaning("La cola de Twilio está llena.", retryable=True),
    "30002": Meaning("Twilio suspendió la cuenta: avise."),
    "30003": Meaning("El teléfono está apagado o sin señal.", retryable=True),
    "30004": Meaning("El operador o la persona bloqueó el mensaje."),
    "30005": Meaning("El operador no conoce ese número."),
    "30006": Meaning("El número es fijo o no recibe SMS."),
    "30007": Meaning("El operador lo tomó por spam: detenga el envío y avise."),
    "30008": Meaning("El operador no dijo por qué falló.", retryable=True),
    "30036": Meaning("El mensaje venció antes de que el teléfono lo recibiera."),
    "63001": Meaning("WhatsApp no acepta la cuenta de Twilio: avise."),
    "63003": Meaning("WhatsApp no puede entregar a ese número."),
    "63005": Meaning("WhatsApp no aceptó el contenido del mensaje."),
    "63007": Meaning("sender no es un número de WhatsApp de esta cuenta de Twilio: revíselo."),
    "63010": Meaning("WhatsApp falló por dentro.", retryable=True),
    "63012": Meaning("WhatsApp falló por dentro.", retryable=True),
    "63013": Meaning("El mensaje no cumple las reglas de WhatsApp."),
    "63015": Meaning("Ese teléfono no se unió a la zona de pruebas de WhatsApp de Twilio."),
    "63016": Meaning("Pasaron 24 horas desde su último mensaje: WhatsApp exige una plantilla."),
    "63018": Meaning("WhatsApp pide enviar más despacio.", retryable=True),
    "63019": Meaning("Twilio no pudo traer la grabación desde PUENTE_PUBLIC_URL."),
    "63020": Meaning("La cuenta de WhatsApp tiene un problema en Meta: avise."),
    "63021": Meaning("WhatsApp no admite ese contenido, o es demasiado largo."),
    "63024": Meaning("Ese número no tiene WhatsApp."),
    "63027": Meaning("La plantilla de WhatsApp no existe en ese idioma, o no está aprobada."),
    "63028": Meaning("La plantilla de WhatsApp no tiene exactamente una variable."),
    "63032": Meaning("WhatsApp no permite escribir a esa persona por ahora."),
    "63033": Meaning("Esa persona bloqueó nuestro número de WhatsApp."),
    "63049": Meaning("WhatsApp limita los mensajes que esa persona recibe por ahora."),
}


def send_error(code: str, status: int) -> SendError:
    """Make the error for a refused message from Twilio's code and the HTTP status."""
    return explain("Twilio", MEANINGS, code, status)
