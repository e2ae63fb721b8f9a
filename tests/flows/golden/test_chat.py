"""The `.chat` format."""

from datetime import timedelta

import pytest

from flows.golden.chat import ChatError, Exchange, read_chat

SOURCE = """\
# Un comentario.
canal: whatsapp
azar: 7
idioma: quc

> CONSULTA
< Hola.
  1 Sí

  2 No
@ 2 horas
@ 1 día
> 1
< Gracias.
< Adiós.
= inv: 1
= resultado:
"""


def test_a_conversation_is_read_with_its_lines() -> None:
    chat = read_chat(SOURCE, "una.chat")
    assert (chat.form, chat.seed, chat.language) == ("whatsapp", 7, "quc")
    assert chat.exchanges == [
        Exchange(6, "CONSULTA", timedelta(), ["< Hola.", "  1 Sí", "  2 No"], [7, 8, 10]),
        Exchange(
            13,
            "1",
            timedelta(hours=26),
            ["< Gracias.", "< Adiós."],
            [14, 15],
            {"inv": "1", "resultado": ""},
            {"inv": 16, "resultado": 17},
        ),
    ]


def test_without_settings_it_is_a_basic_phone() -> None:
    chat = read_chat("> hola\n", "una.chat")
    assert (chat.form, chat.seed, chat.language) == ("sms", 1, None)


@pytest.mark.parametrize(
    "line",
    [
        "< sin pregunta",
        "  sin mensaje",
        "canal: fax",
        "azar: mucho",
        "@ un rato",
        "= inv: 3",
        "hola",
        "> hola\ncanal: sms",
        "> hola\n  sin mensaje",
        "> hola\n= tres",
    ],
)
def test_a_line_without_meaning_is_named(line: str) -> None:
    place = 1 + line.count("\n")
    with pytest.raises(ChatError, match=rf"x\.chat:{place}: "):
        read_chat(line, "x.chat")
