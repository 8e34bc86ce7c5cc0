"""`briefpack audiences new`: a folder of templates that can be built at once, and its table in content/pack.toml."""

from __future__ import annotations

from briefpack.cli.loading import misuse
from briefpack.cli.place import shown_path
from briefpack.diagnostics import BriefpackError, Code, Diagnostic, Location
from briefpack.pack.load import PACK_FILE, load_pack
from briefpack.pack.model import Audience
from briefpack.pack.new_audience import NewAudience, table_of, with_audience
from briefpack.pack.validation import did_you_mean
from briefpack.pack.yaml_reader import NAME
from briefpack.templating.bundle import BASE
from briefpack.templating.starter import starter_files
from briefpack.world import World, files_below, write_atomically


def make_audience(world: World, new: NewAudience) -> list[str]:
    """Write everything that a new audience needs; return the paths, the settings last.

    Raises `BriefpackError` where the name is taken or no name, or the settings cannot be read. Then nothing is written.
    """
    pack = load_pack(world)
    mistakes = tuple(problem for problem in pack.diagnostics if problem.is_error)
    if pack.value is None or mistakes:
        raise BriefpackError(*mistakes)
    _check_name(world, new.id, pack.value.audiences)
    like = _like(new.like, pack.value.audiences)
    raw = world.read(PACK_FILE).decode()  # line ends stay as they are
    try:
        settings = with_audience(raw, new)
    except ValueError as error:
        message = f"the table cannot be added: {error}"
        hint = f"paste it yourself:\n{table_of(raw, NewAudience(new.id, new.title, new.language))}"
        raise BriefpackError(Diagnostic(Code.TOML_INVALID, message, Location(PACK_FILE), hint)) from None
    folder = f"templates/{new.id}"
    files = {f"{folder}/{name}": text for name, text in starter_files(like).items()}
    for path, text in {**files, PACK_FILE: settings}.items():
        target = world.resolve(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, text.encode())
    return [*files, PACK_FILE]


def _check_name(world: World, name: str, audiences: tuple[Audience, ...]) -> None:
    if NAME.fullmatch(name) is None or name == BASE:
        hint = "use letters, digits and hyphens, and another name than base"
        raise misuse(Code.NAME_INVALID, f"{name!r} is no name for an audience", hint)
    if any(audience.id == name for audience in audiences):
        raise misuse(Code.ID_DUPLICATE, f"there is an audience {name!r} already", "choose another name", PACK_FILE)
    if any(files_below(world.resolve(f"templates/{name}"))):
        path = shown_path(world.root, f"templates/{name}")
        raise misuse(Code.ID_DUPLICATE, f"there is a folder {path} already", "choose another name, or remove it")


def _like(name: str, audiences: tuple[Audience, ...]) -> str:
    """The bundle that the new one extends."""
    if not name:
        return BASE
    for audience in audiences:
        if audience.id == name:
            return audience.templates
    known = [audience.id for audience in audiences]
    hint = did_you_mean(name, known) or f"known: {', '.join(known)}"
    raise misuse(Code.REFERENCE_UNKNOWN, f"no audience {name!r}", hint, PACK_FILE)
