"""The phones of `/simulator/` as a visitor uses them: she reads, and presses."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tests.support.waiting import wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from bot.messages import Form

CONSULTATION = (
    ("¿Nos ayuda a mejorar sus servicios?", "1"),
    ("18 años", "1"),
    ("1/5", "1"),
    ("2/5", "3"),
    ("3/5", "1 2"),
    ("4/5", "2"),
    ("5/5", "Que haya internet en mi aldea"),
    ("¿En qué municipio vive?", "Nebaj"),
    ("¿la publicamos sin su nombre", "4"),
    ("Su folio es", "3"),
)
"""What a visitor reads, and what she answers to it."""


class Handset:
    """One of the three phones on the page."""

    def __init__(self, page: Page, form: Form) -> None:
        self.page = page
        self.form = form
        self.section: Locator = page.locator(f"#{form}")

    def press(self, button: str) -> None:
        """Press a button; what comes of it is there afterwards, or soon."""
        with self.page.expect_response(lambda one: one.request.method == "POST"):
            self.section.locator(f"button[value={button}]").click()

    def send(self, text: str) -> None:
        self.write(text)
        self.press("enviar")

    def write(self, text: str) -> None:
        self.section.locator("[name=texto]").fill(text)

    def start(self) -> None:
        """Write in, or dial."""
        if self.form == "ussd":
            self.press("marcar")
        else:
            self.send("CONSULTA")

    def answer(self, until: str) -> None:
        """Go through the consultation up to the question that holds this."""
        self.start()
        for question, answer in CONSULTATION:
            if self.form == "ussd" and question == "4/5":
                self.expect("¿Sigue ahora?")
                self.send("1")
            self.expect(question)
            if until in question:
                return
            self.send(answer)

    def read(self) -> list[str]:
        """Give the bubbles, the oldest first; on USSD what stands on the screen."""
        return self.section.locator(".text").all_inner_texts()

    def options(self) -> list[str]:
        """Give what can be tapped now."""
        return [one.inner_text() for one in self._options() if one.is_visible()]

    def tap(self, option: str) -> None:
        with self.page.expect_response(lambda one: one.request.method == "POST"):
            next(one for one in self._options() if one.inner_text() == option).click()

    def _options(self) -> list[Locator]:
        return self.section.locator("[name=toque]").all()

    def read_clock(self) -> datetime:
        written = self.section.locator("time").get_attribute("datetime")
        assert written is not None
        return datetime.fromisoformat(written)

    def expect(self, text: str) -> None:
        """Wait until the newest bubble, or the screen, says this."""
        wait_for(lambda: text in "".join(self.read()[-1:]), f"{text!r} on {self.form}")

    def expect_notice(self, text: str) -> None:
        """Wait until the page says this below the phone."""
        notice = self.section.locator(".notice")
        wait_for(lambda: text in notice.inner_text(), f"{text!r} below {self.form}")
