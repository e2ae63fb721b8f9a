"""Twilio's REST API through its own library, which has no types: this file gives it some.

Imported at the first send only: the library takes 25 MB, and a web process never sends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import urllib3
from twilio.base.exceptions import TwilioException
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from bot.channels.api import Api
from bot.channels.twilio_errors import send_error
from bot.messages import Sent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.channels.base import SendError

_NO_ENVIRONMENT = {"TWILIO_EDGE": ""}
"""Only the front door reads the environment; an empty mapping would mean it."""


class TwilioRest:
    """One account's API: messages sent, the account looked at."""

    def __init__(self, account_sid: str, auth_token: str, api_url: str) -> None:
        self._api = Api("Twilio")
        self._client = Client(
            account_sid, auth_token, http_client=_PooledHttp(self._api), environment=_NO_ENVIRONMENT
        )
        self._client.api.base_url = api_url
        self._account_sid = account_sid

    def send(self, message: Mapping[str, str]) -> Sent:
        """Send one message; the keys are those of the library's `messages.create`.

        Raises:
            SendError: where it was not taken, or nobody can know whether it was.
        """
        try:
            taken: Any = self._client.messages.create(**message)
        except TwilioException as error:
            raise _explain(error) from None
        except ValueError:
            raise self._api.no_answer() from None
        segments = int(taken.num_segments or 0)
        return Sent(str(taken.sid), segments or None)

    def find_account_status(self) -> str:
        """Ask how the account is (`active`, `suspended`, `closed`), which tests the token.

        Raises:
            SendError: where Twilio does not know the account or its token.
        """
        try:
            account: Any = self._client.api.v2010.accounts(self._account_sid).fetch()
        except TwilioException as error:
            raise _explain(error) from None
        except ValueError:
            raise self._api.no_answer() from None
        return str(account.status)


def _explain(error: Any) -> SendError:
    # `from None` above: the library's exceptions quote the request, with the number in it.
    status = int(getattr(error, "status", 0) or 0)
    return send_error(str(getattr(error, "code", None) or status), status)


class _PooledHttp(HttpClient):  # type: ignore[misc] # the library has no types
    """The library's requests over kept connections; unlike its own client it logs nothing."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def request(  # noqa: PLR0913, PLR0917 - the library's signature
        self,
        method: str,
        url: str,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the pool's stands
        allow_redirects: bool = False,  # noqa: ARG002, FBT001, FBT002 - never
    ) -> Response:
        basic = urllib3.make_headers(basic_auth=":".join(auth)) if auth else {}
        answer = self._api.call(
            method,
            f"{url}?{urlencode(params)}" if params else url,
            headers={**(headers or {}), **basic},
            body=urlencode(data).encode() if data else None,
        )
        return Response(answer.status, answer.text, answer.headers)
