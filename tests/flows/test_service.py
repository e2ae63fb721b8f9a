"""Service words, and what only looks like one."""

import pytest

from flows.folio import make_folio
from flows.golden.chance import make_chance
from flows.service import Service, Word, find_service

LEAVING = (
    *("BAJA", "ALTO", "PARAR", "PARE", "SALIR", "CANCELAR", "DETENER", "BASTA"),
    *("STOP", "END", "QUIT", "UNSUBSCRIBE", "no mas", "no más", "ya no", "Baja.", "«BAJA»"),
    *("STOPALL", "Cancel", "REVOKE", "OptOut"),
    *("baja por favor", "por favor, ¡basta!", "  stop  ", "ｂａｊａ"),
)


@pytest.mark.parametrize("text", LEAVING)
def test_words_that_leave(text: str) -> None:
    assert find_service(text) == Service(Word.STOP)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("BORRAR", Word.ERASE),
        ("Ayuda", Word.HELP),
        ("info", Word.HELP),
        ("ATRÁS", Word.BACK),
        ("idioma", Word.LANGUAGE),
        ("FOLIO", Word.PROPOSAL),
        ("Vincular.", Word.LINK),
        ("Inicio", Word.ENTER),
        ("CONSULTA", Word.ENTER),
    ],
)
def test_the_other_words(text: str, word: Word) -> None:
    assert find_service(text) == Service(word)


@pytest.mark.parametrize(
    "text",
    [
        "hay que parar la corrupción",
        "quiero que baje el precio",
        "no",
        "ALTA",
        "",
        "1",
        "folio de mi casa",
        "ayuda " * 30,
        "\x00",
        "🛑",
    ],
)
def test_what_is_no_service_word(text: str) -> None:
    assert find_service(text) is None


def test_a_keyword_of_the_consultation_enters() -> None:
    assert find_service("Plan", ("plan",)) == Service(Word.ENTER)
    assert find_service("Plan") is None


def test_a_folio_may_come_with_its_word() -> None:
    folio = make_folio(make_chance(1))
    assert find_service(f"folio {folio[:3]} {folio[3:]}") == Service(Word.PROPOSAL, folio)


@pytest.mark.parametrize("text", ["IDIOMA KICHE", "idioma mam", "Idioma q'eqchi'"])
def test_the_word_for_language_may_name_one(text: str) -> None:
    assert find_service(text) == Service(Word.LANGUAGE)
    assert find_service("idioma bonito") is None


@pytest.mark.parametrize(
    ("text", "folio"), [("FOLIO 4F7EMCX", "4F7EMCX"), ("folio aaaaaaa", "AAAAAAA")]
)
def test_a_mistyped_folio_is_asked_for_all_the_same(text: str, folio: str) -> None:
    assert find_service(text) == Service(Word.PROPOSAL, folio)
