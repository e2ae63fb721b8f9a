"""Take a contact without a number into the one with it: what a code typed elsewhere does.

The contact with the number stays. Addresses, what waits to be sent and the people who have
answered go over to it; whoever was in the middle of a conversation is active afterwards.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from storage.errors import OvertakenError
from storage.ids import new_id
from storage.turns.erasure import AUDIT
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from storage.records import TurnWrite
    from storage.sealing import Sealer

    Run = Callable[[str, Mapping[str, Any]], Any]

CONSUME = """
DELETE FROM link_code WHERE hash = :hash::bytea AND contact_id = :issuer::uuid
    AND expires_at > :at::timestamptz
"""

ISSUER = """
UPDATE contact SET version = version + 1
WHERE id = :issuer::uuid AND stopped_at IS NULL AND erased_at IS NULL
"""
"""It makes every turn of hers that was read before lose its guard."""

PEOPLE = """
UPDATE person SET contact_id = :number::uuid, home_id = :opaque::uuid
WHERE contact_id = :opaque::uuid
    AND EXISTS (SELECT 1 FROM session WHERE session.person_id = person.id)
"""

_NOBODY = "SELECT id FROM person WHERE contact_id = :opaque::uuid"
_ACTIVE = "SELECT person_id FROM contact WHERE id = :number::uuid"

OTHERS = (
    "DELETE FROM link_code WHERE contact_id IN (:number::uuid, :opaque::uuid)",
    "UPDATE address_hash SET contact_id = :number::uuid WHERE contact_id = :opaque::uuid",
    "UPDATE address SET contact_id = :number::uuid WHERE contact_id = :opaque::uuid",
    "UPDATE assembly SET contact_id = :number::uuid WHERE contact_id = :opaque::uuid",
    "UPDATE outbox SET contact_id = :number::uuid WHERE contact_id = :opaque::uuid",
    # Who has only asked for a code or typed one is nobody yet; her messages are to be deleted
    # with those of the person she turned out to be.
    *(
        f"UPDATE {table} SET person_id = ({_ACTIVE}) WHERE person_id IN ({_NOBODY})"  # noqa: S608 - our own text
        for table in ("message", "media", "outbox")
    ),
)

ACTIVE = """
UPDATE contact SET persons = persons + :moved::int,
    seen_at = greatest(seen_at, :at::timestamptz),
    person_id = coalesce((
        SELECT s.person_id FROM session s
        WHERE s.person_id = contact.person_id
            OR s.person_id = (SELECT o.person_id FROM contact o WHERE o.id = :opaque::uuid)
        ORDER BY CASE WHEN s.outcome IS NULL THEN 0 ELSE 1 END, s.turned_at DESC LIMIT 1
    ), person_id)
WHERE id = :number::uuid
"""

KEEP = """
INSERT INTO contact_link (id, opaque_id, number_id, at)
VALUES (:id::uuid, :opaque::uuid, :number::uuid, :at::timestamptz)
"""


def code_rows(sealer: Sealer, write: TurnWrite) -> list[dict[str, Any]]:
    """Give the row of the code a turn gives out, if it does."""
    if write.code is None:
        return []
    hashed = sealer.hashes("link", write.code.code)[0][1]
    return [{"contact_id": write.contact_id, "hash": hashed, "expires_at": write.code.expires_at}]


def try_rows(sealer: Sealer, write: TurnWrite) -> list[dict[str, Any]]:
    """Give the row that counts a wrong code, if the turn was one."""
    if write.tries is None:
        return []
    hashed = sealer.hashes("link-try", write.key.scheme, write.key.address)[0][1]
    return [{"hash": hashed, "since": write.tries.since, "count": write.tries.count}]


def join(run: Run, write: TurnWrite) -> None:
    """Join two contacts in the transaction that `run` writes to, after the guarded write.

    Raises:
        OvertakenError: the code was used, or its contact left, since it was looked at.
    """
    joining = write.joining
    if joining is None:
        return
    values = {
        "hash": joining.hash,
        "issuer": joining.issuer,
        "number": joining.number_id,
        "opaque": joining.opaque_id,
        "at": write.at,
        "id": joining.id,
    }
    if not run(CONSUME, values).rowcount or not run(ISSUER, values).rowcount:
        raise OvertakenError("the code is good no longer")
    moved = run(PEOPLE, values).rowcount
    for statement in OTHERS:
        run(statement, values)
    run(ACTIVE, values | {"moved": moved})
    run(KEEP, values)
    run(
        AUDIT,
        {
            "id": new_id(write.at),
            "at": write.at,
            "action": AuditAction.CONTACTS_LINKED.value,
            "who": "citizen",
            "details": json.dumps({"link": str(joining.id)}),
        },
    )
