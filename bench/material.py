"""What generated packs are made of: real sentences, places, and topics whose statements are true to their cards."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]

_SENTENCE = re.compile(r"[A-Z][^.!?\n#*|>\[\]]{30,420}[.]")
_NUMBERS = re.compile(
    r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|both|half|third|fourth|tenth|second|first|"
    r"twice|double|hundred|thousand|million|dozen|percent|per cent|per|one|[IVX]{1,5})\b"
)
_OPENINGS = ("The", "This", "These", "In", "It", "To", "As", "There", "For", "With", "He", "On", "All", "Due")

_OPEN = frozenset(
    (
        "the",
        "a",
        "an",
        "of",
        "and",
        "to",
        "in",
        "for",
        "with",
        "or",
        "by",
        "their",
        "its",
        "on",
        "point",
        "points",
        "phase",
        "theme",
        "goal",
        "part",
    )
)
"""What ends no clause: some want another word, and some make a label of a number that begins what follows."""

PLACES = tuple(
    name.strip()
    for name in """
Acajutla, Aguilares, Ahuachapán, Alegría, Apaneca, Apastepeque, Apopa, Armenia, Arambala, Atiquizaya,
Ayutuxtepeque, Berlín, Cacaopera, Candelaria, Chalatenango, Chalchuapa, Chinameca, Chirilagua, Ciudad Barrios,
Coatepeque, Cojutepeque, Comasagua, Concepción Batres, Conchagua, Corinto, Cuscatancingo, Ereguayquín,
Estanzuelas, Guatajiagua, Guaymango, Ilobasco, Ilopango, Intipucá, Izalco, Jayaque, Jiquilisco, Jocoro,
Juayúa, Jucuapa, Jucuarán, La Palma, La Unión, Lolotique, Mejicanos, Metapán, Moncagua, Nahuizalco, Nejapa,
Olocuilta, Osicala, Panchimalco, Pasaquina, Perquín, Quezaltepeque, Sacacoyo, San Alejo, San Luis Talpa, San
Marcos, San Miguel, San Pablo Tacachico, San Vicente, Santa Elena, Santa Rosa de Lima, Santiago de María,
Santiago Nonualco, Sensuntepeque, Sesori, Sonsonate, Sonzacate, Soyapango, Suchitoto, Tacuba, Tecoluca,
Tejutla, Tepecoyo, Tonacatepeque, Uluazapa, Usulután, Yucuaiquín, Zacatecoluca
""".replace("\n", " ").split(",")
)

HEADINGS = (
    "Return and reintegration",
    "Work and qualifications",
    "Who takes part",
    "Prevention of violence",
    "Services for returnees",
    "Public spaces",
    "Families and children",
    "What the municipality asks for",
    "Training of officials",
    "Cooperation with other institutions",
    "Orderly and regular migration",
    "Protection of victims",
)

PUBLISHERS = (
    "Briefing register of the municipalities",
    "Observatory of Return and Reintegration",
    "Association of Municipal Offices for Migrants",
    "Consultative Table on Migration",
)

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A number that a source gives: how the source says it, how the summary does, and what it measures.

    Texts are formats over `place`, `number`, `year`, `day` and `month`. `period` is empty where the card has none.
    """

    id: str
    title: str
    card: str
    statements: tuple[str, ...]
    measure: str
    unit: str
    least: int
    most: int
    period: str = "{year}"
    look_for: str = ""


TOPICS = (
    Topic(
        "returns",
        "How many returned?",
        "Between January and September of {year}, {place} received {number} returnees, most of them from "
        "the United States and Mexico, according to the statistics of the General Directorate of "
        "Migration.",
        (
            "{place} received {number} returnees from January to September {year}.",
            "From January to September {year}, {number} people came back to {place}.",
        ),
        "Returnees received",
        "returnees",
        120,
        9_800,
        "{year}-01/{year}-09",
        "returnees",
    ),
    Topic(
        "families",
        "Who benefits from the works?",
        "The regeneration of public areas in {place} will directly benefit {number} Salvadoran families, "
        "among them returned migrants, with expectation that this will help prevent irregular migration "
        "and social violence.",
        (
            "Renewed public areas in {place} are to benefit {number} families, returned migrants among them.",
            "The works in {place} are to benefit {number} families and are expected to help prevent violence.",
        ),
        "Families to benefit directly",
        "families",
        300,
        12_000,
        "",
        "families",
    ),
    Topic(
        "investment",
        "What does it cost?",
        "In {year} the municipality of {place} and its partners invested USD {number} in sports grounds, "
        "community houses and parks, and the register does not say how they shared the cost.",
        (
            "USD {number} went into sports grounds, community houses and parks of {place} in {year}.",
            "Sports grounds, community houses and parks cost USD {number} in {year}; who paid what is not said.",
        ),
        "Investment",
        "USD",
        90_000,
        900_000,
        "{year}",
        "invested",
    ),
    Topic(
        "trained",
        "Who was trained?",
        "By the end of {year}, {number} civil servants of {place} had been trained to recognise the "
        "indicators of trafficking in persons and to refer the victims to the institutions in charge.",
        (
            "In {place}, {number} civil servants had been trained to recognise trafficking by the end of {year}.",
            "By the end of {year} the training on trafficking had reached {number} civil servants of {place}.",
        ),
        "Civil servants trained",
        "civil servants",
        12,
        480,
        "{year}",
        "trained",
    ),
    Topic(
        "jobs",
        "How many found work?",
        "During {year} the employment office of {place} found work for {number} young people who had "
        "returned, and gave advice on the recognition of the skills that they had acquired abroad.",
        (
            "The employment office of {place} found work for {number} young returnees in {year}.",
            "Work was found for {number} young people who had returned to {place} in {year}.",
        ),
        "Young returnees who found work",
        "people",
        20,
        990,
        "{year}",
        "employment office",
    ),
    Topic(
        "households",
        "Who depends on remittances?",
        "A survey that the municipality of {place} carried out in {year} counted {number} households that "
        "live on remittances, without saying how many of them have no other income.",
        (
            "A survey of {year} counted {number} households of {place} that live on remittances.",
            "The survey of {year} says that {number} households of {place} live on remittances.",
        ),
        "Households that live on remittances",
        "households",
        700,
        30_000,
        "{year}",
        "remittances",
    ),
    Topic(
        "forum",
        "Who was asked?",
        "On {day} {month} {year}, {number} people attended the open forum on migration in {place}, where "
        "women, relatives of migrants, adolescents and young people were asked what they need to stay.",
        (
            "The open forum in {place} was attended by {number} people on {day} {month} {year}.",
            "On {day} {month} {year}, {number} people came to the open forum in {place} and said what they need.",
        ),
        "People attending",
        "people",
        40,
        2_900,
        "{year}",
        "forum",
    ),
    Topic(
        "certificates",
        "Are qualifications recognised?",
        "In {year} the authorities recognised the academic certificates of {number} migrants who had "
        "returned to {place}, at no cost to them, and the procedure has been open to all returnees since "
        "then.",
        (
            "The certificates of {number} migrants who returned to {place} were recognised in {year}.",
            "In {year} the authorities recognised, at no cost to them, what {number} migrants in {place} had learnt.",
        ),
        "Certificates recognised",
        "people",
        15,
        800,
        "{year}",
        "certificates",
    ),
)

QUOTED = (
    "According to the municipality of {place}, {sentence}",
    "Those who took part in the consultation in {place} hold that {sentence}",
    "The register of {place} states that {sentence}",
    "For the office for migrants in {place}, {sentence}",
)
"""How a real sentence becomes one that stands in a single place."""

SAID = (
    "{place} holds that {clause}.",
    "In {place} it is held that {clause}.",
    "The source on {place} says: {clause}.",
    "For {place}, {clause}.",
)


@lru_cache(maxsize=1)
def sentences() -> tuple[str, ...]:
    """Every plain sentence of the shipped originals, in order; the material of all generated text."""
    found: list[str] = []
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        found += _SENTENCE.findall(path.read_text(encoding="utf-8"))
    unique = dict.fromkeys(" ".join(sentence.split()) for sentence in found if ": " not in sentence)
    return tuple(sentence for sentence in unique if not sentence.endswith((" Inc.", " No.", " St.")))


@lru_cache(maxsize=1)
def plain_sentences() -> tuple[str, ...]:
    """Sentences without a number, which begin with a word that may stand in lower case."""
    return tuple(
        sentence
        for sentence in sentences()
        if sentence.split()[0] in _OPENINGS and len(sentence.split()) <= 50 and not _NUMBERS.search(sentence)
    )


def lowered(sentence: str) -> str:
    """The sentence as it stands after other words: small first letter, no full stop."""
    return sentence[0].lower() + sentence[1:].rstrip(".")


def clause(sentence: str, chance: Random) -> str:
    """The beginning of a sentence, whole or up to a comma; at most about 25 words, and not open at its end."""
    words = lowered(sentence).split()
    most = chance.randint(14, 25)
    if len(words) > most:
        ends = [at for at, word in enumerate(words[:most], 1) if word.endswith((",", ";")) and at >= 7]
        words = words[: ends[-1]] if ends else words[:most]
    while words[-1].strip(",;").lower() in _OPEN:
        words = words[:-1]
    return " ".join(words).rstrip(",;")


def place_id(place: str) -> str:
    """The name under which `pack.toml` declares a place."""
    plain = unicodedata.normalize("NFD", place).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", "-")


def place_of(number: int) -> str:
    """The place of the source with this number; no two sources up to 6,400 have the same."""
    first = PLACES[(number - 1) % len(PLACES)]
    turn = (number - 1) // len(PLACES)
    return f"{first} de {PLACES[(number * 7 + turn) % len(PLACES)]}" if turn else first
