from __future__ import annotations

import threading
from typing import TYPE_CHECKING
from uuid import UUID

from storage.pseudonyms import Pseudonyms

if TYPE_CHECKING:
    from pathlib import Path

PLAN, WATER, ANA, JUANA = (UUID(int=number) for number in range(1, 5))


def test_a_person_has_one_name_in_a_consultation_and_another_elsewhere(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    names = Pseudonyms(keys)
    name = names.persona(PLAN, ANA)

    assert name == names.persona(PLAN, ANA) == Pseudonyms(keys).persona(PLAN, ANA)
    assert len({name, names.persona(WATER, ANA), names.persona(PLAN, JUANA)}) == 3
    assert len(name) == 16
    assert name.isalnum()


def test_without_its_key_nobody_gets_the_old_names_again(tmp_path: Path) -> None:
    name = Pseudonyms(tmp_path).persona(PLAN, ANA)
    [key] = tmp_path.iterdir()
    assert (key.name, key.stat().st_mode & 0o777) == (f"{PLAN}.key", 0o600)

    key.unlink()

    assert Pseudonyms(tmp_path).persona(PLAN, ANA) != name


def test_hosts_that_make_a_key_at_once_end_up_with_the_same(tmp_path: Path) -> None:
    start = threading.Barrier(8)
    found = []

    def name() -> None:
        start.wait()
        found.append(Pseudonyms(tmp_path).persona(PLAN, ANA))

    hosts = [threading.Thread(target=name) for _ in range(8)]
    for host in hosts:
        host.start()
    for host in hosts:
        host.join()

    assert len(set(found)) == 1
    assert len(list(tmp_path.iterdir())) == 1
