"""Which language is it in? The sentences are of the Universal Declaration, or our own."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.languages.detect import NOTHING, Guess, detect
from flows.text.signs import APOSTROPHES

DECLARATION = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("declaration.tsv").read_text(encoding="utf-8").splitlines()
]
MARKED = [(code, text) for code, text in DECLARATION if code in {"quc", "kek", "cak", "mam"}]
QUC, KEK = MARKED[0][1], MARKED[4][1]


@pytest.mark.parametrize(("language", "text"), DECLARATION)
def test_tells_each_language_of_the_declaration(language: str, text: str) -> None:
    guess = detect(text)
    assert guess.language == language
    assert guess.score >= 0.5
    assert guess.is_mayan is (language in {"quc", "kek", "cak", "mam"})
    assert guess.second not in {None, language}


@pytest.mark.parametrize(("language", "text"), MARKED)
def test_capitals_and_lost_accents_change_nothing_that_matters(language: str, text: str) -> None:
    bare = "".join(s for s in unicodedata.normalize("NFD", text) if not unicodedata.combining(s))
    for written in (text.upper(), unicodedata.normalize("NFD", text), bare):
        assert detect(written).language == language


@pytest.mark.parametrize("mark", APOSTROPHES)
def test_every_apostrophe_is_the_same_mark(mark: str) -> None:
    if unicodedata.combining(mark) == 0:
        assert detect(KEK.replace("'", mark)) == detect(KEK)


@pytest.mark.parametrize("mark", ["", " "])
def test_marks_may_be_dropped_or_written_as_spaces(mark: str) -> None:
    for language, text in MARKED:
        guess = detect(text.replace("'", mark))
        assert language in {guess.language, guess.second}


@pytest.mark.parametrize(
    "text",
    [
        *("si", "ok", "1", "jajaja", "no", "hola", "sí pues", "gracias", "", "   ", "12345678901"),
        *("😀😀😀", "👍🏽 👍🏽", "jajajajaja jejeje", "hola hola hola", "no si ok hola gracias"),
        *("AYUDA", "idioma por favor", "nik'onem chi rij", "uq'atexik", "https://example.org/a/b"),
        *("ana@example.org", "asdfghjkl qwerty", "sdkfjh skdjfh wkejrh", "xkcdqw zzxv qqpwl"),
        *("Привет как дела друзья", "今天天气很好我们去吧", "\ud800\udfff\ud800", "''''''''''''"),
    ],
)
def test_what_is_no_evidence_gets_no_language(text: str) -> None:
    assert detect(text) == NOTHING


@pytest.mark.parametrize(
    "text",
    [
        "vivo en totonicapan",
        "soy de chichicastenango quiche",
        "aqui en xela no hay agua",
        "Huehuetenango",
        "santa catarina ixtahuacan",
        "soy Tzoc Xol",
        "soy Xol Choc de Senahu",
        "fijese q aqui en la aldea chuatroj no ai agua",
        "KEREMOS CARRETERA YA",
        "mi esposa habla kiche y yo kaqchikel",
        "don Tojín es el alcalde de Tajumulco",
        "nesesitamos alluda x fabor",
        "en nebaj chajul y cotzal llueve",
        "me llamo ana ixcoy",
    ],
)
def test_spanish_with_mayan_names_and_misspellings_stays_spanish(text: str) -> None:
    assert detect(text).language == "es"


@pytest.mark.parametrize(("language", "text"), MARKED)
def test_a_spanish_tail_does_not_hide_the_mayan_message(language: str, text: str) -> None:
    tail = "pero la verdad no se si van a poder hacer algo por nosotros, gracias por todo"
    guess = detect(f"{text}. {tail}")
    assert guess.language == language
    assert guess.is_mayan


def test_her_municipality_settles_what_is_nearly_even() -> None:
    even = detect("utz ri tinamit")
    assert even.language is not None
    assert even.second is not None
    assert detect("utz ri tinamit", at_home=(even.second,)).language == even.second
    assert detect(KEK, at_home=("quc",)).language == "kek"
    assert detect("vivo en totonicapan", at_home=("quc",)).language == "es"


def test_threads_get_the_same_answers() -> None:
    texts = [text for _, text in DECLARATION] * 4
    alone = [detect(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(detect, texts)) == alone


@given(st.text() | st.text(alphabet=f"k'{APOSTROPHES}aeiou ñ\u0301\u200b\u202e\ud800", max_size=80))
def test_any_text_has_an_answer(text: str) -> None:
    guess = detect(text)
    assert 0 <= guess.score <= 1
    if guess.language is None:
        assert guess == Guess(None, 0.0, None, is_mayan=None)
    else:
        assert None not in (guess.second, guess.is_mayan)
    assert detect(text) == guess


def test_a_megabyte_is_read_like_its_beginning() -> None:
    assert detect(f"{QUC} " * 20_000) == detect(f"{QUC} " * 100)
    assert detect("a" * 1_000_000) == NOTHING


@pytest.mark.parametrize(("language", "text"), DECLARATION)
def test_weighs_no_text_in_the_language_that_is_no_news(language: str, text: str) -> None:
    assert detect(text, besides=language) == NOTHING
    assert detect(text, besides="none of them") == detect(text)
