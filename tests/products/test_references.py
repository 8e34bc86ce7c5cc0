"""A bibliography stands in the order of its readers' alphabet."""

from tests.templating.samples import reference

from briefpack.products.references import alphabetical


def test_a_bibliography_is_sorted_by_the_short_name_that_leads_each_entry() -> None:
    entries = [
        reference(source="c", short="Ámbito rural", author="Zúniga, Ana"),
        reference(source="b", short="Corte"),
        reference(source="a", short="Zona norte", author="Alcaldía"),
    ]
    assert [entry.source for entry in alphabetical(entries, "es")] == ["c", "b", "a"]


def test_numbers_stand_by_their_value_and_equal_names_by_their_id() -> None:
    entries = [reference(source=source, short=short) for source, short in (("b", "10 años"), ("a", "9 años"))]
    assert [entry.source for entry in alphabetical(entries, "es")] == ["a", "b"]
    twins = [reference(source="b", short="Uno"), reference(source="a", short="Uno")]
    assert [entry.source for entry in alphabetical(twins, "es")] == ["a", "b"]


def test_the_same_names_stand_otherwise_for_readers_of_another_language() -> None:
    entries = [reference(source=name, short=name) for name in ("Ñuble", "Nuyu", "Nube")]
    assert [entry.source for entry in alphabetical(entries, "es-SV")] == ["Nube", "Nuyu", "Ñuble"]
    assert [entry.source for entry in alphabetical(entries, "en")] == ["Nube", "Ñuble", "Nuyu"]
