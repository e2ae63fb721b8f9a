"""Which languages are at home where."""

from __future__ import annotations

import tomllib

import pytest

from flows.data import read_bytes
from flows.languages.catalogue import languages
from flows.languages.homes import find_at_home
from flows.reading.places.gazetteer import places


@pytest.mark.parametrize(
    ("place", "at_home"),
    [
        ("1327", {"agu"}),  # Aguacatán
        ("1709", {"kek", "mop"}),  # San Luis, Petén
        ("0801", {"quc"}),  # Totonicapán, as all of its department
        ("08", {"quc"}),
        ("15", {"poh", "acr"}),  # Baja Verapaz, by its municipalities
        ("1901", set()),  # Zacapa
        ("1321", {"ttc"}),  # Tectitán: Mam in a part of it only
        ("1304", {"mam", "ttc"}),  # Cuilco: a part of each
        ("1226", {"qum"}),  # Sipacapa, in a department of Mam
        ("1018", {"quc"}),  # Zunilito, on the coast
        ("0311", {"cak"}),  # Santa María de Jesús
        ("1909", {"caa"}),  # La Unión, Zacapa
    ],
)
def test_a_place_gives_the_languages_that_are_at_home_there(place: str, at_home: set[str]) -> None:
    assert find_at_home(place) == at_home


def test_every_home_is_a_place_and_every_language_one_of_ours() -> None:
    table = tomllib.loads(read_bytes("languages", "homes.toml").decode())
    assert set(table) <= set(languages())
    assert {home for homes in table.values() for home in homes} <= set(places())
