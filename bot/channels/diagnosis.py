"""What is missing or wrong with a channel, in sentences for the person who sets it up."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable
from urllib.parse import urlsplit

from bot.channels.base import SendError
from bot.channels.ussd_presets import PRESETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from bot.channels.base import Channel
    from bot.channels.settings import ChannelSettings
    from bot.refusals import Refusal

REASONS: Mapping[str, str] = {
    "signature_says_https": (
        "la firma no coincide: PUENTE_PUBLIC_URL dice http, Twilio firma https"
    ),
    "signature_says_http": "la firma no coincide: PUENTE_PUBLIC_URL dice https, Twilio firma http",
    "signature_says_other_host": (
        "la firma no coincide: Twilio llama a una dirección que no es PUENTE_PUBLIC_URL"
        " (¿cambió el túnel?)"
    ),
    "signature_mismatch": (
        "la firma no coincide: revise auth_token, y que la dirección puesta en Twilio sea"
        " exactamente la de aquí"
    ),
    "signature_missing": (
        "llegó una petición sin firma: no era de Twilio, o un intermediario le quitó la"
        " cabecera X-Twilio-Signature"
    ),
    "meta_signature_missing": (
        "llegó una petición sin firma: no era de Meta, o un intermediario le quitó la cabecera"
        " X-Hub-Signature-256"
    ),
    "meta_signature_mismatch": (
        "la firma no coincide: app_secret debe ser la clave secreta de la aplicación de Meta"
    ),
    "handshake_mismatch": (
        "Meta pregunta con otro verify_token: ponga el mismo en channels.yaml y en Meta"
    ),
    "smsgate_signature_missing": (
        "llegó una petición sin firma: no era del teléfono, o un intermediario le quitó la"
        " cabecera X-Signature"
    ),
    "smsgate_signature_mismatch": (
        "la firma no coincide: signing_key debe ser la de la aplicación (Ajustes, Webhooks)"
    ),
    "smsgate_clock_differs": (
        "el reloj del teléfono se aparta más de 5 minutos del nuestro: ponga la hora automática"
    ),
    "body_not_signed": "llegó una petición con un cuerpo que la firma no cubre",
    "token_missing": (
        "llegó una petición sin token: agregue ?token=… a la dirección que el proveedor llama"
    ),
    "token_mismatch": "el token que manda el proveedor no es el de channels.yaml",
    "field_missing": "llegó una petición sin los datos que este tipo de canal necesita",
    "not_a_form": "llegó una petición que no es un formulario: ¿es este el proveedor correcto?",
    "not_json": "llegó una petición que no es JSON: ¿es este el proveedor correcto?",
    "not_a_json_object": "llegó una petición que no es JSON: ¿es este el proveedor correcto?",
    "id_too_long": "llegó un mensaje con un nombre demasiado largo",
    "session_too_long": "llegó una sesión de USSD con un nombre demasiado largo",
    "too_many_fields": "llegó una petición con demasiados datos",
    "wrong_channel": (
        "un mensaje de WhatsApp llegó al canal de SMS: cambie la dirección en la consola de Twilio"
    ),
    "wrong_path": "el proveedor llama a una dirección que este tipo de canal no usa",
}

ANYBODY = frozenset(
    "signature_missing meta_signature_missing smsgate_signature_missing token_missing "
    "too_many_fields".split()
)
"""What a stranger brings about who knows nothing: of the provider it says as good as nothing."""

BESIDE_US = frozenset({"kannel", "kannel-ussd", "simulator"})
"""Kinds that a program of ours calls, which may well call a local address."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found out; `at` is when it happened, for what happened."""

    level: Literal["ok", "warning", "problem"]
    sentence: str
    at: datetime | None = None


@runtime_checkable
class HasAccount(Protocol):
    """A channel with an account that its provider can be asked about."""

    def find_account_status(self) -> str | None:
        """Give the provider's word for the account, or None where nobody can be asked.

        Raises:
            SendError: the provider refuses.
        """


def diagnose(
    channel: Channel,
    settings: ChannelSettings,
    refusals: Sequence[Refusal],
    accepted_at: datetime | None,
) -> list[Finding]:
    """Look at a channel from all sides, asking its provider where that is possible.

    Args:
        channel: as it was made.
        settings: what it was made of.
        refusals: see `bot.refusals.RefusalMemory.find`.
        accepted_at: when its provider's last request came in, or None; see `find_accepted`.
    """
    return [
        *_look_at_address(channel, settings),
        *_look_at_sending(channel),
        *_look_at_account(channel),
        *_look_at_requests(refusals, accepted_at),
    ]


def _look_at_address(channel: Channel, settings: ChannelSettings) -> Iterator[Finding]:
    url = urlsplit(settings.public_url)
    if not url.hostname:
        yield Finding("problem", "falta PUENTE_PUBLIC_URL: la dirección que el proveedor llama")
        return
    if channel.kind in BESIDE_US:
        pass
    elif _is_local(url.hostname):
        yield Finding(
            "problem",
            f"PUENTE_PUBLIC_URL es una dirección local ({url.hostname}): el proveedor no la"
            " alcanza; ponga la de su túnel o dominio",
        )
    elif url.scheme != "https":
        yield Finding(
            "warning", "PUENTE_PUBLIC_URL dice http: los mensajes viajan sin cifrar; use https"
        )
    method = " o ".join(sorted(channel.methods))
    address = f"{settings.public_url.rstrip('/')}/channels/{channel.name}"
    preset = PRESETS.get(channel.kind)
    if preset is None or not preset.session.startswith("path."):  # else it adds the rest itself
        address += "/inbound"
    yield Finding("ok", f"dirección para el proveedor: {address} ({method})")


def _is_local(host: str) -> bool:
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost" or "." not in host


def _look_at_sending(channel: Channel) -> Iterator[Finding]:
    if channel.form != "ussd" and not channel.can_send:
        yield Finding(
            "warning", "falta la clave sender: el canal contesta, pero no escribe primero"
        )


def _look_at_account(channel: Channel) -> Iterator[Finding]:
    if not isinstance(channel, HasAccount):
        return
    try:
        status = channel.find_account_status()
    except SendError as error:
        yield Finding("problem", error.sentence)
        return
    if status is None:
        return
    if status == "active":
        yield Finding("ok", "el proveedor acepta la cuenta y su clave")
    else:
        yield Finding("problem", f"el proveedor dice que la cuenta no está activa: {status}")


def _look_at_requests(
    refusals: Sequence[Refusal], accepted_at: datetime | None
) -> Iterator[Finding]:
    """Tell whether the provider has come through; what it has since got past is no problem."""
    if accepted_at is None:
        yield Finding("warning", "todavía no se ha aceptado ninguna petición del proveedor")
    else:
        yield Finding("ok", "la última petición aceptada del proveedor", accepted_at)
    if not refusals:
        yield Finding("ok", "ninguna petición fue rechazada")
    for refusal in refusals:
        is_past = accepted_at is not None and refusal.at <= accepted_at
        yield Finding(
            "warning" if is_past or refusal.reason in ANYBODY else "problem",
            REASONS.get(refusal.reason, refusal.reason),
            refusal.at,
        )
