"""YAML as people may write it here: structure from YAML 1.2, every scalar the text typed, every value with its place.

No guessed types, no aliases, no duplicate keys, no `{ }`, names only in `[ ]`, and limits on size and depth, so that a
hostile file ends quickly. A value that YAML would break or cut carries the repaired lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from briefpack.diagnostics import Code, Findings, Location
from briefpack.pack.span import Span
from briefpack.pack.yaml_repair import WrittenTexts

MAX_BYTES = 2_000_000
MAX_NODES = 10_000
MAX_DEPTH = 20

NAME = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
"""A source id, a card name or an id: letters and digits of any script, joined by single hyphens."""

_IN_BRACKETS = re.compile(rf"@?{NAME.pattern}(?:/{NAME.pattern})?")


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

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all stands after the key, not even quotation marks."""
        span = self.span
        return self.text == "" and span.start == span.end and span.raw[span.start - 1] not in "\"'"

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
    """Read `raw[start:end]` of `file` as one mapping; return None where it is none, with the reason in `findings`."""
    text = raw[start:end]
    whole = Span(file, raw, start, end)
    if is_too_large(raw, file, findings):
        return None
    if tab := re.search(r"^ *\t[\t ]*\S", text, re.MULTILINE):
        place = Span(file, raw, start + text.index("\t", tab.start()), start + tab.end() - 1).location
        findings.report(Code.YAML_TAB, "a tab indents this line", place, hint="indent with spaces")
        return None
    if control := _CONTROL.search(text):
        place = Span(file, raw, start + control.start(), start + control.end()).location
        name = f"U+{ord(control.group()):04X}"
        findings.report(Code.YAML_INVALID, f"the control character {name} is no text", place, hint="delete it")
        return None
    try:
        return _Builder(whole, findings).build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except _StopReadingError:
        return None
    except yaml.YAMLError as error:
        _report_syntax(error, whole, findings)
        return None


def is_too_large(raw: str, file: str, findings: Findings) -> bool:
    """Whether a file that somebody writes is larger than 2 MB; reported."""
    if len(raw.encode("utf-8", "surrogatepass")) <= MAX_BYTES:
        return False
    limit = f"the file is larger than {MAX_BYTES // 1_000_000} MB"
    findings.report(Code.FILE_TOO_LARGE, limit, Location(file), hint="split the file")
    return True


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What YAML does not take for text."""


class _Builder:
    """Turns parse events into nodes, refusing what the format refuses."""

    def __init__(self, whole: Span, findings: Findings) -> None:
        self.whole = whole
        self.findings = findings
        self.count = 0

    @cached_property
    def _texts(self) -> WrittenTexts:
        return WrittenTexts(self.whole)

    def build(self, events: Iterator[yaml.Event]) -> Node | None:
        self.events = events
        node: Node | None = Node(self.whole, fields={})
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._report(
                        Code.YAML_INVALID, "a second document begins here", event, "remove the line `...` or `---`"
                    )
                    return None
            elif isinstance(event, yaml.MappingStartEvent):
                self._refuse_anchor(event)
                node = self._mapping(event, 1)
            elif isinstance(event, yaml.SequenceStartEvent | yaml.ScalarEvent):
                self._report(Code.YAML_INVALID, "expected keys with values", event, "write `key: value` lines")
                return None
            elif isinstance(event, yaml.AliasEvent):
                self._refuse_alias(event)
        return node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        self.count += 1
        if self.count > MAX_NODES or depth > MAX_DEPTH:
            limit = f"{MAX_NODES:,} values" if self.count > MAX_NODES else f"{MAX_DEPTH} levels"
            self._report(Code.YAML_TOO_LARGE, f"more than {limit} in one file", event, "split the file")
            raise _StopReadingError
        if isinstance(event, yaml.AliasEvent):
            self._refuse_alias(event)
        if isinstance(event, yaml.NodeEvent):
            self._refuse_anchor(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, depth + 1)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth + 1)
        assert isinstance(event, yaml.ScalarEvent), "mappings, sequences, scalars and aliases are all nodes there are"
        return self._scalar(event)

    def _mapping(self, event: yaml.MappingStartEvent, depth: int) -> Node:
        if event.flow_style:
            text = self._texts.at(self._span(event, event).start)
            if text and text.is_broken():
                text.report("YAML takes `{` for the beginning of keys", self.findings)
                raise _StopReadingError
            self._report(Code.YAML_FLOW_MAPPING, "`{ }` is not used here", event, "write one key a line")
            raise _StopReadingError
        self._refuse_tag(event)
        fields: dict[str, Node] = {}
        keys: dict[str, Location] = {}
        last: yaml.Event = event
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
        span = self._span(event, last)
        return Node(span, fields=fields, keys=keys)

    def _sequence(self, event: yaml.SequenceStartEvent, depth: int) -> Node:
        self._refuse_tag(event)
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
            items.append(item if event.flow_style else self._sentence_for(item))
        return Node(self._span(event, last), items=items)

    def _sentence_for(self, item: Node) -> Node:
        """The item, or the text its author meant: `- Warning: do not go` is a sentence, though YAML sees a key."""
        key = next(iter(item.fields or {}), "")
        if not re.search(r"\s|[^\W\d_a-z]", key) or len(item.fields or {}) > 1:
            return item
        return self._needs_block(
            item.span.start, "YAML takes what stands before the colon for a key", item, in_list=True
        )

    def _scalar(self, event: yaml.ScalarEvent) -> Node:
        span = self._span(event, event)
        raw = self.whole.raw
        if event.style in ("|", ">"):
            if not event.value.strip():
                return Node(Span(span.file, raw, span.start, span.start + 1), text="")
            header_end = raw.find("\n", span.start, span.end)
            span = Span(span.file, raw, header_end + 1 if header_end >= 0 else span.end, span.end)
            body = raw[span.start : span.end]
            span = Span(span.file, raw, span.start + len(body) - len(body.lstrip()), span.start + len(body.rstrip()))
            return Node(span, text=event.value.rstrip("\n"))
        if event.style in ("'", '"'):
            self._refuse_tag(event)
            return Node(Span(span.file, raw, span.start + 1, span.end - 1, event.style), text=event.value)
        node = Node(span, text=event.value)
        if event.tag:
            return self._needs_block(span.start, "YAML takes `!` for a tag", node)
        # A one-space `#` cuts a value: YAML calls the rest a comment, its author called it text.
        text = self._texts.at(span.start)
        is_cut = raw.startswith(" #", span.end) and (span.end == span.start or not raw[span.end - 1].isspace())
        if is_cut or (text and raw[text.span.start] == "#" and text.span.start < span.start):
            return self._needs_block(
                span.end if is_cut else span.start, "` #` begins a comment and cuts the text", node
            )
        return node

    def _needs_block(self, position: int, message: str, node: Node, *, in_list: bool = False) -> Node:
        """Report the text that stands at `position` with the lines that repair it; return it as its author meant it."""
        text = self._texts.at(position, in_list=in_list)
        if text is None:
            return node
        text.report(message, self.findings)
        return Node(text.span, text=text.value)

    def _refuse_alias(self, event: yaml.Event) -> None:
        text = self._texts.at(self._span(event, event).start)
        if isinstance(event, yaml.AliasEvent) and text and text.is_broken():
            text.report("YAML takes `*` for a reference", self.findings)
            raise _StopReadingError
        self._report(Code.YAML_ALIAS, "anchors and aliases (`&`, `*`) are not used here", event, "write the value out")
        raise _StopReadingError

    def _refuse_anchor(self, event: yaml.NodeEvent) -> None:
        if event.anchor:
            self._refuse_alias(event)

    def _refuse_tag(self, event: yaml.CollectionStartEvent | yaml.ScalarEvent) -> None:
        if event.tag:
            self._report(Code.YAML_INVALID, f"the tag {event.tag!r} is not used here", event, "remove the tag")

    def _report(self, code: Code, message: str, event: yaml.Event, hint: str) -> None:
        self.findings.report(code, message, self._span(event, event).location, hint)

    def _span(self, first: yaml.Event, last: yaml.Event) -> Span:
        start, end = first.start_mark, last.end_mark
        assert start is not None, "the parser marks all events"
        assert end is not None, "the parser marks all events"
        offset = self.whole.start
        return Span(self.whole.file, self.whole.raw, offset + start.index, offset + end.index)


def _report_syntax(error: yaml.YAMLError, whole: Span, findings: Findings) -> None:
    """Say what the parser could not read; where it is a sentence that needs a block, give the repaired lines."""
    marks = [getattr(error, "context_mark", None), getattr(error, "problem_mark", None)]
    places = [whole.start + min(mark.index, whole.end - whole.start) for mark in marks if mark]
    if broken := WrittenTexts(whole).broken_before(places):
        if not any(known.location == broken.span.location for known in findings.items):
            broken.report("YAML cannot read this as one text", findings)
        return
    problem = getattr(error, "problem", None) or str(error).split("\n", 1)[0]
    place = places[-1] if places else whole.start
    findings.report(
        Code.YAML_INVALID,
        f"not readable as YAML: {problem}",
        Span(whole.file, whole.raw, place, min(place + 1, len(whole.raw))).location,
        hint="check the indentation and the colon after the key",
    )
