"""Another program that reads by the API."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from admin.api.tokens import PREFIX, hash_token
from storage.api_tokens import ApiToken
from storage.ids import new_id

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.support.office import Office


class Caller:
    """Holds a token with some scopes."""

    def __init__(self, office: Office, *scopes: str, name: str = "prueba", days: int = 30) -> None:
        self._client = office.app.test_client()
        self.secret = PREFIX + secrets.token_urlsafe()
        self.headers = {"Authorization": f"Bearer {self.secret}"}
        now = office.clock()
        until = now + timedelta(days=days)
        token = ApiToken(new_id(now), name, frozenset(scopes), now, until)
        with office.database.unit() as unit:
            unit.api_tokens.add(token, hash_token(self.secret), "prueba")

    def ask(self, path: str) -> TestResponse:
        """Ask for an address under `/api/v1`."""
        return self._client.get(f"/api/v1{path}", headers=self.headers)

    def get(self, path: str) -> Any:
        """Give what an address gives."""
        response = self.ask(path)
        assert response.status_code == 200, response.text
        return response.get_json()
