"""`puente flows import` and `export`: scripts from other houses and for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from admin.workbooks import BrokenWorkbookError, make_file, read_workbook
from flows.catalogues.extraction import list_texts
from flows.catalogues.merging import make_catalogue
from flows.catalogues.po import write_catalogue
from flows.exchange.imported import Imported
from flows.exchange.problems import make_foreign
from flows.exchange.rapidpro_in import read_rapidpro
from flows.exchange.rapidpro_out import write_rapidpro
from flows.exchange.xlsform_in import read_xlsform
from flows.exchange.xlsform_out import write_xlsform
from flows.script.print import to_yaml
from puente.bundled import FILE
from puente.commands.flows import check
from puente.console import load_catalogues, load_flow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flows.exchange.problems import ForeignProblem
    from flows.script.model import Script

Translations = Mapping[str, Mapping[str, str]]
"""Language -> text key -> text."""


def _read_xlsx(raw: bytes, name: str) -> Imported | ForeignProblem:
    try:
        return read_xlsform(read_workbook(raw), name)
    except BrokenWorkbookError as error:
        return make_foreign(error.code, "", **error.words)


def _write_xlsx(
    script: Script, translations: Translations
) -> tuple[bytes, Iterable[ForeignProblem]]:
    exported = write_xlsform(script, translations, version=str(script.spec))
    return make_file(exported.book), exported.problems


def _write_json(
    script: Script, translations: Translations
) -> tuple[bytes, Iterable[ForeignProblem]]:
    defined = write_rapidpro(script, translations)
    return defined.text.encode(), defined.problems


READERS: dict[str, Callable[[bytes, str], Imported | ForeignProblem]] = {
    ".xlsx": _read_xlsx,
    ".json": read_rapidpro,
}
"""How a file's name ends -> what reads it."""
WRITERS: dict[str, Callable[[Script, Translations], tuple[bytes, Iterable[ForeignProblem]]]] = {
    "xlsform": _write_xlsx,
    "rapidpro": _write_json,
}
"""Format -> what writes it."""


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="The folder to make.")
@click.pass_context
def import_(context: click.Context, file: Path, to: Path | None) -> None:
    """Make a script of FILE: an XLSForm (.xlsx), or a flow of RapidPro (.json).

    It goes into a folder of the consultation's name, with its translations beside it. What
    cannot be brought across is listed with its cell or node; exit 1 where something has to be
    mended.
    """
    read = READERS.get(file.suffix.lower())
    if read is None:
        known = ", ".join(READERS)
        raise click.ClickException(f"no se sabe leer {file.name}; se leen: {known}")
    imported = read(file.read_bytes(), file.stem)
    problems = imported.problems if isinstance(imported, Imported) else (imported,)
    _tell(file.name, problems)
    if not isinstance(imported, Imported):
        raise click.exceptions.Exit(1)
    if not imported.script.steps:
        raise click.ClickException(f"{file.name} no trae ningún paso; no se escribió nada")
    folder = to or Path(imported.script.slug)
    _write(imported, folder)
    click.echo(f"Escrito: {folder / FILE}")
    context.invoke(check, paths=(str(folder),), form="text")
    if any(problem.severity == "error" for problem in problems):
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("slug")
@click.option("--format", "form", type=click.Choice(list(WRITERS)), required=True)
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def export(slug: str, form: str, output: Path) -> None:
    """Write the script SLUG (or the one at that path) for other tools, with its translations."""
    translations = {
        language: {key: one.translation for key, one in found.entries.items() if one.translation}
        for language, found in load_catalogues(slug).items()
    }
    raw, problems = WRITERS[form](load_flow(slug).script, translations)
    _tell(slug, problems)
    try:
        output.write_bytes(raw)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}") from error
    click.echo(f"Escrito: {output}")


def _write(imported: Imported, folder: Path) -> None:
    """Write a script and its catalogues into a folder that has none yet."""
    script = imported.script
    if (folder / FILE).exists():
        raise click.ClickException(f"ya hay un guion en {folder}; elija otra carpeta con --to")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for language, texts in imported.translations.items():
            catalogue = _make_catalogue(language, script, texts)
            (folder / f"{language}.po").write_text(catalogue, encoding="utf-8")
        (folder / FILE).write_text(to_yaml(script), encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{folder} cannot be written: {error.strerror}") from error


def _make_catalogue(language: str, script: Script, texts: Mapping[str, str]) -> str:
    """Write one language's translations, which nobody has reviewed here."""
    catalogue = make_catalogue(language, script.slug, list_texts(script))
    entries = {
        key: replace(entry, translation=texts.get(key, ""))
        for key, entry in catalogue.entries.items()
    }
    return write_catalogue(replace(catalogue, entries=entries))


def _tell(name: str, problems: Iterable[ForeignProblem]) -> None:
    """Show what is lost first, then what is only to be known."""
    for problem in sorted(problems, key=lambda problem: problem.severity):
        sign = "" if problem.severity == "error" else " (aviso)"
        where = ": ".join(filter(None, (name, problem.where, problem.code)))
        click.echo(f"{where}{sign}: {problem.sentence}")
