"""`puente flows voice`: what is read aloud of a consultation, and a folder of recordings."""

from __future__ import annotations

import mimetypes
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.voices import LARGEST, Take, VoiceRefusedError, find_live, keep_voices
from flows.catalogues.voices import list_aloud, name_file, name_text
from puente.console import load_settings, open_database
from puente.house import make_media_files
from storage.errors import OvertakenError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.flow import Flow
    from storage.database import Database


@click.command()
@click.argument("slug")
@click.argument(
    "folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option("--who", default="puente", help="Your e-mail, for the audit.")
def voice(slug: str, folder: Path | None, who: str) -> None:
    """Say which texts of the live SLUG are read aloud; with FOLDER, keep the recordings in it.

    They stand there by language and step: quc/p1.ogg; quc/servicio-ayuda.ogg is what AYUDA
    answers. A step with `voz_grabada:` may have the name that stands there.
    """
    settings = load_settings()
    with open_database(settings) as database, _telling():
        flow = _load(database, slug)
        if folder is not None:
            takes = list(_read_takes(folder, flow))
            keep_voices(
                database, make_media_files(settings), slug, takes, who=who, now=settings.clock()
            )
            click.echo(f"{len(takes)} grabaciones guardadas")
            flow = _load(database, slug)
    for language in flow.languages:
        aloud = list_aloud(flow, language)
        missing = [name_text(key) for key in aloud if flow.recording(language, key) is None]
        told = f"; faltan: {', '.join(missing)}" if missing else ""
        click.echo(f"{language}: {len(aloud) - len(missing)} de {len(aloud)} grabados{told}")


def _load(database: Database, slug: str) -> Flow:
    with database.reading() as unit:
        live = find_live(unit, slug)
    if live is None:
        raise VoiceRefusedError(f"No hay nada publicado de «{slug}».")
    return live.flow


def _read_takes(folder: Path, flow: Flow) -> Iterator[Take]:
    """Read the recordings of a folder; one that belongs to no text is told, none is left out."""
    for file in sorted(folder.glob("*/*")):
        language = file.parent.name
        keys = list_aloud(flow, language) if language in flow.languages else {}
        names = {name_text(key): key for key in keys}
        names |= {name_file(flow, language, key): key for key in keys}
        if file.stem not in names:
            raise VoiceRefusedError(f"{file}: la consulta no ofrece un texto con ese nombre.")
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
        yield Take(language, names[file.stem], content, mimetypes.guess_type(file)[0] or "")


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except VoiceRefusedError as error:
        raise click.ClickException(str(error)) from None
    except OvertakenError:
        raise click.ClickException(
            "Mientras tanto alguien más publicó: intente otra vez."
        ) from None
