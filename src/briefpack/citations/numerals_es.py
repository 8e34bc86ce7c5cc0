"""The number words of Spanish."""

from __future__ import annotations

from decimal import Decimal

from briefpack.citations.lexicon import (
    Direction,
    Lexicon,
    Role,
    cardinals,
    idioms,
    numbers,
    phrases,
    triggers,
    words,
)

_CARDINALS = {
    **cardinals(Role.UNIT, "un=1 uno=1 una=1 dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9"),
    **cardinals(
        Role.TEEN,
        "diez=10 once=11 doce=12 trece=13 catorce=14 quince=15 dieciséis=16 dieciseis=16 diecisiete=17 "
        "dieciocho=18 diecinueve=19 veintiuno=21 veintiún=21 veintiun=21 veintiuna=21 veintidós=22 veintidos=22 "
        "veintitrés=23 veintitres=23 veinticuatro=24 veinticinco=25 veintiséis=26 veintiseis=26 veintisiete=27 "
        "veintiocho=28 veintinueve=29",
    ),
    **cardinals(
        Role.TEN,
        "veinte=20 treinta=30 cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90",
    ),
    **cardinals(
        Role.HUNDREDS,
        "cien=100 ciento=100 doscientos=200 doscientas=200 trescientos=300 trescientas=300 cuatrocientos=400 "
        "cuatrocientas=400 quinientos=500 quinientas=500 seiscientos=600 seiscientas=600 setecientos=700 "
        "setecientas=700 ochocientos=800 ochocientas=800 novecientos=900 novecientas=900",
    ),
    **cardinals(Role.SCALE, "mil=1000"),
    **cardinals(
        Role.SCALE,
        "millón=1000000 millon=1000000 millones=1000000 millardo=1000000000 millardos=1000000000 "
        "billón=1000000000000 billones=1000000000000 decena=10 decenas=10 docena=12 docenas=12 quincena=15 "
        "veintena=20 treintena=30 cuarentena=40 cincuentena=50 centena=100 centenas=100 centenar=100 "
        "centenares=100 cientos=100 millar=1000 millares=1000 miles=1000",
        counted=True,
    ),
}

_STEMS = {
    "primer": 1, "segund": 2, "tercer": 3, "cuart": 4, "quint": 5, "sext": 6, "séptim": 7,
    "septim": 7, "octav": 8, "noven": 9,
    "décim": 10, "decim": 10, "undécim": 11, "undecim": 11, "decimoprimer": 11, "duodécim": 12, "duodecim": 12,
    "decimosegund": 12, "decimotercer": 13, "decimocuart": 14, "decimoquint": 15, "decimosext": 16, "decimoséptim": 17,
    "decimoseptim": 17, "decimoctav": 18, "decimonoven": 19, "vigésim": 20, "vigesim": 20, "vigesimoprimer": 21,
    "vigesimosegund": 22, "vigesimotercer": 23, "vigesimocuart": 24, "vigesimoquint": 25, "vigesimosext": 26,
    "vigesimoséptim": 27, "vigesimoctav": 28, "vigesimonoven": 29, "trigésim": 30, "trigesim": 30, "cuadragésim": 40,
    "quincuagésim": 50, "sexagésim": 60, "septuagésim": 70, "octogésim": 80, "nonagésim": 90, "centésim": 100,
    "últim": -1, "ultim": -1,
}  # fmt: skip
_RANKS = {f"{stem}{end}": value for stem, value in _STEMS.items() for end in ("o", "a", "os", "as")}
_RANKS.update(
    {"primer": 1, "tercer": 3, "decimoprimer": 11, "decimotercer": 13, "vigesimoprimer": 21, "vigesimotercer": 23}
)

_PARTS = {
    **dict.fromkeys(("tercio", "tercios"), 3),
    **{name: value for name, value in _RANKS.items() if 3 <= value <= 100},
}
_MULTIPLES = {
    **dict.fromkeys(
        ("doble", "dobles", "duplica", "duplicó", "duplican", "duplicaron", "duplicar", "duplicado"), Decimal(2)
    ),
    **dict.fromkeys(("duplicada", "duplicando", "duplicarse", "duplicaría"), Decimal(2)),
    **dict.fromkeys(("triple", "triples", "triplica", "triplicó", "triplican", "triplicaron", "triplicar"), Decimal(3)),
    **dict.fromkeys(("cuádruple", "cuadruplicó", "cuadruplicaron", "cuadruplica"), Decimal(4)),
    **dict.fromkeys(("quíntuple", "quintuplicó"), Decimal(5)),
    **dict.fromkeys(("mitad", "mitades"), Decimal(1) / 2),
}
_MONTHS = numbers(
    "enero=1 febrero=2 marzo=3 abril=4 mayo=5 junio=6 julio=7 agosto=8 septiembre=9 setiembre=9 octubre=10 "
    "noviembre=11 diciembre=12"
)
_SHORT_MONTHS = numbers("ene=1 feb=2 mar=3 abr=4 jun=6 jul=7 ago=8 sep=9 sept=9 oct=10 nov=11 dic=12")

_IDIOMS = idioms(
    "en [primer,último] lugar | en [segundo,tercer,cuarto,quinto] lugar , | en [primera] instancia | en [última] "
    "instancia | a [primera] vista | de [primera,segunda] mano | [primeros] auxilios | [primera] dama | [primer] "
    "ministro | [primera] ministra | [primera] infancia | [primera] línea | [primera] necesidad | por [primero] | "
    "por [último] | [último] año | [últimos] años | [últimos] meses | [último] mes | [última] semana | [últimas] "
    "semanas | [última] década | [últimas] décadas | [últimos] días | [últimos] tiempos | a [última] hora | "
    "[última] milla | estos [últimos] | este [último] | esta [última] | estas [últimas] | [terceros] | [terceras] "
    "partes | [tercera] persona | [terceras] personas | [terceros] países | [tercer] país | [tercer] mundo | "
    "[tercer] sector | [tercera] edad | [tercera] parte interesada | [segunda] mirada | [segunda] lengua | "
    "[segundo] idioma | [segunda] oportunidad | [segundo] plano | cada [segundo] | [segundos] | [doble] rasero | "
    "[doble] filo | [doble] vía | [doble] moral | las [mil] maravillas | a [medias] | de [dos] en dos | [cuatro] "
    "por cuatro | [cuartos] de final | [cuarto] de baño | [cuarentena] | [quincena]"
)

_QUALIFIERS = {
    **phrases(
        Direction.BELOW,
        "casi | hasta | menos de | por debajo de | a lo sumo | como máximo | no más de | un máximo de | máximo de "
        "| poco menos de | algo menos de | inferior a | inferiores a | menor a | menor de | menores de | "
        "prácticamente | tantos como | no llega a | no llegan a | cuando mucho",
    ),
    **phrases(
        Direction.ABOUT,
        "unos | unas | cerca de | aproximadamente | alrededor de | en torno a | en torno al | alrededor del | "
        "cerca del | aproximado de | un aproximado de | un estimado de | más o menos | algunos | algunas | "
        "aproximada de | estimado de | del orden de | a unos | a unas",
    ),
    **phrases(
        Direction.ABOVE,
        "más de | mas de | al menos | por lo menos | como mínimo | un mínimo de | mínimo de | por encima de | "
        "superior a | superiores a | superior al | mayor a | mayor de | mayores de | no menos de | poco más de | "
        "algo más de | superó los | superó las | supera los | supera las | superan los | superan las | superaba "
        "los | superaba las | superaron los | superaron las | superó | supera | superan | superaron | superó el | "
        "supera el | rebasó los | rebasó las | excede | excedió | excede los | más del | por encima del | "
        "superando los | superando las | superaban los | superaba",
    ),
}

_LABELS = words(
    "tema fase meta objetivo artículo capítulo sección tabla anexo resolución ley decreto párrafo ods agenda "
    "componente módulo unidad categoría tipo clase zona región distrito sala ruta indicador prioridad volumen "
    "número núm no nº n apéndice cuadro casilla recuadro escenario título cláusula considerando protocolo "
    "convenio pilar eje sesión período periodo ronda resultado producto actividad programa tarea nivel art sec "
    "párr fig versión compromiso directriz principio subtema página pág págs p pp parte paso etapa ítem punto "
    "línea grupo pregunta opción formulario figura gráfico columna fila siglo inciso literal numeral "
    "recomendación acuerdo convención plan reglamento directiva mesa bloque estrategia"
)
_PLURAL_LABELS = words(
    "temas fases metas objetivos artículos capítulos secciones tablas anexos resoluciones leyes decretos párrafos "
    "componentes módulos unidades categorías tipos clases zonas regiones distritos salas rutas indicadores "
    "prioridades volúmenes números apéndices cuadros recuadros escenarios títulos cláusulas pilares ejes sesiones "
    "períodos periodos rondas resultados productos actividades niveles páginas partes pasos etapas ítems puntos "
    "líneas grupos preguntas opciones figuras gráficos columnas filas siglos incisos numerales recomendaciones "
    "mesas bloques subtemas págs pp"
)
_LABEL_VERBS = words(
    "meta número no n p unidad clase zona región sala ruta prioridad sesión período periodo ronda resultado "
    "producto actividad programa tarea nivel parte paso etapa punto línea grupo pregunta opción figura principio "
    "compromiso ley plan tipo acuerdo mesa bloque estrategia"
)

_FUNCTION_WORDS = words(
    "el la los las lo un una unos unas y e o u ni pero sino de del a al en con sin por para desde hasta entre "
    "sobre tras ante bajo contra durante mediante según que quien quienes cual cuales cuyo cuya donde cuando "
    "mientras como si se su sus es son era eran fue fueron ser sido está están estaba estaban ha han había habían "
    "hay hubo tiene tienen tuvo este esta estos estas ese esa esos esas aquel aquella ya no más menos muy también "
    "solo sólo pues porque aunque ante cada todo toda todos todas le les me nos"
)

_MONTH = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
_SHORT = "ene|feb|mar|abr|jun|jul|ago|sept|sep|oct|nov|dic"
_DAY = r"(?:\d{1,2}(?:\.?\s?[ºª°]|\.?er|ro)?|primero)"
_DAYS = rf"{_DAY}(?:(?:\s*[-–—/]\s*|\s*,\s*(?:y\s+)?|\s+(?:al|a|y|e|o|u|hasta)\s+(?:el\s+)?){_DAY}){{0,7}}"
_YEAR = r"(?:(?:\s+(?:del?|of)\s+(?:año\s+)?|\s*,\s*(?:de\s+)?|[\s/-]+)(?P<year>[12]\d{3})(?![\d.,]\d|\d))"

SPANISH = Lexicon(
    cardinals=_CARDINALS,
    ones=words("un una uno"),
    tens_joiners=words("y"),
    half_scale=words("medio media"),
    and_half=(("y", "medio"), ("y", "media")),
    ranks=_RANKS,
    rank_suffix=r"(?:\.?\s?[ºª°]|\.?(?:er|ero|era|ro|ra|do|da|to|ta|mo|ma|vo|va|no|na|os|as)\b)",
    not_rank_before=words("de del y e"),
    parts=_PARTS,
    rank_parts=frozenset(_PARTS) & frozenset(_RANKS),
    whole_parts=words("parte partes"),
    multiples=_MULTIPLES,
    times=words("veces"),
    both=words("ambos ambas"),
    percent=(("por", "ciento"), ("por", "cien"), ("puntos", "porcentuales"), ("punto", "porcentual")),
    currencies={
        **dict.fromkeys(("dólares", "dólar", "dolares"), "$"),
        **dict.fromkeys(("euros", "euro"), "EUR"),
        **dict.fromkeys(("libras",), "GBP"),
        **dict.fromkeys(("quetzales",), "GTQ"),
        **dict.fromkeys(("lempiras",), "HNL"),
        **dict.fromkeys(("pesos",), "MXN"),
        **dict.fromkeys(("colones",), "SVC"),
        **dict.fromkeys(("yenes",), "JPY"),
    },
    currency_adjectives={"estadounidenses": "USD", "americanos": "USD", "canadienses": "CAD", "mexicanos": "MXN"},
    months=_MONTHS,
    short_months=_SHORT_MONTHS,
    temporal=words(
        "en desde de del hasta para durante año años antes después a al entre y e o por mediados principios "
        "finales hacia enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
        "ejercicio gestión"
    ),
    strong_temporal=words("en desde durante año años del hacia"),
    decades=words("década décadas años"),
    centuries=words("siglo"),
    labels=_LABELS,
    plural_labels=_PLURAL_LABELS,
    label_verbs=_LABEL_VERBS,
    trailing_labels=words(
        "período periodo períodos periodos sesión sesiones congreso cumbre conferencia asamblea legislatura foro "
        "reunión encuentro"
    ),
    qualifiers=_QUALIFIERS,
    qualifiers_after={
        **phrases(Direction.ABOVE, "o más | y más | como mínimo | al menos | por lo menos | o mas"),
        **phrases(Direction.BELOW, "o menos | como máximo | a lo sumo"),
        **phrases(Direction.ABOUT, "aproximadamente | más o menos"),
    },
    qualifier_fillers=words("el la los las un una al del"),
    idioms=_IDIOMS,
    function_words=_FUNCTION_WORDS,
    range_words=words("a al"),
    between=words("entre de desde"),
    date_patterns=(
        rf"(?P<days>{_DAYS})(?:\s+(?:del?\s+(?:mes\s+de\s+)?)?|-)(?P<month>{_MONTH}|{_SHORT})\b\.?{_YEAR}?",
        rf"(?P<month>{_MONTH}|{_SHORT})\b{_YEAR}",
        rf"(?P<month>{_MONTH})\b|(?P<short>{_SHORT})\b\.?(?=\s?[-–—]\s?(?:{_MONTH}|{_SHORT})\b)",
    ),
    triggers=triggers(
        _CARDINALS, _RANKS, _PARTS, _MULTIPLES, _MONTHS, _SHORT_MONTHS, words("ambos ambas medio media mitad primero")
    ),
)
