"""A contact nobody has written from yet: somebody on a list who is written to first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from storage.ids import new_id
from storage.models import Address, AddressHash, Contact, Person

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session as Work

    from storage.sealing import Sealer

SCHEME = "tel"
"""Of the addresses on a list."""


def add_stranger(work: Work, sealer: Sealer, number: str, now: datetime) -> UUID:
    """Add a contact with a number, and the one person on it; give the contact's id."""
    contact_id, person_id = new_id(now), new_id(now)
    contact = {
        "id": contact_id,
        "version": 1,
        "person_id": person_id,
        "persons": 1,
        "lobby": "",
        "traffic": "",
        "created_at": now,
        "seen_at": now,
    }
    address = {
        "id": contact_id,  # the first address of a contact shares its id
        "contact_id": contact_id,
        "scheme": SCHEME,
        "sealed_value": sealer.seal("address", contact_id.bytes, number),
        "key_id": sealer.key_id,
        "created_at": now,
    }
    person = {"id": person_id, "contact_id": contact_id, "created_at": now}
    hashes = [
        {"hash": hashed, "key_id": key_id, "contact_id": contact_id}
        for key_id, hashed in sealer.hashes("address", SCHEME, number)
    ]
    work.execute(insert(Contact).values(contact))
    work.execute(insert(AddressHash), hashes)
    work.execute(insert(Address).values(address))
    work.execute(insert(Person).values(person))
    return contact_id
