"""The translations beside a script, read from disk or from the package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flows.catalogues.po import read_catalogue
from flows.catalogues.problems import make_catalogue_problem
from flows.data import find_catalogues, find_scripts, read_bytes
from flows.languages.catalogue import languages
from puente.bundled import UnknownScriptError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.catalogues.entries import Catalogue
    from flows.catalogues.problems import CatalogueProblem


class BrokenCatalogueError(UnknownScriptError):
    """Files of translations that cannot be read; `problems` are by the name of the file."""

    def __init__(self, problems: Mapping[str, tuple[CatalogueProblem, ...]]) -> None:
        lines = [
            f"{name}:{problem.line}: {problem.code}: {problem.sentence}"
            for name, found in problems.items()
            for problem in found
        ]
        super().__init__("\n".join(lines))
        self.problems = problems


def read_catalogues(slug: str) -> Mapping[str, Catalogue]:
    """Read the translations beside a script, by language.

    Args:
        slug: as `read_source` takes it.

    Raises:
        BrokenCatalogueError: one cannot be read; none is left out in silence.
    """
    found: dict[str, Catalogue] = {}
    problems: dict[str, tuple[CatalogueProblem, ...]] = {}
    for name, raw in _read_beside(slug).items():
        language = name.removesuffix(".po")
        if language not in languages():
            problems[name] = (make_catalogue_problem("po-idioma", 1, word=name),)
            continue
        read = read_catalogue(raw, language)
        if isinstance(read, tuple):
            problems[name] = read
        else:
            found[language] = read
    if problems:
        raise BrokenCatalogueError(problems)
    return found


def _read_beside(slug: str) -> Mapping[str, bytes]:
    if slug in find_scripts():
        return {name: read_bytes("scripts", slug, name) for name in find_catalogues(slug)}
    path = Path(slug)
    folder = path if path.is_dir() else path.parent
    return {one.name: one.read_bytes() for one in sorted(folder.glob("*.po"))}
