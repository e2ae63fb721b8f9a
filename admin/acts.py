"""What can be done that somebody may want to check: the words staff read."""

from __future__ import annotations

from admin.marking import mark
from storage.vocabulary import AuditAction

ACTS: dict[AuditAction, str] = {
    AuditAction.DATA_ERASED: mark("Se borraron los datos de una persona"),
    AuditAction.CONSULTATION_ADDED: mark("Se creó una consulta"),
    AuditAction.CONSULTATION_OPENED: mark("Se abrió una consulta"),
    AuditAction.CONSULTATION_CLOSED: mark("Se cerró una consulta"),
    AuditAction.REVISION_PUBLISHED: mark("Se publicó una revisión"),
    AuditAction.EDITION_PUBLISHED: mark("Se publicaron textos"),
    AuditAction.VOICE_RECORDED: mark("Se subió una grabación de un texto"),
    AuditAction.VOICE_REMOVED: mark("Se quitó una grabación de un texto"),
    AuditAction.EXPORT_PREPARED: mark("Se preparó un archivo"),
    AuditAction.EXPORT_TAKEN: mark("Se descargó una tabla"),
    AuditAction.TOKEN_ADDED: mark("Se dio un token de la API"),
    AuditAction.TOKEN_REVOKED: mark("Se revocó un token de la API"),
    AuditAction.AUDIT_TAKEN: mark("Se descargó la bitácora"),
    AuditAction.BROADCAST_ADDED: mark("Se preparó una invitación"),
    AuditAction.BROADCAST_CHANGED: mark("Cambió una invitación"),
    AuditAction.BROADCAST_TRIED: mark("Se probó una invitación"),
    AuditAction.LEADER_ADDED: mark("Se agregó a un líder o una lideresa"),
    AuditAction.LEADER_LIMITED: mark("Se cambió a cuántas personas asiste un líder o una lideresa"),
    AuditAction.LEADER_REVOKED: mark("Se retiró el código de un líder o una lideresa"),
    AuditAction.CONTACTS_LINKED: mark("Alguien unió su WhatsApp y su número con un código"),
    AuditAction.CONTACTS_PARTED: mark("Se separaron un WhatsApp y un número"),
    AuditAction.APPROVAL_ASKED: mark("Se pidió la aprobación de una segunda persona"),
    AuditAction.APPROVAL_GIVEN: mark("Una segunda persona aprobó, y se hizo"),
    AuditAction.APPROVAL_REFUSED: mark("Una segunda persona no aprobó"),
    AuditAction.APPROVAL_WITHDRAWN: mark("Se retiró un pedido de aprobación"),
    AuditAction.APPROVAL_VOID: mark("Un pedido de aprobación ya no se podía cumplir"),
    AuditAction.TRANSLATION_BROUGHT: mark("Se subió una traducción"),
    AuditAction.TRANSLATION_APPROVED: mark("Se aprobaron traducciones"),
    AuditAction.SHEET_TYPED: mark("Se capturó una hoja o una llamada"),
    AuditAction.SHEET_LOOKED_AT: mark("Se miró por segunda vez una captura"),
    AuditAction.VOICE_OPENED: mark("Se abrió una nota de voz para escucharla"),
    AuditAction.VOICE_CODED: mark("Se anotó lo que dice una nota de voz"),
    AuditAction.BEYOND_READ: mark("Se leyeron mensajes fuera de la consulta"),
    AuditAction.MESSAGE_REFERRED: mark("Se anotó qué se hizo con un mensaje"),
    AuditAction.CONTACT_FOUND: mark("Se buscó un número de teléfono"),
    AuditAction.NUMBER_SHOWN: mark("Se vio un número de teléfono"),
    AuditAction.PROPOSAL_REVIEWED: mark("Se revisó una propuesta"),
    AuditAction.SENDING_STOPPED: mark("Se detuvieron los envíos de un canal"),
    AuditAction.SENDING_RESUMED: mark("Se reanudaron los envíos de un canal"),
    AuditAction.MESSAGE_RESENT: mark("Se mandó otra vez un mensaje"),
    AuditAction.SIGNED_IN: mark("Entró"),
    AuditAction.SIGN_IN_CONFIRMED: mark("Dio su contraseña otra vez"),
    AuditAction.SIGN_IN_LOCKED: mark("Se cerró la entrada por contraseñas equivocadas"),
    AuditAction.SECOND_STEP_SET: mark("Se activó un segundo paso para entrar"),
    AuditAction.SECOND_STEP_REMOVED: mark("Se quitó un segundo paso para entrar"),
    AuditAction.USER_INVITED: mark("Se invitó a una persona"),
    AuditAction.USER_ADDED: mark("Se dio acceso"),
    AuditAction.ROLE_TAKEN: mark("Se quitó un rol"),
    AuditAction.ACCESS_CLOSED: mark("Se cerró un acceso"),
    AuditAction.ACCESS_OPENED: mark("Se abrió un acceso"),
}

_DETAILS = {
    "act": mark("acto"),
    "broadcast": mark("invitación"),
    "cap": mark("tope"),
    "channel": mark("canal"),
    "code": mark("código"),
    "consultation": mark("consulta"),
    "contact_id": mark("contacto"),
    "edition": mark("edición"),
    "filter": mark("filtro"),
    "folio": mark("folio"),
    "format": mark("formato"),
    "from": mark("de"),
    "hash": mark("SHA-256"),
    "language": mark("idioma"),
    "link": mark("vínculo"),
    "message": mark("mensaje"),
    "mode": mark("modalidad"),
    "note": mark("nota"),
    "outcome": mark("resultado"),
    "persons": mark("personas"),
    "reason": mark("motivo"),
    "question": mark("pregunta"),
    "receipt": mark("constancia"),
    "request": mark("pedido"),
    "revision": mark("revisión"),
    "role": mark("rol"),
    "rows": mark("filas"),
    "scopes": mark("alcances"),
    "session": mark("conversación"),
    "state": mark("estado"),
    "table": mark("tabla"),
    "text": mark("texto"),
    "texts": mark("textos"),
    "tier": mark("nivel"),
    "to": mark("a"),
    "token": mark("nombre"),
    "until": mark("hasta"),
    "user": mark("cuenta"),
    "whole": mark("completa"),
}


def say_act(action: str) -> str:
    """Give the words for what was done; one we have no words for stands as it is."""
    known = {act.value: words for act, words in ACTS.items()}
    return known.get(action, action)


def name_detail(name: str) -> str:
    """Give the word for a detail; one we have no word for keeps its own."""
    return _DETAILS.get(name, name)
