"""Every golden conversation, on the engine alone; the state goes through JSON at every turn."""

import pytest

from flows.data import find_chats, find_scripts, read_bytes
from flows.golden.chat import read_chat
from flows.golden.playing import compare, pick_up
from puente.bundled import find_flow
from tests.support.code import ROOT

CHATS = [(slug, name) for slug in find_scripts() for name in find_chats(slug)]
LANGUAGE = ROOT / "tests" / "conversations" / "lenguaje"
"""A script that uses what the flagship does not, with its conversations."""


@pytest.mark.parametrize(("slug", "name"), CHATS)
def test_golden_conversation_is_kept_word_for_word(slug: str, name: str) -> None:
    chat = read_chat(read_bytes("scripts", slug, name).decode(), name)
    assert compare(chat, pick_up(find_flow(slug), chat)) is None


@pytest.mark.parametrize("name", [path.name for path in sorted(LANGUAGE.glob("*.chat"))])
def test_whatever_the_language_has_is_said_word_for_word(name: str) -> None:
    chat = read_chat((LANGUAGE / name).read_text(encoding="utf-8"), name)
    assert compare(chat, pick_up(find_flow(str(LANGUAGE)), chat)) is None


def test_there_are_golden_conversations() -> None:
    assert len([name for slug, name in CHATS if slug == "plan-digital"]) >= 8
