"""Translation files are read with their places, grow by what is missing, and keep what somebody wrote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.summaries.translations import DRAFTS, PLAIN, Draft, filled, names, original, read, skeleton, written

from briefpack.summaries.translating import bring_up_to_date, fill_in
from briefpack.summaries.units import digest_of

RIVER = """---
source:
  file: river.txt
  language: en
  withhold:
    - from: a
      to: b
      why: a private number
short: River
evidence:
  rise: rose by 1,058
  bridge:
    quote: closed the lower bridge
    note: Twice.
headline: The river rose. [@rise]
points:
  - id: bridge
    text: The bridge was closed. [@bridge]
    note: Of the two.
  - id: families
    text: >-
      About 300 families
      left.
statistics:
  - id: boats
    measure: lost
    value: 12
    unit: boats
    cite: rise
  - id: share
    measure: lost
    value: 12
    unit: "%"
    cite: rise
definitions:
  - id: wall
    term: Wall
    text: A wall. [@rise]
recommendations:
  - id: ask
    text: Ask.
    to: The mayor
    by: desk
cautions: Nobody measured it.
---
## What happened

The river rose. [@rise]

::: analysis
It may rise again.
:::
"""

SPANISH = """---
short:
  of: 00000000
  text: El río
points:
  # on the bridge
  bridge:
    of: 00000000
    text: Se cerró el puente. [@bridge]
    note: De los dos.
---
<!-- of: 00000000 -->
## Qué pasó

<!-- of: 00000000 -->
El río creció. [@rise]

::: analysis
<!-- of: 00000000 -->
Puede volver a crecer.
:::
"""


def test_the_digest_is_that_of_the_texts_in_their_order() -> None:
    units = {"/".join(unit.key): unit for unit in original(RIVER).units}

    assert units["points/families"].of() == digest_of(["About 300 families left."])
    assert units["points/bridge"].of() == digest_of(["The bridge was closed. [@bridge]", "Of the two."])
    assert units["definitions/wall"].of() == digest_of(["Wall", "A wall. [@rise]"])
    assert units["recommendations/ask"].of() == digest_of(["Ask.", "The mayor"])
    assert units["evidence/rise"].of(["about"]) == digest_of(["rose by 1,058"])
    assert units["evidence/bridge"].of(["note", "about"]) == digest_of(["Twice.", "closed the lower bridge"])


def test_the_texts_of_a_document_are_named_by_section_and_id() -> None:
    found = original(RIVER)

    assert names([unit.key for unit in found.units]) == [
        "short",
        "headline",
        "points/bridge",
        "points/families",
        "statistics/boats",
        "definitions/wall",
        "recommendations/ask",
        "evidence/rise",
        "evidence/bridge",
        "withhold/1",
    ]
    assert [statement.address for statement in found.nameless] == ["river/cautions"]


def test_what_is_missing_and_what_is_stale_is_known_by_its_key() -> None:
    translation, problems = read(SPANISH, original(RIVER))

    assert problems == []
    assert names(translation.stale()) == ["short", "points/bridge", "body/1", "body/2", "body/3"]
    assert names(translation.missing()) == [
        "headline",
        "points/families",
        "statistics/boats",
        "definitions/wall",
        "recommendations/ask",
        "evidence/bridge",
        "withhold/1",
    ]


def test_a_file_grows_by_what_is_missing_and_keeps_what_is_there() -> None:
    grown = fill_in(read(SPANISH, original(RIVER))[0], SPANISH)

    assert [line for line in SPANISH.split("\n") if line not in grown.split("\n")] == []
    assert (
        f"""points:
  # on the bridge
  bridge:
    # original {digest_of(["The bridge was closed. [@bridge]", "Of the two."])}
    # text: The bridge was closed. [@bridge]
    # note: Of the two.
    of: 00000000
    text: Se cerró el puente. [@bridge]
    note: De los dos.
  families:
    # original {digest_of(["About 300 families left."])}
    # About 300 families left.
    of: {digest_of(["About 300 families left."])}
    text: >-
"""
        in grown
    )
    assert (
        f"""::: analysis
<!-- original {digest_of(["It may rise again."])}: It may rise again. -->
<!-- of: 00000000 -->
Puede volver a crecer.
:::
"""
        in grown
    )


def test_line_ends_and_the_mark_at_the_head_stay() -> None:
    file = "\ufeff" + SPANISH.replace("\n", "\r\n")
    of = original(RIVER)

    grown = fill_in(read(file, of)[0], file)

    assert grown == "\ufeff" + fill_in(read(SPANISH, of)[0], SPANISH).replace("\n", "\r\n")


def test_a_text_that_the_original_gained_gets_its_place() -> None:
    before = original(RIVER.replace("    note: Of the two.\n", ""))
    good = bring_up_to_date(read(skeleton(before), before)[0], skeleton(before), [])
    after = original(RIVER)

    translation, _ = read(fill_in(read(filled(good, before), after)[0], filled(good, before)), after)

    entry = translation.entries["points", "bridge"]
    assert entry.lacking == ("note",)
    assert list(entry.texts) == ["text", "note"]


def test_unknown_keys_are_refused_at_their_place() -> None:
    text = "---\npoint:\n  bridge:\npoints:\n  brige:\n    of: 00000000\n  bridge:\n    of: no\n    labels: x\n---\n"

    assert read(text, original(RIVER))[1] == [
        "2:1 key-unknown",
        "5:3 key-unknown",
        "9:5 key-unknown",
        "8:9 value-invalid",
    ]


def test_blocks_that_cannot_be_told_apart_are_refused() -> None:
    of = original(RIVER)
    two = SPANISH.replace("<!-- of: 00000000 -->\nEl río creció. [@rise]\n\n", "")
    unmarked = SPANISH.replace("## Qué pasó\n", "## Qué pasó\n\nUn río.\n")
    outside = SPANISH.replace("::: analysis\n", "").replace(":::\n", "")
    heading = SPANISH.replace("## Qué", "### Qué")

    assert read(two, of)[1] == ["12:1 translation-blocks"]
    assert read(unmarked, of)[1] == ["15:1 translation-blocks"]
    assert read(outside, of)[1] == ["19:1 translation-blocks"]
    assert read(heading, of)[1] == ["13:5 translation-blocks"]


def test_a_block_more_in_the_original_is_missing_alone() -> None:
    of = original(RIVER)
    good = bring_up_to_date(read(SPANISH, of)[0], SPANISH, read(SPANISH, of)[0].stale())
    longer = original(RIVER.replace("::: analysis\n", "::: analysis\nSome say so.\n\n"))

    translation, problems = read(good, longer)

    assert problems == []
    assert [name for name in names(translation.missing()) if "body" in name] == ["body/3"]
    assert translation.stale() == ()
    of_new = digest_of(["Some say so."])
    assert f"""::: analysis

<!-- original {of_new}: Some say so. -->
<!-- of: {of_new} -->

<!-- of: """ in fill_in(translation, good)


@given(DRAFTS)
def test_what_translate_writes_loads_with_every_text_in_its_place(draft: Draft) -> None:
    of = original(written(draft))
    once = skeleton(of)
    empty, problems = read(once, of)

    assert problems == []
    assert set(empty.entries) == {unit.key for unit in of.units if not unit.is_optional}
    assert None not in empty.blocks
    assert fill_in(empty, once) == once

    done, problems = read(filled(once, of), of)
    assert (problems, done.missing(), done.stale()) == ([], (), ())


@given(DRAFTS, DRAFTS)
def test_what_somebody_wrote_outlives_any_change_of_the_original(before: Draft, after: Draft) -> None:
    of = original(written(before))
    text = filled(skeleton(of), of)

    translation, _ = read(text, original(written(after)))
    grown = iter(fill_in(translation, text).split("\n"))

    assert all(line in grown for line in text.split("\n") if "of:" not in line)


@given(DRAFTS, DRAFTS)
def test_texts_that_are_still_good_are_brought_up_to_date_once(before: Draft, after: Draft) -> None:
    old, new = original(written(before)), original(written(after))
    text = filled(skeleton(old), old)
    translation, _ = read(text, new)

    once = bring_up_to_date(translation, text, translation.stale())
    again, _ = read(once, new)

    assert again.stale() == ()
    assert again.missing() == translation.missing()
    assert bring_up_to_date(again, once, again.stale()) == once


@given(DRAFTS, st.data())
def test_a_changed_original_makes_its_own_text_stale_and_no_other(draft: Draft, data: st.DataObject) -> None:
    of = original(written(draft))
    text = filled(skeleton(of), of)
    spots = [(name, at) for name, items in draft.sections.items() for at in range(len(items))]
    spots += [("body", at) for at in range(len(draft.blocks))]
    if not spots:
        return
    section, at = data.draw(st.sampled_from(spots))
    if section == "body":
        mark, words, is_desk = draft.blocks[at]
        draft.blocks[at] = (mark, f"{words} {data.draw(PLAIN)} changed", is_desk)
    else:
        draft.sections[section][at] = (f"{draft.sections[section][at][0]} changed", draft.sections[section][at][1])

    translation, problems = read(text, original(written(draft)))

    assert problems == []
    expected = f"body/{at + 1}" if section == "body" else f"{section}/item-{at}"
    assert names(translation.stale()) == [expected]
    assert translation.missing() == ()
