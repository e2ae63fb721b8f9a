"""Two contacts made one: only while the code that says so is good."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage.links import Joining, NewCode
from storage.records import TurnKey

if TYPE_CHECKING:
    from storage.records import TurnWrite
    from tests.support.citizens import Town

CODE = "12345678"


def give_out(town: Town, code: str = CODE) -> TurnWrite:
    """Give a code out to a number."""
    key = town.key()
    write = town.write(key, town.load(key), code=NewCode(code, town.now + timedelta(minutes=15)))
    assert town.database.turns.save(write)
    return write


def type_it(town: Town, number: TurnWrite) -> TurnWrite:
    """Make the turn of a WhatsApp that brings the code."""
    key = TurnKey("chat", f"wamid-{town.make_id()}", "wa", "GT.771901")
    with town.database.reading() as unit:
        look = unit.links.look("wa", "GT.771901", None, CODE, town.now)
    assert look.issuer is not None
    assert not look.has_number
    write = town.write(key, town.load(key))
    joining = Joining(
        town.make_id(), number.contact_id, look.issuer.hash, number.contact_id, write.contact_id
    )
    return replace(write, joining=joining)


@pytest.mark.parametrize("is_locked", [False, True])
def test_a_code_that_was_used_or_replaced_meanwhile_writes_nothing(
    town: Town, *, is_locked: bool
) -> None:
    number = give_out(town)
    write = type_it(town, number)
    give_out(town, "87654321")

    if is_locked:
        with town.database.turns.locked(write.key, town.now) as (_, save):
            assert not save(write)
    else:
        assert not town.database.turns.save(write)

    assert town.load(write.key).contact is None
    assert town.load(town.key()).contact is not None


def test_whoever_was_read_before_loses_her_guard(town: Town) -> None:
    number = give_out(town)
    key = town.key()
    slow = town.write(key, town.load(key))

    assert town.database.turns.save(type_it(town, number))

    assert not town.database.turns.save(slow)
    found = town.load(TurnKey("chat", "wamid-2", "wa", "GT.771901")).contact
    assert found is not None
    assert (found.id, found.persons) == (number.contact_id, 1)


def test_two_codes_are_never_the_same(town: Town) -> None:
    give_out(town)
    key = town.key("+50255550102")
    write = town.write(key, town.load(key), code=NewCode(CODE, town.now))

    assert not town.database.turns.save(write)
