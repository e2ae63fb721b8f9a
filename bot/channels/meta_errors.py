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
_FORM = Meaning("Meta no acepta la forma del mensaje.")

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
    "100": _FORM,
    "131009": _FORM,
    "368": Meaning("Meta bloqueó la cuenta de WhatsApp por ahora: avise."),
    "131031": Meaning("Meta bloqueó la cuenta de WhatsApp: avise."),
    "130497": Meaning("La cuenta de WhatsApp no puede escribir a ese país."),
    "131016": Meaning("WhatsApp no puede atender ahora.", retryable=True),
    "131026": Meaning("WhatsApp no puede entregar a esa persona."),
    "131047": Meaning("Pasaron 24 horas desde su último mensaje: WhatsApp exige una plantilla."),
    "131049": Meaning("WhatsApp limita los mensajes que esa persona recibe por ahora."),
    "131050": Meaning("Esa persona no quiere recibir mensajes nuestros.", opted_out=True),
    "131008": _FORM,
    "131042": Meaning("A la cuenta de WhatsApp le falta una forma de pago: avise."),
    "131045": Meaning("Nuestro número de WhatsApp no está bien registrado en Meta: avise."),
    "131051": Meaning("WhatsApp no admite ese tipo de mensaje."),
    "131053": Meaning("Meta no pudo traer la grabación desde PUENTE_PUBLIC_URL."),
    "131057": Meaning("La cuenta de WhatsApp está en mantenimiento.", retryable=True),
    "132000": Meaning("La plantilla de WhatsApp no tiene exactamente una variable."),
    "132001": Meaning("La plantilla no existe en español, o Meta no la ha aprobado."),
    "132005": Meaning("Con nuestro texto la plantilla de WhatsApp es demasiado larga."),
    "132007": Meaning("El texto no cumple las reglas de WhatsApp para plantillas."),
    "132012": Meaning("La variable de la plantilla de WhatsApp no es de texto."),
    "132015": Meaning("WhatsApp puso la plantilla en pausa por mala calidad: avise."),
    "132016": Meaning("WhatsApp retiró la plantilla por mala calidad: haga otra."),
    "133010": Meaning("Nuestro número no está registrado en la API de WhatsApp: avise."),
    "131062": Meaning("A esa persona, sin número, no se le puede enviar este mensaje."),
}


def send_error(code: str, status: int) -> SendError:
    """Make the error for a refused message from Meta's code and the HTTP status."""
    return explain("Meta", MEANINGS, code, status)
