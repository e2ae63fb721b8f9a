"""What is sent to a phone that pays for its signs, and what is replaced in it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.text.alphabet import ALPHABET, BASIC, EXTENSION, is_gsm7
from flows.text.gsm7 import fold

GLOTTALS = ["ʼ", "’", "‘", "ꞌ", "´", "ˈ", "`", "ʹ", "′", "ʻ", "ˊ"]


def test_the_alphabet_has_the_signs_of_the_standard() -> None:
    """3GPP TS 23.038: 128 codes, one of them the escape, and ten behind it."""
    assert (len(BASIC), len(EXTENSION), len(ALPHABET)) == (127, 10, 137)


@pytest.mark.parametrize(
    ("text", "sent", "replaced"),
    [
        ("", "", ()),
        ("Que tenga buen dia", "Que tenga buen dia", ()),
        (
            "¿Cuánto pagó? ¡Señal, café, pingüino!",
            "¿Cuanto pago? ¡Señal, café, pingüino!",
            ("á", "ó"),
        ),
        ("ÁÍÓÚ", "AIOU", ("Á", "Í", "Ó", "Ú")),
        ("más y más", "mas y mas", ("á",)),
        ("“sí” «no» — …", '"si" "no" - ...', ("“", "í", "”", "«", "»", "—", "…")),
        ("cafe\u0301", "café", ()),
        ("a\u0301rbol", "arbol", ("á",)),
        ("sí\u200b\u202e\ufeff", "si", ("í", "\u200b", "\u202e", "\ufeff")),
        ("uno\u00a0dos", "uno dos", ("\u00a0",)),
        ("línea\r\notra\ttres", "linea\r\notra tres", ("í", "\t")),
        ("São garçon", "Sao garcon", ("ã", "ç")),
        ("ŕ ș ž", "r s z", ("ŕ", "ș", "ž")),
        ("© 5 × 3 → 1º", "(c) 5 x 3 -> 1o", ("©", "×", "→", "º")),
        ("œ Œ ł đ ı", "oe OE l d i", ("œ", "Œ", "ł", "đ", "ı")),
        ("m² ﬁ ℡ ①", "m2 fi TEL 1", ("²", "ﬁ", "℡", "①")),
        ("Ｑ２５", "Q25", ("Ｑ", "２", "５")),
        ("sí 😀", "sí 😀", ()),
        ("“sí” 😀 Qʼeqchiʼ", "\"sí\" 😀 Q'eqchi'", ("“", "”", "ʼ")),
        ("日本", "日本", ()),
        ("a\x00b\x7f", "ab", ("\x00", "\x7f")),
    ],
)
def test_only_what_loses_nothing_is_folded(text: str, sent: str, replaced: tuple[str, ...]) -> None:
    folded = fold(text)
    assert (folded.text, folded.replaced) == (sent, replaced)


@pytest.mark.parametrize("glottal", GLOTTALS)
def test_every_apostrophe_is_sent_as_the_plain_one(glottal: str) -> None:
    folded = fold(f"K{glottal}iche{glottal}", "quc")
    assert folded.text == "K'iche'"
    assert folded.replaced == ((glottal,) if glottal not in ALPHABET else ())


@pytest.mark.parametrize(
    ("language", "text", "sent"),
    [
        ("cak", "toʼïk", "to'ïk"),
        ("cak", "manäq", "manäq"),
        ("quc", "toʼïk chë", "to'ik che"),
        ("es", "toʼïk", "to'ïk"),
        ("mam", "tẍi", "tẍi"),
        ("mam", "n\u0308ot", "n\u0308ot"),
        ("cab", "búnguiu", "búnguiu"),
        ("es", "búnguiu", "bunguiu"),
        ("kek", "inkʼaʼ nin nááw", "ink'a' nin naaw"),
        ("unknown", "sí", "si"),
    ],
)
def test_the_rule_of_a_language_keeps_what_carries_meaning_in_it(
    language: str, text: str, sent: str
) -> None:
    assert fold(text, language).text == sent


def test_a_mark_beside_one_that_the_alphabet_has_is_dropped_alone() -> None:
    assert fold("ü\u0301 ộ").text == "ü o"
    assert fold("o\u0308\u0301").text == "ö"
    assert fold("e\u0308\u0301").text == "e\u0308\u0301".replace("e\u0308", "ë")
    assert fold("q\u0313").text == "q'"


@given(text=st.text())
def test_what_is_gsm7_is_sent_as_it_is_and_what_is_sent_is_folded_already(text: str) -> None:
    folded = fold(text)
    whole = unicodedata.normalize("NFC", text)
    assert not is_gsm7(whole) or folded.text == whole
    assert fold(folded.text).text == unicodedata.normalize("NFC", folded.text)


@given(text=st.text(alphabet="aáéíñ’ʼ“ 😀ïẍ€n…"))
def test_replaced_are_just_the_letters_that_are_not_sent(text: str) -> None:
    folded = fold(text)
    assert len(set(folded.replaced)) == len(folded.replaced)
    for sign in folded.replaced:
        assert sign in unicodedata.normalize("NFC", text)
        assert sign not in folded.text
