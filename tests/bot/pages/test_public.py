"""The public page: what it says where there are numbers, and where there are none yet."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import flask
import pytest

from bot.pages import make_pages
from bot.pages.ways import Way
from tests.support.small_flow import make_small_flow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.flow import Flow


def read(flows: Sequence[Flow], *ways: Way) -> str:
    """Give the words of the page of a house without phones to play with."""
    app = flask.Flask("test", static_folder=None)
    app.register_blueprint(make_pages(lambda: flows, ways))
    page = app.test_client().get("/").text
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize(
    ("way", "sentence"),
    [
        (Way("sms", "50200", "free"), "Mande CONSULTA al 50200 Contestar es gratis."),
        (
            Way("whatsapp", "+50255550100", "citizen_pays"),
            "Mande CONSULTA al +50255550100 Cuesta según su plan normal.",
        ),
        (Way("ussd", "*000*7#", "refunded"), "Marque *000*7# Le devolvemos lo que gaste."),
    ],
)
def test_each_channel_says_how_to_take_part_and_what_it_costs(way: Way, sentence: str) -> None:
    assert sentence in read([make_small_flow()], way)


def test_without_a_number_it_promises_none() -> None:
    assert "Los números para escribir se anuncian pronto." in read([make_small_flow()])


def test_without_a_consultation_it_still_says_how_to_leave() -> None:
    page = read([])
    assert "Por ahora no hay ninguna consulta abierta" in page
    assert "Mande BAJA y ya no le escribimos. Mande BORRAR" in page
    assert "VINCULAR Si su WhatsApp esconde su número" in page


@pytest.mark.parametrize(
    ("way", "address"),
    [
        (Way("sms", "50200", "free"), "sms:50200?body=PLAN%20A"),
        (Way("whatsapp", "+50255550100", "free"), "https://wa.me/50255550100?text=PLAN%20A"),
        (Way("ussd", "*000*7#", "free"), "tel:*000*7%23"),
    ],
)
def test_a_link_opens_the_right_thing_on_a_phone(way: Way, address: str) -> None:
    assert way.link("PLAN A") == address
