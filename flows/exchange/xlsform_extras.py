"""The sheet of ours in a form: what belongs to no question, a key and a value a row.

`convoca`, `palabras` (parted by commas), `cuotas/<name>/segun` and `…/maximo`, `ejes/<key>`,
`servicio/<name>`, `marcadores/<name>/largo` and `…/valor`: the words of the language, as in a
script. Then texts by their own keys, `noche/luego`: what a gate says, and the translations that
have no column of XLSForm's, each language in a column beside `valor`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flows.exchange.workbook import name_language, read_grid
from flows.reading.fold import fold
from flows.script.model import Gate, Marker, Quota
from flows.script.words import ATTRIBUTES, MARKER, QUOTA, TOP_LEVEL, spanish

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.exchange.imported import Ledger
    from flows.exchange.workbook import Row, Sheet
    from flows.script.model import Script

_KEY: Final = "clave"
_VALUE: Final = "valor"
_CONVENER = spanish(TOP_LEVEL, "convener")
_KEYWORDS = spanish(TOP_LEVEL, "keywords")
_MARKERS = spanish(TOP_LEVEL, "markers")
_AXES = spanish(TOP_LEVEL, "axes")
_QUOTAS = spanish(TOP_LEVEL, "quotas")
_LENGTH, _STANDS_FOR = spanish(MARKER, "length"), spanish(MARKER, "value")
_BY, _MOST = spanish(QUOTA, "questions"), spanish(QUOTA, "most")
_AFTERWARDS = spanish(ATTRIBUTES, "afterwards")
_AXIS: Final = "eje"
_SAID: Final = frozenset({_AXIS, spanish(TOP_LEVEL, "service")})
"""What the keys of texts begin with that belong to no step."""


def read_extras(sheet: Sheet | None, ledger: Ledger) -> None:
    """Read the sheet where there is one; what it does not know is passed over."""
    read = read_grid(sheet, (_KEY, _VALUE), {}, ledger.problems).rows if sheet else []
    rows = {row.get(_KEY): row for row in read}
    values = {key: row.get(_VALUE) for key, row in rows.items()}
    ledger.convener = values.get(_CONVENER, "")
    words = values.get(_KEYWORDS, "").split(",")
    ledger.keywords = tuple(dict.fromkeys(fold(word) for word in words if word.strip()))
    ledger.axes = tuple(key.partition("/")[2] for key in rows if key.startswith(f"{_AXES}/"))
    ledger.markers = tuple(_read_markers(values))
    ledger.quotas = tuple(_read_quotas(values))
    for key, row in rows.items():
        head, _, name = key.partition("/")
        if name and head not in {_MARKERS, _QUOTAS}:
            _read_text(f"{_AXIS}/{name}" if head == _AXES else key, row, ledger)


def _read_text(key: str, row: Row, ledger: Ledger) -> None:
    if row.get(_VALUE):
        ledger.texts[key] = row.get(_VALUE)
    for language in row.list_languages(_VALUE):
        if text := row.get(f"{_VALUE}::{language}"):
            ledger.translate(language, key, text)


def _read_markers(values: Mapping[str, str]) -> Iterator[Marker]:
    for key, longest in values.items():
        head, _, rest = key.partition("/")
        name, _, part = rest.partition("/")
        if head == _MARKERS and part == _LENGTH and longest.isdecimal():
            yield Marker(name, int(longest), values.get(f"{_MARKERS}/{name}/{_STANDS_FOR}", ""))


def _read_quotas(values: Mapping[str, str]) -> Iterator[Quota]:
    for key, most in values.items():
        head, _, rest = key.partition("/")
        name, _, part = rest.partition("/")
        if head == _QUOTAS and part == _MOST and most.isdecimal():
            asked = values.get(f"{_QUOTAS}/{name}/{_BY}", "").split(",")
            yield Quota(name, tuple(one.strip() for one in asked if one.strip()), int(most))


def write_extras(
    script: Script, translations: Mapping[str, Mapping[str, str]]
) -> tuple[tuple[str, ...], ...]:
    """Write the rows of the sheet; see `write_xlsform`."""
    rows: list[tuple[str, ...]] = []
    if script.convener:
        rows.append((_CONVENER, script.convener))
    if script.keywords:
        rows.append((_KEYWORDS, ", ".join(script.keywords)))
    for marker in script.markers:
        rows.append((f"{_MARKERS}/{marker.name}/{_LENGTH}", str(marker.longest)))
        rows.append((f"{_MARKERS}/{marker.name}/{_STANDS_FOR}", marker.value))
    for quota in script.quotas:
        rows.append((f"{_QUOTAS}/{quota.name}/{_BY}", ", ".join(quota.questions)))
        rows.append((f"{_QUOTAS}/{quota.name}/{_MOST}", str(quota.most)))
    for key, text in _list_texts(script, translations):
        head, _, name = key.partition("/")
        said = [texts.get(key, "") for texts in translations.values()]
        if text or any(said):
            rows.append((f"{_AXES}/{name}" if head == _AXIS else key, text, *said))
    languages = (f"{_VALUE}::{name_language(code)}" for code in translations)
    return ((_KEY, _VALUE, *languages), *rows)


def _list_texts(
    script: Script, translations: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str]]:
    """Give the texts that have no label, each with its own words where no column has them."""
    here = _SAID | {step.id for step in script.steps if isinstance(step, Gate)}
    axes = [f"{_AXIS}/{axis}" for axis in script.axes]
    translated = [key for texts in translations.values() for key in texts]
    for key in dict.fromkeys((*axes, *script.texts, *translated)):
        step, _, part = key.partition("/")
        if step in here:
            yield key, script.texts.get(key, "")
        elif "@" in part or part == _AFTERWARDS:
            yield key, ""
