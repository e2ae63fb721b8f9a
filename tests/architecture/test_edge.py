"""Clock, randomness and ids are arguments: only the edge asks the machine for them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.support.code import ROOMS, list_modules, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# Where they are asked for, each for its reason.
EDGE = {
    "bot/channels/ussd.py": "the default of an argument",
    "bot/channels/smsgate.py": "the default of an argument",
    "puente/app.py": "hands them to the rooms",
    "puente/clock.py": "the clock itself",
    "puente/commands/keys.py": "a new key",
    "puente/commands/leaders.py": "the code of a leader",
    "puente/commands/simulate.py": "a seed where none is given",
    "puente/commands/tokens.py": "tokens of the API",
    "puente/commands/users.py": "passwords and cookies' tokens",
    "puente/demonstration.py": "the demo user's password",
    "puente/frame.py": "the nonce of a page",
    "puente/house.py": "hands them to the rooms",
    "puente/secret_files.py": "the name of a file that is being written",
    "puente/settings.py": "a development machine's own secrets",
    "storage/database.py": "the default of an argument",
    "storage/files.py": "the name of a file",
    "storage/ids.py": "ids by the machine's randomness",
    "storage/pseudonyms.py": "the default of an argument",
    "storage/sealing.py": "the default of an argument",
}
MODULES = {"random", "secrets"}
NAMES = {
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "os.urandom",
    "time.time",
    "uuid.uuid1",
    "uuid.uuid4",
    "uuid1",
    "uuid4",
}


def find_sources(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            yield str(node.module)
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names if alias.name in NAMES)
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in NAMES:
            yield ast.unparse(node)


def test_only_the_edge_asks_for_the_time_or_for_chance() -> None:
    found = {
        name_of(path): sorted(set(find_sources(ast.parse(path.read_text(encoding="utf-8")))))
        for path in list_modules(*ROOMS)
    }
    assert {name: names for name, names in found.items() if names and name not in EDGE} == {}


def test_the_edge_is_no_longer_than_it_is() -> None:
    known = {name_of(path) for path in list_modules(*ROOMS)}
    assert set(EDGE) <= known


def test_the_search_sees_what_it_looks_for() -> None:
    code = "import random, os\nfrom uuid import uuid4\nnow = datetime.now(UTC)\nos.urandom(1)"
    assert set(find_sources(ast.parse(code))) == {"random", "uuid4", "datetime.now", "os.urandom"}
