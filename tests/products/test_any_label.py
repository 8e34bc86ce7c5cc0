"""Whatever statement of the shipped pack gets a restricted label: it is nowhere in what others are handed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.builder.check import check_pack
from briefpack.citations.gate import Verified
from briefpack.pdf.attached import decoded, names_in
from briefpack.products.composer import Composed, Composer
from briefpack.products.dossier import compose_dossier
from briefpack.products.originals import Originals, survey_originals
from briefpack.products.phrases import Phrases, squashed
from briefpack.products.withholding import absence_of, in_all_languages
from briefpack.summaries.model import Content, Statement
from briefpack.world import World

ROOT = Path(__file__).parents[2]


@cache
def shipped() -> tuple[Verified, Originals]:
    world = World(ROOT)
    verified = check_pack(world).verified
    assert verified is not None
    return verified, survey_originals(world, verified.sources)


@cache
def addresses() -> list[str]:
    content = shipped()[0].content
    documents: tuple[Any, ...] = (
        *content.summaries,
        *content.comparisons,
        *([content.overview] if content.overview else []),
    )
    return [statement.address for document in documents for statement in document.statements()]


def labelled(value: Any, address: str) -> Any:
    """A value with a restricted label on the statement of an address."""
    if isinstance(value, Statement):
        return replace(value, labels=("internal",)) if value.address == address else value
    if isinstance(value, tuple):
        changed = tuple(labelled(item, address) for item in value)
        return value if all(new is old for new, old in zip(changed, value, strict=True)) else changed
    if is_dataclass(value) and not isinstance(value, type):
        old = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
        new = {name: labelled(item, address) for name, item in old.items()}
        return value if all(new[name] is old[name] for name in old) else replace(value, **new)
    return value


def products(composer: Composer) -> Iterator[Composed]:
    content = composer.view.verified.content
    made = [composer.brief(summary) for summary in content.summaries]
    made += [composer.comparison(sheet) for sheet in content.comparisons]
    yield from (each for each in (*made, compose_dossier(composer)) if each is not None)


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from strings(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name != "location":  # for diagnostics, never printed
                yield from strings(getattr(value, field.name))


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_a_statement_with_a_restricted_label_is_in_no_product_of_those_who_may_not_see_it(data: st.DataObject) -> None:
    before, originals = shipped()
    address = data.draw(st.sampled_from(addresses()))
    content: Content = labelled(before.content, address)
    assert content is not before.content
    told = {name: replace(each, content=labelled(each.content, address)) for name, each in before.translations.items()}
    verified = replace(before, content=content, translations=told)
    name = data.draw(st.sampled_from(["press", "field"]))
    audience = next(each for each in verified.pack.audiences if each.id == name)
    view, *others = in_all_languages(verified, audience)
    composer = Composer(view, originals)
    absence = absence_of(view, originals, composer.files, others)
    assert address in {secret.address for secret in absence.secrets}
    phrases = Phrases(squashed(secret.text) for secret in absence.of("phrase"))
    names = {secret.text for secret in absence.of("name")}
    for composed in products(composer):
        said = "\x1f".join(strings(composed.product))
        attached = [text for item in composed.attachments for text in decoded(item.content)]
        for text in (said, *attached, *(item.name for item in composed.attachments)):
            assert phrases.found_in(squashed(text)) == {}
        called = {name for item in composed.attachments for name in names_in(item.content)} | set(
            strings(composed.product)
        )
        assert not {name.removeprefix("#") for name in called} & names
        assert (
            not {name.replace("/", ".") for name in called if name.startswith(f"{address.partition('/')[0]}/")} & names
        )
