"""`docs/problems.md` tells operators of every problem there is, in the words they will read."""

import re
from collections import defaultdict

import pytest

from flows.script.problems import SENTENCES, WARNINGS, find_severity, make_problem
from tests.support.code import ROOT

PAGE = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
ROWS = {
    row[1]: row.groups()
    for row in re.finditer(
        r"^\| `([a-z-]+)`(?: \*\((\w+)\)\*)? \| (.+?) (?<!\\)\| (.+) \|$",
        PAGE,
        re.MULTILINE,
    )
}


SIGNS = {"error": None, "warning": "aviso"}


def show(sentence: str) -> str:
    return sentence.format_map(defaultdict(lambda: "…")).replace("|", "\\|")


def test_the_page_tells_of_every_problem_in_the_order_of_the_table() -> None:
    assert list(ROWS) == list(SENTENCES)


@pytest.mark.parametrize("code", SENTENCES)
def test_a_problem_is_told_in_its_own_words_with_what_to_do(code: str) -> None:
    _, kind, sentence, mending = ROWS[code]
    assert sentence == show(SENTENCES[code])
    assert kind == SIGNS[find_severity(code)]
    assert mending.endswith(".")


def test_every_warning_is_a_problem_there_is() -> None:
    assert set(SENTENCES) >= WARNINGS


def test_a_code_nobody_knows_is_our_own_fault() -> None:
    with pytest.raises(KeyError):
        make_problem("nada", 1)
