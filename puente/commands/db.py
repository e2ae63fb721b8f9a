"""`puente db`: migrations, and what a restore needs."""

from __future__ import annotations

from pathlib import Path

import click

from puente.console import explaining_database, load_settings, open_database


@click.group()
def db() -> None:
    """Migrate the database, and see to it after a restore."""


@db.command()
def upgrade() -> None:
    """Bring DATABASE_URL to the schema that this version needs."""
    from storage.migrate import upgrade as migrate  # noqa: PLC0415 - `--help` need not wait

    settings = load_settings()
    with explaining_database():
        migrate(settings.database_url)


@db.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Copy an SQLite database to FILE while it is used; for PostgreSQL there is pg_dump."""
    from storage.backup import SQLITE, BackupError, back_up  # noqa: PLC0415 - as above

    url = load_settings().database_url
    if not url.startswith(SQLITE):
        raise click.ClickException("Eso es para SQLite; vea pg_dump en docs/operations.md.")
    if file.exists():
        raise click.ClickException(f"{file} ya existe.")
    if not file.parent.is_dir():
        raise click.ClickException(f"No hay ninguna carpeta {file.parent}.")
    try:
        back_up(url, file)
    except BackupError as error:
        raise click.ClickException(f"No se hizo ninguna copia: {error}") from None
    click.echo(f"Copiada a {file}.")


@db.command("copy")
@click.argument("source")
@click.argument("target")
def copy(source: str, target: str) -> None:
    """Copy the database at SOURCE to TARGET, both as in DATABASE_URL.

    Nothing may be running meanwhile. TARGET is migrated first, and has to be empty.
    """
    from storage.copying import CopyError, copy_database  # noqa: PLC0415 - as above
    from storage.migrate import upgrade as migrate  # noqa: PLC0415

    with explaining_database():
        migrate(target)
        try:
            counts = copy_database(source, target)
        except CopyError as error:
            raise click.ClickException(str(error)) from None
    for table, count in counts.items():
        click.echo(f"{table}\t{count}")
    click.echo(f"Copiadas {sum(counts.values())} filas.")


KINDS = {
    "erased": "personas que pidieron borrar sus datos",
    "ineligible": "menores de edad",
    "contact": "números olvidados",
    "suppress": "números que ninguna lista puede invitar",
    "left": "números que se dieron de baja",
}


@db.command("replay-deletions")
@click.argument(
    "ledger", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def replay_deletions(ledger: Path | None) -> None:
    """Delete again what was deleted since a backup, by LEDGER (of the data folder by default).

    To be run after a restore, before anything else is started. Twice does no harm.
    """
    from bot.ledger import NAME, read_ledger  # noqa: PLC0415 - as above

    settings = load_settings()
    path = ledger or settings.data / NAME
    if not path.exists():
        raise click.ClickException(f"No hay ningún registro de borrados en {path}.")
    try:
        entries, written = read_ledger(path), path.read_text("utf-8").split()
    except UnicodeDecodeError:
        entries, written = (), [""]
    if written and not entries:
        raise click.ClickException(f"{path} no es un registro de borrados. No se borró nada.")
    with open_database(settings) as database, database.unit() as unit:
        counts = unit.deletions.replay(entries)
    click.echo(f"Leídos: {len(entries)}. Aplicados otra vez:")
    for kind, count in counts.items():
        click.echo(f"  {KINDS[kind]}: {count}")
