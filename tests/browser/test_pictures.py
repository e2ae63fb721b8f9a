"""The README's pictures: of the pages as they are, and light."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from puente.citizens.crowd import simulate
from puente.demonstration import EMAIL, SLUG, find_password
from tests.support.handset import Handset
from tests.support.pictures import PICTURES

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from bot.messages import Form
    from tests.support.site import Site

HEAVIEST = 1024 * 1024
UNTIL: tuple[tuple[Form, str], ...] = (("sms", "3/5"), ("ussd", "1/5"), ("whatsapp", "2/5"))


def take_devices(page: Page, path: Path) -> None:
    """Take the three phones and no more of the page."""
    page.evaluate("window.scrollTo(0, 0)")  # boxes are measured from what is in view
    device = page.locator(".device").last.bounding_box()
    phones = page.locator(".phones").bounding_box()
    assert device is not None
    assert phones is not None
    margin = 20
    page.screenshot(
        path=path,
        full_page=True,
        clip={
            "x": phones["x"] - margin,
            "y": phones["y"] - margin,
            "width": phones["width"] + 2 * margin,
            "height": device["y"] + device["height"] - phones["y"] + 2 * margin,
        },
    )


def test_pictures_of_the_pages_are_taken(site: Site, page: Page, pictures: Path) -> None:
    simulate(site.url, SLUG, citizens=40, seed=2026)
    page.set_viewport_size({"width": 1080, "height": 860})
    page.goto(site.url)
    page.screenshot(path=pictures / "public.png")
    page.goto(f"{site.url}simulator/")
    for form, question in UNTIL:
        Handset(page, form).answer(question)
    take_devices(page, pictures / "phones.png")
    page.goto(f"{site.url}admin/")
    page.locator("[name=email]").fill(EMAIL)
    page.locator("[name=password]").fill(find_password(site.settings))
    page.locator("main button[type=submit]").click()
    page.goto(f"{site.url}admin/consultas/{SLUG}")
    page.screenshot(path=pictures / "panel.png")
    assert {picture.name for picture in PICTURES.iterdir()} == {
        picture.name for picture in pictures.iterdir()
    }


def test_the_pictures_are_shown_and_light() -> None:
    shown = set()
    for readme in ("README.md", "README.es.md"):
        text = (PICTURES.parent.parent / readme).read_text(encoding="utf-8")
        shown |= set(re.findall(r"\(docs/pictures/([\w.]+)\)", text))
    assert shown == {picture.name for picture in PICTURES.iterdir()}
    assert sum(picture.stat().st_size for picture in PICTURES.iterdir()) < HEAVIEST
