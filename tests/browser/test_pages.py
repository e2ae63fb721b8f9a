"""The pages that anybody may see, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.support.site import Site

    Examine = Callable[[Page, str], list[str]]


@pytest.mark.parametrize("path", ["", "simulator/"])
def test_a_page_is_for_everybody(path: str, site: Site, page: Page, examine: Examine) -> None:
    assert examine(page, site.url + path) == []


@pytest.mark.parametrize("path", ["", "simulator/"])
def test_a_page_needs_no_javascript(
    path: str, site: Site, page_without_javascript: Page, examine: Examine
) -> None:
    assert examine(page_without_javascript, site.url + path) == []
