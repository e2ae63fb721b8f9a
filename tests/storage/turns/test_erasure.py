"""What BORRAR and "under 18" delete, and what has to stay."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from storage.broadcasts import BroadcastRecord
from storage.deletions import DeletionEntry, Erasure
from storage.records import NewProposal
from storage.sealing import Sealer
from tests.support.citizens import KEYS, PHONE

if TYPE_CHECKING:
    from uuid import UUID

    from tests.support.citizens import Town

OTHER = "+50255550102"


def count(town: Town, table: str, where: str = "true") -> int:
    with town.database.engine.connect() as connection:
        sql = f"SELECT count(*) FROM {table} WHERE {where}"  # noqa: S608 - of this test
        return connection.scalar(text(sql)) or 0


def take_part(town: Town, phone: str = PHONE, *, folio: str) -> None:
    """Answer twice, propose something, and be owed a receipt."""
    town.take(phone, {"p1": "1"})
    key = town.key(phone, dialog="ATUid_1")
    snapshot = town.load(key)
    write = town.write(key, snapshot)
    session = town.session(snapshot, write.person_id, folio=folio, publish=True)
    town.database.turns.save(
        replace(
            write,
            session=session,
            screen="{}",
            answers=(town.answer(session.id, "p1", "2"),),
            outgoing=(town.outgoing("Gracias"),),
            proposal=NewProposal(town.make_id(), session.id, "p5", folio, town.now),
        )
    )


def erase(town: Town, *, everybody: bool = True, suppress: bool = True) -> UUID:
    town.wait(minutes=1)
    key = town.key()
    write = town.write(key, town.load(key))
    erasure = Erasure(
        contact_id=write.contact_id,
        person_id=None if everybody else write.person_id,
        persons=1,
        address=everybody,
        suppress=suppress,
        outcome="erased",
        receipt="ABC2345",
        at=town.now,
    )
    last_word = town.outgoing("Listo, borramos sus datos.", kind="reply")
    write = replace(write, erasure=erasure, outgoing=(last_word,))
    assert town.database.turns.save(write)
    return write.contact_id


def test_address_answers_messages_and_what_waited_are_gone(town: Town) -> None:
    take_part(town, folio="ABC2345")
    erase(town)

    assert town.load(town.key()).contact is None
    for table in ("address", "address_hash", "answer", "message", "dialog"):
        assert count(town, table) == 0, table
    assert count(town, "outbox", "kind = 'receipt'") == 0
    assert count(town, "session", "length(sealed_state) > 0 OR publish IS NOT NULL") == 0


def test_the_folio_the_count_and_a_suppression_hash_stay(town: Town) -> None:
    take_part(town, folio="ABC2345")
    contact_id = erase(town)

    assert count(town, "session", "outcome = 'erased' AND folio = 'ABC2345'") == 1
    assert count(town, "proposal", "state = 'borrada'") == 1
    assert count(town, "suppression") == 1
    assert count(town, "person", "erased_at IS NOT NULL") == 1
    assert count(town, "contact", "erased_at IS NOT NULL") == 1
    with town.database.engine.connect() as connection:
        [details] = connection.scalars(
            text("SELECT details FROM audit_event WHERE action = 'citizen:data:erase'")
        )
    assert json.loads(details) == {
        "contact_id": str(contact_id),
        "persons": 1,
        "outcome": "erased",
        "receipt": "ABC2345",
    }


def test_the_confirmation_of_this_very_turn_still_goes_out(town: Town) -> None:
    take_part(town, folio="ABC2345")
    erase(town)

    with town.database.unit() as unit:
        [due] = unit.outbox.lease("sms", town.now, town.wait(minutes=2), 10)
    assert (due.address, due.text) == (PHONE, "Listo, borramos sus datos.")


def test_one_of_several_people_goes_alone(town: Town) -> None:
    take_part(town, folio="ABC2345")
    key = town.key()
    second = town.make_id()
    write = town.write(key, town.load(key), person_id=second, new_person=True)
    assert town.database.turns.save(write)
    take_part(town, folio="XYZ2345")

    erase(town, everybody=False, suppress=False)

    assert count(town, "session", "outcome = 'erased'") == 1
    assert count(town, "answer", "superseded_at IS NULL") == 1
    assert (count(town, "address"), count(town, "suppression")) == (1, 0)
    assert town.load(town.key()).contact is not None


def test_nobody_else_is_touched(town: Town) -> None:
    take_part(town, folio="ABC2345")
    take_part(town, OTHER, folio="XYZ2345")

    erase(town)

    assert count(town, "answer") == 2
    assert count(town, "proposal", "state = 'recibida'") == 1
    assert town.load(town.key(OTHER)).session is not None


def test_a_turn_that_was_read_before_loses_against_it(town: Town) -> None:
    take_part(town, folio="ABC2345")
    key = town.key()
    late = town.write(key, town.load(key))
    erase(town)

    assert not town.database.turns.save(late)


@pytest.mark.parametrize("everybody", [True, False])
def test_an_erasure_whose_turn_lost_deletes_nothing(town: Town, everybody: bool) -> None:  # noqa: FBT001
    take_part(town, folio="ABC2345")
    key = town.key()
    stale = town.load(key)
    town.take()
    write = town.write(key, stale)
    person_id = None if everybody else write.person_id
    erasure = Erasure(write.contact_id, person_id, 1, True, True, "erased", "", town.now)  # noqa: FBT003

    assert not town.database.turns.save(replace(write, erasure=erasure))

    assert (count(town, "answer"), count(town, "address")) == (2, 1)


def list_people(town: Town) -> BroadcastRecord:
    """Prepare an invitation to both numbers, of whom nobody has written yet."""
    new = BroadcastRecord(
        town.make_id(), town.consultation_id, "sms", "CONSULTA o BAJA", 1, 0, None, "trial", "",
        "ana", town.now, town.now,
    )  # fmt: skip
    with town.database.unit() as unit:
        assert unit.broadcasts.add(new, (PHONE, OTHER)) == {"waiting": 2}
    return new


def start_and_send(town: Town, new: BroadcastRecord) -> int:
    """Start an invitation afterwards; give how many are written to."""
    with town.database.unit() as unit:
        assert unit.broadcasts.set_state(new.id, "running", town.now, only_from=("trial",))
        assert unit.broadcasts.count_waiting(new.id) == 1
        unit.broadcasts.queue(new, town.now, 10)
    return count(town, "outbox", "kind = 'invitation'")


@pytest.mark.parametrize("everybody", [True, False])
def test_a_list_that_was_read_before_invites_nobody_who_is_gone(
    town: Town,
    everybody: bool,  # noqa: FBT001
) -> None:
    new = list_people(town)
    town.take(PHONE, {"p1": "1"})
    erase(town, everybody=everybody, suppress=not everybody)

    assert count(town, "invitee", "state = 'suppressed' AND sealed_address IS NULL") == 1
    assert start_and_send(town, new) == 1


def test_a_list_in_a_backup_invites_nobody_whom_the_ledger_knows(town: Town) -> None:
    new = list_people(town)
    hashed = Sealer(KEYS).hashes("address", "tel", PHONE)[0][1]
    with town.database.unit() as unit:
        unit.deletions.replay([DeletionEntry(hashed, "suppress", "k1", town.now)])

    assert start_and_send(town, new) == 1
