"""YAML as people may write it here: structure from YAML 1.2, every scalar the text typed, every value with its place.

No guessed types, no aliases, no duplicate keys, no `{ }`, names only in `[ ]`, and limits on size and depth, so that a
hostile file ends quickly. A value that YAML would break or cut carries the repaired lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from briefpack.diagnostics import Code, Findings, Location
from briefpack.pack.span import Span

MAX_BYTES = 2_000_000
MAX_NODES = 10_000
MAX_DEPTH = 20

NAME = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
"""A source id, a card name or an id: letters and digits of any script, joined by single hyphens."""

_IN_BRACKETS = re.compile(r"[^\W_][\w./ -]*")
_BREAKABLE = re.compile(r"^(?P<indent>\s*)(?P<lead>(?:- +)*(?:[^\W_][\w-]*: +)?)(?P<value>\S.*)$")
_ONE_SPACE_COMMENT = re.compile(r"\S #")


class _StopReadingError(Exception):
    """The file cannot be read any further; the problem has been reported."""


@dataclass(slots=True)
class Node:
    """A YAML value and where it stands.

    Exactly one of `text`, `items`, `fields` is not None. `keys` holds the place of each key of a mapping.
    """

    span: Span
    text: str | None = None
    items: list[Node] | None = None
    fields: dict[str, Node] | None = None
    keys: dict[str, Location] = field(default_factory=dict)

    def plain(self) -> Any:
        """The value as strings, lists and dictionaries."""
        if self.fields is not None:
            return {key: value.plain() for key, value in self.fields.items()}
        if self.items is not None:
            return [item.plain() for item in self.items]
        return self.text or ""

    def at(self, *path: str | int) -> Node:
        """The node at `path`, or the deepest one on the way to it (a bare string may stand for a mapping)."""
        node = self
        for step in path:
            below: Node | None = None
            if node.fields is not None and isinstance(step, str):
                below = node.fields.get(step)
            elif node.items is not None and isinstance(step, int) and step < len(node.items):
                below = node.items[step]
            elif node.items is None and step == 0:
                continue
            if below is None:
                return node
            node = below
        return node

    def drop(self, path: tuple[str | int, ...]) -> None:
        """Remove the value at `path`, if it is there."""
        owner, last = self.at(*path[:-1]), path[-1]
        if owner.fields is not None and isinstance(last, str):
            owner.fields.pop(last, None)
        elif owner.items is not None and isinstance(last, int) and last < len(owner.items):
            del owner.items[last]


def read_yaml(raw: str, start: int, end: int, file: str, findings: Findings) -> Node | None:
    """Read `raw[start:end]` of `file` as one mapping; return None where it is not YAML, with the reason in `findings`."""
    text = raw[start:end]
    whole = Span(file, raw, start, end)
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        findings.report(
            Code.YAML_TOO_LARGE,
            f"the front matter is larger than {MAX_BYTES // 1_000_000} MB",
            Span(file, raw, start, start).location,
            hint="move long text into the body, or split the source",
        )
        return None
    if tab := re.search(r"^ *\t[\t ]*\S", text, re.MULTILINE):
        place = Span(file, raw, start + tab.end() - 2, start + tab.end() - 1).location
        findings.report(Code.YAML_TAB, "a tab indents this line", place, hint="indent with spaces")
        return None
    try:
        return _Builder(whole, findings).build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except _StopReadingError:
        return None
    except yaml.YAMLError as error:
        _report_syntax(error, whole, findings)
        return None


class _Builder:
    """Turns parse events into nodes, refusing what the format refuses."""

    def __init__(self, whole: Span, findings: Findings) -> None:
        self.whole = whole
        self.findings = findings
        self.count = 0

    def build(self, events: Iterator[yaml.Event]) -> Node | None:
        self.events = events
        for event in events:
            if isinstance(event, yaml.MappingStartEvent):
                return self._mapping(event, 1)
            if isinstance(event, yaml.SequenceStartEvent | yaml.ScalarEvent):
                self._report(Code.YAML_INVALID, "expected keys with values", event, "write `key: value` lines")
                return None
            if isinstance(event, yaml.AliasEvent):
                self._refuse_alias(event)
        return Node(self.whole, fields={})

    def _node(self, event: yaml.Event, depth: int) -> Node:
        self.count += 1
        if self.count > MAX_NODES or depth > MAX_DEPTH:
            limit = f"{MAX_NODES:,} values" if self.count > MAX_NODES else f"{MAX_DEPTH} levels"
            self._report(Code.YAML_TOO_LARGE, f"more than {limit} in one file", event, "split the file")
            raise _StopReadingError
        if isinstance(event, yaml.AliasEvent):
            self._refuse_alias(event)
        if event.anchor:
            self._refuse_alias(event)
        if event.tag and not isinstance(event, yaml.ScalarEvent):
            self._report(Code.YAML_INVALID, f"the tag {event.tag!r} is not used here", event, "remove the tag")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, depth + 1)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth + 1)
        return self._scalar(event)

    def _mapping(self, event: yaml.MappingStartEvent, depth: int) -> Node:
        if event.flow_style:
            self._report(Code.YAML_FLOW_MAPPING, "`{ }` is not used here", event, "write one key a line")
            raise _StopReadingError
        fields: dict[str, Node] = {}
        keys: dict[str, Location] = {}
        last = event
        for key_event in self.events:
            last = key_event
            if isinstance(key_event, yaml.MappingEndEvent):
                break
            key_node = self._node(key_event, depth)
            value = self._node(next(self.events), depth)
            if key_node.text is None:
                self._report(Code.YAML_INVALID, "a key must be a single word", key_event, "write `key: value`")
                continue
            if key_node.text in fields:
                first = keys[key_node.text].line
                self.findings.report(
                    Code.YAML_DUPLICATE_KEY,
                    f"{key_node.text!r} stands twice, first in line {first}",
                    key_node.span.location,
                    hint="remove or rename one of them",
                )
                continue
            fields[key_node.text] = value
            keys[key_node.text] = key_node.span.location
        span = self._span(event.start_mark, last.end_mark)
        return Node(span, fields=fields, keys=keys)

    def _sequence(self, event: yaml.SequenceStartEvent, depth: int) -> Node:
        items: list[Node] = []
        last: yaml.Event = event
        for item_event in self.events:
            last = item_event
            if isinstance(item_event, yaml.SequenceEndEvent):
                break
            item = self._node(item_event, depth)
            if event.flow_style and not (item.text is not None and _IN_BRACKETS.fullmatch(item.text)):
                self._report(
                    Code.VALUE_INVALID, "`[ ]` holds names only", item_event, "write one item a line, after `- `"
                )
            items.append(item)
        return Node(self._span(event.start_mark, last.end_mark), items=items)

    def _scalar(self, event: yaml.ScalarEvent) -> Node:
        span = self._span(event.start_mark, event.end_mark)
        raw = self.whole.raw
        if event.style in ("|", ">"):
            header_end = raw.find("\n", span.start, span.end)
            span = Span(span.file, raw, header_end + 1 if header_end >= 0 else span.end, span.end)
            body = raw[span.start : span.end]
            span = Span(span.file, raw, span.start + len(body) - len(body.lstrip()), span.start + len(body.rstrip()))
        elif event.style in ("'", '"'):
            span = Span(span.file, raw, span.start + 1, span.end - 1)
        else:
            self._refuse_silent_comment(span)
        return Node(span, text=event.value.rstrip("\n") if event.style else event.value)

    def _refuse_silent_comment(self, span: Span) -> None:
        """A value that a one-space `#` would cut: YAML calls the rest a comment, its author called it text."""
        raw = self.whole.raw
        if span.end == span.start or not _ONE_SPACE_COMMENT.match(raw, span.end - 1):
            return
        line = raw.count("\n", 0, span.end)
        _report_needs_block(line, self.whole, "` #` begins a comment here and cuts the text", self.findings)

    def _refuse_alias(self, event: yaml.Event) -> None:
        self._report(Code.YAML_ALIAS, "anchors and aliases (`&`, `*`) are not used here", event, "write the value out")
        raise _StopReadingError

    def _report(self, code: Code, message: str, event: yaml.Event, hint: str) -> None:
        self.findings.report(code, message, self._span(event.start_mark, event.end_mark).location, hint)

    def _span(self, start: yaml.Mark, end: yaml.Mark) -> Span:
        offset = self.whole.start
        return Span(self.whole.file, self.whole.raw, offset + start.index, offset + end.index)


def _report_syntax(error: yaml.YAMLError, whole: Span, findings: Findings) -> None:
    """Say what the parser could not read; where it is a sentence that needs a block, give the repaired lines."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    first_line = whole.raw.count("\n", 0, whole.start)
    line = first_line + (mark.line if mark else 0)
    lines = whole.raw.split("\n")
    for candidate in (line, line - 1):
        if first_line <= candidate < len(lines) and _needs_block(lines[candidate]):
            _report_needs_block(candidate, whole, "YAML cannot read this line as one text", findings)
            return
    problem = getattr(error, "problem", None) or str(error).split("\n", 1)[0]
    column = (mark.column if mark else 0) + 1
    findings.report(
        Code.YAML_INVALID,
        f"not readable as YAML: {problem}",
        Location(whole.file, line + 1, column, line + 1, column + 1),
        hint="check the indentation and the colon after the key",
    )


def _needs_block(line: str) -> bool:
    match = _BREAKABLE.match(line)
    if not match or not match["lead"]:
        return False
    value = match["value"]
    return ": " in value or " #" in value or value.endswith(":") or value[0] in "\"'[]{}@`%&*!|>,?"


def _report_needs_block(line: int, whole: Span, message: str, findings: Findings) -> None:
    text = whole.raw.split("\n")[line]
    match = _BREAKABLE.match(text)
    if match is None:
        return
    indent, lead, value = match["indent"], match["lead"], match["value"].rstrip()
    deeper = " " * (len(indent) + (len(lead) - len(lead.lstrip("- "))) + 2)
    start = len(indent) + len(lead) + 1
    findings.report(
        Code.YAML_NEEDS_BLOCK,
        message,
        Location(whole.file, line + 1, start, line + 1, len(text) + 1),
        hint="put the text under `>-`, as below",
        detail=(f"{indent}{lead}>-", f"{deeper}{value}"),
    )
