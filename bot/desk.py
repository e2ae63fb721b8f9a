"""What deciding a turn needs to ask of the house."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.effects import Say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime, tzinfo
    from uuid import UUID

    from bot.messages import Address
    from bot.speech import ChannelFacts
    from flows.effects import TellProposal
    from flows.flow import Flow
    from storage.links import LinkLook
    from storage.repositories.leaders import LeaderTally


@dataclass(frozen=True)
class Desk:
    """What a turn may ask beyond what it was given: functions, so that a test can be one too.

    Attributes:
        find_flow: revision id, edition -> flow; cached, since neither ever changes.
        outside: the flow of no consultation, for what is said outside of any.
        count_alike: how many people answered like this in a consultation, but for one session.
        find_proposal: folio -> the state of the proposal under it, or None.
        find_leader: consultation id, code -> the leader who has it there, or None.
        find_leader_by_phone: consultation id, contact -> the leader it has served, or None.
        is_full: leader -> whether she has assisted as many people as she may.
        count_led, look_up_code: what `bot/tally.py` and `bot/linking.py` ask.
        list_used: contact -> the channels it wrote by, and when last; the newest first.
        channels: name -> facts.
        chance: `chance(n)` gives a whole number from 0 to n-1.
        make_id: a new id for a time.
        timezone: the consultation's, for "mañana a las 10".
    """

    find_flow: Callable[[UUID, int], Flow]
    outside: Flow
    count_alike: Callable[[UUID, Mapping[str, str], UUID], int]
    find_proposal: Callable[[str], str | None]
    find_leader: Callable[[UUID, str], UUID | None]
    find_leader_by_phone: Callable[[UUID, UUID], UUID | None]
    count_led: Callable[[UUID], LeaderTally]
    is_full: Callable[[UUID], bool]
    list_used: Callable[[UUID], Sequence[tuple[str, datetime]]]
    look_up_code: Callable[[Address, UUID | None, str, datetime], LinkLook]
    channels: Mapping[str, ChannelFacts]
    chance: Callable[[int], int]
    make_id: Callable[[datetime], UUID]
    timezone: tzinfo

    def tell(self, effect: TellProposal, flow: Flow) -> Say:
        """Say what became of the proposal under a folio, in the words of a flow."""
        folio = effect.folio or ""
        state = self.find_proposal(folio) if folio else None
        is_there = state is not None and state != "borrada"
        key = "servicio/est_recibida" if is_there else "servicio/folio_no"
        theme = flow.text(effect.language, "servicio/tema_pendiente")
        return Say(key, effect.language, {"folio": folio, "tema": theme})
