"""Where every inbound message is received: by a turn, or on this disk while that cannot be.

Providers that deliver again (Kannel, Meta, an Android gateway) are told to; what others bring
is spooled, and taken as soon as the database is back. While messages of a sender lie here, her
new ones join them, so that they stay in order. What fails by a fault of ours is set aside on the
same disk until the fault is mended: what can only fail again must not hold up her next message.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog
from structlog.contextvars import bound_contextvars

from bot import meters
from bot.faults import Outage, describe
from bot.letters import read_letter, write_letter
from bot.messages import Reply, SessionEvent
from flows.service import Word, find_service
from storage.errors import DatabaseAwayError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from uuid import UUID

    from bot.channels.base import Channel
    from bot.messages import Inbound
    from bot.spool import Spool

REST_SECONDS = 1.0
"""How long the database is left alone after it was away, and how often the spool is looked at."""

LATER = "Recibimos su mensaje. Por una falla nuestra la respuesta puede tardar unos minutos."
WRITE_AGAIN = "Recibimos su mensaje. Por una falla nuestra, escriba otra vez en unos minutos."
DIAL_AGAIN = "Guardamos su respuesta. Por una falla nuestra, marque otra vez en unos minutos."
NOT_NOW = "En este momento no podemos atenderle. Por favor marque otra vez en unos minutos."

_log = structlog.get_logger(__name__)


class Reception:
    """Receives messages, from as many threads as there are.

    Args:
        take: the turn; raises `DatabaseAwayError` where the database is away.
        channels: by their names.
        spool: of this host.
        clock: the time, aware UTC.
        make_id: a new id for a time.
    """

    def __init__(  # noqa: PLR0913 - what the house hands in
        self,
        take: Callable[[Inbound], Reply],
        channels: Mapping[str, Channel],
        spool: Spool,
        clock: Callable[[], datetime],
        make_id: Callable[[datetime], UUID],
        *,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._take = take
        self._channels = channels
        self._spool = spool
        self._clock = clock
        self._make_id = make_id
        self._seconds = seconds
        self._outage = Outage("database", rest=REST_SECONDS, seconds=seconds)

    def receive(self, inbound: Inbound) -> Reply:
        """Take a message now, or keep it and say what is true of it.

        Raises:
            DatabaseAwayError: its provider will deliver it again.
            SpoolFullError: nobody can have it now.
            Exception: a fault of ours; its provider will deliver it again, or it is set aside.
        """
        began = self._seconds()
        id_ = self._make_id(inbound.at or self._clock())
        with bound_contextvars(id=str(id_), channel=inbound.channel):
            try:
                return self._receive(replace(inbound, id=id_))
            except Exception:
                self._tell(inbound, "returned")
                raise
            finally:
                meters.reply_seconds(inbound.channel).observe(self._seconds() - began)

    def _receive(self, inbound: Inbound) -> Reply:
        sender = f"{inbound.address.scheme}:{inbound.address.value}"
        if not inbound.answerable or inbound.session is SessionEvent.CLOSE:
            return Reply()
        if self._spool.holds(sender) and self._spool.join(sender, self._write(inbound)):
            self._tell(inbound, "spooled")
            return Reply() if inbound.form != "ussd" else Reply((DIAL_AGAIN,))
        if self._channels[inbound.channel].retries:
            return self._take_now(inbound)
        is_dialling = inbound.session is SessionEvent.NEW  # then there is nothing to keep
        try:
            return self._take_twice(inbound)
        except DatabaseAwayError:
            if is_dialling:
                return Reply((NOT_NOW,))
            self._spool.keep(sender, self._write(inbound))
            self._tell(inbound, "spooled")
            return self._acknowledge(inbound)
        except Exception:
            if not is_dialling:
                self._spool.set_aside(sender, self._write(inbound))
                self._tell(inbound, "set_aside")
            raise

    @property
    def can_spool(self) -> bool:
        """Whether any channel's messages are kept here while the database is away."""
        return any(not channel.retries for channel in self._channels.values())

    def examine_spool(self) -> None:
        """Check that a message could be kept.

        Raises:
            SpoolFullError: it could not.
        """
        self._spool.examine()

    def replay(self) -> int:
        """Take what lies in the spool, unless the database is still away; give how many."""
        try:
            return self._spool.replay(self._take_letter)
        except DatabaseAwayError:
            return 0

    def watch_spool(self) -> None:
        """Take what lies in the spool, now and as long as this process lives."""

        def watch() -> None:
            outage = Outage("spool")
            while True:
                with outage.endured():
                    self.replay()
                time.sleep(REST_SECONDS)

        threading.Thread(target=watch, name="spool", daemon=True).start()

    def _take_now(self, inbound: Inbound) -> Reply:
        if self._outage.is_resting:
            raise DatabaseAwayError("was away a moment ago")
        try:
            reply = self._take(inbound)
        except DatabaseAwayError as error:
            # Whoever waits for a server that does not answer holds up everybody behind him.
            self._outage.begin(error)
            raise
        self._outage.end()
        return reply

    def _take_twice(self, inbound: Inbound) -> Reply:
        """Take a message that nobody delivers again: a fault may be of that moment alone."""
        try:
            return self._take_now(inbound)
        except DatabaseAwayError:
            raise
        except Exception as error:  # noqa: BLE001 - the second is raised
            _log.error("message_failed", **describe(error))
        return self._take_now(inbound)

    def _take_letter(self, text: str) -> bool:
        try:
            inbound = read_letter(text, self._clock())
            with bound_contextvars(id=str(inbound.id), channel=inbound.channel):
                self._take_twice(inbound)
        except DatabaseAwayError:
            raise
        except Exception as error:  # noqa: BLE001 - it must not hold up what is behind it
            _log.error("message_failed", **describe(error))
            return False
        return True

    @staticmethod
    def _tell(inbound: Inbound, outcome: str) -> None:
        meters.inbound(inbound.channel, outcome).inc()
        _log.info(f"message_{outcome}")

    def _write(self, inbound: Inbound) -> str:
        return write_letter(inbound, self._clock())

    def _acknowledge(self, inbound: Inbound) -> Reply:
        """Say that her message is kept; nothing where she asked for silence."""
        if inbound.form == "ussd":
            return Reply((DIAL_AGAIN,))
        service = find_service(inbound.text)
        if service is not None and service.word in {Word.STOP, Word.ERASE}:
            return Reply()
        return Reply((LATER if self._channels[inbound.channel].can_send else WRITE_AGAIN,))
