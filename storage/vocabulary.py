"""The words that rows are marked with."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


URGENCIES: Mapping[str, int] = {"reply": 0, "voice": 0, "receipt": 1, "reminder": 2}
ANSWERS = 1
"""This urgent or more: to somebody who has just written, at any hour."""
LEAST_URGENT = 3
"""What goes out first where a channel may not send everything at once, by kind of message."""

OWN, ASSISTED = "propia", "asistida"
"""How a session came about, as exports say it."""

PARTIAL = "partial"
"""The outcome of who began and stopped."""


BEYOND = "canalizar"
"""The kind of a message that is no part of the consultation, and that somebody is to see."""


class AuditAction(Enum):
    """What can be done that somebody may want to check: `source:subject:action`."""

    DATA_ERASED = "citizen:data:erase"
    CONSULTATION_ADDED = "staff:consultation:add"
    CONSULTATION_OPENED = "staff:consultation:open"
    CONSULTATION_CLOSED = "staff:consultation:close"
    REVISION_PUBLISHED = "staff:revision:publish"
    EDITION_PUBLISHED = "staff:edition:publish"
    BROADCAST_ADDED = "staff:broadcast:add"
    BROADCAST_CHANGED = "staff:broadcast:change"
    BROADCAST_TRIED = "staff:broadcast:try"
    LEADER_ADDED = "staff:leader:add"
    LEADER_LIMITED = "staff:leader:limit"
    LEADER_REVOKED = "staff:leader:revoke"
    CONTACTS_LINKED = "citizen:contact:link"
    CONTACTS_PARTED = "staff:contact:part"
    VOICE_RECORDED = "staff:voice:record"
    VOICE_REMOVED = "staff:voice:remove"
    EXPORT_PREPARED = "staff:export:prepare"
    EXPORT_TAKEN = "staff:export:take"
    TOKEN_ADDED = "staff:token:add"  # noqa: S105 - an act, no secret
    TOKEN_REVOKED = "staff:token:revoke"  # noqa: S105
    AUDIT_TAKEN = "staff:audit:take"
    APPROVAL_ASKED = "staff:approval:ask"
    APPROVAL_GIVEN = "staff:approval:give"
    APPROVAL_REFUSED = "staff:approval:refuse"
    APPROVAL_WITHDRAWN = "staff:approval:withdraw"
    APPROVAL_VOID = "staff:approval:void"
    TRANSLATION_BROUGHT = "staff:translation:bring"
    TRANSLATION_APPROVED = "staff:translation:approve"
    SHEET_TYPED = "staff:sheet:type"
    SHEET_LOOKED_AT = "staff:sheet:look"
    VOICE_OPENED = "staff:voice:open"
    VOICE_CODED = "staff:voice:code"
    BEYOND_READ = "staff:beyond:read"
    MESSAGE_REFERRED = "staff:message:refer"
    CONTACT_FOUND = "staff:contact:find"
    NUMBER_SHOWN = "staff:number:show"
    PROPOSAL_REVIEWED = "staff:proposal:review"
    SENDING_STOPPED = "staff:sending:stop"
    SENDING_RESUMED = "staff:sending:resume"
    MESSAGE_RESENT = "staff:message:resend"
    SIGNED_IN = "staff:session:enter"
    SIGN_IN_CONFIRMED = "staff:session:confirm"
    SIGN_IN_LOCKED = "staff:session:lock"
    SECOND_STEP_SET = "staff:second-step:set"
    SECOND_STEP_REMOVED = "staff:second-step:remove"
    USER_INVITED = "staff:user:invite"
    USER_ADDED = "staff:user:add"
    ROLE_TAKEN = "staff:role:take"
    ACCESS_CLOSED = "staff:access:close"
    ACCESS_OPENED = "staff:access:open"


REQUIRED: Mapping[AuditAction, frozenset[str]] = {
    AuditAction.DATA_ERASED: frozenset({"contact_id", "persons", "outcome", "receipt"}),
    AuditAction.CONSULTATION_ADDED: frozenset({"consultation"}),
    AuditAction.CONSULTATION_OPENED: frozenset({"consultation"}),
    AuditAction.CONSULTATION_CLOSED: frozenset({"consultation"}),
    AuditAction.REVISION_PUBLISHED: frozenset({"consultation", "revision", "note"}),
    AuditAction.EDITION_PUBLISHED: frozenset({"consultation", "revision", "edition"}),
    AuditAction.BROADCAST_ADDED: frozenset({"consultation", "broadcast", "persons"}),
    AuditAction.BROADCAST_CHANGED: frozenset({"broadcast", "state"}),
    AuditAction.BROADCAST_TRIED: frozenset({"broadcast", "persons"}),
    AuditAction.LEADER_ADDED: frozenset({"consultation", "code"}),
    AuditAction.LEADER_LIMITED: frozenset({"consultation", "code", "cap"}),
    AuditAction.LEADER_REVOKED: frozenset({"consultation", "code"}),
    AuditAction.CONTACTS_LINKED: frozenset({"link"}),
    AuditAction.CONTACTS_PARTED: frozenset({"link"}),
    AuditAction.VOICE_RECORDED: frozenset({"consultation", "language", "text"}),
    AuditAction.VOICE_REMOVED: frozenset({"consultation", "language", "text"}),
    AuditAction.EXPORT_PREPARED: frozenset({"consultation", "table", "tier", "rows", "hash"}),
    AuditAction.EXPORT_TAKEN: frozenset({"consultation", "table", "tier", "rows", "hash"}),
    AuditAction.TOKEN_ADDED: frozenset({"token", "scopes"}),
    AuditAction.TOKEN_REVOKED: frozenset({"token"}),
    AuditAction.AUDIT_TAKEN: frozenset({"filter", "rows", "hash"}),
    AuditAction.APPROVAL_ASKED: frozenset({"consultation", "request", "act", "hash"}),
    AuditAction.APPROVAL_GIVEN: frozenset({"consultation", "request", "act", "hash", "user"}),
    AuditAction.APPROVAL_REFUSED: frozenset({"consultation", "request", "act", "hash", "user"}),
    AuditAction.APPROVAL_WITHDRAWN: frozenset({"consultation", "request", "act", "hash", "user"}),
    AuditAction.APPROVAL_VOID: frozenset({"consultation", "request", "act", "hash", "user"}),
    AuditAction.TRANSLATION_BROUGHT: frozenset({"consultation", "language", "texts", "hash"}),
    AuditAction.TRANSLATION_APPROVED: frozenset({"consultation", "language", "texts"}),
    AuditAction.SHEET_TYPED: frozenset({"session", "mode"}),
    AuditAction.SHEET_LOOKED_AT: frozenset({"session", "outcome"}),
    AuditAction.VOICE_OPENED: frozenset({"session", "question"}),
    AuditAction.VOICE_CODED: frozenset({"session", "question", "outcome"}),
    AuditAction.BEYOND_READ: frozenset({"rows"}),
    AuditAction.MESSAGE_REFERRED: frozenset({"message", "from", "to"}),
    AuditAction.CONTACT_FOUND: frozenset({"contact_id"}),
    AuditAction.NUMBER_SHOWN: frozenset({"consultation", "session"}),
    AuditAction.PROPOSAL_REVIEWED: frozenset({"consultation", "folio", "from", "to"}),
    AuditAction.SENDING_STOPPED: frozenset(),
    AuditAction.SENDING_RESUMED: frozenset(),
    AuditAction.MESSAGE_RESENT: frozenset({"message", "channel"}),
    AuditAction.SIGNED_IN: frozenset({"user"}),
    AuditAction.SIGN_IN_CONFIRMED: frozenset({"user"}),
    AuditAction.SIGN_IN_LOCKED: frozenset({"user"}),
    AuditAction.SECOND_STEP_SET: frozenset({"user"}),
    AuditAction.SECOND_STEP_REMOVED: frozenset({"user"}),
    AuditAction.USER_INVITED: frozenset({"user", "role"}),
    AuditAction.USER_ADDED: frozenset({"user", "role"}),
    AuditAction.ROLE_TAKEN: frozenset({"user", "role"}),
    AuditAction.ACCESS_CLOSED: frozenset({"user"}),
    AuditAction.ACCESS_OPENED: frozenset({"user"}),
}
"""What the details of each must say; they may say more."""
