"""What is deleted, and the ledger of it: what a backup knows nothing of, without number or name."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

PERSON_KINDS = frozenset({"erased", "ineligible"})
"""A person whose answers and messages went; also what her sessions end as."""

CONTACT_KIND = "contact"
"""A contact whose address went."""

SUPPRESS_KIND = "suppress"
"""An address that no list may invite."""

LEFT_KIND = "left"
"""An address that has left; whoever wrote since has come back."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What BORRAR and "under 18" delete, in the transaction of the turn that asks for it.

    Staff delete the same for who asks them to.

    Attributes:
        person_id: whose answers, messages, media and unpublished proposals go; None means
            everybody's on the contact. `persons` says how many they are.
        address: whether the contact's address goes too (nobody else is left on it).
        suppress: whether a hash stays behind, so that no list can invite the number.
        outcome: what the sessions end as: `erased` or `ineligible`.
        receipt: the number the citizen was given, kept with the audit event; or empty.
        who: asks for it, for the audit.
    """

    contact_id: UUID
    person_id: UUID | None
    persons: int
    address: bool
    suppress: bool
    outcome: str
    receipt: str
    at: datetime
    who: str = "citizen"


@dataclass(frozen=True, slots=True)
class DeletionEntry:
    """One line of the ledger.

    Attributes:
        kind: one of the kinds above.
        hash: of an id, or of an address under `key_id`.
    """

    hash: bytes
    kind: str
    key_id: str
    at: datetime

    def to_json(self) -> str:
        """Give the line."""
        fields = {"kind": self.kind, "hash": self.hash.hex(), "key": self.key_id}
        return json.dumps({**fields, "at": self.at.isoformat()})

    @classmethod
    def from_json(cls, line: str) -> DeletionEntry:
        """Read a line.

        Raises:
            ValueError: it is not one.
        """
        try:
            fields = json.loads(line)
            at = datetime.fromisoformat(fields["at"])
            return cls(bytes.fromhex(fields["hash"]), fields["kind"], fields["key"], at)
        except (KeyError, TypeError) as error:
            raise ValueError("no line of a ledger") from error


def hash_subject(subject: UUID) -> bytes:
    """Hash the id of a person or a contact; 74 random bits in it cannot be guessed."""
    return hashlib.sha256(b"puente/deletion\0" + subject.bytes).digest()
