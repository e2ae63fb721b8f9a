from __future__ import annotations

import flask
import pytest
from werkzeug.exceptions import TooManyRequests

from puente.frame import A_YEAR, LARGEST_BODY, make_frame
from tests.support.canaries import CANARY_TEXT


def make_app(*, is_https: bool = False, trusted_proxies: int = 0) -> flask.Flask:
    app = make_frame(is_https=is_https, trusted_proxies=trusted_proxies)

    @app.get("/page")
    def page() -> str:
        return flask.render_template_string("<p id='{{ csp_nonce() }}'>{{ csp_nonce() }}")

    @app.get("/plain")
    def plain() -> str:
        return "<p>a page without a nonce</p>"

    @app.get("/own")
    def own() -> flask.Response:
        own = flask.Response("<p>")
        own.headers["Content-Security-Policy"] = "default-src 'self'"
        own.headers["Cache-Control"] = "max-age=60"
        return own

    @app.post("/form")
    @app.post("/channels/x/inbound")
    @app.post("/api/v1/x")
    def form() -> str:
        return str(len(flask.request.form))

    @app.get("/fails")
    @app.get("/channels/x/fails")
    def fails() -> str:
        raise ValueError(CANARY_TEXT)

    @app.get("/who")
    def who() -> str:
        request = flask.request
        return f"{request.remote_addr} {request.scheme} {request.host}"

    @app.get("/busy")
    def busy() -> str:
        raise TooManyRequests(retry_after=30)

    @app.get("/teapot/")
    def teapot() -> str:
        flask.abort(418)

    @app.get("/by-hand")
    def by_hand() -> str:
        flask.abort(flask.Response("mine", 403))

    return app


def test_a_page_may_load_only_our_own_things() -> None:
    headers = make_app().test_client().get("/plain").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "nonce" not in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in headers


def test_each_page_has_a_nonce_of_its_own() -> None:
    client = make_app().test_client()
    nonces = set()
    for _ in range(2):
        response = client.get("/page")
        nonce = response.text.split("'")[1]
        assert response.text.endswith(nonce)
        assert f"'nonce-{nonce}'" in response.headers["Content-Security-Policy"]
        nonces.add(nonce)
    assert len(nonces) == 2


def test_a_page_may_have_stricter_headers_of_its_own() -> None:
    headers = make_app().test_client().get("/own").headers
    assert headers["Content-Security-Policy"] == "default-src 'self'"
    assert headers["Cache-Control"] == "max-age=60"


def test_browsers_are_told_to_stay_on_https() -> None:
    response = make_app(is_https=True).test_client().get("/plain")
    assert response.headers["Strict-Transport-Security"] == f"max-age={A_YEAR}"


@pytest.mark.parametrize(
    ("path", "content_type", "words"),
    [
        ("/nowhere", "text/html; charset=utf-8", "Página no encontrada"),
        ("/channels/nowhere", "text/plain; charset=utf-8", "Not Found"),
        ("/api/v1/nowhere", "application/json", "Not Found"),
    ],
)
def test_an_unknown_address_is_told_in_the_reader_s_words(
    path: str, content_type: str, words: str
) -> None:
    response = make_app().test_client().get(path)
    assert response.status_code == 404
    assert response.headers["Content-Type"] == content_type
    assert words in response.text


def test_a_wrong_method_says_which_are_right() -> None:
    response = make_app().test_client().get("/form")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]
    assert "Así no se puede" in response.text


@pytest.mark.parametrize(
    ("path", "content_type"),
    [("/form", "text/html"), ("/channels/x/inbound", "text/plain"), ("/api/v1/x", "app")],
)
def test_a_body_that_is_too_large_is_refused(path: str, content_type: str) -> None:
    response = make_app().test_client().post(path, data={"x": "y" * LARGEST_BODY})
    assert response.status_code == 413
    assert response.headers["Content-Type"].startswith(content_type)


def test_a_form_of_very_many_parts_is_refused() -> None:
    parts = {f"f{number}": (None, "v") for number in range(1_001)}
    body = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\nv\r\n' for name in parts
    )
    response = (
        make_app()
        .test_client()
        .post("/form", data=f"{body}--b--\r\n", content_type="multipart/form-data; boundary=b")
    )
    assert response.status_code == 413


@pytest.mark.parametrize("path", ["/fails", "/channels/x/fails"])
def test_a_failure_of_ours_shows_no_traceback(
    path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    response = make_app().test_client().get(path)
    assert response.status_code == 500
    assert CANARY_TEXT not in response.text
    assert "Traceback" not in response.text
    capsys.readouterr()  # structlog is not configured here: it prints the exception


def test_who_must_wait_learns_how_long() -> None:
    response = make_app().test_client().get("/busy")
    assert (response.status_code, response.headers["Retry-After"]) == (429, "30")


def test_an_error_without_words_of_its_own_has_some() -> None:
    response = make_app().test_client().get("/teapot/")
    assert response.status_code == 418
    assert "No entendimos" in response.text


def test_redirections_and_answers_made_by_hand_stay_as_they_are() -> None:
    client = make_app().test_client()
    assert client.get("/teapot").status_code == 308
    assert client.get("/by-hand").text == "mine"


FORWARDED = {
    "X-Forwarded-For": "198.51.100.1, 203.0.113.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example.org",
}


def test_without_a_trusted_proxy_no_header_is_believed() -> None:
    response = make_app().test_client().get("/who", headers=FORWARDED)
    assert response.text == "127.0.0.1 http localhost"


def test_one_trusted_proxy_is_believed_once_and_never_about_the_host() -> None:
    response = make_app(trusted_proxies=1).test_client().get("/who", headers=FORWARDED)
    assert response.text == "203.0.113.7 https localhost"
