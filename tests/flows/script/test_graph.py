"""A script drawn: every step by name and line, every way it can go."""

import itertools
import re
from xml.etree import ElementTree as ET

from hypothesis import given, settings

from flows.script.graph import draw, list_steps
from flows.script.model import Jump, Script
from flows.script.parse import read_script
from tests.support.random_scripts import make_script
from tests.support.small_script import CLEAN, spoil


def read(source: str) -> Script:
    draft = read_script(source, name="x").draft
    assert draft is not None
    return draft


def test_each_step_is_named_with_its_line() -> None:
    script = read(CLEAN)
    picture = draw(script)
    for step in script.steps:
        name = f"ir_a {step.target}" if isinstance(step, Jump) else step.id
        assert f"{name} · línea {step.line}" in picture
    assert "si p1 == 1" in picture


def test_what_does_not_fit_a_node_stands_in_its_title() -> None:
    long = " y ".join(["p1 == 1"] * 9)
    picture = draw(read(spoil("si: p3 >= 4", f"si: {long}")))
    assert long in picture
    assert "…</text>" in picture


def test_jumps_that_run_side_by_side_take_lanes_of_their_own() -> None:
    source = spoil("  - pausa: manana", "  - ir_a: fin\n    si: p1 == 2\n  - pausa: manana")
    rights = re.findall(r"H(\d+)V\d+H390", draw(read(source)))
    assert len(rights) == 2
    assert len(set(rights)) == 2


def test_a_jump_that_leads_nowhere_is_drawn_without_an_arrow() -> None:
    picture = draw(read(spoil("- ir_a: fin", "- ir_a: zzz")))
    assert "ir_a zzz" in picture
    assert "H390" not in picture


def test_who_cannot_see_it_hears_every_step_and_how_to_read_it() -> None:
    script = read(CLEAN)
    root = ET.fromstring(draw(script))  # noqa: S314 - our own picture
    told = {node.get("id"): node.text or "" for node in root if node.get("id")}
    assert root.get("aria-labelledby") == "t d"
    assert told["t"] == "Una prueba (prueba)"
    assert "punteada" in told["d"]
    for step, row in zip(script.steps, list_steps(script), strict=True):
        assert f"línea {step.line}: " in told["d"]
        assert row.line == step.line
    assert "¿Qué falta en su aldea?" in {row.text for row in list_steps(script)}


def test_what_a_step_says_stands_in_it() -> None:
    picture = draw(read(CLEAN))
    assert ">¿Qué falta en su aldea?</text>" in picture


def test_conditions_one_after_another_are_lines_apart() -> None:
    ends = re.findall(r'class="e by" d="M60 (\d+)H36V(\d+)H60"', draw(read(CLEAN)))
    spans = [(int(start), int(end)) for start, end in ends]
    assert len(spans) > 3
    assert all(end < start for (_, end), (start, _) in itertools.pairwise(spans))


@settings(max_examples=20)
@given(make_script())
def test_any_script_is_a_picture_with_all_its_steps(script: Script) -> None:
    root = ET.fromstring(draw(script))  # noqa: S314 - our own picture
    boxes = [node for node in root.iter() if node.tag.endswith("rect")]
    assert len(boxes) == len(script.steps)
