"""What a leader forwards."""

from __future__ import annotations

from bot.invitations import invite
from bot.pages.ways import Way

WAYS = (
    Way("ussd", "*123*7#", "free"),
    Way("sms", "2020", "free"),
    Way("whatsapp", "+50222220000", "free"),
)


def test_whatsapp_comes_first_and_what_is_dialled_has_no_part() -> None:
    invitation = invite("Agua para todos", "AGUA", "LABCD", WAYS)

    assert invitation.links == (
        "https://wa.me/50222220000?text=AGUA%20LABCD",
        "sms:2020?body=AGUA%20LABCD",
    )
    assert invitation.text == (
        "Le invitamos a dar su opinión: Agua para todos.\n"
        "Por WhatsApp, toque aquí y envíe: https://wa.me/50222220000?text=AGUA%20LABCD\n"
        "Por mensaje de texto, envíe AGUA LABCD al 2020."
    )


def test_in_another_language_there_are_only_reviewed_words_names_and_numbers() -> None:
    invitation = invite("Agua para todos", "AGUA", "LABCD", WAYS).introduced_by("Chatob'ana' ja'")

    assert invitation.text == (
        "Chatob'ana' ja'\n"
        "WhatsApp: https://wa.me/50222220000?text=AGUA%20LABCD\n"
        "SMS 2020: AGUA LABCD"
    )


def test_without_a_way_that_carries_words_there_is_nothing_to_tap() -> None:
    assert invite("Agua", "AGUA", "LABCD", WAYS[:1]).links == ()
