"""Folios are made at random, copied by hand, and found again or not at all."""

import pytest

from flows.folio import LENGTH, SIGNS, find_folio, make_folio
from flows.golden.chance import make_chance


def test_a_folio_is_found_however_it_is_copied() -> None:
    folio = make_folio(make_chance(1))
    assert len(folio) == LENGTH + 1
    for typed in (folio, folio.lower(), f" {folio[:3]}-{folio[3:]} ", " ".join(folio)):
        assert find_folio(typed) == folio


def test_every_single_wrong_sign_is_noticed() -> None:
    folio = make_folio(make_chance(2))
    for place, sign in enumerate(folio):
        for wrong in SIGNS.replace(sign, ""):
            assert find_folio(folio[:place] + wrong + folio[place + 1 :]) is None


@pytest.mark.parametrize("text", ["", "ABC", "FOLIO", "0000000", "hay que parar", "ñandú22"])
def test_what_is_no_folio_is_none(text: str) -> None:
    assert find_folio(text) is None


def test_folios_differ() -> None:
    chance = make_chance(3)
    assert len({make_folio(chance) for _ in range(500)}) == 500
