"""What people do while their numbers are hashed under another key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.deletions import Erasure
from storage.sealing import PhoneKeys, Sealer
from tests.support.citizens import KEYS, PHONE

if TYPE_CHECKING:
    from uuid import UUID

    from tests.support.citizens import Town

OTHER = "+50255550102"
TWO = PhoneKeys((*KEYS.keys, ("k2", bytes(reversed(range(32))))))


def find(town: Town, phone: str) -> UUID:
    with town.database.reading() as unit:
        found = unit.contacts.find("tel", phone)
    assert found
    return found


def erase(town: Town) -> None:
    gone = Erasure(find(town, PHONE), None, 1, True, True, "erased", "", town.now)  # noqa: FBT003
    with town.database.unit() as unit:
        unit.contacts.erase(gone)


def give_to_other(town: Town) -> None:
    values = {"old": find(town, PHONE), "new": find(town, OTHER)}
    with town.database.engine.begin() as connection:
        connection.execute(text("UPDATE contact SET version = version + 1"))
        for table in ("address", "address_hash"):
            sql = f"UPDATE {table} SET contact_id = :new WHERE contact_id = :old"  # noqa: S608
            connection.execute(text(sql), values)


@pytest.mark.parametrize(("meanwhile", "left"), [(erase, 1), (give_to_other, 2)])
def test_what_changes_meanwhile_is_not_hashed_as_it_was_read(
    postgres_town: Town, monkeypatch: pytest.MonkeyPatch, meanwhile: object, left: int
) -> None:
    town = postgres_town
    for phone in (PHONE, OTHER):
        town.take(phone, {"p1": "1"})
    opened = Sealer.open
    waiting = [meanwhile]

    def open_late(self: Sealer, *arguments: object) -> str:
        while waiting:
            waiting.pop()(town)  # type: ignore[operator]
        return opened(self, *arguments)  # type: ignore[arg-type]

    other = find(town, OTHER)
    database = Database(town.database.engine.url.render_as_string(hide_password=False), TWO)
    try:
        with database.unit() as unit, monkeypatch.context() as patched:
            patched.setattr(Sealer, "open", open_late)
            assert unit.rekeying.hash_addresses(None)[1] == left
    finally:
        database.close()
    with town.database.engine.connect() as connection:
        found = connection.execute(
            text("SELECT DISTINCT contact_id FROM address_hash WHERE key_id = 'k2'")
        )
        assert [row[0] for row in found] == [other]
