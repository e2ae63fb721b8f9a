"""Newly approved translations reach who is already answering, in the same revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.publishing import publish
from puente.bundled import read_source
from puente.translations import read_catalogues
from tests.support.house import open_house, set_up

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from flows.catalogues.entries import Catalogue
    from storage.published import Revision
    from tests.support.house import House

RIGHTS = "derechos"


def publish_with(house: House, catalogues: Mapping[str, Catalogue]) -> Revision:
    return publish(
        house.database,
        *read_source(RIGHTS),
        who="prueba",
        note="",
        now=house.settings.clock(),
        catalogues=catalogues,
    )


def test_a_live_conversation_is_offered_a_language_as_soon_as_it_is_approved(
    tmp_path: Path, database_url: str
) -> None:
    with open_house(set_up(tmp_path, database_url), RIGHTS) as house:
        publish_with(house, {})  # every translation is withdrawn: Spanish alone
        phone = house.phone("simulator-sms")
        assert "Toda persona" in phone.send("DERECHOS").texts[-1]
        assert "Toda persona" in phone.send("1").texts[-1]
        assert "español" in phone.send("IDIOMA").texts[0]

        edition = publish_with(house, read_catalogues(RIGHTS))
        assert (edition.number, edition.edition) == (1, 2)
        assert "5 K'iche'" in phone.send("IDIOMA").texts[-1]
        assert phone.send("k’iche’").texts[-1].startswith("Ronojel winaq ya'tal chech")
        assert phone.send("jeʼ").texts[-1].startswith("Ronojel chi winaq")

        rows = house.table("long", RIGHTS)
        assert [(row["pregunta"], row["idioma"]) for row in rows] == [("inv", "es"), ("d1", "quc")]


def test_a_withdrawn_language_goes_on_in_spanish(tmp_path: Path, database_url: str) -> None:
    with open_house(set_up(tmp_path, database_url), RIGHTS) as house:
        phone = house.phone("simulator-sms")
        phone.send("DERECHOS")
        assert phone.send("5").texts[-1].startswith("Ronojel winaq")
        publish_with(house, {})
        assert phone.send("jeʼ").texts[-1].startswith("Toda persona")
