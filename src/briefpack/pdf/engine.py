"""The door to WeasyPrint: imported once, after its surroundings have been fixed.

Stock WeasyPrint opens some two hundred paths of the system through fontconfig and fills missing glyphs from whatever is
installed, so another machine makes other bytes. Here fontconfig sees a generated configuration whose only folder holds
the first font of the bundle (a map without any font crashes Pango); all other fonts come from `@font-face`. Fontconfig
reads the configuration anew for each press, so what a process did before makes no difference.

`FONTCONFIG_FILE` and `SOURCE_DATE_EPOCH` (read by fontTools, should it ever have to write a font) can be given to these
libraries in no other way than by the process environment: this module sets them, once, and nothing else does.
"""

from __future__ import annotations

import atexit
import logging
import os
import re
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from briefpack.diagnostics import Code, Diagnostic, Location
from briefpack.pdf import painting, quicker, quicker_text
from briefpack.pdf.advances import DrawnFonts
from briefpack.pdf.fetcher import BASE_URL, asset_fetcher
from briefpack.products.pages import Styles
from briefpack.world import digest, write_atomically

_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""


class _Surroundings:
    """Where fontconfig finds its files: in a folder of this process, unless its parent gave one and removes it."""

    def __init__(self) -> None:
        self.root: Path | None = None

    def folder(self) -> Path:
        if self.root is None:
            self.root = Path(tempfile.mkdtemp(prefix="briefpack-fonts-"))
            atexit.register(shutil.rmtree, self.root, ignore_errors=True)
        return self.root

    def choose(self, styles: Styles | None) -> None:
        """Let fontconfig see the first font of `styles` and nothing else, whatever this process set before."""
        font = styles.fonts[0] if styles and styles.fonts else ""
        program = styles.assets[font] if styles and font else b""
        folder = self.folder() / (digest(program)[:16] if font else "none")
        if not (folder / "fonts.conf").exists():
            if font:
                write_atomically(folder / f"first{Path(font).suffix}", program)
            write_atomically(folder / "fonts.conf", _CONFIGURATION.format(folder=folder).encode())
        os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")  # noqa: TID251 - see the module's docstring
        os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # noqa: TID251 - likewise


_SURROUNDINGS = _Surroundings()


def prepare(folder: Path) -> None:
    """Import WeasyPrint before there are styles, for processes that are forked later; raise `OSError` for what lacks.

    Whoever calls owns `folder`, in which this process and its children keep fontconfig's files, and removes it.
    """
    _SURROUNDINGS.root = folder
    weasyprint(None)


def weasyprint(styles: Styles | None) -> Any:
    """Return the module `weasyprint`; font configurations made next know no font but the first of `styles`."""
    _SURROUNDINGS.choose(styles)
    with warnings.catch_warnings():
        if styles is None:
            warnings.filterwarnings("ignore", "No fonts configured")
        import weasyprint as module  # noqa: PLC0415 - takes a second, and only after the surroundings are fixed

    logging.getLogger("weasyprint").propagate = False
    quicker.install(quicker_text.install)
    painting.install()
    return module


@dataclass(slots=True)
class Log:
    """What WeasyPrint had to say while something was parsed, laid out or written."""

    messages: list[str] = field(default_factory=list)


class _Listener(logging.Handler):
    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self.log = log

    def emit(self, record: logging.LogRecord) -> None:
        self.log.messages.append(record.getMessage())


@contextmanager
def listening() -> Iterator[Log]:
    """Collect WeasyPrint's and fontTools' warnings instead of letting them go to a terminal."""
    log = Log()
    listener = _Listener(log)
    logger = logging.getLogger("weasyprint")
    others = [handler for handler in logger.handlers if not isinstance(handler, _Listener)]
    for handler in others:
        logger.removeHandler(handler)
    logger.addHandler(listener)
    try:
        yield log
    finally:
        logger.removeHandler(listener)


@dataclass(frozen=True, slots=True)
class Press:
    """Parsed style sheets and loaded fonts of one bundle, ready for any number of layouts."""

    module: Any
    sheets: tuple[Any, ...]
    bare_sheets: tuple[Any, ...]
    """The same without margin boxes."""
    fonts: Any
    drawn_fonts: DrawnFonts
    """WeasyPrint's fonts by their key, kept so that a face is opened once."""
    diagnostics: tuple[Diagnostic, ...]


class _Presses:
    """Presses by the digest of their styles: fonts and style sheets are loaded once a process."""

    def __init__(self) -> None:
        self.kept: dict[str, Press] = {}

    def of(self, styles: Styles) -> Press:
        key = styles.digest
        if key not in self.kept:
            if len(self.kept) >= 8:
                self.kept.clear()
            self.kept[key] = _make_press(styles)
        return self.kept[key]


_PRESSES = _Presses()


def press_of(styles: Styles) -> Press:
    """Return the press for `styles`; its diagnostics name what is wrong in the style sheets."""
    return _PRESSES.of(styles)


def _make_press(styles: Styles) -> Press:
    module = weasyprint(styles)
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - as above

    fonts = FontConfiguration()
    sheets: list[Any] = []
    bare: list[Any] = []
    diagnostics: list[Diagnostic] = []
    for sheet in styles.sheets:
        fetcher = asset_fetcher(styles.assets, sheet.file)
        with listening() as log:
            sheets.append(module.CSS(string=sheet.css, base_url=BASE_URL, url_fetcher=fetcher, font_config=fonts))
        diagnostics += fetcher.problems
        if not fetcher.problems:
            diagnostics += [style_problem(message, sheet.file) for message in log.messages]
        css = without_margin_boxes(sheet.css)
        if css == sheet.css:
            bare.append(sheets[-1])
            continue
        with listening():  # what is wrong has been said above
            bare.append(module.CSS(string=css, base_url=BASE_URL, url_fetcher=fetcher, font_config=fonts))
    return Press(module, tuple(sheets), tuple(bare), fonts, DrawnFonts(), tuple(diagnostics))


def without_margin_boxes(css: str) -> str:
    """Return a style sheet whose page rules set paper and margins, and print nothing into them."""
    if "@page" not in css:
        return css
    import tinycss2  # noqa: PLC0415 - comes with WeasyPrint

    rules = tinycss2.parse_stylesheet(css)
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword == "page" and rule.content is not None:
            inner = tinycss2.parse_blocks_contents(rule.content)
            rule.content = [node for node in inner if node.type != "at-rule"]
    return str(tinycss2.serialize(rules))


def style_problem(message: str, file: str) -> Diagnostic:
    """Return the diagnostic for a message such as "Ignored `colr: red` at 3:5, unknown property."."""
    place = re.search(r" at (\d+):(\d+)", message)
    where = Location(file, int(place[1]), int(place[2])) if place else Location(file)
    text = re.sub(r" at \d+:\d+", "", message).rstrip(".")
    return Diagnostic(Code.TEMPLATE_SYNTAX, text[:1].lower() + text[1:], where, "correct the style sheet")
