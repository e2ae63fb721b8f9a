"""The languages as data: nothing without its source, and every word in it is read."""

from __future__ import annotations

import tomllib
from dataclasses import fields

import pytest

from flows.data import read_bytes
from flows.languages.catalogue import Language, find_language, find_named, languages
from flows.reading.choices import read_choice
from flows.reading.quantities import read_number
from flows.reading.result import Accepted
from flows.reading.yes_no import find_yes_no
from flows.service import Word, find_service
from flows.text.signs import APOSTROPHES

TABLE = tomllib.loads(read_bytes("languages", "languages.toml").decode())
INDIGENOUS = (
    "quc kek cak mam tzj poh poc ixl kjb jac cac acr usp agu agu-x-chalchi quv qum ttc knj mop "
    "itz caa cab xin"
).split()
MAYAN = [code for code in INDIGENOUS if code not in {"cab", "xin"}]
WRITTEN = [sign for sign in "'ʼ’‘ꞌ´`ˈ" if sign in APOSTROPHES]
NUMERALS = [
    (code, word, number)
    for code, language in languages().items()
    for word, number in language.numerals.items()
]


def test_spanish_english_and_the_24_indigenous_languages_are_there() -> None:
    assert {*languages()} == {"es", "en", *INDIGENOUS}
    assert [code for code in INDIGENOUS if languages()[code].mayan] == MAYAN


@pytest.mark.parametrize("code", TABLE)
def test_whatever_is_said_of_a_language_names_its_source(code: str) -> None:
    entry = TABLE[code]
    known = {field.name for field in fields(Language)}
    assert entry.keys() <= known
    stated = {key for key in entry if entry[key]} - {"name", "mayan", "sources"}
    unsaid = {"courtesy", "yes_maybe", "no_maybe"} if code in {"es", "en"} else set()
    assert stated - unsaid <= entry.get("sources", {}).keys()


def test_a_language_goes_by_its_own_name_where_that_is_attested() -> None:
    assert find_language("quc").autonym == "Kʼicheʼ"
    assert find_language("tzj").autonym == "Tzʼutujil"
    assert find_language("xin").autonym == "Xinka"
    assert find_language("zz") == Language("zz", "zz")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("k iche", "quc"),
        ("K' ICHE'", "quc"),
        ("q eqchi", "kek"),
        ("tz utujil", "tzj"),
        ("q anjob al", "kjb"),
        ("ch orti", "caa"),
        ("hablo k iche", "quc"),
        ("yo hablo mam", "mam"),
        ("en q eqchi", "kek"),
        ("a chi", None),
        ("ma m", None),
        ("ki che", "quc"),
    ],
)
def test_a_language_is_named_with_a_blank_for_the_mark(text: str, code: str | None) -> None:
    assert find_named(text) == code


@pytest.mark.parametrize(("code", "word", "number"), NUMERALS)
def test_every_numeral_is_read_with_every_apostrophe_and_in_capitals(
    code: str, word: str, number: int
) -> None:
    for sign in WRITTEN:
        written = word.replace("ʼ", sign).replace("'", sign)
        for text in (written, written.upper(), f"{written}."):
            assert read_number(text, language=code) == Accepted(str(number)), text
    without = word.replace("ʼ", "").replace("'", "")
    assert read_number(without, language=code) == Accepted(str(number))


@pytest.mark.parametrize(("code", "word", "number"), NUMERALS)
def test_a_numeral_with_its_mark_is_read_in_a_conversation_in_spanish_too(
    code: str, word: str, number: int
) -> None:
    if len(word) < 4 and not {"ʼ", "'"} & {*word}:
        return
    options = {str(n): f"opción {n}" for n in range(1, 21)}
    assert read_choice(word, options) == Accepted(str(number)), code


@pytest.mark.parametrize("code", languages())
def test_every_yes_and_no_is_read_in_its_language(code: str) -> None:
    language = languages()[code]
    for answer, certain, words in (
        ("yes", True, language.yes),
        ("no", True, language.no),
        ("yes", False, language.yes_maybe),
        ("no", False, language.no_maybe),
    ):
        for word in words:
            for sign in WRITTEN:
                said = find_yes_no(word.replace("ʼ", sign).replace("'", sign), code)
                assert said is not None, word
                assert (said.answer, said.certain) == (answer, certain), word


@pytest.mark.parametrize("code", languages())
def test_every_service_word_is_heard_with_any_apostrophe(code: str) -> None:
    for name, words in languages()[code].service.items():
        for word in words:
            for sign in WRITTEN:
                found = find_service(word.replace("ʼ", sign).replace("'", sign).upper())
                assert found is not None, word
                assert found.word is Word(name), word
