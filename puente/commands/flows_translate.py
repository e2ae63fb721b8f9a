"""`puente flows translate`: what translators and who leads them do with a script's texts."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from admin.workbooks import BrokenWorkbookError, make_file, read_workbook
from flows.catalogues.coverage import Coverage, measure_coverage
from flows.catalogues.extraction import list_texts
from flows.catalogues.merging import approve, bring_in, make_catalogue, update
from flows.catalogues.offering import differs
from flows.catalogues.po import read_catalogue, write_catalogue
from flows.catalogues.sheet import make_rows, read_rows
from flows.exchange.problems import make_foreign
from flows.exchange.workbook import Sheet
from flows.languages.catalogue import find_language, languages
from flows.script.parse import read_script
from puente.bundled import FILE
from puente.clock import now
from puente.console import load_catalogues, load_source
from puente.lazy import Entry, LazyGroup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.catalogues.entries import Catalogue
    from flows.catalogues.problems import CatalogueProblem
    from flows.script.model import Script

TRANSLATE = {
    name: Entry(f"puente.commands.flows_translate:{function}", text)
    for name, function, text in (
        ("extract", "extract", "Begin translations into other languages."),
        ("update", "renew", "Bring translations up to the script."),
        ("import", "import_", "Take over what a translator sends back."),
        ("export", "export", "Write a translation for a translator."),
        ("coverage", "coverage", "Say how far each language has come."),
        ("approve", "approve_", "Put a reviewer's name to translations."),
    )
}
translate = LazyGroup(TRANSLATE, name="translate", help="Translate the texts of a script.")

PATH = click.argument("path", metavar="PATH")
LANGUAGE = click.argument("language", metavar="LANGUAGE")


@click.command()
@PATH
@click.argument("codes", nargs=-1, required=True, metavar="LANGUAGE…")
def extract(path: str, codes: tuple[str, ...]) -> None:
    """Write an empty LANGUAGE.po beside the script at PATH for each language."""
    script = _load_script(path)
    for code in codes:
        file = _place(path, _known(code))
        if file.exists():
            raise click.ClickException(f"{file} ya está; póngalo al día con: translate update")
        catalogue = make_catalogue(code, script.slug, list_texts(script))
        _keep(file, catalogue)
        click.echo(f"{file}: {len(catalogue.entries)} textos por traducir")


@click.command("update")
@PATH
def renew(path: str) -> None:
    """Bring every translation beside the script at PATH up to its texts; nothing is thrown away.

    What was translated from another original is marked as outdated and kept.
    """
    script = _load_script(path)
    for code, old in load_catalogues(path).items():
        new = update(old, script.slug, list_texts(script))
        _keep(_place(path, code), new)
        outdated = sum(entry.state == "outdated" for entry in new.entries.values())
        fresh = len(new.entries.keys() - old.entries.keys())
        click.echo(f"{code}: {fresh} nuevos, {outdated} desactualizados, {len(new.gone)} de más")


@click.command()
@PATH
@LANGUAGE
@click.option("--format", "form", type=click.Choice(["po", "xlsx"]), default="xlsx")
@click.option("--output", required=True, metavar="FILE", type=click.Path(dir_okay=False))
def export(path: str, language: str, form: str, output: str) -> None:
    """Write the translation into LANGUAGE as a .po or a spreadsheet."""
    catalogue = _load_current(path, _load_script(path), _known(language))
    if form == "xlsx":
        rows = tuple(map(tuple, make_rows(catalogue)))
        raw = make_file((Sheet(language, rows),))
    else:
        raw = write_catalogue(catalogue).encode()
    Path(output).write_bytes(raw)
    click.echo(f"{output}: {len(catalogue.entries)} textos")


@click.command("import")
@PATH
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", help="Where the file's name is not its code.")
def import_(path: str, file: Path, language: str | None) -> None:
    """Take over the translations of FILE, a .po or a spreadsheet that `export` wrote.

    What was edited has to be approved again; what has another original is outdated.
    """
    script = _load_script(path)
    code = _known(language or file.stem)
    brought = _read(file, code)
    if isinstance(brought, tuple):
        raise click.ClickException("\n".join(_tell(file, brought)))
    catalogue, problems = bring_in(_load_current(path, script, code), brought)
    if any(problem.code == "po-ajeno" for problem in problems):
        raise click.ClickException("\n".join(_tell(file, problems)))
    _keep(_place(path, code), catalogue)
    for line in _tell(file, problems):
        click.echo(line)
    _print(measure_coverage(script, catalogue))


@click.command()
@PATH
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def coverage(path: str, form: str) -> None:
    """Say of each language what is translated, approved, outdated, too long or missing."""
    script = _load_script(path)
    found = [
        measure_coverage(script, update(one, script.slug, list_texts(script)))
        for one in load_catalogues(path).values()
    ]
    if form == "json":
        rows = [{**asdict(one), "offered": one.is_offered} for one in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for one in found:
        _print(one)
    if not found:
        click.echo("No hay traducciones; empiece una con: puente flows translate extract")


@click.command("approve")
@PATH
@LANGUAGE
@click.argument("keys", nargs=-1, metavar="[KEY…]")
@click.option("--who", required=True, help="Who has reviewed them: a person or an institution.")
@click.option("--on", metavar="DATE", help="The day, 2026-11-26; today by default.")
@click.option("--all", "whole", is_flag=True, help="Everything that is translated.")
def approve_(  # noqa: PLR0913 - the options of its contract
    path: str, language: str, keys: tuple[str, ...], who: str, on: str | None, *, whole: bool
) -> None:
    """Put a reviewer's name to the translations of some texts, as they now stand."""
    on = on or now().date().isoformat()
    if ";" in who or not re.fullmatch(r"\d{4}-\d\d-\d\d", on):
        raise click.UsageError("--who without «;», --on as 2026-11-26")
    catalogue = _load_current(path, _load_script(path), _known(language))
    chosen = frozenset(catalogue.entries) if whole else frozenset(keys)
    if unknown := chosen - catalogue.entries.keys():
        raise click.ClickException(f"no hay esos textos: {', '.join(sorted(unknown))}")
    entries = [catalogue.entries[key] for key in catalogue.entries if key in chosen]
    if wrong := [entry.key for entry in entries if entry.translation and differs(entry)]:
        raise click.ClickException(f"los marcadores no son los mismos en: {', '.join(wrong)}")
    new = approve(catalogue, chosen, who, on)
    _keep(_place(path, language), new)
    click.echo(f"{language}: {sum(bool(entry.translation) for entry in entries)} aprobados")


def _load_script(path: str) -> Script:
    source, name = load_source(path)
    script = read_script(source, name=name).script
    if script is None:
        raise click.ClickException(f"{name} tiene errores; véalos con: puente flows check {path}")
    return script


def _load_current(path: str, script: Script, code: str) -> Catalogue:
    """Read a translation and bring it up to its script; an empty one where there is none."""
    texts = list_texts(script)
    known = load_catalogues(path).get(code)
    return update(known, script.slug, texts) if known else make_catalogue(code, script.slug, texts)


def _place(path: str, code: str) -> Path:
    """Give where a translation is kept: beside a script on disk, not one inside the package."""
    script = Path(path) / FILE if Path(path).is_dir() else Path(path)
    if not script.is_file():
        raise click.ClickException(f"{path}: diga la carpeta en el disco, por ejemplo ./{path}")
    return script.with_name(f"{code}.po")


def _keep(file: Path, catalogue: Catalogue) -> None:
    """Write a translation whole or not at all: it may be months of somebody's work."""
    fresh = file.with_suffix(".po.tmp")
    fresh.write_text(write_catalogue(catalogue), encoding="utf-8")
    fresh.replace(file)


def _known(code: str) -> str:
    if code not in languages() or code == "es":
        known = ", ".join(one for one in languages() if one != "es")
        raise click.ClickException(f"{code} no es el código de un idioma; los hay: {known}")
    return code


def _read(file: Path, code: str) -> Catalogue | tuple[CatalogueProblem, ...]:
    if file.suffix != ".xlsx":
        return read_catalogue(file.read_bytes(), code)
    try:
        book = read_workbook(file.read_bytes())
    except BrokenWorkbookError as error:
        raise click.ClickException(
            f"{file}: {make_foreign(error.code, '', **error.words).sentence}"
        ) from None
    return read_rows(book[0].rows if book else (), code)


def _tell(file: Path, problems: tuple[CatalogueProblem, ...]) -> Iterator[str]:
    for problem in problems:
        yield f"{file}:{problem.line}: {problem.code}: {problem.sentence}"


def _print(found: Coverage) -> None:
    language = find_language(found.language)
    offer = (
        "se ofrece"
        if found.is_offered
        else f"no se ofrece; textos que faltan: {len(found.missing)}"
    )
    click.echo(f"{found.language} {language.autonym}: {offer}")
    click.echo(f"  {len(found.translated)} de {found.total} traducidos")
    click.echo(f"  {len(found.approved)} aprobados")
    for who, on, count in found.reviewers:
        click.echo(f"    {count} por {who}, {on}")
    for title, keys in (
        ("borradores", found.drafts),
        ("sin revisar", found.unreviewed),
        ("cambiados después de revisados", found.edited),
        ("desactualizados", found.outdated),
        ("con otros marcadores", found.different),
        ("de más de un SMS", found.too_long),
        ("de más de una pantalla USSD", found.paged),
        ("con voz grabada", found.recorded),
    ):
        if keys:
            click.echo(f"  {len(keys)} {title}: {', '.join(keys)}")
