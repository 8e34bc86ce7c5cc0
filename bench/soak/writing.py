"""Edits of what authors write: summaries, comparisons, the overview and the originals.

An edit takes the garden and a chance, changes one thing and says what, or finds nothing to change and says "". Some
leave a pack that does not check, as authors do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from bench.packs import original_of, write_source
from bench.soak.garden import Garden

Edit = Callable[[Garden, Random], str]

SUMMARIES = r"^content/summaries/.*\.md$"
WRITTEN = r"^content/.*\.md$"
SEEDS = r"^seeds/"
COMPARISONS = r"^content/comparisons/"
_WORDS = ("often", "rarely", "mostly", "slowly", "together", "in part", "as planned", "“on paper”", "más bien")
_CITED = re.compile(r"\[@[^\]]+\]")


def reword_statement(garden: Garden, chance: Random) -> str:
    """Put one word more into a statement."""
    path = garden.some(chance, WRITTEN)
    spots = list(re.finditer(r"(?<=[a-z]) (?=[a-z]+ [^\n]*\[@)", garden.text(path))) if path else []
    if not spots:
        return ""
    spot, text = chance.choice(spots), garden.text(path)
    garden.write(path, f"{text[: spot.start()]} {chance.choice(_WORDS)} {text[spot.end() :]}")
    return f"a statement of {path} reworded"


def change_number(garden: Garden, chance: Random) -> str:
    """Change a number everywhere, or only where it is said, which then has no support."""
    path = garden.some(chance, SEEDS)
    numbers = sorted(set(re.findall(r"\b\d{1,3},\d{3}\b", garden.text(path)))) if path else []
    if not numbers:
        return ""
    old, new = chance.choice(numbers), f"{chance.randint(1000, 99_999):,}"
    only = chance.random() < 0.2
    changed = [
        file for file in garden.paths(WRITTEN if only else rf"{WRITTEN}|{SEEDS}") if _swap(garden, file, old, new)
    ]
    return f"{old} is {new} now in {', '.join(changed)}" if changed else ""


def _swap(garden: Garden, path: str, old: str, new: str) -> bool:
    text = garden.text(path)
    after = re.sub(rf"(?<![\d,]){old}(?![\d,])", new, text)
    if after != text:
        garden.write(path, after)
    return after != text


def add_citation(garden: Garden, chance: Random) -> str:
    """Let a statement cite one card more."""
    path = garden.some(chance, SUMMARIES)
    found = list(_CITED.finditer(garden.text(path))) if path else []
    if not found:
        return ""
    text, spot = garden.text(path), chance.choice(found)
    garden.write(path, f"{text[: spot.end() - 1]}; @card-{chance.randint(1, 4)}]{text[spot.end() :]}")
    return f"a citation more in {path}"


def remove_citation(garden: Garden, chance: Random) -> str:
    """Take a citation away; a statement that must have one is an error then."""
    path = garden.some(chance, WRITTEN)
    found = list(re.finditer(r"; @card-\d+(?=[;\]])|(?<=\*\* )[^\n]*?( \[@[^\]]+\])| \[@[^\]]+\]", garden.text(path)))
    if not found:
        return ""
    spot, text = chance.choice(found), garden.text(path)
    start, end = spot.span(1) if spot[1] else spot.span()
    garden.write(path, text[:start] + text[end:])
    return f"a citation less in {path}"


def add_card(garden: Garden, chance: Random) -> str:
    """A new card that quotes a sentence of the original, and a caution that cites it."""
    path = garden.some(chance, SUMMARIES)
    seed = path.replace("content/summaries", "seeds")
    if not path or seed not in garden.paths(SEEDS):
        return ""
    sentences = re.findall(r"(?<=[.] )[A-Z][^.\d\n:#]{30,200}(?=[.])", garden.text(seed))
    if not sentences:
        return ""
    name = f"more-{chance.randrange(1000)}"
    garden.replace(path, "\nevidence:\n", f"\nevidence:\n  {name}: >-\n    {chance.choice(sentences)}\n", 1)
    garden.replace(path, "nobody else did. [@", f"nobody else did. [@{name}; @", 1)
    return f"a card more in {path}"


def remove_card(garden: Garden, chance: Random) -> str:
    """Remove a card, mostly with what cites it."""
    path = garden.some(chance, SUMMARIES)
    cards = re.findall(r"(?m)^  ([a-z]+(?:-\d+)?): >-\n    [^\n]+\n", garden.text(path)) if path else []
    if not cards:
        return ""
    name = chance.choice(cards)
    text = re.sub(rf"(?m)^  {name}: >-\n    [^\n]+\n", "", garden.text(path), count=1)
    if chance.random() < 0.7:
        text = re.sub(rf" \[@{name}\]|; @{name}(?=[;\]])|(?<=\[)@{name}; ", "", text)
    garden.write(path, text)
    return f"the card {name} of {path} removed"


def add_source(garden: Garden, chance: Random) -> str:
    """A new source with its summary, named in a part or in none."""
    number = next((n for n in range(1, 9) if f"seeds/source-{n:05}.md" not in garden.paths(SEEDS)), 0)
    if not number:
        return ""
    original = original_of(number, garden.shape)
    write_source(garden.folder, original, garden.shape)
    if chance.random() < 0.6:
        garden.replace("content/pack.toml", 'sources = ["', f'sources = ["{original.id}", "', 1)
    return f"{original.id} added"


def remove_source(garden: Garden, chance: Random) -> str:
    """A source and its summary go, or only one of them."""
    path = garden.some(chance, SUMMARIES)
    if len(garden.paths(SUMMARIES)) < 3:
        return ""
    name = path.rpartition("/")[2].removesuffix(".md")
    whole = chance.random() < 0.8
    for file in (path, f"seeds/{name}.md") if whole else (chance.choice([path, f"seeds/{name}.md"]),):
        (garden.folder / file).unlink(missing_ok=True)
    if whole:
        text = garden.text("content/pack.toml")
        garden.write("content/pack.toml", re.sub(rf', "{name}"|"{name}", |"{name}"', "", text))
    return f"{name} removed" if whole else f"one file of {name} removed"


def add_point(garden: Garden, chance: Random) -> str:
    """One more point in a brief."""
    path = garden.some(chance, SUMMARIES)
    card = chance.randint(1, 4)
    return (
        f"a point more in {path}"
        if path
        and garden.replace(path, "\npoints:\n", f"\npoints:\n  - Nobody asked who paid for it. [@card-{card}]\n", 1)
        else ""
    )


def remove_point(garden: Garden, chance: Random) -> str:
    """One point less, or two of them change places."""
    path = garden.some(chance, SUMMARIES)
    text = garden.text(path) if path else ""
    found = re.search(r"(?ms)^points:\n(.*?)(?=^[a-z]+:|^---)", text)
    points = re.findall(r"(?ms)^  - .*?(?=^  - |\Z)", found[1]) if found else []
    if not found or len(points) < 2:
        return ""
    moved = chance.random() < 0.5
    first = points.pop(chance.randrange(len(points)))
    points += [first] if moved else []
    garden.write(path, text[: found.start(1)] + "".join(points) + text[found.end(1) :])
    return f"a point of {path} {'put last' if moved else 'removed'}"


def change_rows(garden: Garden, chance: Random) -> str:
    """A row of a comparison goes, or is put last, or gets another title."""
    path = garden.some(chance, COMPARISONS)
    text = garden.text(path) if path else ""
    found = re.search(r"(?ms)^criteria:\n(.*?)(?=^[a-z]+:|^---)", text)
    rows = re.findall(r"(?ms)^  - .*?(?=^  - |\Z)", found[1]) if found else []
    if not found or not rows:
        return ""
    what = chance.choice(("removed", "put last", "renamed"))
    row = rows.pop(chance.randrange(len(rows)))
    if what == "renamed":
        row = re.sub(r"title: (.*)", rf"title: \1 ({chance.randrange(100)})", row, count=1)
    rows += [row] if what != "removed" else []
    garden.write(path, text[: found.start(1)] + "".join(rows) + text[found.end(1) :])
    return f"a row of {path} {what}"


def change_passage(garden: Garden, chance: Random) -> str:
    """Change a passage of an original, add one or remove one; cards that quote it may lose it."""
    path = garden.some(chance, SEEDS)
    blocks = garden.text(path).split("\n\n") if path else []
    if len(blocks) < 3:
        return ""
    at = chance.randrange(1, len(blocks))
    what = chance.choice(("longer", "added", "removed", "a heading"))
    if what == "longer":
        blocks[at] = f"{blocks[at].rstrip()} Nothing more is said of it.\n"
    elif what == "removed":
        del blocks[at]
    else:
        blocks.insert(at, "## What else was found" if what == "a heading" else "A passage that nobody cites.")
    garden.write(path, "\n\n".join(blocks))
    return f"passage {at} of {path}: {what}"


def rename_short(garden: Garden, chance: Random) -> str:
    """Another short title, by which other products name a source."""
    path = garden.some(chance, SUMMARIES)
    if not path:
        return ""
    text = garden.text(path)
    after = re.sub(r"(?m)^short: .*$", f"short: Register {chance.randrange(100)}", text)
    garden.write(path, after)
    return f"another short title in {path}" if after != text else ""


def restrict(garden: Garden, chance: Random) -> str:
    """Withhold a headline from the first audience, or give it back."""
    path = garden.some(chance, SUMMARIES)
    if not path:
        return ""
    text = garden.text(path)
    open_, closed = r"headline: >-\n  (.+)\n", r"headline:\n  text: >-\n    (.+)\n  labels: \[internal\]\n"
    after = re.sub(open_, r"headline:\n  text: >-\n    \1\n  labels: [internal]\n", text)
    if after == text:
        after = re.sub(closed, r"headline: >-\n  \1\n", text)
    garden.write(path, after)
    return f"the headline of {path} withheld or given back" if after != text else ""


def retitle(garden: Garden, chance: Random) -> str:
    """Another title of the overview, of a sheet or of a work."""
    path = garden.some(chance, WRITTEN)
    text = garden.text(path) if path else ""
    after = re.sub(r"(?m)^(title: .*)$", rf"\1, state {chance.randrange(100)}", text, count=1)
    if after == text:
        after = re.sub(r"(?m)^(    title: >-\n      .*)$", r"\1", text)
    if after != text:
        garden.write(path, after)
    return f"another title in {path}" if after != text else ""


def blunder(garden: Garden, chance: Random) -> str:
    """A mistake: a key misspelt, a line cut off, a card that is not there, bytes that are no text."""
    path = garden.some(chance, WRITTEN)
    if not path:
        return ""
    text = garden.text(path)
    kind = chance.choice(("key", "cut", "card", "bytes", "tab"))
    at = chance.randrange(len(text) or 1)
    changed = {
        "key": text.replace("title:", "titel:", 1).replace("points:", "piont:", 1),
        "cut": text[:at],
        "card": text.replace("[@card-1]", "[@nothing]", 1),
        "bytes": text[:at] + "\udcff\udcfe" + text[at:],
        "tab": text.replace("\n  ", "\n\t", 1),
    }[kind]
    garden.write(path, changed)
    return f"a blunder in {path}: {kind}" if changed != text else ""


EDITS: tuple[tuple[int, Edit], ...] = (
    (6, reword_statement),
    (5, change_number),
    (4, add_citation),
    (3, remove_citation),
    (3, add_card),
    (2, remove_card),
    (2, add_source),
    (2, remove_source),
    (3, add_point),
    (3, remove_point),
    (3, change_rows),
    (5, change_passage),
    (3, rename_short),
    (3, restrict),
    (2, retitle),
    (2, blunder),
)
"""How often each is chosen, in proportion."""
