"""The channels: one file each, and one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.kannel import Kannel
from bot.channels.kannel_ussd import KannelUssd
from bot.channels.meta_whatsapp import MetaWhatsapp
from bot.channels.simulator import Simulator
from bot.channels.smsgate import SmsGate
from bot.channels.twilio_sms import TwilioSms
from bot.channels.twilio_whatsapp import TwilioWhatsapp
from bot.channels.ussd import Ussd
from bot.channels.ussd_presets import PRESETS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.channels.base import Channel
    from bot.channels.settings import ChannelSettings

CHANNELS: Mapping[str, Callable[[ChannelSettings], Channel]] = {
    "kannel": Kannel,
    "kannel-ussd": KannelUssd,
    "meta-whatsapp": MetaWhatsapp,
    "simulator": Simulator,
    "smsgate": SmsGate,
    "twilio-sms": TwilioSms,
    "twilio-whatsapp": TwilioWhatsapp,
    **dict.fromkeys(PRESETS, Ussd),  # ussd-africastalking, ussd-infobip, …
}
