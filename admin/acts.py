"""What can be done that somebody may want to check: the words staff read."""

from __future__ import annotations

from storage.vocabulary import AuditAction

ACTS: dict[AuditAction, str] = {
    AuditAction.DATA_ERASED: "Se borraron los datos de una persona",
    AuditAction.CONSULTATION_ADDED: "Se creó una consulta",
    AuditAction.CONSULTATION_OPENED: "Se abrió una consulta",
    AuditAction.CONSULTATION_CLOSED: "Se cerró una consulta",
    AuditAction.REVISION_PUBLISHED: "Se publicó una revisión",
    AuditAction.EDITION_PUBLISHED: "Se publicaron textos",
    AuditAction.VOICE_RECORDED: "Se subió una grabación de un texto",
    AuditAction.VOICE_REMOVED: "Se quitó una grabación de un texto",
    AuditAction.EXPORT_PREPARED: "Se preparó un archivo",
    AuditAction.EXPORT_TAKEN: "Se descargó una tabla",
    AuditAction.TOKEN_ADDED: "Se dio un token de la API",
    AuditAction.TOKEN_REVOKED: "Se revocó un token de la API",
    AuditAction.AUDIT_TAKEN: "Se descargó la bitácora",
    AuditAction.BROADCAST_ADDED: "Se preparó una invitación",
    AuditAction.BROADCAST_CHANGED: "Cambió una invitación",
    AuditAction.BROADCAST_TRIED: "Se probó una invitación",
    AuditAction.LEADER_ADDED: "Se agregó a un líder o una lideresa",
    AuditAction.LEADER_LIMITED: "Se cambió a cuántas personas asiste un líder o una lideresa",
    AuditAction.LEADER_REVOKED: "Se retiró el código de un líder o una lideresa",
    AuditAction.CONTACTS_LINKED: "Alguien unió su WhatsApp y su número con un código",
    AuditAction.CONTACTS_PARTED: "Se separaron un WhatsApp y un número",
    AuditAction.APPROVAL_ASKED: "Se pidió la aprobación de una segunda persona",
    AuditAction.APPROVAL_GIVEN: "Una segunda persona aprobó, y se hizo",
    AuditAction.APPROVAL_REFUSED: "Una segunda persona no aprobó",
    AuditAction.APPROVAL_WITHDRAWN: "Se retiró un pedido de aprobación",
    AuditAction.APPROVAL_VOID: "Un pedido de aprobación ya no se podía cumplir",
    AuditAction.TRANSLATION_BROUGHT: "Se subió una traducción",
    AuditAction.TRANSLATION_APPROVED: "Se aprobaron traducciones",
    AuditAction.SHEET_TYPED: "Se capturó una hoja o una llamada",
    AuditAction.SHEET_LOOKED_AT: "Se miró por segunda vez una captura",
    AuditAction.VOICE_OPENED: "Se abrió una nota de voz para escucharla",
    AuditAction.VOICE_CODED: "Se anotó lo que dice una nota de voz",
    AuditAction.BEYOND_READ: "Se leyeron mensajes fuera de la consulta",
    AuditAction.MESSAGE_REFERRED: "Se anotó qué se hizo con un mensaje",
    AuditAction.CONTACT_FOUND: "Se buscó un número de teléfono",
    AuditAction.NUMBER_SHOWN: "Se vio un número de teléfono",
    AuditAction.PROPOSAL_REVIEWED: "Se revisó una propuesta",
    AuditAction.SENDING_STOPPED: "Se detuvieron los envíos de un canal",
    AuditAction.SENDING_RESUMED: "Se reanudaron los envíos de un canal",
    AuditAction.MESSAGE_RESENT: "Se mandó otra vez un mensaje",
    AuditAction.SIGNED_IN: "Entró",
    AuditAction.SIGN_IN_CONFIRMED: "Dio su contraseña otra vez",
    AuditAction.SIGN_IN_LOCKED: "Se cerró la entrada por contraseñas equivocadas",
    AuditAction.SECOND_STEP_SET: "Se activó un segundo paso para entrar",
    AuditAction.SECOND_STEP_REMOVED: "Se quitó un segundo paso para entrar",
    AuditAction.USER_INVITED: "Se invitó a una persona",
    AuditAction.USER_ADDED: "Se dio acceso",
    AuditAction.ROLE_TAKEN: "Se quitó un rol",
    AuditAction.ACCESS_CLOSED: "Se cerró un acceso",
    AuditAction.ACCESS_OPENED: "Se abrió un acceso",
}

_DETAILS = {
    "act": "acto",
    "broadcast": "invitación",
    "cap": "tope",
    "channel": "canal",
    "code": "código",
    "consultation": "consulta",
    "contact_id": "contacto",
    "edition": "edición",
    "filter": "filtro",
    "folio": "folio",
    "format": "formato",
    "from": "de",
    "hash": "SHA-256",
    "language": "idioma",
    "link": "vínculo",
    "message": "mensaje",
    "mode": "modalidad",
    "note": "nota",
    "outcome": "resultado",
    "persons": "personas",
    "reason": "motivo",
    "question": "pregunta",
    "receipt": "constancia",
    "request": "pedido",
    "revision": "revisión",
    "role": "rol",
    "rows": "filas",
    "scopes": "alcances",
    "session": "conversación",
    "state": "estado",
    "table": "tabla",
    "text": "texto",
    "texts": "textos",
    "tier": "nivel",
    "to": "a",
    "token": "nombre",
    "until": "hasta",
    "user": "cuenta",
    "whole": "completa",
}


def say_act(action: str) -> str:
    """Give the words for what was done; one we have no words for stands as it is."""
    known = {act.value: words for act, words in ACTS.items()}
    return known.get(action, action)


def name_detail(name: str) -> str:
    """Give the word for a detail; one we have no word for keeps its own."""
    return _DETAILS.get(name, name)
