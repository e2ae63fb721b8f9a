"""What a rest in a session by USSD leads to: the screen ends, and the question comes by SMS."""

from bot.speech import ChannelFacts
from flows.script.compile import make_flow
from flows.script.parse import read_script
from tests.support.desk import CHANNELS, Desk
from tests.support.small_script import spoil

RESTED = spoil(
    "  - pregunta: p2",
    """\
  - descanso: respiro
    texto: "¿Sigue ahora?"
    opciones:
      1: "Seguir"
      2: "Luego por SMS"
    luego: "Bien. Le escribimos por SMS."

  - mensaje: sigue
    texto: "Sigue la consulta del agua."

  - pregunta: p2
""".removesuffix("\n"),
)


def make_rested(**more: object) -> Desk:
    script = read_script(RESTED, name="x").script
    assert script is not None
    return Desk(flow=make_flow(script), **more)  # type: ignore[arg-type]


def test_who_leaves_a_session_at_a_rest_has_the_next_question_by_sms() -> None:
    desk = make_rested()
    for path in ["", "1", "1*1"]:
        desk.dial(path)
    offered = desk.dial("1*1*1")
    assert offered.open
    assert offered.texts == ("¿Sigue ahora?\n1 Seguir\n2 Luego por SMS",)
    reply = desk.dial("1*1*1*2")
    assert not reply.open
    assert reply.texts == ("Bien. Le escribimos por SMS.",)
    (waiting,) = desk.last.outgoing
    assert (waiting.kind, waiting.channel, waiting.due_at) == ("reply", "sms", desk.now)
    assert waiting.text.startswith("Sigue la consulta del agua.\n¿Qué cosas tiene?\n1 Radio")
    assert desk.last.session is not None
    assert waiting.only_if_turns == desk.last.session.turns, "what she reads elsewhere is not sent"
    desk.send("1")
    (answer,) = desk.last.answers
    assert (answer.question, answer.value, answer.channel) == ("p2", "1", "sms")


def test_who_goes_on_at_a_rest_stays_in_her_session() -> None:
    desk = make_rested()
    for path in ["", "1", "1*1", "1*1*1"]:
        desk.dial(path)
    reply = desk.dial("1*1*1*1")
    assert reply.open
    assert reply.texts[0].startswith("Sigue la consulta del agua.\n¿Qué cosas tiene?")
    assert desk.last.outgoing == ()


def test_a_last_message_left_for_afterwards_is_no_receipt_besides() -> None:
    source = RESTED[: RESTED.index("  - pregunta: p2")] + '  - fin: z\n    texto: "Gracias."\n'
    script = read_script(source, name="x").script
    assert script is not None
    desk = Desk(flow=make_flow(script))
    for path in ["", "1", "1*1", "1*1*1", "1*1*1*2"]:
        desk.dial(path)
    assert [(one.kind, one.text) for one in desk.last.outgoing] == [
        ("reply", "Sigue la consulta del agua.\nGracias."),
    ]


def test_no_rest_is_offered_where_nobody_can_be_written_to() -> None:
    desk = make_rested(channels={**CHANNELS, "ussd": ChannelFacts("costo_gratis")})
    for path in ["", "1", "1*1", "1*1*1"]:
        desk.dial(path)
    assert desk.replies[-1].texts[0].startswith("Sigue la consulta del agua.\n¿Qué cosas tiene?")
