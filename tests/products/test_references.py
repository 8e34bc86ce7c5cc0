"""A bibliography stands in the order of its readers' alphabet."""

from tests.templating.samples import reference

from briefpack.products.references import alphabetical


def test_a_bibliography_is_sorted_by_author_else_publisher_else_title() -> None:
    entries = [
        reference(source="c", author="", publisher="", title="Ámbito rural"),
        reference(source="b", author="", publisher="Corte de Cuentas", title="Z"),
        reference(source="a", author="Zúniga, Ana", publisher="Alcaldía", title="A"),
    ]
    assert [entry.source for entry in alphabetical(entries, "es")] == ["c", "b", "a"]


def test_works_of_one_author_stand_by_title_and_equal_ones_by_their_id() -> None:
    entries = [reference(source=source, title=title) for source, title in (("b", "10 años"), ("a", "9 años"))]
    assert [entry.source for entry in alphabetical(entries, "es")] == ["a", "b"]
    twins = [reference(source="b", title="Uno"), reference(source="a", title="Uno")]
    assert [entry.source for entry in alphabetical(twins, "es")] == ["a", "b"]


def test_the_same_names_stand_otherwise_for_readers_of_another_language() -> None:
    entries = [reference(source=name, author=name) for name in ("Ñuble", "Nuyu", "Nube")]
    assert [entry.source for entry in alphabetical(entries, "es-SV")] == ["Nube", "Nuyu", "Ñuble"]
    assert [entry.source for entry in alphabetical(entries, "en")] == ["Nube", "Ñuble", "Nuyu"]
