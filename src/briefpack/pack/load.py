"""From `content/pack.toml` and `source` blocks as written to the pack as resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from briefpack.diagnostics import BriefpackError, Checked, Code, Diagnostic, Findings, Location
from briefpack.pack.edtf import parse_edtf
from briefpack.pack.model import (
    Audience,
    BriefLimits,
    Measure,
    OutlineMark,
    Pack,
    Part,
    Range,
    Text,
    UnusedNumber,
    Work,
    nearest_tag,
)
from briefpack.pack.strings import take_translations
from briefpack.pack.toml_reader import read_toml
from briefpack.pack.validation import did_you_mean, validate
from briefpack.pack.written import (
    TEMPLATE_KEYS,
    AudienceWritten,
    BriefTable,
    PackWritten,
    PartWritten,
    RangeWritten,
    SourceWritten,
)
from briefpack.pack.yaml_reader import Node
from briefpack.world import World

PACK_FILE = "content/pack.toml"


def decode_utf8(content: bytes, path: str) -> str:
    """Return the text of a file the user writes: UTF-8, with or without a byte order mark, any line ends.

    Raises `BriefpackError` naming the offset of the first byte that is not UTF-8.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", "ignore")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise BriefpackError(
            Diagnostic(
                Code.ENCODING_INVALID,
                f"byte 0x{content[error.start]:02x} at offset {error.start} is not UTF-8",
                Location(path, line, column, line, column + 1),
                hint="save the file as UTF-8",
            )
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def load_pack(world: World) -> Checked[Pack | None]:
    """Read and resolve `content/pack.toml`; None where nothing usable is there."""
    findings = Findings()
    try:
        raw = decode_utf8(world.read(PACK_FILE), PACK_FILE)
    except BriefpackError as error:
        return Checked(None, error.diagnostics)
    node = read_toml(raw, PACK_FILE, findings)
    if node is None:
        return Checked(None, tuple(findings.items))
    translations = take_translations(node, findings)
    written = validate(PackWritten, node, findings, TEMPLATE_KEYS)
    if written is None:
        return Checked(None, tuple(findings.items))
    pack = replace(_resolve(written, node, findings), translations=translations)
    _check_label_names(pack, findings)
    return Checked(replace(pack, label_names=_label_names(pack)), tuple(findings.items))


def _check_label_names(pack: Pack, findings: Findings) -> None:
    for strings in pack.translations.values():
        for key, text in strings.items():
            if key[0] == "labels" and key[1] not in (pack.labels or {}):
                report_undeclared_label(key[1], pack.labels or {}, text.location, findings)


def _label_names(pack: Pack) -> dict[str, str]:
    """How labels are printed in the pack's own language, which may have a table of their names too."""
    strings = pack.translations.get(nearest_tag(pack.language, pack.translations), {})
    return {label: strings[key].value for label in pack.labels or {} if (key := ("labels", label)) in strings}


def _resolve(written: PackWritten, node: Node, findings: Findings) -> Pack:
    if not written.audiences:
        findings.report(
            Code.KEY_MISSING,
            "no audience is declared",
            Location(PACK_FILE),
            hint="add a table such as [audiences.readers]",
        )
    date = written.edition.date
    if date not in ("newest-source", "day-of-publishing") and not _is_day(date):
        findings.report(
            Code.DATE_INVALID,
            f"{date!r} is no edition date",
            node.at("edition", "date").span.location,
            hint='write a date such as 2026-11-22, "newest-source" or "day-of-publishing"',
        )
    labels = dict(written.labels)
    limits = _limits(written.brief, node.at("brief"), findings, BriefLimits())
    return Pack(
        title=written.pack.title,
        language=written.pack.language,
        subtitle=written.pack.subtitle,
        organisation=written.pack.organisation,
        contact=written.pack.contact,
        disclaimer=written.pack.disclaimer,
        logo=written.pack.logo,
        date=date,
        brief=limits,
        volume_pages=written.dossier.volume_pages,
        labels=labels,
        measures={key: Measure(key, value.name, value.unit) for key, value in written.measures.items()},
        places={key: value.name for key, value in written.places.items()},
        parts=tuple(_part(part, node.at("parts", number)) for number, part in enumerate(written.parts)),
        audiences=tuple(
            _audience(key, value, written.pack.language, labels, limits, node.at("audiences", key), findings)
            for key, value in written.audiences.items()
        ),
    )


def _part(written: PartWritten, node: Node) -> Part:
    return Part(
        written.title,
        tuple(written.sources),
        tuple(written.comparisons),
        tuple(node.at("sources", number).span.location for number in range(len(written.sources))),
        tuple(node.at("comparisons", number).span.location for number in range(len(written.comparisons))),
    )


def _is_day(text: str) -> bool:
    date = parse_edtf(text)
    return date is not None and bool(date.start.day) and not date.is_interval and not date.inferred


def _limits(written: BriefTable, place: Node, findings: Findings, house: BriefLimits) -> BriefLimits:
    limits = BriefLimits(
        min_size=house.min_size if written.min_size is None else written.min_size,
        max_size=house.max_size if written.max_size is None else written.max_size,
        min_spacing=house.min_spacing if written.min_spacing is None else written.min_spacing,
        quotations=house.quotations if written.quotations is None else tuple(written.quotations),
    )
    if not 5 <= limits.min_size <= limits.max_size <= 24:
        findings.report(
            Code.VALUE_INVALID,
            f"min-size {limits.min_size} and max-size {limits.max_size} are not sizes from 5 to 24 pt in order",
            place.at("min-size").span.location,
            hint="set min-size no greater than max-size",
        )
    if not 0 < limits.min_spacing <= 1:
        findings.report(
            Code.VALUE_INVALID,
            f"min-spacing {limits.min_spacing} is not above 0 and at most 1",
            place.at("min-spacing").span.location,
            hint="write a factor such as 0.8",
        )
    return limits


def _audience(
    key: str,
    written: AudienceWritten,
    language: str,
    labels: Mapping[str, str],
    limits: BriefLimits,
    node: Node,
    findings: Findings,
) -> Audience:
    for field in ("include", "exclude", "flag"):
        for index, label in enumerate(getattr(written, field)):
            if label not in labels:
                report_undeclared_label(label, labels, node.at(field, index).span.location, findings)
    return Audience(
        id=key,
        title=written.title,
        language=written.language or language,
        templates=written.templates or "base",
        location=node.span.location,
        sources=tuple(written.sources) if written.sources is not None else None,
        include=tuple(written.include),
        exclude=tuple(written.exclude),
        flag=tuple(written.flag),
        products=tuple(written.products),
        parts=tuple(written.parts),
        optional=tuple(written.optional),
        annex=written.annex,
        attach=written.attach,
        marking=written.marking,
        brief=_limits(written.brief, node.at("brief"), findings, limits) if "brief" in (node.fields or {}) else limits,
        origins={name: node.at(name).span.location for name in node.fields or {}},
        source_places=tuple(node.at("sources", at).span.location for at in range(len(written.sources or ()))),
    )


def report_undeclared_label(label: str, labels: Mapping[str, str], location: Location, findings: Findings) -> None:
    """An undeclared label is an error: a misspelt one must withhold, never publish."""
    findings.report(
        Code.LABEL_UNDECLARED,
        f"the label {label!r} is not declared",
        location,
        hint=did_you_mean(label, list(labels)) or f"declare it under [labels] in {PACK_FILE}",
    )


def resolve_work(source_id: str, written: SourceWritten, node: Node) -> Work:
    """Turn a summary's `source` block (at `node`) into a `Work`; places of all texts are kept."""

    def text(*path: str | int) -> Text:
        found = node.at(*path)
        return Text(found.text or "", found.span.location)

    def ranges(key: str, items: list[RangeWritten]) -> tuple[Range, ...]:
        return tuple(Range(text(key, i, "from"), text(key, i, "to"), item.why) for i, item in enumerate(items))

    csl = {k: v for k, v in written.csl.model_dump(by_alias=True).items() if v and k not in ("issued", "accessed")}
    return Work(
        id=source_id,
        file=text("file"),
        language=written.language,
        location=node.span.location,
        media=written.media,
        start=text("from") if written.from_ is not None else None,
        end=text("to") if written.to is not None else None,
        text=text("text") if written.text is not None else None,
        url=written.url,
        attach=written.attach,
        csl=csl,
        issued=text("csl", "issued") if written.csl.issued else None,
        issued_from=text("issued-from") if written.issued_from else None,
        furniture=ranges("furniture", written.furniture),
        withhold=ranges("withhold", written.withhold),
        outline=tuple(OutlineMark(text("outline", i, "at"), mark.level) for i, mark in enumerate(written.outline)),
        unused=tuple(UnusedNumber(text("unused", i, "number"), item.why) for i, item in enumerate(written.unused)),
    )
