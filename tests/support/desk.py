"""A decider and a phone in memory: turns are decided, and their writes become the next snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from bot.messages import Address, Form, Inbound, Media, Reply, SessionEvent
from bot.speech import ChannelFacts
from bot.turn import Decider
from flows.flow import Flow
from flows.golden.chance import make_chance
from storage.links import LinkLook, Tries
from storage.records import (
    ContactRecord,
    OpenConsultation,
    SessionRecord,
    Snapshot,
    TurnKey,
    TurnWrite,
)
from storage.repositories.leaders import LeaderTally
from tests.support.small_flow import make_small_flow

START = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
CONSULTATION = OpenConsultation(UUID(int=1), "chica", UUID(int=2), is_open=True)
CHANNELS = {
    "sms": ChannelFacts("costo_plan", "sms", "sms"),
    "whatsapp": ChannelFacts("costo_gratis", "whatsapp", "whatsapp"),
    "ussd": ChannelFacts("costo_gratis", "sms", "sms"),
}


@dataclass
class Desk:
    """One number before a decider. `writes` and `replies` are what came of it."""

    consultations: tuple[OpenConsultation, ...] = (CONSULTATION,)
    flow: Flow = field(default_factory=make_small_flow)
    channels: Mapping[str, ChannelFacts] = field(default_factory=lambda: CHANNELS)
    proposals: dict[str, str] = field(default_factory=dict)
    alike: int = 0
    counted: list[tuple[object, ...]] = field(default_factory=list)
    leaders: dict[str, UUID] = field(default_factory=dict)
    known: UUID | None = None
    is_full: bool = False
    tally: LeaderTally = field(default_factory=lambda: LeaderTally(0, 0, 0))
    used: tuple[tuple[str, datetime], ...] = ()
    look: LinkLook = field(
        default_factory=lambda: LinkLook(Tries(START, 0), has_number=True, issuer=None)
    )
    now: datetime = START
    contact: ContactRecord | None = None
    session: SessionRecord | None = None
    screens: dict[str, str] = field(default_factory=dict)
    writes: list[TurnWrite] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ids = count(100)
        self._claims = count(1)
        self.decider = Decider(
            find_flow=lambda *_: self.flow,
            outside=make_small_flow(steps=()),
            count_alike=self._count_alike,
            find_proposal=self.proposals.get,
            find_leader=lambda _, code: self.leaders.get(code),
            find_leader_by_phone=lambda *_: self.known,
            count_led=lambda _: self.tally,
            is_full=lambda _: self.is_full,
            list_used=lambda _: self.used,
            look_up_code=lambda *_: self.look,
            channels=self.channels,
            chance=make_chance(1),
            make_id=lambda _: UUID(int=next(self._ids)),
            timezone=UTC,
        )

    def _count_alike(self, *asked: object) -> int:
        self.counted.append(asked)
        return self.alike

    def send(self, *texts: str, channel: Form = "sms", **more: object) -> Reply:
        for text in texts:
            inbound = Inbound(
                channel=channel,
                form=channel,
                address=Address("tel", "+50255550101"),
                text=text,
                claim=str(next(self._claims)),
            )
            self.take(replace(inbound, **more))  # type: ignore[arg-type]
        return self.replies[-1]

    def dial(self, path: str = "", dialog: str = "d1") -> Reply:
        """Send a USSD request with the path typed so far."""
        event = SessionEvent.RESUME if path else SessionEvent.NEW
        return self.send(path, channel="ussd", path=True, dialog=dialog, session=event)

    def speak(self) -> Reply:
        return self.send("", media=(Media("audio/ogg", "https://example.org/1"),))

    def take(self, inbound: Inbound) -> None:
        self.now += timedelta(minutes=1)
        key = TurnKey(inbound.channel, inbound.claim, "tel", "+50255550101", inbound.dialog)
        screen = self.screens.get(inbound.dialog, "")
        snapshot = Snapshot(None, self.contact, self.session, screen, self.consultations)
        decision = self.decider.decide(inbound, key, snapshot, self.now)
        self.writes.append(decision.write)
        self.replies.append(decision.reply)
        self._keep(decision.write)

    @property
    def last(self) -> TurnWrite:
        return self.writes[-1]

    def _keep(self, write: TurnWrite) -> None:
        before = self.contact
        persons = (before.persons if before else 0) + write.new_person
        stopped_at = before.stopped_at if before else None
        if write.stopped is not None:
            stopped_at = write.at if write.stopped else None
        self.contact = ContactRecord(
            write.contact_id,
            (before.version if before else 0) + 1,
            write.person_id,
            persons,
            write.at,
            stopped_at,
            write.lobby,
            write.traffic,
        )
        if write.new_person:
            self.session = None
        if write.session is not None:
            kept = write.session
            self.session = SessionRecord(
                kept.id, kept.person_id, kept.consultation_id, kept.revision_id, kept.state,
                kept.turns, kept.outcome, mode=kept.mode,
            )  # fmt: skip
        if write.screen is not None:
            self.screens[write.key.dialog] = write.screen
