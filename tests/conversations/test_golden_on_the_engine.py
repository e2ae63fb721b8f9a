"""Every golden conversation, on the engine alone; the state goes through JSON at every turn."""

from datetime import datetime
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from flows.golden.chance import make_chance
from flows.golden.chat import ChatError, compare, read_chat, write_chat
from flows.golden.rehearsal import Rehearsal
from puente.bundled import find_flow

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("America/Guatemala"))
CHATS = sorted(
    (folder.name, chat.name)
    for folder in files("flows").joinpath("scripts").iterdir()
    if folder.is_dir()
    for chat in folder.iterdir()
    if chat.name.endswith(".chat")
)


def make_phone(slug: str, form: str = "sms", seed: int = 1) -> Rehearsal:
    return Rehearsal(find_flow(slug), NOON, make_chance(seed), form)  # type: ignore[arg-type]


@pytest.mark.parametrize(("slug", "name"), CHATS)
def test_golden_conversation_is_kept_word_for_word(slug: str, name: str) -> None:
    source = files("flows").joinpath("scripts", slug, name).read_text(encoding="utf-8")
    chat = read_chat(source, name)
    difference = compare(chat, make_phone(slug, chat.form, chat.seed))
    assert not difference, f"\n{difference}"


def test_there_are_golden_conversations() -> None:
    assert len([name for slug, name in CHATS if slug == "plan-digital"]) >= 8


def test_a_difference_is_shown_as_a_conversation() -> None:
    chat = read_chat("> hola\n< otra cosa\n> 1\n= inv: 2\n", "mal.chat")
    difference = compare(chat, make_phone("plan-digital"))
    assert difference.startswith("mal.chat:1: > hola\n- < otra cosa\n+ < GAE")


def test_a_wrong_record_is_shown_too() -> None:
    chat = read_chat("> hola\n> 1\n= inv: 2\n", "mal.chat")
    phone = make_phone("plan-digital")
    written = read_chat(write_chat("> hola\n> 1\n= inv: 2\n", chat, phone), "mal.chat")
    assert compare(written, make_phone("plan-digital")).endswith("= inv: 1")


def test_writing_a_conversation_anew_keeps_comments_and_order() -> None:
    source = "# un comentario\ncanal: sms\n\n> hola\n< vieja\n  cosa\n"
    written = write_chat(source, read_chat(source, "x"), make_phone("plan-digital"))
    assert written.startswith("# un comentario\ncanal: sms\n\n> hola\n< GAE")
    assert "vieja" not in written


@pytest.mark.parametrize(
    "source",
    [
        "< sin pregunta",
        "canal: fax",
        "azar: mucho",
        "@ un rato",
        "= 3",
        "hola",
        "> hola\ncanal: sms",
    ],
)
def test_a_line_without_meaning_is_named(source: str) -> None:
    with pytest.raises(ChatError, match=r"x\.chat:\d"):
        read_chat(source, "x.chat")


def test_several_people_are_asked_whose_data_to_delete() -> None:
    phone = make_phone("plan-digital")
    for text in ["hola", "1", "1", "2", "7", "1", "0", "0", "3", "CONSULTA", "2", "1"]:
        phone.send(text)
    assert phone.send("BORRAR")[0].startswith("Varias personas")


def test_a_phone_that_waits_for_nothing_would_not_keep_a_session() -> None:
    phone = make_phone("plan-digital", "ussd")
    phone.dial()
    assert phone.is_waiting
    phone.send("2")
    assert not phone.is_waiting
