"""Export formats, one file each, by the names that users write."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from admin.exports.csv import Csv
from admin.exports.datapackage import DataPackage
from admin.exports.floip import Floip
from admin.exports.jsonl import Jsonl
from admin.exports.sav import Sav
from admin.exports.xlsx import Xlsx

if TYPE_CHECKING:
    from admin.exports.base import Format

EXPORTS: dict[str, Format] = {
    "csv": Csv(),
    "xlsx": Xlsx(),
    "jsonl": Jsonl(),
    "datapackage": DataPackage(),
    "floip": Floip(),
    # Only where the extra `puente[formats]` is installed.
    **({"sav": Sav()} if find_spec("pyreadstat") and find_spec("polars") else {}),
}
