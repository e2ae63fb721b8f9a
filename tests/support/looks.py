"""What holds for every page of ours, whoever reads it: `examine(page, url)` finds what does not.

Narrow and wide, light enough for 2G, within one screen's width at 200 % zoom, usable by the
keyboard alone with the focus always in sight, and clean by axe. Without JavaScript the page and
its style are the same, so that a narrow screen stands for all, and nothing is weighed again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

ZOOMED = 640
WIDTHS = {"a small phone": 360, "a desk": 1280, "a desk at 200 % zoom": ZOOMED}
HEIGHT = 800
HEAVIEST = 200 * 1024
SLOWEST_PAINT = 3.0
MOST_STOPS = 200
BUSY = 2
"""How often a slow paint is looked at again: a busy machine slows one, a heavy page each."""

# 2G as WebPageTest has it: 280 kbit/s down, 256 up, 800 ms for a round trip.
TWO_G = {
    "offline": False,
    "latency": 800,
    "downloadThroughput": 280_000 / 8,
    "uploadThroughput": 256_000 / 8,
}
FREE = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}

_HAS_SCRIPTS = "matchMedia('(scripting: enabled)').matches"
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
_OVERFLOW = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
_REACHABLE = """() => [...document.querySelectorAll(
  'a[href], button:enabled, input:enabled:not([type=hidden]), select:enabled, '
  + 'textarea:enabled, summary, [tabindex="0"]'
)].filter((one) => one.checkVisibility() && !one.matches('[type=radio]:not(:checked)')).length"""
# Each place where Tab stops: what it is, whether it can be seen, and whether it looks focused.
_FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  if (one.dataset.stopped) return {first: false, again: one === window.stoppedLast};
  one.dataset.stopped = '1';
  window.stoppedLast = one;
  const look = () => {
    const style = getComputedStyle(one);
    return [style.outline, style.boxShadow, style.background, style.border].join();
  };
  const box = one.getBoundingClientRect();
  const focused = look();
  one.blur();
  const plain = look();
  one.focus({focusVisible: true, preventScroll: true});
  return {
    first: true,
    name: one.outerHTML.slice(0, 80),
    inView: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth
      && box.width > 0,
    marked: focused !== plain,
  };
}"""


@pytest.fixture
def examine(
    check_accessibility: Callable[[Page], list[str]],
) -> Callable[[Page, str], list[str]]:
    """Look at a page from all sides; gives one line for each fault, best none.

    `examine(page, url)`: `page` belongs to a visitor who may see it (signed in, say), with
    JavaScript or without (axe needs it and is left out then). What a page asks of other hosts
    turns any test red by itself.
    """

    def _examine(page: Page, url: str) -> list[str]:
        faults: list[str] = []
        for name, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page.goto(url)
            found = [*_find_overflow(page)]
            has_scripts = page.evaluate(_HAS_SCRIPTS)
            if width != ZOOMED:
                found += _walk(page)
                found += check_accessibility(page) if has_scripts else []
            faults += [f"on {name}: {fault}" for fault in found]
            if not has_scripts:
                return faults
        faults += _weigh(page, url)
        return faults

    return _examine


def _weigh(page: Page, url: str) -> Iterator[str]:
    """Load the page over 2G with an empty cache: its weight, and when something is seen."""
    weights: list[float] = []
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    network.on("Network.loadingFinished", lambda sent: weights.append(sent["encodedDataLength"]))
    network.send("Network.emulateNetworkConditions", TWO_G)
    page.goto(url)
    total = sum(weights)
    painted = _wait_for_paint(page)
    for _ in range(BUSY):
        if painted > SLOWEST_PAINT:
            page.goto(url)
            painted = min(painted, _wait_for_paint(page))
    network.send("Network.emulateNetworkConditions", FREE)
    network.detach()
    if painted > SLOWEST_PAINT:
        yield f"over 2G the first paint takes {painted:.1f} s"
    if not 0 < total < HEAVIEST:
        yield f"it weighs {total:.0f} bytes"


def _wait_for_paint(page: Page) -> float:
    seconds: float = wait_for(lambda: page.evaluate(_PAINTED), "the first paint") / 1000
    return seconds


def _find_overflow(page: Page) -> Iterator[str]:
    if (overflow := page.evaluate(_OVERFLOW)) > 0:
        yield f"it scrolls sideways by {overflow} px"


def _walk(page: Page) -> Iterator[str]:
    """Go through the page by Tab alone."""
    expected = page.evaluate(_REACHABLE)
    stops = 0
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUSED)
        if stop is None:
            break
        if not stop["first"]:
            if stop["again"]:
                continue  # within a field of several parts, such as a day
            break
        stops += 1
        if not stop["inView"]:
            yield f"the focus is out of sight at {stop['name']}"
        if not stop["marked"]:
            yield f"the focus is not marked at {stop['name']}"
    if stops != expected:
        yield f"Tab reaches {stops} of {expected} places"
