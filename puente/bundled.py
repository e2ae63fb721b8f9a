"""Scripts by the name of a consultation that comes with Puente, or by their path."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flows.data import find_chats, find_scripts, read_bytes

if TYPE_CHECKING:
    from flows.flow import Flow

FILE = "guion.yaml"


class UnknownScriptError(Exception):
    """There is no such script, or it cannot be run as it is; the message says what to do."""


def read_source(slug: str) -> tuple[bytes, str]:
    """Give the source of a script and what to call it.

    Args:
        slug: a bundled consultation, a folder with a `guion.yaml`, or a file (of a `.chat` the
            script beside it).
    """
    if slug in find_scripts():
        return read_bytes("scripts", slug, FILE), f"{slug}/{FILE}"
    path = Path(slug)
    path = path / FILE if path.is_dir() else path
    path = path.with_name(FILE) if path.suffix == ".chat" else path
    try:
        return path.read_bytes(), str(path)
    except OSError as error:
        known = ", ".join(find_scripts())
        raise UnknownScriptError(
            f"no hay un guion en «{slug}»; con Puente vienen: {known}"
        ) from error


def read_chats(slug: str) -> list[tuple[str, bytes, Path | None]]:
    """Give the golden conversations beside a script: what to call each, and where it is kept.

    Args:
        slug: as `read_source` takes it, or one `.chat` file. What comes with Puente has no path.
    """
    if slug in find_scripts():
        return [(name, read_bytes("scripts", slug, name), None) for name in find_chats(slug)]
    path = Path(slug)
    folder = path if path.is_dir() else path.parent
    found = [path] if path.suffix == ".chat" else sorted(folder.glob("*.chat"))
    try:
        return [(str(one), one.read_bytes(), one) for one in found]
    except OSError as error:
        raise UnknownScriptError(f"{error.filename} cannot be read: {error.strerror}") from error


def find_flow(slug: str) -> Flow:
    """Read, check and make ready a script, in every language that may be offered.

    Raises:
        UnknownScriptError: it is not there, or has mistakes (`puente flows check` lists them).
    """
    # Imported here: of the commands that may read a script, most read none.
    from flows.catalogues.offering import find_offered  # noqa: PLC0415
    from flows.script.check import check_script  # noqa: PLC0415
    from flows.script.compile import make_flow  # noqa: PLC0415
    from flows.script.parse import read_script  # noqa: PLC0415
    from puente.translations import read_catalogues  # noqa: PLC0415

    source, name = read_source(slug)
    parsed = read_script(source, name=name)
    problems = check_script(parsed)
    mistakes = [problem for problem in problems if problem.severity == "error"]
    if parsed.script is None or mistakes:
        raise UnknownScriptError(f"{name} has mistakes; see: puente flows check {slug}")
    return make_flow(parsed.script, find_offered(parsed.script, read_catalogues(slug).values()))
