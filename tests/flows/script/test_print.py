"""Printing a script and reading it again gives the same script."""

from hypothesis import given, settings

from flows.data import read_bytes
from flows.script.model import Script
from flows.script.parse import read_script
from flows.script.print import to_yaml
from tests.support.random_scripts import make_script, same_but_lines
from tests.support.small_script import CLEAN


@settings(max_examples=60)
@given(make_script())
def test_what_is_printed_reads_as_the_same_script(script: Script) -> None:
    printed = to_yaml(script)
    parsed = read_script(printed, name="guion.yaml")
    assert [found.sentence for found in parsed.problems] == [], printed
    assert parsed.script is not None
    assert same_but_lines(parsed.script) == same_but_lines(script)
    assert list(parsed.script.texts) == list(script.texts)


def test_real_scripts_are_printed_and_read_too() -> None:
    for source in (CLEAN, read_bytes("scripts", "plan-digital", "guion.yaml")):
        script = read_script(source, name="guion.yaml").script
        assert script is not None
        again = read_script(to_yaml(script), name="guion.yaml").script
        assert again is not None
        assert same_but_lines(again) == same_but_lines(script)
