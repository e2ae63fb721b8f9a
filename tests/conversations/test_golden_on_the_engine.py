"""Every golden conversation, on the engine alone; the state goes through JSON at every turn."""

import pytest

from flows.data import find_chats, find_scripts, read_bytes
from flows.golden.chat import read_chat
from flows.golden.playing import compare, pick_up
from puente.bundled import find_flow

CHATS = [(slug, name) for slug in find_scripts() for name in find_chats(slug)]


@pytest.mark.parametrize(("slug", "name"), CHATS)
def test_golden_conversation_is_kept_word_for_word(slug: str, name: str) -> None:
    chat = read_chat(read_bytes("scripts", slug, name).decode(), name)
    assert compare(chat, pick_up(find_flow(slug), chat)) is None


def test_there_are_golden_conversations() -> None:
    assert len([name for slug, name in CHATS if slug == "plan-digital"]) >= 8
