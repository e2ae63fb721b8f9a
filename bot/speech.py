"""What a turn says, put on the phone: texts, one USSD screen, and what is left for later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.later import Later
from bot.messages import VOICE, Reply
from bot.restraint import Traffic, restrain
from bot.screens import show
from flows.text.render import Rendered, fit, render

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.channels.base import Tariff
    from bot.messages import Form, Inbound
    from bot.screens import Screen
    from bot.writing import Writing
    from flows.effects import Say
    from flows.flow import Flow
    from storage.records import TurnWrite

TIME_TO_TYPE = timedelta(minutes=2)
"""No USSD session lasts longer (Africa's Talking: 180 s in all, 30 s for an answer)."""


COSTS: Mapping[Tariff, str] = {
    "free": "costo_gratis",
    "refunded": "costo_devuelto",
    "citizen_pays": "costo_plan",
}
"""The stock text that says what a message costs, by the channel's tariff."""


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """What a turn needs to know of a channel.

    Attributes:
        cost: the stock text that says what a message costs the citizen, `costo_plan`.
        pays: whether she pays for each message she sends.
        later: the channel for what is said after the response (receipts, reminders); empty
            where nobody can be written to. `later_form` is the form of its texts.
        in_response: whether the reply goes back in the provider's own response; else the
            outbox carries it.
        is_restrained: whether replies to one number are held back (`bot/restraint.py`): a
            screen that was dialled cannot stay empty.
        price: quetzales that a segment costs us.
    """

    cost: str
    later: str = ""
    later_form: Form = "sms"
    in_response: bool = True
    pays: bool = False
    is_restrained: bool = True
    price: float = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """What a turn comes to."""

    write: TurnWrite
    reply: Reply


class Speech:
    """The answer to one message, on the phone it came from."""

    def __init__(
        self,
        inbound: Inbound,
        facts: ChannelFacts,
        writing: Writing,
        traffic: str,
        find_later: Callable[[], tuple[str, Form]] | None = None,
    ) -> None:
        self._inbound = inbound
        self._facts = facts
        self._find_later = find_later or (lambda: (facts.later, facts.later_form))
        self._writing = writing
        self._traffic = Traffic.from_json(traffic)

    def answer(self, flow: Flow, *, is_open: bool) -> Decision:
        """Render all that is said; `is_open` where a session channel has to wait for more."""
        says = self._writing.says
        language = says[-1].language if says else flow.script.language
        values = {"costo": flow.text(language, f"servicio/{self._facts.cost}")}
        self._write_later(flow, values, is_open=is_open)
        rendered = render(flow, says, self._inbound.form, values)
        if self._inbound.form == "ussd":
            return self.show(show(rendered, self._path, is_open=is_open))
        return self.close(Reply(rendered.texts, buttons=rendered.buttons, voices=rendered.voices))

    def tell(self, text: str) -> Decision:
        """Say one of the bot's own sentences, in Spanish, to somebody who serves the house."""
        texts = fit((text,), self._inbound.form, "es")
        if self._inbound.form == "ussd":
            return self.show(show(Rendered(texts), self._path, is_open=False))
        return self.close(Reply(texts))

    def show(self, screen: Screen) -> Decision:
        """Show one page of a USSD screen."""
        screen = replace(screen, path=self._path)
        self._writing.change(screen=screen.to_json())
        return self.close(Reply((screen.text,) if screen.text else (), open=screen.keeps_open))

    def close(self, reply: Reply) -> Decision:
        """Reply with this and nothing more."""
        due_at = self._writing.now
        if self._inbound.confirmed:
            reply = Reply()
        if reply.texts and self._facts.is_restrained:
            verdict = restrain(self._traffic, self._inbound.text, reply, due_at)
            self._writing.change(traffic=verdict.traffic.to_json())
            due_at = verdict.due_at
            if verdict.is_loop and not self._writing.is_leaving:
                reply = Reply()
        is_held = due_at > self._writing.now
        if self._inbound.replayed_at or is_held or not self._facts.in_response:
            self._post(reply, due_at, only_newest=is_held)
            reply = Reply()
        return Decision(self._writing.close(reply), reply)

    @property
    def _path(self) -> str:
        return self._inbound.text if self._inbound.path else ""

    def _post(self, reply: Reply, due_at: datetime, *, only_newest: bool) -> None:
        """Leave a reply to the worker, whom `conversations` wakes at once.

        A screen has gone by the time a message is taken from the spool, and cannot be sent.
        """
        if self._facts.in_response and self._facts.later != self._inbound.channel:
            return
        for voice in reply.voices:
            self._writing.send_later(
                Later(self._inbound.channel, voice, VOICE, due_at, only_newest=only_newest)
            )
        last = len(reply.texts) - 1
        for place, text in enumerate(reply.texts):
            buttons = reply.buttons if place == last else ()
            self._writing.send_later(
                Later(self._inbound.channel, text, "reply", due_at, buttons, only_newest)
            )

    def _write_later(self, flow: Flow, values: Mapping[str, str], *, is_open: bool) -> None:
        """Leave what is said after the response, and what is to be said another day.

        After a USSD session a receipt, or what she left for afterwards at a rest; and an open
        question once more by SMS, unless she has typed her answer by then: a screen's few
        seconds and its keypad are no place for it.
        """
        writing = self._writing

        def leave(say: Say, kind: str, due_at: datetime) -> None:
            channel, form = self._find_later()
            for text in render(flow, [say], form, values).texts if channel else ():
                writing.send_later(Later(channel, text, kind, due_at))

        if writing.afterwards:
            channel, form = self._facts.later, self._facts.later_form  # as the rest has said
            for text in render(flow, writing.afterwards, form, values).texts:
                later = Later(channel, text, "reply", writing.now, only_newest=True)
                writing.send_later(later)
        elif writing.is_complete and self._inbound.form == "ussd" and writing.says:
            leave(writing.says[-1], "receipt", writing.now)
        if is_open and self._inbound.form == "ussd" and writing.says:
            asked = flow.find_question(writing.says[-1].key.partition("/")[0])
            if asked is not None and asked.kind == "text":
                leave(writing.says[-1], "reminder", writing.now + TIME_TO_TYPE)
        for reminder in writing.reminders:
            leave(reminder.say, "reminder", reminder.at.astimezone(writing.now.tzinfo))
