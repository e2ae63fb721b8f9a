"""A script drawn as SVG: one step below the other, jumps in lanes at the right.

Steps run downwards only, so the order of the script is already the order of the layers; who
does not meet a step's condition goes on by the left, a jump arrives from the right. Nothing is
needed to draw it and nothing outside to show it; who cannot see it hears the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from flows.script.conditions import print_condition
from flows.script.kinds import find_kind
from flows.script.model import Draw, End, Jump, Question
from flows.script.words import KINDS, OUTCOMES, STEPS, spanish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.script.model import Script, Step

LEFT: Final = 60
WIDTH: Final = 330
HEIGHT: Final = 64
GAP: Final = 26
LANE: Final = 18
SHOWN: Final = 44
"""Letters of a node's second and third line; all of it stands in its title."""
LEGEND: Final = (
    "Cada caja es un paso, con su línea en el guion. La línea punteada es el camino de quien no "
    "cumple la condición; las de la derecha son saltos."
)

_STYLE: Final = (
    "text{font:13px sans-serif;fill:#0b0c0c}.n{fill:#fff;stroke:#0b0c0c}"
    ".question{fill:#e8f1f8}.end{fill:#e3e3e3;stroke-width:2}.pause,.rest{fill:#fff4d6}"
    ".e{fill:none;stroke:#0b0c0c}.by{stroke-dasharray:4 3;stroke:#505a5f}"
    ".s{font-size:11px}.t{font-size:11px;fill:#505a5f}"
)


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step as who does not see the picture reads it; `text` is what it says, if anything."""

    name: str
    line: int
    detail: str
    text: str


@dataclass(frozen=True, slots=True)
class _Arc:
    start: int
    end: int
    lane: int


def draw(script: Script) -> str:
    """Draw a script as an SVG document; nodes are named by step and line."""
    arcs = _place_arcs(script)
    lanes = 1 + max((arc.lane for arc in arcs), default=-1)
    width = LEFT + WIDTH + 30 + lanes * LANE
    height = GAP + len(script.steps) * (HEIGHT + GAP)
    title = escape(f"{script.title} ({script.slug})")
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" role="img" aria-labelledby="t d">'
        ),
        f'<title id="t">{title}</title><desc id="d">{escape(_tell(script))}</desc>',
        f"<style>{_STYLE}</style>",
        (
            '<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" '
            'markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>'
        ),
    ]
    for place, step in enumerate(script.steps):
        is_last = place == len(script.steps) - 1
        parts.extend(_draw_edges(step, place, is_last=is_last))
        parts.append(_draw_node(step, place, _find_text(script, step)))
    parts.extend(_draw_arc(arc) for arc in arcs)
    return "\n".join([*parts, "</svg>", ""])


def list_steps(script: Script) -> tuple[ToldStep, ...]:
    """Give what the picture shows as rows, in its order."""
    return tuple(
        ToldStep(name, step.line, detail, _find_text(script, step))
        for step in script.steps
        for name, detail in (_describe(step),)
    )


def _top(place: int) -> int:
    return GAP + place * (HEIGHT + GAP)


def _place_arcs(script: Script) -> tuple[_Arc, ...]:
    """Give each jump the first lane in which no other jump is under way."""
    places = {step.id: place for place, step in enumerate(script.steps)}
    arcs: list[_Arc] = []
    for start, step in enumerate(script.steps):
        if not isinstance(step, Jump) or step.target not in places:
            continue
        taken = {arc.lane for arc in arcs if arc.end >= start}
        lane = next(lane for lane in range(len(arcs) + 1) if lane not in taken)
        arcs.append(_Arc(start, places[step.target], lane))
    return tuple(arcs)


def _find_text(script: Script, step: Step) -> str:
    return script.texts.get(f"{step.id}/texto", "")


def _tell(script: Script) -> str:
    """Say the picture in words, a sentence a step."""
    steps = [
        f"{step.name}, línea {step.line}: {step.detail or 'siempre'}."
        for step in list_steps(script)
    ]
    return " ".join([LEGEND, *steps])


def _draw_node(step: Step, place: int, text: str) -> str:
    word, detail = _describe(step)
    top = _top(place)
    kind = find_kind(step)
    name = f"{word} · línea {step.line}"
    whole = " · ".join(part for part in (name, detail, text) if part)
    left = LEFT + 14
    return (
        f"<g><title>{escape(whole)}</title>"
        f'<rect class="n {kind}" x="{LEFT}" y="{top}" width="{WIDTH}" height="{HEIGHT}" '
        f'rx="{22 if kind == "end" else 5}"/>'
        f'<text x="{left}" y="{top + 19}">{escape(name)}</text>'
        f'<text class="s" x="{left}" y="{top + 36}">{escape(_shorten(detail))}</text>'
        f'<text class="t" x="{left}" y="{top + 53}">{escape(_shorten(text))}</text></g>'
    )


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"


def _describe(step: Step) -> tuple[str, str]:
    """Give what a node is called, and its second line."""
    details = [spanish(STEPS, find_kind(step))]
    word = step.id
    if isinstance(step, Question):
        details = [spanish(KINDS, step.kind)]
    elif isinstance(step, Jump):
        word = f"{spanish(STEPS, 'jump')} {step.target}"
        details = []
    elif isinstance(step, Draw):
        details.append(", ".join(step.among))
    elif isinstance(step, End):
        details.append(spanish(OUTCOMES, step.outcome))
    if step.condition is not None:
        details.append(f"{spanish(STEPS, 'block')} {print_condition(step.condition)}")
    return word, " · ".join(details)


def _draw_edges(step: Step, place: int, *, is_last: bool) -> Iterator[str]:
    top, below = _top(place), _top(place + 1)
    middle = LEFT + WIDTH // 2
    if not is_last and not isinstance(step, End | Jump):
        yield _path("e", f"M{middle} {top + HEIGHT}V{below}")
    if not is_last and step.condition is not None:
        # It leaves low and arrives high, so that two in a row do not run into one line.
        leaves, arrives = top + HEIGHT * 3 // 4, below + HEIGHT // 4
        yield _path("e by", f"M{LEFT} {leaves}H{LEFT - 24}V{arrives}H{LEFT}")


def _draw_arc(arc: _Arc) -> str:
    right = LEFT + WIDTH
    lane = right + 20 + arc.lane * LANE
    start, end = _top(arc.start) + HEIGHT // 2, _top(arc.end) + HEIGHT // 2
    return _path("e", f"M{right} {start}H{lane}V{end}H{right}")


def _path(kind: str, way: str) -> str:
    return f'<path class="{kind}" d="{way}" marker-end="url(#a)"/>'
