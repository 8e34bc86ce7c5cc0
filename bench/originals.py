"""Generated originals: paragraphs of real sentences under headings, and in them the facts that cards quote."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from bench.material import (
    HEADINGS,
    MONTHS,
    PLACES,
    PUBLISHERS,
    QUOTED,
    SAID,
    TOPICS,
    Topic,
    clause,
    lowered,
    place_of,
    plain_sentences,
    sentences,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A card and what may be said of it.

    `topic` is empty, and so are `number`, `period` and `day`, where the card holds no number.
    """

    card: str
    quote: str
    statements: tuple[str, ...]
    place: str
    topic: str = ""
    number: str = ""
    period: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """One source: its text as Markdown, and its facts in the order in which they stand."""

    number: int
    place: str
    publisher: str
    issued: date
    text: str
    facts: tuple[Fact, ...]

    @property
    def id(self) -> str:
        """Its name as a source."""
        return f"source-{self.number:05}"

    @property
    def title(self) -> str:
        """What it is called, by itself and in the summary."""
        return f"Return and reintegration in {self.place}: register {self.number}"

    @property
    def imprint(self) -> str:
        """The line under its title: who published it, and when."""
        return f"{self.publisher}, {self.issued.day} {MONTHS[self.issued.month - 1]} {self.issued.year}"


def make_original(number: int, size: int, cards: int, chance: Random) -> Original:
    """A source of about `size` bytes that holds `cards` facts, spread evenly."""
    place = place_of(number)
    publisher = chance.choice(PUBLISHERS)
    issued = date(2018, 1, 8) + timedelta(days=3 * (number % 900))
    facts = make_facts(place, issued.year - 1, cards, chance)
    bare = Original(number, place, publisher, issued, "", facts)
    head = [f"# {bare.title}", bare.imprint]
    blocks = [*head, *_body(size - sum(len(block.encode()) + 2 for block in head), facts, chance)]
    return replace(bare, text="\n\n".join(blocks) + "\n")


def make_facts(place: str, year: int, count: int, chance: Random) -> tuple[Fact, ...]:
    """Facts of which no two have the same place and topic, or the same place and sentence."""
    others = chance.sample([other for other in PLACES if other != place], min(len(PLACES) - 1, max(count, 4)))
    facts: list[Fact] = []
    quoted = list(plain_sentences())
    chance.shuffle(quoted)
    for at in range(count):
        # Every third card quotes words alone; the first of each topic are about the place of the source itself.
        if at % 3 == 2:
            facts.append(_quotation(at + 1, place if at < 9 else others[at % len(others)], quoted[at], chance))
        else:
            turn = at - at // 3
            topic = TOPICS[turn % len(TOPICS)]
            where = place if turn < len(TOPICS) else others[turn // len(TOPICS)]
            facts.append(_count(at + 1, topic, where, year, chance))
    return tuple(facts)


def _quotation(number: int, place: str, sentence: str, chance: Random) -> Fact:
    quote = chance.choice(QUOTED).format(place=place, sentence=lowered(sentence))
    said = tuple(form.format(place=place, clause=clause(sentence, chance)) for form in chance.sample(SAID, 2))
    return Fact(f"card-{number}", quote, said, place)


def _count(number: int, topic: Topic, place: str, year: int, chance: Random) -> Fact:
    amount = chance.randint(topic.least, topic.most)
    day = date(year, 1, 1) + timedelta(days=chance.randrange(365))
    values = {
        "place": place,
        "number": f"{amount:,}",
        "year": str(year),
        "day": str(day.day),
        "month": MONTHS[day.month - 1],
    }
    return Fact(
        f"card-{number}",
        topic.card.format(**values).rstrip("."),
        tuple(form.format(**values) for form in topic.statements),
        place,
        topic.id,
        values["number"],
        topic.period.format(**values),
        day.isoformat() if "{day}" in topic.card else "",
    )


def _body(size: int, facts: tuple[Fact, ...], chance: Random) -> list[str]:
    blocks: list[str] = []
    waiting = list(facts)
    heading = 0
    length = 0
    until = 0
    while length < size or waiting:
        if until == 0:
            blocks.append(f"## {HEADINGS[heading % len(HEADINGS)]}")
            heading, until = heading + 1, chance.randint(3, 6)
        else:
            said = [chance.choice(sentences()) for _ in range(chance.randint(1, 5))]
            if waiting and length >= size * (len(facts) - len(waiting)) // (len(facts) + 1):
                said.insert(chance.randint(0, len(said)), waiting.pop(0).quote + ".")
            blocks.append(" ".join(said))
            until -= 1
        length += len(blocks[-1].encode()) + 2
    return blocks
