"""The whole house before a test client: a consultation, people who answer it, staff who look."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from sqlalchemy import select

from admin.approvals.desk import LASTS
from admin.approvals.restoring import ask_to_restore
from admin.export_jobs import ExportDesk
from admin.exporting import Order
from admin.signin import passwords
from admin.signin.accounts import add_account
from admin.signin.security import HASHING
from admin.tables.tiers import Tier
from bot.publishing import get_revision, publish
from puente.app import create_app
from puente.bundled import read_source
from puente.house import make_file_maker
from puente.settings import read_settings
from puente.translations import read_catalogues
from storage.approvals import NewRequest
from storage.dossiers import SessionFilter
from storage.ids import new_id
from storage.models import AuditEvent
from storage.voice_notes import Coder
from tests.support.clock import Clock
from tests.support.speaking import SOUND, speak

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from bot.messages import Form
    from storage.database import Database
    from storage.published import Revision
    from storage.vocabulary import AuditAction
    from tests.support.databases import Databases

SLUG = "plan-digital"
PASSWORD = "correcto caballo batería"
PROPOSAL = "Que haya internet en mi aldea"
CHEAP_KB = 64
CHEAP = {"argon2__memory_cost": CHEAP_KB, "argon2__time_cost": 1}
"""How staff's passwords are hashed here; `test_signing_in.py` has it dear."""
WHOLE_WAY = ("CONSULTA", "si", "1", "1", "2", "1 3", "2", PROPOSAL, "Nebaj", "1", "3")
"""What a person sends who answers the flagship's first part and goes no further."""
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Office:
    """Both sides of the house over one database; `clock` is everybody's.

    Args:
        folder: where `var` stands.
        database_url: migrated.
        environ: further settings.
    """

    def __init__(self, folder: Path, database_url: str, clock: Clock, **environ: str) -> None:
        settings = read_settings({"DATABASE_URL": database_url, **environ}, folder)
        self.clock = clock
        self.settings = replace(settings, clock=clock)  # type: ignore[arg-type]
        with patch.dict(HASHING, CHEAP):  # else each first sign-in would hash anew
            self.app = create_app(self.settings, serve="both")
        self.database: Database = self.app.extensions["puente.database"]
        self._messages = count(1)
        self._seats: dict[str, tuple[FlaskClient, datetime]] = {}
        source, name = read_source(SLUG)
        publish(self.database, source, name, who="prueba", note="", now=clock())

    def add_staff(self, role: str) -> str:
        """Give somebody access under a role; her e-mail begins with the role."""
        email = f"{role}@example.org"
        with patch.multiple(passwords, MEMORY_KB=CHEAP_KB, PASSES=1):
            add_account(
                self.database,
                email=email,
                password=PASSWORD,
                role=role,
                who="prueba",
                now=self.clock(),
                token=f"token of {role}",
            )
        return email

    def enter(self, role: str = "administrador") -> FlaskClient:
        """Give a browser in which somebody with this role has signed in."""
        client = self.app.test_client()
        response = sign_in(client, self.add_staff(role), PASSWORD)
        assert response.status_code == 302, response.text
        return client

    def publish_again(self, source: bytes, slug: str = SLUG) -> Revision:
        """Publish a bundled script as a command does, with the translations beside it."""
        return publish(
            self.database,
            source,
            slug,
            who="prueba",
            note="",
            now=self.clock(),
            catalogues=read_catalogues(slug),
            allow_drafts=True,
        )

    def seat(self, role: str) -> FlaskClient:
        """Give the browser in which somebody with this role has signed in, not long ago."""
        now = self.clock()
        if role not in self._seats or now - self._seats[role][1] > timedelta(minutes=10):
            self._seats[role] = (self.enter(role), now)
        return self._seats[role][0]

    def answer(
        self, *texts: str, number: str = "+50255550101", form: Form = "sms"
    ) -> list[dict[str, Any]]:
        """Send messages from a phone, by default the whole way; give the last reply's."""
        reply: dict[str, Any] = {"messages": []}
        for text in texts or WHOLE_WAY:
            self.clock.advance(seconds=1)
            body = {"id": f"m{next(self._messages)}", "from": number, "text": text, "as": form}
            if form == "ussd":
                body["session"] = f"dialled by {number}"
            response = self.app.test_client().post("/channels/simulator/inbound", json=body)
            assert response.status_code == 200
            reply = response.get_json()
        messages: list[dict[str, Any]] = reply["messages"]
        return messages

    def speak(self, number: str = "+50255550101", sound: bytes = SOUND) -> UUID:
        """Answer what is asked with a voice note, fetched already; give the note's id."""
        self.clock.advance(seconds=1)
        speak(self.settings, self.database, number, f"m{next(self._messages)}", sound)
        with self.database.reading() as unit:
            consultation = unit.consultations.find(SLUG)
            assert consultation
            nobody = Coder("", settles=False)
            notes = unit.voice_notes.list(consultation.id, nobody, self.clock(), limit=100)
        return notes[-1].id

    def hold_note(self, who: str) -> UUID:
        """Have somebody speak, and the note taken by a member of the staff."""
        self.answer("CONSULTA", "si", "1", number="+50255550199")
        note_id, now = self.speak("+50255550199"), self.clock()
        until = now + timedelta(hours=1)
        with self.database.unit() as unit:
            consultation = unit.consultations.find(SLUG)
            assert consultation
            unit.voice_notes.take(consultation.id, note_id, Coder(who, settles=False), now, until)
        return note_id

    def find_session_id(self) -> UUID:
        """Give the newest session."""
        with self.database.reading() as unit:
            consultation = unit.consultations.find(SLUG)
            assert consultation
            (listed,) = unit.dossiers.find_page(consultation.id, SessionFilter(), None, 1)
        return listed.session.id

    def ask_file(self, who: str, table: str = "wide", form: str = "csv") -> UUID:
        """Leave an order for a file that may be published; no worker is told."""
        desk = ExportDesk(self.database, self.clock, new_id, lambda _: None)
        return desk.ask(Order(SLUG, table, form, Tier.PUBLIC, who))

    def ask_to_restore(self, number: int = 1, who: str = "prueba") -> UUID:
        """Leave a request to publish an older revision again; it waits for a second person."""
        with self.database.unit() as unit:
            older, live = get_revision(unit, SLUG, number), get_revision(unit, SLUG)
            now, content = self.clock(), json.dumps(ask_to_restore(older, live))
            until = now + LASTS
            return unit.approvals.ask(
                NewRequest(new_id(now), "script:restore", SLUG, content, "Volver", who, now, until)
            )

    def make_files(self) -> None:
        """Do a worker's work until no file waits."""
        make_file = make_file_maker(self.settings, self.database)
        while make_file(lambda: False):
            pass

    def prepare_file(self, who: str) -> UUID:
        """Have a file made for somebody."""
        job_id = self.ask_file(who)
        self.make_files()
        return job_id

    def find_database_files(self) -> list[Path]:
        """Give the files of a house on SQLite."""
        path = Path(self.settings.database_url.removeprefix("sqlite:///"))
        return list(path.parent.glob(f"{path.name}*"))

    def read_audit(self, action: AuditAction) -> list[dict[str, Any]]:
        """Give what the audit holds of one action, the oldest first, with `who`."""
        with self.database.session() as session:
            rows = session.execute(
                select(AuditEvent.who, AuditEvent.details)
                .where(AuditEvent.action == action.value)
                .order_by(AuditEvent.id)
            ).all()
        return [{"who": who, **json.loads(details)} for who, details in rows]


def read_token(page: str) -> str:
    """Give the token of a page's form."""
    found = _TOKEN.search(page)
    assert found, page
    return found[1]


def sign_in(client: FlaskClient, email: str, password: str, **fields: str) -> TestResponse:
    """Fill the sign-in form in and send it."""
    token = read_token(client.get("/admin/entrar").text)
    form = {"email": email, "password": password, "csrf_token": token, **fields}
    return client.post("/admin/entrar", data=form)


def sign_out(client: FlaskClient) -> TestResponse:
    """Press the button of any page."""
    token = read_token(client.get("/admin/").text)
    return client.post("/admin/salir", data={"csrf_token": token})


@pytest.fixture
def office(tmp_path: Path, sqlite_url: str, clock: Clock) -> Iterator[Office]:
    """A house on SQLite."""
    office = Office(tmp_path, sqlite_url, clock)
    yield office
    office.database.close()


@pytest.fixture(scope="module")
def shared_office(
    sqlite_databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """A house on SQLite for all tests of a module: each has people of its own."""
    url = sqlite_databases.make(migrated=True)
    office = Office(tmp_path_factory.mktemp("office"), url, Clock())
    yield office
    office.database.close()
    sqlite_databases.drop(url)


@pytest.fixture
def office_on_each(tmp_path: Path, database_url: str, clock: Clock) -> Iterator[Office]:
    """A house on each kind of database in turn."""
    office = Office(tmp_path, database_url, clock)
    yield office
    office.database.close()
