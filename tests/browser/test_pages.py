"""The pages that anybody may see, in a real browser."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest

from bot.pages import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.support.site import Site

    Examine = Callable[[Page, str], list[str]]

PAGES = ("", "simulator/")
VISITORS: dict[str, dict[str, Any]] = {
    "with-javascript": {},
    "without": {"java_script_enabled": False},
    "at-night": {"color_scheme": "dark"},
}
HEAVIEST_STYLE = 12 * 1024


@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_everybody(
    path: str,
    visitor: str,
    site: Site,
    make_context: Callable[..., BrowserContext],
    examine: Examine,
) -> None:
    page = make_context(**VISITORS[visitor]).new_page()
    assert examine(page, site.url + path) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_can_be_printed(path: str, site: Site, page: Page) -> None:
    page.goto(site.url + path)
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert not page.locator(".top").is_visible()


def test_the_public_page_leads_to_each_phone(site: Site, page: Page) -> None:
    page.goto(site.url)
    assert "Comisión Presidencial de Gobierno Abierto" in page.locator("article").inner_text()
    for link in page.locator("article a").all():
        page.goto(site.url)
        link.click()
        page.locator(":target").wait_for()


def test_the_style_is_light() -> None:
    assert len(gzip.compress((FOLDER / "static" / "pages.css").read_bytes())) < HEAVIEST_STYLE
