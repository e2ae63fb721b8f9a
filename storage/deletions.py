"""The ledger of deletions: what a backup knows nothing of, said without a number or a name."""

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
