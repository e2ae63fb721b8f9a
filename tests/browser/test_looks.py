"""The examination of pages sees what it looks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

URL = "http://127.0.0.1/"
PAGE = "<!doctype html><html lang=es><title>t</title><main><h1>h</h1>{}</main></html>"


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<img src='data:,'>", "image-alt"),
        ("<p style='width: 2000px'>w</p>", "scrolls sideways"),
        ("<a href=/ style='outline: none'>a</a>", "the focus is not marked"),
        ("<a href=/ style='position: fixed; top: -99px'>a</a>", "the focus is out of sight"),
        ("<button tabindex=-1>b</button>", "Tab reaches 0 of 1"),
        ("<p hidden>" + "w" * 210_000 + "</p>", "it weighs 210"),
    ],
)
def test_a_fault_is_found(
    body: str, fault: str, page: Page, examine: Callable[[Page, str], list[str]]
) -> None:
    page.route(URL, lambda route: route.fulfill(content_type="text/html", body=PAGE.format(body)))
    assert [line for line in examine(page, URL) if fault in line]
