"""Our own check of Twilio's signature, held against the library's.

It may stand in for `RequestValidator` because it answers the same on every case measured in
the project's notes on Twilio and on what Hypothesis thinks of, except where the library fails.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from bot.channels.base import Refused, Request
from bot.channels.credentials import Secret
from bot.channels.twilio_signature import verify

if TYPE_CHECKING:
    from collections.abc import Iterable

    Pairs = tuple[tuple[str, str], ...]

TOKEN = "12345"
URL = "https://puente.example.org/channels/sms/inbound"
FORM = (("Body", "Hola ñ"), ("From", "+50255550101"), ("MessageSid", "SM1"), ("ToCity", ""))


def make_request(  # noqa: PLR0913 - a request has as many parts
    url: str = URL,
    form: Pairs = FORM,
    body: bytes = b"x",
    signature: str = "",
    *,
    settings: str = "",
    headers: dict[str, str] | None = None,
) -> Request:
    given = {"x-twilio-signature": signature, "x-twilio-webhooks-signature-settings": settings}
    return Request(
        method="POST",
        path="inbound",
        url=url,
        headers={name: value for name, value in given.items() if value} | (headers or {}),
        query=parse_qsl(urlsplit(url).query, keep_blank_values=True),
        form=form,
        body=body,
    )


def reason(request: Request, *tokens: str) -> str:
    """Why it is refused, or nothing where it is let in."""
    try:
        verify(request, Secret(tokens or (TOKEN,)))
    except Refused as refusal:
        return refusal.reason
    return ""


def signed(url: str, form: Iterable[tuple[str, str]] = FORM, token: str = TOKEN) -> str:
    signature: str = RequestValidator(token).compute_signature(url, MultiDict(form))
    return signature


PORT = "https://puente.example.org:24012/channels/sms/inbound"
DEFAULT_PORT = "https://puente.example.org:443/channels/sms/inbound"


@pytest.mark.parametrize(
    ("signed_url", "seen_url", "valid"),
    [
        (URL, URL, True),
        (URL, PORT, True),
        (DEFAULT_PORT, URL, True),
        (URL, DEFAULT_PORT, True),
        (URL, "https://puente.example.org:8443/channels/sms/inbound", True),
        (PORT, PORT, True),
        (PORT, URL, False),
        (URL, URL.replace("https", "http"), False),
        (URL, URL.replace("puente.example", "other.example"), False),
        (URL + "?a=1&b=2", URL + "?a=1&b=2", True),
        (URL + "?a=1&b=2", URL + "?b=2&a=1", False),
        (URL + "?a=1&b=", URL + "?a=1", False),
        ("http://puente.example.org:80/x", "http://puente.example.org/x", True),
    ],
)
def test_the_address_counts_as_it_does_for_the_library(
    signed_url: str, seen_url: str, *, valid: bool
) -> None:
    request = make_request(seen_url, signature=signed(signed_url))

    ours = reason(request) == ""

    assert ours is valid
    assert RequestValidator(TOKEN).validate(seen_url, MultiDict(FORM), signed(signed_url)) is valid


@pytest.mark.parametrize(
    ("form", "valid"),
    [
        (FORM, True),
        (FORM[::-1], True),
        (FORM + FORM[:1], True),  # a repeated parameter is signed once
        (FORM[:-1], False),
        ((*FORM, ("New", "")), False),
        ((("Body", "hola ñ"), *FORM[1:]), False),
    ],
)
def test_the_parameters_count_as_they_do_for_the_library(form: Pairs, *, valid: bool) -> None:
    request = make_request(form=form, signature=signed(URL))

    assert (reason(request) == "") is valid
    assert RequestValidator(TOKEN).validate(URL, MultiDict(form), signed(URL)) is valid


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
URLS = st.builds(
    "{}://{}{}/channels/sms/inbound{}".format,
    st.sampled_from(["http", "https"]),
    st.sampled_from(["a.example.org", "b.example.org"]),
    st.sampled_from(["", ":80", ":443", ":8443"]),
    st.sampled_from(["", "?a=1", "?a=1&b=", "?b=&a=1"]),
)
FORMS = st.lists(st.tuples(st.sampled_from(["A", "B", "Body"]), WORDS), min_size=1, max_size=6)


@given(signed_url=URLS, seen_url=URLS, signed_form=FORMS, seen_form=FORMS, same=st.booleans())
def test_it_answers_as_the_library_does_whatever_comes(
    signed_url: str,
    seen_url: str,
    signed_form: list[tuple[str, str]],
    seen_form: list[tuple[str, str]],
    *,
    same: bool,
) -> None:
    seen_form = signed_form if same else seen_form
    signature = signed(signed_url, signed_form)
    request = make_request(seen_url, tuple(seen_form), signature=signature)

    theirs = RequestValidator(TOKEN).validate(seen_url, MultiDict(seen_form), signature)

    assert (reason(request) == "") is theirs


def test_twilios_own_published_example_is_let_in() -> None:
    # twilio.com/docs/usage/security, also in the tests of Twilio's library.
    form = (
        ("CallSid", "CA1234567890ABCDE"),
        ("Digits", "1234"),
        ("From", "+14158675309"),
        ("To", "+18005551212"),
        ("Caller", "+14158675309"),
    )
    request = make_request(
        "https://mycompany.com/myapp.php?foo=1&bar=2",
        form,
        signature="RSOYDt4T1cUTdK1PDd93/VVr8B8=",
    )

    assert reason(request) == ""


JSON = '{"a": "ñ"}'.encode()
JSON_URL = f"{URL}?bodySHA256={sha256(JSON).hexdigest()}"


def test_json_is_let_in_by_the_hash_in_the_signed_address() -> None:
    signature = signed(JSON_URL, ())

    assert reason(make_request(JSON_URL, (), JSON, signature)) == ""
    assert RequestValidator(TOKEN).validate(JSON_URL, JSON.decode(), signature)


@pytest.mark.parametrize("body", [JSON + b" ", JSON.replace(b"a", b"b"), b"\xff"])
def test_json_that_was_tampered_with_is_refused(body: bytes) -> None:
    assert reason(make_request(JSON_URL, (), body, signed(JSON_URL, ()))) == "body_not_signed"


def test_a_body_without_its_hash_is_refused_where_the_library_raises() -> None:
    signature = signed(URL, ())

    assert reason(make_request(URL, (), JSON, signature)) == "body_not_signed"
    with pytest.raises(TypeError):
        RequestValidator(TOKEN).validate(URL, JSON.decode(), signature)


def test_a_request_without_a_body_is_signed_by_its_address() -> None:
    assert reason(make_request(URL, (), b"", signed(URL, ()))) == ""


@pytest.mark.parametrize("algorithm", ["HMAC_SHA256", "hmac_sha256", "HMAC_SHA1"])
def test_the_second_scheme_is_understood(algorithm: str) -> None:
    signature = RequestValidator(TOKEN).compute_signature(URL, MultiDict(FORM), algorithm)
    settings = f"key=webhooks_sharedkey_1, algorithm={algorithm}"

    assert reason(make_request(signature=signature, settings=settings)) == ""


def test_an_algorithm_nobody_knows_is_refused() -> None:
    request = make_request(signature=signed(URL), settings="key=k,algorithm=MD5")

    assert reason(request) == "signature_mismatch"


def test_settings_without_an_algorithm_mean_the_first_scheme() -> None:
    assert reason(make_request(signature=signed(URL), settings="key=k,algorithm=")) == ""


def test_either_token_counts_while_they_are_rotated() -> None:
    request = make_request(signature=signed(URL, token="old"))

    assert reason(request, "new", "old") == ""
    assert reason(request, "new") == "signature_mismatch"


@pytest.mark.parametrize(
    ("signed_url", "seen_url", "headers", "why"),
    [
        (URL, URL.replace("https", "http"), {}, "signature_says_https"),
        (URL.replace("https", "http"), URL, {}, "signature_says_http"),
        (
            URL,
            "https://old.example.org/channels/sms/inbound",
            {"host": "puente.example.org"},
            "signature_says_other_host",
        ),
        (
            URL,
            "http://old.example.org/channels/sms/inbound",
            {"host": "10.0.0.3:8000", "x-forwarded-host": "puente.example.org"},
            "signature_says_other_host",
        ),
        (URL, URL.replace("/sms/", "/mms/"), {}, "signature_mismatch"),
    ],
)
def test_the_likely_cause_is_named_and_still_refused(
    signed_url: str, seen_url: str, headers: dict[str, str], why: str
) -> None:
    request = make_request(seen_url, signature=signed(signed_url), headers=headers)

    assert reason(request) == why


def test_without_a_signature_nothing_is_computed() -> None:
    assert reason(make_request()) == "signature_missing"
