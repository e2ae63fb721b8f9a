"""Why a message did not go out or arrive: a sentence for staff, from the code kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels import meta_errors, twilio_errors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.channels.meanings import Meaning

_PROVIDERS: Mapping[str, Mapping[str, Meaning]] = {
    "meta-whatsapp": meta_errors.MEANINGS,
    "twilio-sms": twilio_errors.MEANINGS,
    "twilio-whatsapp": twilio_errors.MEANINGS,
}

_OURS: Mapping[str, str] = {
    "cancelled": "El teléfono lo sacó de su cola antes de enviarlo.",
    "cannot_send": "Por USSD no se puede escribir a nadie.",
    "expired": "Pasó el tiempo en que servía enviarlo.",
    "lease": "El proceso que lo enviaba se detuvo: no se sabe si salió.",
    "no_answer": "El proveedor no contestó: no se sabe si lo tomó.",
    "no_connection": "No hubo conexión con el proveedor.",
    "no_number": "De esta persona no se conoce el número de teléfono.",
    "no_sender": "Al canal le falta en channels.yaml de dónde escribe.",
    "no_template": "Pasaron 24 horas desde su último mensaje y falta una plantilla para este.",
    "voice_too_late": "Pasaron 24 horas: WhatsApp ya no toma una grabación.",
    "RESULT_ERROR_GENERIC_FAILURE": "El teléfono no pudo enviarlo: revise su saldo.",
    "RESULT_ERROR_LIMIT_EXCEEDED": "El teléfono ya envió demasiados: espere o baje el paso.",
    "RESULT_ERROR_NO_SERVICE": "El teléfono no tenía señal.",
    "RESULT_ERROR_RADIO_OFF": "El teléfono estaba en modo avión.",
}


def say_why(kind: str, code: str) -> str:
    """Say what a code means.

    Args:
        kind: of the channel whose provider gave it; empty for one that is no longer there.
        code: the provider's or ours, or empty.

    Returns:
        A Spanish sentence, which names a code that nobody has explained; empty for no code.
    """
    if not code:
        return ""
    meaning = _PROVIDERS.get(kind, {}).get(code)
    return meaning.sentence if meaning else _OURS.get(code, f"El proveedor dio el código {code}.")
