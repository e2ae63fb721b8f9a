"""A small flow, built by hand, in which every kind of step stands once."""

from flows.flow import Flow
from flows.script.model import (
    Answered,
    Comparison,
    End,
    Jump,
    Message,
    Pause,
    Question,
    Script,
    Step,
)

STEPS: tuple[Step, ...] = (
    Question("inv", 1, "consent", options=("1", "2"), part=0),
    Question("edad", 2, "yes_no", options=("1", "2"), part=0),
    End("menores", 3, "ineligible", Comparison("edad", "==", "2")),
    Question("p1", 4, "choice", options=("1", "2", "3"), skippable=True),
    Question("p2", 5, "choice", Comparison("p1", "==", "1"), ("1", "2"), skippable=True),
    Question("p3", 6, "choices", options=("1", "2", "3", "4"), limit=2, exclusive="4"),
    Question("p4", 7, "choice", options=("1", "2", "3"), skippable=True, rotate=True),
    Question("p5", 8, "text", skippable=True, low=3, high=480, voice=True, proposal=True),
    Question("ub", 9, "place", skippable=True),
    Question("seg", 10, "permissions", Answered("p5"), ("1", "2", "3", "4")),
    Message("gracias", 11),
    Question("mas", 12, "choice", options=("1", "2", "3"), part=0),
    Jump("a_fin", 13, "fin", Comparison("mas", "==", "3")),
    Pause("manana", 14, days=1, hour=10, condition=Comparison("mas", "==", "2")),
    Question("s1", 15, "rating", skippable=True, low=1, high=5, part=2),
    End("fin", 16),
)

SERVICE = (
    *("adios_no", "ambiguo", "ambiguo_varios", "ayuda", "baja", "borrado", "borrar_confirma"),
    *("borrar_de_quien", "cerrada", "consentimiento_no_entendido", "consulta_menu"),
    *("error1", "error2", "error2_lugar", "error2_texto", "error3", "error_ejemplo_lugar"),
    *("error_ejemplo_texto", "error_ejemplo_varios", "error_varias", "est_recibida", "folio_no"),
    *(
        "idioma_no",
        "idioma_ofrece",
        "idioma_pregunta",
        "idioma_uno",
        "no_borrado",
        "nota_no_texto",
        "quiso_decir",
    ),
    *("recordatorio1", "repetida", "sin_consulta", "tema_pendiente", "terminar"),
    *("volver_bienvenida", "voz_recibida", "ya_termino"),
)


def make_texts(mark: str = "") -> dict[str, str]:
    """Give each text its own key as wording, so that a test can tell what was said."""
    texts = {f"servicio/{name}": f"{mark}{name}" for name in SERVICE}
    texts["servicio/borrado"] = f"{mark}borrado {{folio}}"
    texts["servicio/error2"] = f"{mark}error2 {{min}}-{{max}}"
    texts["servicio/quiso_decir"] = f"{mark}quiso_decir {{nombre}}"
    texts["servicio/idioma_ofrece"] = f"{mark}idioma_ofrece {{nombre}}"
    texts["servicio/ambiguo"] = f"{mark}ambiguo {{a}} {{b}}"
    texts["servicio/recordatorio1"] = f"{mark}recordatorio1 {{n}}/{{total}}"
    for step in STEPS:
        texts[f"{step.id}/texto"] = f"{mark}{step.id}"
        for key in getattr(step, "options", ()):
            texts[f"{step.id}/opcion.{key}"] = f"{mark}{step.id} {key}"
    for key, label in {"1": "Sí", "2": "No"}.items():
        texts[f"inv/opcion.{key}"] = texts[f"edad/opcion.{key}"] = label
    texts["p1/opcion.1"] = "Señal"
    texts["p1/opcion.2"] = "Saldo"
    texts["p1/opcion.3"] = "Teléfono"
    texts["mas/texto"] = f"{mark}mas {{folio}}"
    texts["fin/texto"] = f"{mark}fin {{folio}}"
    return texts


def make_small_flow(*languages: str, steps: tuple[Step, ...] = STEPS) -> Flow:
    """Make the flow in Spanish and in further languages, whose texts carry their code."""
    script = Script(1, "chica", "Una consulta chica", "es", ("consulta",), steps)
    texts = {"es": make_texts(), **{code: make_texts(f"[{code}] ") for code in languages}}
    return Flow(script, texts)
