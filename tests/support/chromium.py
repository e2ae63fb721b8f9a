"""Pages in the system's Chromium, which may only ask our own server for anything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from tests.support.parts import needs_program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Route

AXE = Path(__file__).parent.parent / "browser" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa")
OURS = {"127.0.0.1", "localhost"}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One running Chromium for this test process."""
    program = needs_program("Chromium", "chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture
def make_context(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make a visitor: `make_context(java_script_enabled=False)` and what Playwright takes.

    A test whose pages ask anybody but our own server for anything fails at its end.
    """
    contexts: list[BrowserContext] = []
    foreign: list[str] = []

    def _guard(route: Route) -> None:
        if urlsplit(route.request.url).hostname in OURS:
            route.continue_()
        else:
            foreign.append(route.request.url)
            route.abort()

    def _make(**options: object) -> BrowserContext:
        context: BrowserContext = chromium.new_context(locale="es-GT", **options)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        context.route("**/*", _guard)
        contexts.append(context)
        return context

    yield _make
    for context in contexts:
        context.close()
    assert not foreign, f"pages asked others: {foreign}"


@pytest.fixture
def page(make_context: Callable[..., BrowserContext]) -> Page:
    """A visitor's empty page, with JavaScript."""
    return make_context().new_page()


@pytest.fixture
def page_without_javascript(make_context: Callable[..., BrowserContext]) -> Page:
    """A visitor's empty page, without JavaScript."""
    return make_context(java_script_enabled=False).new_page()


@pytest.fixture
def check_accessibility() -> Callable[[Page], list[str]]:
    """Run axe on a page that has JavaScript; gives one line for each violation, best none.

    The page's Content-Security-Policy stays as it is: axe is run from outside it.
    """
    source = AXE.read_text(encoding="utf-8")

    def _check(page: Page) -> list[str]:
        page.evaluate(source)
        options = json.dumps({"runOnly": {"type": "tag", "values": RULES}})
        result = page.evaluate(f"async () => await axe.run(document, {options})")
        return [
            f"{violation['id']}: {violation['help']} at {node['target']}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]

    return _check
