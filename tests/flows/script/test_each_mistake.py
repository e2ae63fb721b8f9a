"""Each mistake an operator can make, planted alone: one problem, on its line, with its code."""

import pytest

from flows.script.problems import SENTENCES
from tests.support.small_script import CLEAN, LANGUAGE, check, find_line, mend, spoil

Mistake = tuple[str, str, str, int]

Q3 = 'texto: "Del 1 al 5, ¿qué tal le atiende {oficina}?"'
Q5 = 'texto: "¿En qué municipio vive?"'

HARD = (
    "Manifieste imprescindiblemente consideraciones institucionales fundamentales sobre la "
    "implementación participativa de procedimientos administrativos."
)
LONG_BEFORE = '  - mensaje: m\n    texto: "' + "Ya casi. " * 17 + '"'

DAYS = "desde: 1/1/2020\n    hasta: hoy"
INSIDE = '      - mensaje: m\n        texto: "Ya."\n\n'
JUNTAS = (
    '  - juntas: a\n    texto: "Ya."\n    pasos:\n      - pregunta: x\n        tipo: si_no\n'
    '        texto: "¿Sí?"\n\n  - seccion: contacto'
)

REST = (
    '  - descanso: d\n    texto: "¿Sigue?"\n    opciones:\n      1: "Seguir"\n'
    '      2: "Luego por SMS"\n    luego: "Bien."\n\n'
)
LUEGO = '    luego: "Bien."\n'
P5 = "  - pregunta: p5"

# code, what is replaced, by what, and how far below the first changed line it is told.
READING: tuple[Mistake, ...] = (
    ("yaml", "[PRUEBA, ALDEA]", "[PRUEBA, ALDEA]'", 0),
    ("yaml", "[PRUEBA, ALDEA]", "[PRUEBA, }]", 0),
    ("yaml", "- mensaje: fin", "- [a]: x\n  - mensaje: fin", 0),
    ("signo-invisible", "municipio", "muni\uffffcipio", 0),
    ("conflicto", f"    {Q5}", f"<<<<<<< HEAD\n    {Q5}\n=======\n    texto: x\n>>>>>>> b", 0),
    ("conflicto", f"    {Q5}", f"<<<<<<< a\n    {Q5}\n||||||| b\n=======\n>>>>>>> c", 0),
    ("conflicto", f"    {Q5}", f"    {Q5}\n=======", 0),
    ("signo-invisible", "municipio", "muni\u200bcipio", 0),
    ("signo-invisible", "municipio", "muni\0cipio", 0),
    ("tabulador", f"    {Q5}", f"\t\t{Q5}", 0),
    ("tabulador", Q5, Q5.replace(": ", ":\t"), 0),
    ("sangria", f"    {Q5}", f"     {Q5}", 0),
    ("sangria", f"    {Q5}", f"   {Q5}", 0),
    ("sangria", "  - pregunta: p5", "   - pregunta: p5", 0),
    ("sangria", "titulo:", " titulo:", 0),
    ("falta-espacio", "tipo: lugar", "tipo:lugar", 0),
    ("falta-espacio", "- pregunta: p5", "-pregunta: p5", 0),
    ("falta-guion", "- pregunta: p5", "pregunta: p5", 0),
    ("faltan-dos-puntos", "tipo: lugar", "tipo lugar", 0),
    ("faltan-dos-puntos", '1: "Radio"', '1 "Radio"', 0),
    ("faltan-dos-puntos", "ayuda:", "ayuda", 0),
    ("suelta", f"    {Q5}", f"    {Q5}\n  otra cosa", 0),
    ("corchetes", "[PRUEBA, ALDEA]", "[PRUEBA, ALDEA", 0),
    ("comillas-curvas", Q5, "texto: “¿En qué municipio vive?”", 0),
    ("dos-puntos", Q5, "texto: 3/5 Su municipio: ¿cuál es?", 0),
    ("dos-puntos", Q5, "texto: Su municipio\n      es: ¿cuál?", 1),
    ("almohadilla", Q5, "texto: Mande #VIVE", 0),
    *(("signo-inicial", Q5, f"texto: {sign}Hola", 0) for sign in "@%*[&!|>`,]"),
    *(("signo-inicial", Q5, f"texto: {sign} Hola", 0) for sign in "@%*[&!|>`,]-?"),
    ("signo-inicial", Q5, "texto: {oficina} pregunta", 0),
    ("comillas", Q5, 'texto: "¿En qué municipio vive?', 0),
    ("comillas", Q5, 'texto: ¿En qué municipio vive?"', 0),
    ("comillas", Q5, "texto: '¿En qué municipio vive?", 0),
    ("comillas", Q5, 'texto: "¿En qué municipio" vive?', 0),
    ("comillas", Q5, 'texto: "¿En qué mun\\icipio vive?"', 0),
    ("llaves", "    largo: 20\n", "    {largo: 20, valor: x}\n", 0),
    ("alias", "tipo: lugar", "tipo: &a lugar", 0),
    ("alias", "rango: 1-5", "rango: 1-5\n    parte: *a", 0),
    ("repetida", "tipo: lugar", "tipo: lugar\n    tipo: lugar", 0),
    ("repetida", '2: "Luz"', '2: "Luz"\n      2: "Pan"', 0),
    ("repetida", '2: "Luz"', '2: "Luz"\n      02: "Pan"', 0),
)

WORDS: tuple[Mistake, ...] = (
    ("palabra-desconocida", "titulo:", "titulos:", 0),
    ("palabra-desconocida", "titulo:", '🎉: "x"\ntitulo:', 0),
    ("palabra-desconocida", "tipo: lugar", "topo: lugar", 0),
    ("palabra-desconocida", "tipo: lugar", "tipo: lugar\n    🎉: si", 0),
    ("palabra-fuera-de-lugar", "tipo: lugar", "tipo: lugar\n    maximo: 2", 0),
    ("palabra-fuera-de-lugar", "resultado: menor", "resultado: menor\n    tipo: lugar", 0),
    ("palabra-fuera-de-lugar", "  - si: p1 == 1", "  - si: p1 == 1\n    tipo: lugar", 0),
    ("falta-clave", "puente: 1\n", "", 0),
    ("falta-clave", 'titulo: "Una prueba"\n', "", -2),
    ("falta-clave", "consulta: prueba\n", "", -1),
    ("falta-valor", "tipo: lugar", "tipo:", 0),
    ("falta-valor", "rango: 1-5", "rango:", 0),
    ("falta-valor", "hasta: mañana 10:00", "hasta:", 0),
    ("falta-valor", "- mensaje: fin", "- mensaje:", 0),
    ("falta-valor", "- ir_a: fin", "- ir_a:", 0),
    ("falta-valor", "si: edad == 2", "si:", 0),
    ("falta-valor", "parte: 0", "parte:", 0),
    ("falta-texto", f"    {Q5}\n", "", -2),
    ("falta-texto", Q5, "texto:", 0),
    ("falta-tipo", "    tipo: lugar\n", "", -1),
    (
        "falta-opciones",
        '    opciones:\n      1: "Agua"\n      2: "Luz"\n      3: "Camino"\n',
        "",
        -4,
    ),
    ("falta-opciones", '      2: "Luz"\n      3: "Camino"\n', "", -2),
    ("falta-opciones", '\n      1: "Agua"\n      2: "Luz"\n      3: "Camino"\n', "\n", -1),
    (
        "opciones-sin-numero",
        '1: "Agua"\n      2: "Luz"\n      3:',
        '- "Agua"\n      - "Luz"\n      -',
        -1,
    ),
    ("opciones-contadas", '2: "No"', '2: "No"\n      3: "Tal vez"', -3),
    ("falta-hasta", "    hasta: mañana 10:00\n", "", -2),
    ("falta-pasos", "  - si: p1 == 1\n", "  - si: p2 contiene 1\n    pasos:\n  - si: p1 == 1\n", 1),
    ("falta-pasos", "  - si: p1 == 1\n", "  - si: p2 contiene 1\n  - si: p1 == 1\n", 0),
    ("paso-sin-tipo", "- mensaje: fin", '- texto: "Bueno"\n  - mensaje: fin', 0),
    ("paso-sin-tipo", "- mensaje: fin", '- "Bueno"\n  - mensaje: fin', 0),
    ("paso-doble", "tipo: lugar", "tipo: lugar\n    mensaje: otro", 0),
    ("mal-formado", Q5, "texto:\n      - ¿Qué?\n      - ¿Cuál?", 0),
    ("mal-formado", "[PRUEBA, ALDEA]", "[PRUEBA, [ALDEA]]", 0),
    ("mal-formado", '    largo: 20\n    valor: "la municipalidad"', "    - 20", -1),
    ("mal-formado", '1: "Agua y luz"', "1:\n    - Agua", 0),
    ("mal-formado", 'ejes:\n  1: "Agua y luz"', "ejes: Agua", 0),
    ("mal-formado", '2: "Luz"', '2: "Luz | Foco | Vela"', 0),
    (
        "mal-formado",
        'opciones:\n      1: "Agua"\n      2: "Luz"\n      3: "Camino"',
        "opciones: muchas",
        0,
    ),
    ("mal-formado", '2: "Luz"', "2:\n        luz: si", 0),
    ("mal-formado", "    pasos:\n      - pregunta: p4", "    pasos: si\n      - pregunta: p4", 0),
    ("version-desconocida", "puente: 1", "puente: 99", 0),
    ("nombre-invalido", "consulta: prueba", "consulta: Mi Prueba", 0),
    ("nombre-invalido", "consulta: prueba", "consulta: ¿?", 0),
    ("nombre-invalido", "- pregunta: p5", "- pregunta: P5", 0),
    ("nombre-invalido", "- pregunta: p5", f"- pregunta: {'p' * 31}", 0),
    ("nombre-invalido", "marcadores:", "marcadores:\n  Mi_casa:\n    largo: 4\n    valor: Ixim", 0),
    ("nombre-reservado", "- pregunta: p5", "- pregunta: no", 0),
    ("tipo-desconocido", "tipo: lugar", "tipo: luger", 0),
    ("tipo-desconocido", "tipo: lugar", "tipo: zzz", 0),
    ("valor-desconocido", "idioma: es", "idioma: quc", 0),
    ("valor-desconocido", "resultado: menor", "resultado: menora", 0),
    ("valor-desconocido", "maximo: 2", "maximo: 2\n    orden: rotada", 0),
    ("si-o-no", "saltar: si", "saltar: sí", 0),
    ("si-o-no", "saltar: si", "saltar: quizás", 0),
    ("numero-invalido", "maximo: 2", "maximo: dos", 0),
    ("numero-invalido", "puente: 1", "puente: uno", 0),
    ("rango-invalido", "rango: 1-5", "rango: 5-1", 0),
    ("rango-invalido", "rango: 1-5", "rango: mucho", 0),
    ("rango-invalido", "rango: 1-5", "rango: 1 a 5", 0),
    ("rango-invalido", "rango: 1-5", "rango: del 5 al 1", 0),
    ("rango-invalido", "rango: 1-5", "rango: -5-5", 0),
    ("rango-invalido", "rango: 1-5", "rango: 1 a 50", 0),
    ("rango-invalido", "rango: 1-5", "rango: 5", 0),
    ("rango-invalido", "largo: 3-200", "largo: 200", 0),
    ("suelta", 'texto: "¿Qué pide usted?"', "texto: ¿Qué pide usted\npara su aldea?", 1),
    ("marcador-abierto", "{oficina}", "{{oficina}}", 0),
    ("marcador-abierto", "{oficina}", "{ oficina }", 0),
    ("comillas", '2: "Luz"', '2: "Luz""', 0),
    ("salto-desconocido", "ir_a: fin", "ir_a: fim", 0),
    ("nombre-invalido", "- pregunta: p1", "- pregunta: 1", 0),
    ("rango-invalido", "rango: 1-5", "rango: 1-50", 0),
    ("hora-invalida", "hasta: mañana 10:00", "hasta: luego", 0),
    ("hora-invalida", "hasta: mañana 10:00", "hasta: ayer 10:00", 0),
    ("hora-de-descanso", "hasta: mañana 10:00", "hasta: en 3 días 22:00", 0),
    ("id-repetido", "- pregunta: p5", "- pregunta: p1", 0),
    ("opcion-invalida", '2: "Luz"', 'dos: "Luz"', 0),
    ("opcion-vacia", '2: "Luz"', '2: " | Foco"', 0),
    ("etiqueta-repetida", '2: "Luz"', '2: "AGUA"', 0),
    ("etiqueta-repetida", '2: "Luz"', '2: "Luz | Camino"', 1),
    ("etiqueta-numero", '2: "Luz"', '2: "3"', 0),
    ("lista-suelta", "[PRUEBA, ALDEA]", "PRUEBA, ALDEA", 0),
    ("etiqueta-de-servicio", '2: "Luz"', '2: "Parar"', 0),
    ("palabra-de-servicio", "[PRUEBA, ALDEA]", "[PRUEBA, AYUDA]", 0),
    ("palabra-que-contesta", "[PRUEBA, ALDEA]", "[PRUEBA, NEBAJ]", 0),
    ("excluye-desconocida", "excluye: 3", "excluye: 8", 0),
    ("maximo-excesivo", "maximo: 2", "maximo: 9", 0),
    ("eje-desconocido", "eje: 1", "eje: 9", 0),
    ("servicio-desconocido", "ayuda:", "ayudar:", 0),
    ("servicio-desconocido", "ayuda:", "zzz:", 0),
)

CONDITIONS: tuple[Mistake, ...] = (
    ("condicion", "si: edad == 2", "si: edad = 2", 0),
    ("condicion", "si: edad == 2", "si: edad", 0),
    ("condicion", "si: edad == 2", "si: (edad == 2", 0),
    ("condicion-pregunta", "si: p3 >= 4", "si: p9 >= 4", 0),
    ("condicion-despues", "si: edad == 2", "si: p3 == 2", 0),
    ("condicion-opcion", "si: edad == 2", "si: edad == 7", 0),
    ("condicion-opcion", "contiene 3", "contiene 9", 0),
    ("condicion-tipo", "si: p2 contiene 3", "si: p2 == 3", 0),
    ("condicion-tipo", "si: p2 contiene 3", "si: p1 contiene 3", 0),
    ("condicion-tipo", "si: p3 >= 4", "si: p4 >= 4", 0),
    ("condicion-tipo", "si: p3 >= 4", "si: p3 >= 9", 0),
    ("condicion-tipo", "si: p3 >= 4", "si: p3 contiene 4", 0),
    ("condicion-tipo", "si: p3 >= 4", "si: p1 >= 2", 0),
    ("condicion-salto", "si: p3 >= 4", "si: p3 == 0", 0),
    ("condicion-salto", "contiene 3", "contiene 0", 0),
    ("condicion-imposible", "si: p3 >= 4", "si: p3 >= 4 y p3 <= 2", 0),
    ("condicion-imposible", "si: p4 contestada", "si: p1 == 2", -2),
)

WAY: tuple[Mistake, ...] = (
    ("salto-desconocido", "- ir_a: fin", "- ir_a: fim", 0),
    ("salto-desconocido", "- ir_a: fin", "- ir_a: zzz", 0),
    ("salto-atras", "- ir_a: fin", "- ir_a: p1", 0),
    ("paso-inalcanzable", "    si: edad == 2\n", "", 2),
    ("falta-fin", '  - mensaje: fin\n    texto: "Gracias por participar."', "  - ir_a: zz", 0),
    ("falta-consentimiento", "tipo: consentimiento", "tipo: si_no", -1),
    (
        "consentimiento-tarde",
        "  - pregunta: inv",
        '  - pregunta: pre\n    tipo: lugar\n    texto: "¿Qué tal?"\n\n  - pregunta: inv',
        4,
    ),
    ("falta-mayoria", "resultado: menor", "resultado: rechaza", -14),
    ("sin-salida", "eje: 1", "delicada: si", -2),
    ("sin-salida", "eje: 1", "eje: demografica", -2),
    ("sin-salida", "    saltar: si\n\n  - mensaje", "\n  - mensaje", -3),
    ("permisos-sin-propuesta", "        propuesta: si\n", "", 1),
)

TEXTS: tuple[Mistake, ...] = (
    ("marcador-desconocido", "{oficina}", "{ofisina}", 0),
    ("marcador-desconocido", '2: "Luz"', '2: "Luz {oficina}"', 0),
    ("marcador-sin-largo", "    largo: 20\n", "", -1),
    ("marcador-sin-largo", '    largo: 20\n    valor: "la municipalidad"\n', "", -1),
    ("marcador-sin-valor", '    valor: "la municipalidad"\n', "", -2),
    ("marcador-del-sistema", "marcadores:", "marcadores:\n  folio:\n    largo: 4\n    valor: x", 0),
    ("marcador-largo", "largo: 20", "largo: 3", 1),
    ("marcador-abierto", "{oficina}", "{oficina", 0),
    ("texto-largo", "¿En qué municipio vive?", "¿En qué municipio vive?" * 9, 0),
    ("texto-largo", Q5, f'{Q5}\n    texto_ussd: "{"Ya casi. " * 20}"', 0),
    ("texto-largo", Q5, f'{Q5}\n    texto_sms: "{"Ya casi. " * 20}"', 0),
    ("texto-largo", Q5, f'{Q5}\n    texto_whatsapp: "{"Ya casi. " * 120}"', 0),
    ("fila-larga", '3: "Camino"', '3: "Camino"\n      4: "Otra cosa que no está en la lista"', 0),
    ("signo-caro", "¿En qué municipio vive?", "¿En qué municipio vive? 🙂" * 3, 0),
    ("boton-largo", '2: "Luz"', '2: "Luz en todas las casas"', 0),
    ("lectura-dificil", "¿En qué municipio vive?", HARD, 0),
    ("pantalla-larga", "  - pregunta: p5", f"{LONG_BEFORE}\n\n  - pregunta: p5", 5),
)  # fmt: skip

NESTED = b"".join(b" " * n + b"- si: p\n" + b" " * n + b"  pasos:\n" for n in range(400))
STEPS = b"".join(f"\n  - mensaje: m{n}\n    texto: x".encode() for n in range(600))
FILES: tuple[tuple[str, bytes, int], ...] = (
    ("archivo-grande", CLEAN.encode() + b"# x\n" * 2_500_000, 1),
    ("archivo-largo", CLEAN.encode() + b"#\n" * 5000, 5001),
    ("archivo-vacio", b"", 1),
    ("archivo-vacio", b"# nada\n", 1),
    ("no-es-guion", b"pregunta,tipo,texto\np1,opcion,Hola\n", 1),
    ("no-es-guion", b"> puente: 1\n> consulta: agua\n", 1),
    ("no-es-texto", b"PK\x03\x04" + bytes(range(256)), 1),
    ("no-es-texto", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), 1),
    ("codificacion", CLEAN.encode("utf-16"), 1),
    ("codificacion", CLEAN.encode("utf-16-be"), 1),
    ("codificacion", CLEAN.encode("utf-16-le"), 1),
    ("codificacion", CLEAN.encode("utf-32"), 1),
    ("codificacion", CLEAN.encode("cp1252"), 16),
    ("marca-bom", b"\xef\xbb\xbf" + CLEAN.encode(), 1),
    ("fin-de-linea", CLEAN.replace("\n", "\r\n").encode(), 1),
    ("fin-de-linea", CLEAN.replace("\n", "\r").encode(), 1),
    ("varios-documentos", CLEAN.encode() + b"---\n" + CLEAN.encode(), CLEAN.count("\n") + 1),
    ("muy-anidado", b"pasos:\n" + NESTED, 0),
    ("muy-anidado", b"pasos: " + b"{b: " * 1000, 0),
    ("muchos-pasos", CLEAN.encode() + STEPS, 0),
    ("yaml", b"- a\n- b", 1),
    ("suelta", b"puente: 1\nhola\n", 2),
)  # fmt: skip
"""What is wrong with a whole file, and the line it is told at; 0 where any will do."""

FURTHER: tuple[Mistake, ...] = (
    ("azar-corto", "entre: [salud, escuela]", "entre: salud", 0),
    ("azar-corto", "    entre: [salud, escuela]\n", "", -1),
    ("azar-repetido", "entre: [salud, escuela]", "entre: [salud, escuela, salud]", 0),
    ("nombre-invalido", "entre: [salud, escuela]", "entre: [salud, Escuela]", 0),
    ("mal-formado", "entre: [salud, escuela]", "entre: [salud, [escuela]]", 0),
    ("condicion-opcion", "si: tema == salud", "si: tema == agua", 0),
    ("condicion-opcion", "si: tema == salud", "si: tema == 0", 0),
    ("condicion-tipo", "si: tema == salud", "si: tema >= salud", 0),
    ("condicion-tipo", "si: tema == salud", "si: tema contestada", 0),
    ("condicion-imposible", "si: tema == salud", "si: tema == salud y tema == escuela", 0),
    ("condicion-tipo", "si: n1 > 1", "si: n1 > 99", 0),
    ("condicion-tipo", "si: n1 > 1", "si: n1 > mucho", 0),
    ("condicion-imposible", "si: n1 > 1", "si: n1 < 1", 0),
    ("condicion-imposible", "si: n1 > 1", "si: n1 > 3 y n1 < 3", 0),
    ("condicion-tipo", "si: f1 >= 2026-01-01", "si: f1 >= 2026", 0),
    ("condicion-tipo", "si: f1 >= 2026-01-01", "si: f1 >= 2026-13-01", 0),
    ("condicion-tipo", "si: f1 >= 2026-01-01", "si: f1 contiene 3", 0),
    ("condicion-imposible", "si: f1 >= 2026-01-01", "si: f1 < 2020-01-01", 0),
    ("rango-desde-cero", "rango: 1-20", "rango: 0-20", 0),
    ("rango-desde-cero", "rango: 1-20", "rango: 0-1", 0),
    ("fecha-invalida", "desde: 1/1/2020", "desde: ayer", 0),
    ("fecha-invalida", "desde: 1/1/2020", "desde: 1/13/2020", 0),
    ("falta-valor", "desde: 1/1/2020", "desde:", 0),
    ("fechas-al-reves", "hasta: hoy", "hasta: 1/1/2019", 0),
    ("fecha-vencida", DAYS, "desde: hoy\n    hasta: 26/11/2026", 1),
    ("palabra-fuera-de-lugar", "    saltar: si\n\n  - mensaje", "    largo: 3-9\n\n  - mensaje", 0),
    ("grabacion-invalida", "invitacion.ogg", "Invitación", 0),
    ("falta-valor", "voz_grabada: invitacion.ogg", "voz_grabada:", 0),
    ("juntas-abierta", "tipo: numero\n        rango: 1-20", "tipo: texto", -1),
    ("juntas-abierta", "      - pregunta: n1", f"{INSIDE}      - pregunta: n1", 0),
    ("juntas-pocas", "  - seccion: contacto", JUNTAS, 0),
    ("cuota-vacia", "    maximo: 200\n", "", -2),
    ("cuota-vacia", "    segun: d1\n    maximo: 200\n", "", -1),
    ("cuota-pregunta", "segun: d1\n", "segun: d9\n", 0),
    ("cuota-tipo", "segun: d1\n", "segun: f1\n", 0),
    ("cuota-despues", "segun: d1\n", "segun: h1\n", 0),
    ("cuota-sin-cupo", "  - cupo: lleno\n", "", -66),
    ("cupo-sin-cuotas", LANGUAGE[LANGUAGE.index("cuotas:"):LANGUAGE.index("secciones:")], "", 59),
    ("cupo-repetido", "  - azar: tema", '  - cupo: otro\n    texto: "Ya."\n\n  - azar: tema', 0),
    ("seccion-desconocida", "- seccion: contacto", "- seccion: contato", 0),
    ("seccion-desconocida", "- seccion: contacto", "- seccion: zzz", 0),
    ("seccion-repetida", "  - azar: tema", "  - seccion: contacto\n\n  - azar: tema", 0),
    ("seccion-sin-uso", "  - seccion: salud\n    si: tema == salud\n", "", -68),
    ("nombre-invalido", "  contacto:", "  Contacto:", 0),
    ("mal-formado", "  contacto:", "  contacto: si", 0),
    ("falta-valor", "- seccion: contacto", "- seccion:", 0),
)  # fmt: skip
"""Planted in the script that has what the small one has not."""

RESTS: tuple[Mistake, ...] = (
    ("falta-luego", P5, REST.replace(LUEGO, "") + P5, 0),
    ("falta-valor", P5, REST.replace('luego: "Bien."', "luego:") + P5, 5),
    ("falta-opciones", P5, f'  - descanso: d\n    texto: "¿Sigue?"\n{LUEGO}\n{P5}', 0),
    ("descanso-opciones", P5, REST.replace("2: ", "3: ") + P5, 2),
    ("descanso-opciones", P5, REST.replace(LUEGO, f'      0: "No"\n{LUEGO}') + P5, 2),
    ("etiqueta-repetida", P5, REST.replace("Luego por SMS", "Seguir") + P5, 4),
    ("etiqueta-de-servicio", P5, REST.replace("Luego por SMS", "Salir") + P5, 4),
    ("texto-largo", P5, REST.replace("Bien.", "Bien. " * 30) + P5, 5),
    ("palabra-fuera-de-lugar", P5, REST.replace("luego", "eje") + P5, 5),
)

ALONE = (
    *((CLEAN, *mistake) for mistake in (*READING, *WORDS, *CONDITIONS, *WAY, *TEXTS, *RESTS)),
    *((LANGUAGE, *mistake) for mistake in FURTHER),
)
ELSEWHERE = {"slug-repetido", "camino-caro", "sesion-larga", "sin-grabacion"}
"""What is told beside the check: of several files, of what it costs, and when it is published."""


def test_the_script_that_is_spoilt_here_has_nothing_wrong() -> None:
    assert check(CLEAN) == ()
    assert check(LANGUAGE) == ()


@pytest.mark.parametrize(("source", "code", "old", "new", "below"), ALONE)
def test_a_mistake_is_told_with_its_line_and_mended_by_what_is_proposed(
    source: str, code: str, old: str, new: str, below: int
) -> None:
    spoilt = spoil(old, new, source)
    problems = check(spoilt)
    line = find_line(source, spoilt) + below
    assert (code, line) in [(found.code, found.line) for found in problems], problems
    assert problems[0].sentence.endswith((".", "?"))
    if all(found.mended is not None for found in problems if found.code == code):
        left = [found.code for found in check(mend(spoilt, problems))]
        assert code not in left, mend(spoilt, problems)


@pytest.mark.parametrize(("code", "source", "line"), FILES)
def test_a_file_that_is_no_script_is_told_at_once(code: str, source: bytes, line: int) -> None:
    told = [(found.code, found.line) for found in check(source)]
    assert code in dict(told), told
    assert line in {0, dict(told)[code]}


def test_every_code_is_planted_here() -> None:
    planted = {mistake[1] for mistake in ALONE} | {mistake[0] for mistake in FILES}
    assert set(SENTENCES) - planted == ELSEWHERE
