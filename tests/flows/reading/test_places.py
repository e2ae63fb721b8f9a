"""All 340 municipalities and 22 departments, as people write them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from random import Random

import pytest

from flows.reading.places import label, places, read_place
from flows.reading.places.reader import _asked
from flows.reading.result import Accepted, Rejected

MUNICIPALITIES = [place for place in places().values() if len(place.code) == 4]
DEPARTMENTS = [place for place in places().values() if len(place.code) == 2]


def plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name.lower())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


NAMES = Counter(plain(place.name) for place in MUNICIPALITIES)
SENTENCES = (
    "{name}, {department}",
    "{name} {department}",
    "vivo en {name} de {department}",
    "{department}, {name}",
    "Buenos días, soy de {name}, departamento de {department}, gracias.",
    "municipio {name} depto {department}",
    "aldea Las Flores, {name}, {department}",
    "{name}, {department}, Guatemala",
)


def test_there_are_22_departments_and_340_municipalities() -> None:
    assert (len(DEPARTMENTS), len(MUNICIPALITIES)) == (22, 340)


@pytest.mark.uncounted
@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("write", [str, str.upper, plain], ids=["as it is", "capitals", "bare"])
def test_every_municipality_is_read_beside_its_department(sentence: str, write: object) -> None:
    assert callable(write)
    for place in MUNICIPALITIES:
        text = write(sentence.format(name=place.name, department=place.department))
        assert read_place(text) == Accepted(place.code), text


@pytest.mark.parametrize("sentence", ["{}", "{}.", "vivo en {}", "soy de {} gracias"])
def test_a_name_alone_is_never_read_as_another_place(sentence: str) -> None:
    for place in MUNICIPALITIES:
        reading = read_place(sentence.format(plain(place.name)))
        if NAMES[plain(place.name)] > 1 or place.name == "El Progreso":
            assert isinstance(reading, Rejected)
            assert reading.reason == "ambiguous"
            assert place.code in reading.candidates
        else:
            assert isinstance(reading, Accepted)
            assert reading.value == place.code


def test_repeated_names_are_asked_back_with_every_place_that_has_them() -> None:
    for name, count in NAMES.items():
        if count > 1:
            codes = tuple(p.code for p in MUNICIPALITIES if plain(p.name) == name)
            assert read_place(name, level="municipality") == Rejected("ambiguous", codes)


def test_a_department_is_read_where_one_is_asked_for() -> None:
    for place in DEPARTMENTS:
        for text in (place.name, plain(place.name).upper(), f"departamento de {place.name}"):
            assert read_place(text, level="department") == Accepted(place.code)
    for place in MUNICIPALITIES:
        if NAMES[plain(place.name)] == 1 and place.name != "El Progreso":
            assert read_place(place.name, level="department") == Accepted(place.code[:2])


def test_el_progreso_is_a_department_and_a_municipality_of_another() -> None:
    assert read_place("El Progreso") == Rejected("ambiguous", ("02", "2202"))
    assert read_place("El Progreso", level="department") == Accepted("02")
    assert read_place("El Progreso", level="municipality") == Accepted("2202", certain=False)
    assert read_place("El Progreso, Jutiapa") == Accepted("2202")


def test_within_a_department_a_repeated_name_is_one_place() -> None:
    for place in MUNICIPALITIES:
        assert read_place(place.name, within=place.code[:2]) == Accepted(place.code)
    assert read_place("Nebaj", within="01") == Rejected("out_of_range")
    assert read_place("zona 5", within="14") == Rejected("not_understood")


def misspell(name: str, chance: Random) -> str:
    """Drop, swap, double or mistake a letter, or write one as it sounds."""
    at = chance.randrange(1, len(name) - 1)
    slips = [
        name[:at] + name[at + 1 :],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        name[:at] + name[at] + name[at:],
        name[:at] + chance.choice("aeiourslnt") + name[at + 1 :],
    ]
    for heard, written in (
        ("s", "z"),
        ("z", "s"),
        ("v", "b"),
        ("b", "v"),
        ("qu", "k"),
        ("ll", "y"),
    ):
        if heard in name[1:]:
            slips.append(name[0] + name[1:].replace(heard, written, 1))
    return chance.choice(slips)


def test_a_misspelt_name_is_asked_back_and_never_taken_for_another_place() -> None:
    """Bound the worst fault: a certain reading that is wrong."""
    chance = Random(7)  # noqa: S311 - the same slips every time
    tried = found = 0
    for place in MUNICIPALITIES:
        name = plain(place.name)
        if NAMES[name] > 1 or name == "el progreso":
            continue
        for text in (misspell(name, chance), f"vivo en {misspell(name, chance)}"):
            reading = read_place(text)
            tried += 1
            if isinstance(reading, Accepted):
                assert not reading.certain or reading.value == place.code, text
                found += reading.value == place.code
            else:
                found += place.code in reading.candidates
    assert found / tried > 0.96


def test_a_misspelt_name_beside_its_department_is_never_certainly_wrong() -> None:
    chance = Random(8)  # noqa: S311 - the same slips every time
    for place in MUNICIPALITIES:
        reading = read_place(f"{misspell(plain(place.name), chance)} {plain(place.department)}")
        right = isinstance(reading, Accepted) and reading.value == place.code
        assert right or not isinstance(reading, Accepted) or not reading.certain


def test_a_label_says_which_of_two_places_of_one_name_it_is() -> None:
    assert label("1202") == "San Pedro Sacatepéquez, San Marcos"
    assert label("02") == "Departamento de El Progreso"
    assert label("14") == "Quiché"
    assert label("9999") == "9999"
    names = [label(code) for code in places()]
    assert len(set(names)) == len(names)


def test_a_town_is_asked_about_rather_than_the_department_of_its_name() -> None:
    assert _asked(["14", "1401"]) == Rejected("ambiguous", ("14", "1401"))
    assert _asked(["12", "1201"]) == Accepted("1201", certain=False)
