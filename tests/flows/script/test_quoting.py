"""Quotes around a text."""

import pytest

from flows.script.quoting import judge_quotes


@pytest.mark.parametrize(
    ("value", "judgement"),
    [
        (r'"dos\\1"', "closed"),
        (r'"una\1"', "broken"),
        (r'"\u00e1 \x41 \n"', "closed"),
        (r'"\u00e"', "broken"),
        ('"hola" y más', "broken"),
        ('"hola" # nota', "closed"),
        ('"hola', "open"),
        ("'lo ''dicho'''", "closed"),
    ],
)
def test_a_quoted_value_is_judged_as_yaml_would(value: str, judgement: str) -> None:
    assert judge_quotes(value) == judgement
