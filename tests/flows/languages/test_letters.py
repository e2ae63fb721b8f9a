"""What a text leaves for telling its language."""

from __future__ import annotations

import pytest

from flows.languages.letters import LONGEST, Letters, read_letters


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("K’iche’ K'ICHE' kꞌicheꞌ", ("kʼicheʼ",) * 3),
        ("Totonicapán", ("totonicapan",)),
        ("ḱo 'jun' winaq", ("kʼo", "jun", "winaq")),
        ("siiii nooooo", ("si", "no")),
        ("ｋｏｎｏｊｅｌ\u200b ri", ("konojel", "ri")),
        ("jajaja xd ri jkjkj", ("ri",)),
        ("mire www.example.org y a@example.org y http://x y casa.com", ("mire", "y", "y", "y")),
        ("casa.como esta 123 !?", ("casa", "como", "esta")),
        ("привет ri", ("ri",)),
        ("", ()),
    ],
)
def test_words_are_plain_letters_and_marks(text: str, words: tuple[str, ...]) -> None:
    assert read_letters(text).words == words


def test_accents_are_kept_apart() -> None:
    assert read_letters("winäq ñan") == Letters(("winaq", "nan"), ("a\u0308", "n\u0303"))


def test_no_more_is_read_than_ten_messages() -> None:
    assert read_letters("ri " * LONGEST) == read_letters(("ri " * LONGEST)[:LONGEST])
