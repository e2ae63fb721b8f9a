"""Every example of `docs/flow-language.md` is read, checked and talked to."""

import re
from textwrap import indent

import pytest

from flows.golden.chat import read_chat
from flows.golden.playing import compare, pick_up
from flows.script.compile import make_flow
from flows.script.parse import read_script
from flows.script.words import (
    ATTRIBUTES,
    CONDITION,
    KINDS,
    MARKER,
    OUTCOMES,
    QUOTA,
    STEPS,
    TOP_LEVEL,
)
from tests.support.code import ROOT
from tests.support.small_script import check

PAGE = (ROOT / "docs" / "flow-language.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.+?)^```$", PAGE, re.MULTILINE | re.DOTALL)
CHATS = re.findall(r"^```chat\n(.+?)^```$", PAGE, re.MULTILINE | re.DOTALL)
HEAD = EXAMPLES[0][: EXAMPLES[0].index("  - pregunta: p1")]
"""What stands before the steps of an example that has only steps."""


def complete(example: str) -> str:
    return example if example.startswith("puente:") else HEAD + indent(example, "  ")


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_has_nothing_wrong(example: str) -> None:
    assert check(complete(example)) == ()


@pytest.mark.parametrize("chat", CHATS)
def test_a_conversation_goes_as_it_is_written(chat: str) -> None:
    script = read_script(EXAMPLES[0], name="ejemplo").script
    assert script is not None
    read = read_chat(chat, "ejemplo.chat")
    assert compare(read, pick_up(make_flow(script), read)) is None


WORDS = sorted({*TOP_LEVEL, *STEPS, *ATTRIBUTES, *KINDS, *MARKER, *QUOTA, *CONDITION, *OUTCOMES})


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_the_language_is_told(word: str) -> None:
    assert re.search(rf"\b{word}\b", PAGE), word


def test_the_page_can_be_printed_on_two_sides() -> None:
    assert len(PAGE.splitlines()) < 220
