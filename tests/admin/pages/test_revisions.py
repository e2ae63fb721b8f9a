"""A script's picture: of what was published, and of what is about to be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from storage.ids import new_id
from storage.published import NewRevision
from tests.admin.pages.test_scripts import EDITED, PAGE, find_live, send

if TYPE_CHECKING:
    from tests.support.office import Office

BOXES = ".//{http://www.w3.org/2000/svg}rect"


def test_a_revision_and_a_draft_show_their_picture_and_give_it(office: Office) -> None:
    client = office.enter("operador")
    assert f'href="{PAGE}/1"' in client.get(PAGE).text
    response = client.get(f"{PAGE}/1")
    nonce = re.search(r'<style nonce="([^"]+)">', response.text)
    assert nonce
    assert f"'nonce-{nonce[1]}'" in response.headers["Content-Security-Policy"]
    assert "Lo mismo en palabras" in response.text
    drawn = send(client, "revisar", guion=EDITED).text
    assert "Guarde bien su folio" in drawn[drawn.index("<svg") : drawn.rindex("</svg>")]
    published, draft = client.get(f"{PAGE}/1/dibujo.svg"), send(client, "dibujo", guion=EDITED)
    for file in (published, draft):
        assert file.headers["Content-Disposition"].startswith("attachment;")
        assert file.mimetype == "image/svg+xml"
        picture = ET.fromstring(file.text)  # noqa: S314 - our own picture
        assert len(picture.findall(BOXES)) > 20
    assert send(client, "dibujo", guion="?").status_code == 400


def test_what_cannot_be_read_any_more_is_shown_as_it_was_written(office: Office) -> None:
    client, live, now = office.enter("operador"), find_live(office), office.clock()
    broken = NewRevision(new_id(now), live.consultation_id, live.id, "<b>?", "{}", "", "x", now)
    with office.database.unit() as unit:
        unit.consultations.publish(broken)
    assert "&lt;b&gt;?" in client.get(f"{PAGE}/2").text
    assert client.get(f"{PAGE}/2/dibujo.svg").status_code == 404
    assert client.get(f"{PAGE}/9").status_code == 404
