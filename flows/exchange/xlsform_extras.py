"""The sheet of ours in a form: what belongs to no question, a key and a value a row.

`convoca`, `palabras` (parted by commas), `ejes/<key>`, `servicio/<name>`,
`marcadores/<name>/largo` and `…/valor`: the words of the language, as in a script.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.reading.fold import fold
from flows.script.model import Marker
from flows.script.words import MARKER, TOP_LEVEL, spanish

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.exchange.imported import Ledger
    from flows.exchange.workbook import Sheet
    from flows.script.model import Script

HEADER = ("clave", "valor")
_CONVENER = spanish(TOP_LEVEL, "convener")
_KEYWORDS = spanish(TOP_LEVEL, "keywords")
_MARKERS = spanish(TOP_LEVEL, "markers")
_AXES = spanish(TOP_LEVEL, "axes")
_SERVICE = spanish(TOP_LEVEL, "service")
_LENGTH, _VALUE = spanish(MARKER, "length"), spanish(MARKER, "value")


def read_extras(sheet: Sheet | None, ledger: Ledger) -> None:
    """Read the sheet where there is one; what it does not know is passed over."""
    rows = {row[0].strip(): row[1].strip() for row in sheet.rows if len(row) > 1} if sheet else {}
    ledger.convener = rows.get(_CONVENER, "")
    words = rows.get(_KEYWORDS, "").split(",")
    ledger.keywords = tuple(dict.fromkeys(fold(word) for word in words if word.strip()))
    axes: list[str] = []
    for key, text in rows.items():
        head, _, name = key.partition("/")
        if name and head == _AXES:
            axes.append(name)
            ledger.texts[f"eje/{name}"] = text
        elif name and head == _SERVICE:
            ledger.texts[f"servicio/{name}"] = text
    ledger.axes = tuple(axes)
    ledger.markers = tuple(_read_markers(rows))


def _read_markers(rows: Mapping[str, str]) -> Iterator[Marker]:
    for key, longest in rows.items():
        head, _, rest = key.partition("/")
        name, _, part = rest.partition("/")
        if head == _MARKERS and part == _LENGTH and longest.isdecimal():
            yield Marker(name, int(longest), rows.get(f"{_MARKERS}/{name}/{_VALUE}", ""))


def write_extras(script: Script) -> tuple[tuple[str, ...], ...]:
    """Write the rows of the sheet."""
    rows: list[tuple[str, ...]] = [HEADER]
    if script.convener:
        rows.append((_CONVENER, script.convener))
    if script.keywords:
        rows.append((_KEYWORDS, ", ".join(script.keywords)))
    for marker in script.markers:
        rows.append((f"{_MARKERS}/{marker.name}/{_LENGTH}", str(marker.longest)))
        rows.append((f"{_MARKERS}/{marker.name}/{_VALUE}", marker.value))
    rows.extend((f"{_AXES}/{axis}", script.texts[f"eje/{axis}"]) for axis in script.axes)
    rows.extend(
        (f"{_SERVICE}/{key.removeprefix('servicio/')}", text)
        for key, text in script.texts.items()
        if key.startswith("servicio/")
    )
    return tuple(rows)
