"""Where providers call: from Flask's request to a channel, and back.

Whatever arrives has a defined outcome; a channel's own code sees only `base.Request`. The
address a provider signed is built from PUENTE_PUBLIC_URL, never from a Host header, which
is anybody's word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import parse_qsl

import flask
import structlog
from werkzeug.exceptions import RequestEntityTooLarge

from bot.channels.base import Refused, Request, Response, ShakesHands
from bot.faults import describe
from bot.messages import Reply
from bot.meters import REFUSED
from bot.refusals import ACCEPTED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.channels.base import Channel
    from bot.messages import Inbound, StatusReport

View = TypeVar("View", bound="Callable[..., flask.Response]")

MOST_FIELDS = 1_000
"""Twilio sends some forty; reading thousands would be work done for an attacker."""

_FORM = "application/x-www-form-urlencoded"
_METHODS = ("GET", "POST", "PUT")
_SORRY = "En este momento no podemos recibir su mensaje. Por favor intente de nuevo."

_log = structlog.get_logger(__name__)


def make_blueprint(
    channels: Mapping[str, Channel],
    receive: Callable[[Inbound], Reply],
    *,
    public_url: str,
    record_status: Callable[[str, StatusReport], None],
    remember: Callable[[str, str], None] = lambda _channel, _outcome: None,
) -> flask.Blueprint:
    """Make the routes that providers call.

    Args:
        channels: by their names in channels.yaml.
        receive: takes a message; it raises where the house itself fails.
        public_url: PUENTE_PUBLIC_URL, what providers sign.
        record_status: takes a channel's name and one receipt.
        remember: takes a channel's name and `ACCEPTED`, or why a request was refused.
    """
    hooks = _Webhooks(
        channels,
        {name: one for name, one in channels.items() if isinstance(one, ShakesHands)},
        receive,
        public_url.rstrip("/"),
        record_status,
        remember,
    )
    blueprint = flask.Blueprint("webhooks", __name__, url_prefix="/channels")

    def route(rule: str) -> Callable[[View], View]:
        return blueprint.route(rule, methods=_METHODS, provide_automatic_options=False)

    @route("/<name>/inbound")
    @_protected_by_signature
    def inbound(name: str) -> flask.Response:
        return hooks.answer(name, "inbound", hooks.take_messages)

    @route("/<name>/session/<session>/<any(start, response, end):step>")
    @_protected_by_signature
    def session_step(name: str, session: str, step: str) -> flask.Response:
        return hooks.answer(name, f"session/{session}/{step}", hooks.take_messages)

    @route("/<name>/status")
    @_protected_by_signature
    def status(name: str) -> flask.Response:
        return hooks.answer(name, "status", hooks.take_statuses)

    return blueprint


def handle(channel: Channel, request: Request, receive: Callable[[Inbound], Reply]) -> Response:
    """Take the messages of one request all the way, and give what goes back to the provider.

    Raises:
        Refused: it is not the provider's, or nonsense; nothing was taken.
    """
    channel.verify(request)
    replies = []
    for inbound in channel.read(request):
        reply = receive(inbound)
        replies.append((inbound, reply if inbound.answerable else Reply()))
    return channel.reply(replies)


def _protected_by_signature(view: View) -> View:
    # Read by the test that walks all routes: a channel's own `verify` guards this one.
    vars(view)["protection"] = "signature"
    return view


@dataclass(frozen=True, slots=True)
class _Webhooks:
    channels: Mapping[str, Channel]
    shaking: Mapping[str, ShakesHands]
    receive: Callable[[Inbound], Reply]
    public_url: str
    record_status: Callable[[str, StatusReport], None]
    remember: Callable[[str, str], None]

    def answer(
        self, name: str, path: str, take: Callable[[Channel, Request], Response]
    ) -> flask.Response:
        channel = self.channels.get(name)
        if channel is None:
            return _refusal("unknown_channel", 404)
        if flask.request.method not in channel.methods:
            refused = _refusal("wrong_method", 405)
            refused.headers["Allow"] = ", ".join(sorted(channel.methods))
            return refused
        try:
            request = self._translate(channel, path)
            response = take(channel, request)
        except RequestEntityTooLarge:
            return _refusal("body_too_large", 413)
        except Refused as refusal:
            REFUSED.labels(name, refusal.reason).inc()
            self.remember(name, refusal.reason)
            return _refusal(refusal.reason, refusal.status)
        except Exception as error:  # noqa: BLE001 - a provider never sees a traceback
            # Neither does the log: an exception's text may quote a number or an answer.
            _log.error("webhook_failed", channel=name, path=path, **describe(error))
            return flask.Response(_SORRY, 503, content_type="text/plain; charset=utf-8")
        self.remember(name, ACCEPTED)
        return flask.Response(
            response.body,
            response.status,
            headers=dict(response.headers),
            content_type=response.content_type,
        )

    def take_messages(self, channel: Channel, request: Request) -> Response:
        shaking = self.shaking.get(channel.name)
        if shaking is not None and (answer := shaking.find_handshake(request)):
            return answer
        response = handle(channel, request, self.receive)
        if channel.mixes_receipts:
            self._record(channel, request)
        return response

    def take_statuses(self, channel: Channel, request: Request) -> Response:
        channel.verify(request)
        self._record(channel, request)
        return Response(status=204)

    def _record(self, channel: Channel, request: Request) -> None:
        for report in channel.read_status(request):
            self.record_status(channel.name, report)

    def _translate(self, channel: Channel, path: str) -> Request:
        seen = flask.request
        seen.max_content_length = channel.largest_body
        body = seen.get_data(cache=False)
        query = seen.query_string.decode(errors="replace")
        is_form = seen.mimetype == _FORM
        return Request(
            method=seen.method,
            path=path,
            url=f"{self.public_url}{seen.path}{'?' * bool(query)}{query}",
            headers={name.lower(): value for name, value in seen.headers.items()},
            query=_read_pairs(query),
            form=_read_pairs(body.decode(errors="replace")) if is_form else (),
            body=body,
        )


def _read_pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Refused("too_many_fields", 400) from None


def _refusal(reason: str, status: int) -> flask.Response:
    response = flask.jsonify(error=reason)
    response.status_code = status
    return response
