"""The whole house in this process: real settings, the real WSGI app, the flagship published."""

from __future__ import annotations

import csv
import io
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from admin.exporting import Exporter, Order
from admin.tables.tiers import Tier
from bot.publishing import publish
from puente.app import create_app
from puente.bundled import read_source
from puente.settings import read_settings
from puente.translations import read_catalogues
from storage.pseudonyms import Pseudonyms
from tests.support.phones import CITIZEN, PHONES, TWILIO_TOKEN, URL, USSD_TOKEN, Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    import flask

    from puente.settings import Settings
    from storage.database import Database
    from tests.support.phones import Phone

SLUG = "plan-digital"
_ACCOUNT = f"account_sid: AC{'0' * 32}, auth_token: {TWILIO_TOKEN}, tariff: citizen_pays"
CHANNELS = f"""
channels:
  twilio-sms: {{kind: twilio-sms, sender: "+50222220000", {_ACCOUNT}}}
  twilio-whatsapp: {{kind: twilio-whatsapp, {_ACCOUNT}}}
  ussd: {{kind: ussd-africastalking, service_code: "*384*7#", token: {USSD_TOKEN},
         tariff: citizen_pays}}
  simulator: {{kind: simulator, tariff: citizen_pays}}
"""


def set_up(
    folder: Path, database_url: str, clock: Callable[[], datetime] | None = None, **environ: str
) -> Settings:
    """Write a channels.yaml of all that is signed, and read the settings of a house with it."""
    (folder / "channels.yaml").write_text(CHANNELS)
    settings = read_settings(
        {"DATABASE_URL": database_url, "PUENTE_PUBLIC_URL": URL, **environ}, folder
    )
    return replace(settings, clock=clock) if clock else settings  # type: ignore[arg-type]


@dataclass
class House:
    """One app, or a new one for each request where `reload` is called between them."""

    settings: Settings
    app: flask.Flask

    @property
    def database(self) -> Database:
        found: Database = self.app.extensions["puente.database"]
        return found

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send a request as a provider does; see `tests.support.phones.Post`."""
        response = self.app.test_client().post(
            f"/channels/{path}", data=body, headers=dict(headers)
        )
        return Answer(response.status_code, response.text)

    def phone(self, name: str, number: str = CITIZEN) -> Phone:
        """Make a phone by its name in `PHONES`."""
        make: Callable[..., Phone] = PHONES[name][1]
        return make(self.post, number)

    def reload(self) -> None:
        """Begin anew, as a process that was restarted does: nothing may have been kept in it."""
        self.close()
        self.app = create_app(self.settings, serve="web")

    def close(self) -> None:
        """Close the connections."""
        self.database.close()

    def count(self, table: str, where: str = "true") -> int:
        """Count the rows of a table."""
        with self.database.engine.connect() as connection:
            sql = f"SELECT count(*) FROM {table} WHERE {where}"  # noqa: S608 - of the tests
            return connection.scalar(text(sql)) or 0

    def table(self, name: str, slug: str = SLUG) -> list[dict[str, str]]:
        """Export a table as CSV for the team, and read it back."""
        exporter = Exporter(
            self.database,
            Pseudonyms(self.settings.keys),
            self.settings.clock,
            self.settings.timezone,
        )
        taken = exporter.prepare(Order(slug, name, "csv", Tier.TEAM, "prueba"))
        assert taken is not None
        return list(csv.DictReader(io.StringIO(b"".join(taken.pieces).decode("utf-8-sig"))))


@contextmanager
def open_house(settings: Settings, slug: str = SLUG) -> Iterator[House]:
    """Publish a consultation, the flagship by default, and build the app."""
    house = House(settings, create_app(settings, serve="web"))
    try:
        publish(
            house.database,
            *read_source(slug),
            who="prueba",
            note="",
            now=settings.clock(),
            catalogues=read_catalogues(slug),
            allow_drafts=True,
        )
        yield house
    finally:
        house.close()


@pytest.fixture
def house(tmp_path: Path, database_url: str) -> Iterator[House]:
    """The house on each database in turn; its clock is the real one."""
    with open_house(set_up(tmp_path, database_url)) as house:
        yield house
