"""The channels: one file each, and one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels import simulator, twilio_sms, twilio_whatsapp, ussd

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.channels.base import Channel
    from bot.channels.settings import ChannelSettings

CHANNELS: Mapping[str, Callable[[ChannelSettings], Channel]] = {
    "simulator": simulator.Simulator,
    "twilio-sms": twilio_sms.TwilioSms,
    "twilio-whatsapp": twilio_whatsapp.TwilioWhatsapp,
    "ussd-africastalking": ussd.AfricasTalking,
}
