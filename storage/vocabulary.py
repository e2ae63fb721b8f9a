"""The words that rows are marked with."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class AuditAction(Enum):
    """What can be done that somebody may want to check: `source:subject:action`."""

    DATA_ERASED = "citizen:data:erase"
    CONSULTATION_ADDED = "staff:consultation:add"
    CONSULTATION_OPENED = "staff:consultation:open"
    CONSULTATION_CLOSED = "staff:consultation:close"
    REVISION_PUBLISHED = "staff:revision:publish"
    EDITION_PUBLISHED = "staff:edition:publish"
    EXPORT_TAKEN = "staff:export:take"
    NUMBER_SHOWN = "staff:number:show"
    PROPOSAL_REVIEWED = "staff:proposal:review"
    SIGNED_IN = "staff:session:enter"
    SIGN_IN_LOCKED = "staff:session:lock"
    USER_ADDED = "staff:user:add"


REQUIRED: Mapping[AuditAction, frozenset[str]] = {
    AuditAction.DATA_ERASED: frozenset({"contact_id", "persons", "outcome", "receipt"}),
    AuditAction.CONSULTATION_ADDED: frozenset({"consultation"}),
    AuditAction.CONSULTATION_OPENED: frozenset({"consultation"}),
    AuditAction.CONSULTATION_CLOSED: frozenset({"consultation"}),
    AuditAction.REVISION_PUBLISHED: frozenset({"consultation", "revision", "note"}),
    AuditAction.EDITION_PUBLISHED: frozenset({"consultation", "revision", "edition"}),
    AuditAction.EXPORT_TAKEN: frozenset({"consultation", "table", "tier", "rows", "hash"}),
    AuditAction.NUMBER_SHOWN: frozenset({"consultation", "session"}),
    AuditAction.PROPOSAL_REVIEWED: frozenset({"consultation", "folio", "from", "to"}),
    AuditAction.SIGNED_IN: frozenset({"user"}),
    AuditAction.SIGN_IN_LOCKED: frozenset({"user"}),
    AuditAction.USER_ADDED: frozenset({"user", "role"}),
}
"""What the details of each must say; they may say more."""
