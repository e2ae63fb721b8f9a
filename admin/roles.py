"""Who on the staff may do what: the one table that code, docs and pages share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _

from admin.tables.tiers import Tier

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask_babel.speaklater import LazyString


class Permission(StrEnum):
    """One thing a member of the staff may do."""

    SEE_FIGURES = "figures:see"
    READ_ANSWERS = "answers:read"
    SEE_NUMBERS = "numbers:see"
    REVIEW = "proposals:review"
    TRANSLATE = "translations:write"
    APPROVE_TRANSLATIONS = "translations:approve"
    WRITE_SCRIPTS = "scripts:write"
    RECORD_VOICES = "voices:record"
    OPEN_AND_CLOSE = "consultations:open"
    APPROVE = "requests:approve"
    TYPE_ANSWERS = "answers:type"
    CODE_VOICE = "voice:code"
    REFER = "messages:refer"
    MANAGE_LEADERS = "leaders:manage"
    INVITE = "invitations:send"
    MANAGE_CONTACTS = "contacts:manage"
    READ_AUDIT = "audit:read"
    MANAGE_STAFF = "staff:manage"
    EXPORT_PUBLIC = "export:publico"
    EXPORT_GROUP = "export:grupo"
    EXPORT_TEAM = "export:equipo"


PERMISSION_WORDS: dict[Permission, LazyString] = {
    Permission.SEE_FIGURES: _("ver las cifras"),
    Permission.READ_ANSWERS: _("leer las respuestas"),
    Permission.SEE_NUMBERS: _("ver números de teléfono"),
    Permission.REVIEW: _("decidir cómo quedan las propuestas"),
    Permission.TRANSLATE: _("subir traducciones"),
    Permission.APPROVE_TRANSLATIONS: _("aprobar traducciones"),
    Permission.WRITE_SCRIPTS: _("publicar el guion de las consultas"),
    Permission.RECORD_VOICES: _("grabar los textos en voz alta"),
    Permission.OPEN_AND_CLOSE: _("abrir y cerrar consultas"),
    Permission.APPROVE: _("aprobar lo que pidió otra persona, si también puede hacerlo"),
    Permission.TYPE_ANSWERS: _("capturar hojas y llamadas"),
    Permission.CODE_VOICE: _("escuchar notas de voz y anotar lo que dicen"),
    Permission.REFER: _("leer mensajes fuera de la consulta y canalizarlos"),
    Permission.MANAGE_LEADERS: _("dar códigos a líderes"),
    Permission.INVITE: _("invitar a las personas de una lista"),
    Permission.MANAGE_CONTACTS: _("buscar un número y borrar sus datos"),
    Permission.READ_AUDIT: _("leer la bitácora"),
    Permission.MANAGE_STAFF: _("dar y quitar acceso al personal"),
    Permission.EXPORT_PUBLIC: _("descargar lo que puede publicarse"),
    Permission.EXPORT_GROUP: _("descargar para el grupo de trabajo"),
    Permission.EXPORT_TEAM: _("descargar todo"),
}
"""What pages call each."""


@dataclass(frozen=True, slots=True)
class Role:
    """A bundle of permissions.

    Attributes:
        label: what pages call it.
        purpose: one sentence on whom it is for.
    """

    label: LazyString
    purpose: LazyString
    permissions: frozenset[Permission]


_SEES = frozenset({Permission.SEE_FIGURES, Permission.EXPORT_PUBLIC})
_EXPORTS = _SEES | {
    Permission.READ_ANSWERS,
    Permission.EXPORT_GROUP,
    Permission.EXPORT_TEAM,
}

ROLES: dict[str, Role] = {
    "observador": Role(
        _("Observador"), _("Sigue la consulta y descarga lo que puede publicarse."), _SEES
    ),
    "exportador": Role(
        _("Exportador"), _("Lee las respuestas y las descarga para analizarlas."), _EXPORTS
    ),
    "operador": Role(
        _("Operador"),
        _("Escribe las consultas y las pone en marcha."),
        _SEES
        | {
            Permission.TRANSLATE,
            Permission.WRITE_SCRIPTS,
            Permission.RECORD_VOICES,
            Permission.OPEN_AND_CLOSE,
            Permission.APPROVE,
            Permission.TYPE_ANSWERS,
            Permission.MANAGE_LEADERS,
            Permission.INVITE,
        },
    ),
    "traductor": Role(
        _("Traductor"),
        _("Traduce los textos, los lee en voz alta y escucha las notas de voz en su idioma."),
        _SEES | {Permission.TRANSLATE, Permission.CODE_VOICE, Permission.RECORD_VOICES},
    ),
    "revisor": Role(
        _("Revisor"),
        _("Lee las propuestas y dice cómo queda cada una; aprueba traducciones."),
        _SEES
        | {
            Permission.READ_ANSWERS,
            Permission.TYPE_ANSWERS,
            Permission.CODE_VOICE,
            Permission.REFER,
            Permission.REVIEW,
            Permission.APPROVE_TRANSLATIONS,
            Permission.EXPORT_GROUP,
        },
    ),
    "administrador": Role(
        _("Administrador"),
        _("Hace todo lo anterior, ve los números de teléfono y da acceso a otras personas."),
        frozenset(Permission),
    ),
}
"""Roles by the name that `puente users add --role` and the database use."""

TIER_PERMISSIONS: dict[Tier, Permission] = {
    Tier.TEAM: Permission.EXPORT_TEAM,
    Tier.GROUP: Permission.EXPORT_GROUP,
    Tier.PUBLIC: Permission.EXPORT_PUBLIC,
}
"""What it takes to export a tier; the one that shows most stands first."""


def permissions_of(roles: Iterable[str]) -> frozenset[Permission]:
    """Join the permissions of some roles; a name that is no role gives none."""
    return frozenset().union(*(ROLES[name].permissions for name in roles if name in ROLES))


def tiers_of(permissions: Iterable[Permission]) -> tuple[Tier, ...]:
    """Give the tiers somebody may export, the one that shows most first."""
    held = set(permissions)
    return tuple(tier for tier, needed in TIER_PERMISSIONS.items() if needed in held)
