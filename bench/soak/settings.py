"""Edits of settings and templates, and edits that change nothing that is printed."""

from __future__ import annotations

import os
import re
from random import Random

from bench.soak.garden import Garden
from bench.soak.writing import Edit
from briefpack.shipped import shipped_pack

PACK = "content/pack.toml"
_YEAR = 365 * 86_400
_PARTS = ("overview", "briefs", "comparisons", "timeline", "annex", "bibliography", "colophon")


def change_setting(garden: Garden, chance: Random) -> str:
    """One setting of the pack or of an audience."""
    some = chance.randrange(100)
    kept = chance.sample(_PARTS, chance.randint(3, len(_PARTS)))
    pattern, new = chance.choice(
        (
            (r'(?m)^title = "Registers of return.*$', f'title = "Registers of return {some}"'),
            (r'(?m)^subtitle = ".*$', f'subtitle = "Subtitle {some}"'),
            (r'(?m)^title = "For readers.*$', f'title = "For readers, {some}"'),
            (r'(?m)^title = "Registers, part 1.*$', f'title = "Registers, part 1 of {some}"'),
            (r'(?m)^annex = ".*$', f'annex = "{chance.choice(("full", "cited", "none"))}"'),
            (r"(?m)^parts = \[.*$", f"parts = {list(kept)}".replace("'", '"')),
            (r"(?m)^date = .*$", f"date = 2026-11-{chance.randint(1, 30):02}"),
            (r'(?m)^organisation = ".*$', f'organisation = "Desk {some}"'),
            (r"(?s)(\n\[dossier\]\nvolume-pages = \d+\n)?\Z", f"\n[dossier]\nvolume-pages = {chance.choice((4, 9))}\n"),
            (r"(?s)\n\[dossier\]\nvolume-pages = \d+\n\Z", "\n"),
            (r"(?s)(\n\[brief\]\nmin-size = [^\n]*\n|\Z)", f"\n[brief]\nmin-size = {chance.choice((8, 9, 9.5))}\n"),
            (
                r"(?m)^(\[audiences\.readers\])$(\nattach.*$)?",
                r"\1" + f'\nattach = "{chance.choice(("data", "none"))}"',
            ),
            (r"(?m)^(\[audiences\.readers\])$", r"\1" + f'\nmarking = "For {some}"'),
            (r"(?m)^name = \"Returnees.*$", f'name = "Returnees counted {some}"'),
            (r"(?m)^title = \"For readers", 'titel = "For readers'),
            (r"(?m)^titel = ", "title = "),
        )
    )
    text = garden.text(PACK)
    after = re.sub(pattern, new, text, count=1)
    if after == text:
        return ""
    garden.write(PACK, after)
    return f"a setting: {new.strip().splitlines()[-1]}"


def change_audiences(garden: Garden, chance: Random) -> str:
    """An audience more, or one less, or one with templates of its own."""
    text = garden.text(PACK)
    what = chance.choice(("more", "less", "templates"))
    if what == "more" and "[audiences.third]" not in text:
        products = chance.choice(('["brief"]', '["comparison"]', '["brief", "comparison"]'))
        after = f'{text.rstrip()}\n\n[audiences.third]\ntitle = "A third"\nproducts = {products}\nannex = "none"\n'
    elif what == "less":
        after = re.sub(r"(?s)\n\[audiences\.third\]\n.*?(?=\n\[|\Z)", "\n", text)
    else:
        after = re.sub(r"(?m)^(\[audiences\.readers-2\])$\n(templates = .*\n)?", '\\1\ntemplates = "own"\n', text)
        garden.write("templates/own/template.toml", 'extends = "base"\n')
    if after == text:
        return ""
    garden.write(PACK, after)
    return f"audiences: {what}"


def override_block(garden: Garden, chance: Random) -> str:
    """Replace a block of a template for the audience with templates of its own."""
    if not garden.paths(r"^templates/own/"):
        return ""
    name, block = chance.choice((("brief", "analysis"), ("brief", "cautions"), ("cover", ""), ("brief", "masthead")))
    path = f"templates/own/{name}.html"
    if path in garden.paths() and chance.random() < 0.5:
        (garden.folder / path).unlink()
        return f"{path} removed"
    inner = chance.choice(("", "{{ super() }}", "{{ super() }}{# twice the same #}"))
    filled = f"{{% block {block} %}}{inner}{{% endblock %}}\n" if block else ""
    garden.write(path, f'{{% extends "base/{name}.html" %}}\n{filled}')
    return f"{path} replaces {block or 'nothing'}"


def override_base(garden: Garden, chance: Random) -> str:
    """A file of the house style in the pack itself, changed or as it is; or the one that was there goes."""
    name = chance.choice(("tokens.css", "components.css", "macros.html", "brief.html", "annex.html", "strings/en.toml"))
    path = f"templates/base/{name}"
    if path in garden.paths():
        (garden.folder / path).unlink()
        return f"{path} removed"
    text = (shipped_pack() / path).read_text(encoding="utf-8")
    old, new = {
        "tokens.css": ("#1a1a1a", f"#1a1a{chance.randint(16, 99)}"),
        "components.css": ("5pt", "4pt"),
        "brief.html": ("{% endblock %}", "{# here ends a block #}{% endblock %}"),
        "strings/en.toml": ('"Brief"', f'"Brief {chance.randrange(10)}"'),
    }.get(name, ("", ""))
    garden.write(path, text.replace(old, new, 1) if old and chance.random() < 0.8 else text)
    return f"{path} overrides"


def change_look(garden: Garden, chance: Random) -> str:
    """A token, a text, the paper or a style rule of the audience with templates of its own."""
    path = "templates/own/template.toml"
    if path not in garden.paths():
        return ""
    some = chance.randrange(100)
    lines = ['extends = "base"']
    lines += ['paper = "Letter"'] if chance.random() < 0.3 else []
    lines += ["[tokens]", f'ink = "#0000{some:02}"'] if chance.random() < 0.5 else []
    lines += ["[strings.en]", f'"points-head" = "In brief {some}"'] if chance.random() < 0.5 else []
    lines += ["[tokens]", 'nothing = "1"'] if chance.random() < 0.05 else []
    garden.write(path, "\n".join([*lines, ""]))
    if chance.random() < 0.4:
        garden.write("templates/own/style.css", f".section-head {{ letter-spacing: 0.0{chance.randint(1, 3)}em; }}\n")
    return "another look: " + ", ".join(lines[1:])


def break_template(garden: Garden, chance: Random) -> str:
    """A template that cannot be read."""
    if not garden.paths(r"^templates/own/"):
        return ""
    text = chance.choice(("{% if %}", "{{ nothing.here }}", '{% extends "base/none.html" %}'))
    garden.write("templates/own/record.html", text)
    return f"templates/own/record.html says {text}"


def change_nothing(garden: Garden, chance: Random) -> str:
    """Comments and white space that are not printed."""
    path = garden.some(chance, r"\.(md|toml|css|html)$")
    text = garden.text(path)
    if path.endswith(".toml"):
        garden.write(path, f"# a comment\n{text}")
    elif path.endswith(".css"):
        garden.write(path, f"{text}/* a comment */\n")
    elif path.endswith(".html"):
        garden.write(path, f"{text}{{# a comment #}}")
    elif path.startswith("content/") and chance.random() < 0.5:
        garden.write(path, text.replace("---\n", "---\n# a comment\n", 1))
    else:
        garden.write(path, f"{text}\n")
    return f"a comment or white space in {path}"


def touch(garden: Garden, chance: Random) -> str:
    """Other times of files, far back or ahead; or the same bytes written again."""
    shift = chance.choice((-40 * _YEAR, -3600, 3600, 11 * _YEAR))
    paths = garden.paths()
    for path in paths if chance.random() < 0.5 else (chance.choice(paths),):
        file = garden.folder / path
        if chance.random() < 0.3:
            content = file.read_bytes()
            file.unlink()
            file.write_bytes(content)
        now = file.stat().st_mtime
        os.utime(file, (now + shift, now + shift))
    return f"files touched, {shift} s away"


def add_strangers(garden: Garden, chance: Random) -> str:
    """Files that are none of the pack's: notes, a backup, a hidden file, an empty folder."""
    path = chance.choice(("content/notes.txt", "content/summaries/.hidden.md", "seeds/unused.md", "templates/x/a.txt"))
    garden.write(path, f"Nothing of this is printed, {chance.randrange(100)}.\n")
    (garden.folder / "content" / "empty").mkdir(exist_ok=True)
    return f"{path} written"


def restore(garden: Garden, chance: Random) -> str:
    """A state of before, as a version control brings it back."""
    if not garden.states:
        return ""
    return "an earlier state" if garden.restore(chance.choice(garden.states)) else ""


EDITS: tuple[tuple[int, Edit], ...] = (
    (6, change_setting),
    (2, change_audiences),
    (2, override_block),
    (2, override_base),
    (2, change_look),
    (1, break_template),
    (3, change_nothing),
    (3, touch),
    (1, add_strangers),
    (5, restore),
)
"""How often each is chosen, in proportion."""
