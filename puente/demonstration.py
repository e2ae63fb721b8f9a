"""What `make run` shows: a published consultation, people who answered it, a way in for staff."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from admin.consulted import ConsultedReader
from admin.signin.accounts import add_account
from bot.publishing import get_revision, publish
from puente.bundled import read_source
from puente.citizens.crowd import ServerError, simulate
from puente.house import make_database
from puente.secret_files import keep_secret
from puente.translations import read_catalogues
from storage.migrate import upgrade

if TYPE_CHECKING:
    from puente.settings import Settings
    from storage.database import Database

SLUG = "plan-digital"
CITIZENS = 40
SEED = 2026
"""The same crowd each time: who has answered before only repeats herself, without effect."""

OPEN_FOR = timedelta(days=8)
"""The crowd came in over the last week, so the consultation has been open for longer."""

WHO = "puente demo"
EMAIL = "demo@example.org"
ROLE = "administrador"


def prepare(settings: Settings) -> None:
    """Migrate, publish the consultation, and let the demo user in."""
    upgrade(settings.database_url)
    database = make_database(settings)
    if _is_ours(database):
        source, name = read_source(SLUG)
        publish(
            database,
            source,
            name,
            who=WHO,
            note="",
            now=settings.clock() - OPEN_FOR,
            catalogues=read_catalogues(SLUG),
            allow_drafts=True,
        )
    add_account(
        database,
        email=EMAIL,
        password=find_password(settings),
        role=ROLE,
        who=WHO,
        now=settings.clock(),
        token=secrets.token_hex(32),
    )
    database.close()


def _is_ours(database: Database) -> bool:
    """Tell whether nobody has published over what the demonstration did."""
    with database.reading() as unit:
        known = unit.consultations.find(SLUG)
        is_live = known is not None and known.revision_id is not None
        return not is_live or get_revision(unit, SLUG).who == WHO


def visit(settings: Settings, url: str) -> None:
    """Say how staff get in, let the crowd answer, and say how many have answered."""
    click.echo(f"Panel: {url}admin/ · {EMAIL} · {find_password(settings)}")
    try:
        simulate(url, SLUG, CITIZENS, SEED)
    except ServerError as error:
        raise click.ClickException(f"The simulated citizens could not answer: {error}") from error
    click.echo(f"Han contestado: {count_people(settings)} personas")


def find_password(settings: Settings) -> str:
    """Give the demo user's password, the same for this data folder."""
    return keep_secret(settings.data / "secrets" / "demo_password", lambda: secrets.token_hex(8))


def count_people(settings: Settings) -> int:
    """Count who has answered a question of the consultation, as the staff's page does."""
    database = make_database(settings)
    consulted = ConsultedReader(database).find(SLUG)
    if consulted is None:
        return 0
    with database.reading() as unit:
        count = unit.reports.count_people(consulted.consultation.id, consulted.asked)
    database.close()
    return count
