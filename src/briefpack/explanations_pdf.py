"""What the codes of typography and of finished files mean, for `explanations`."""

from __future__ import annotations

from collections.abc import Mapping

from briefpack.diagnostics import Code

OF_PAGES: Mapping[Code, tuple[str, str, str]] = {
    # Typography
    Code.PAGE_UNDERFULL: (
        "A page that is not the last of its section ends high: its last line stands in the upper 70 % of the area "
        "between the margins. Something that may not break was moved to the next page as a whole.",
        "page 7 of 14 of the record “Training” is only 21% full",
        "Let what follows break over the page end (`break-inside: auto`), or put something short before it.",
    ),
    Code.LINE_SINGLE: (
        "One line of a paragraph stands alone at the foot of a page or at the head of the next. A reader takes it for "
        "something that is complete, or loses the thread.",
        "the last line of a paragraph stands alone at the head of page 3 of 5",
        "Set `orphans: 2` and `widows: 2` on the paragraph; the base styles do so for every `p`.",
    ),
    Code.HEADING_LOW: (
        "A heading stands in the last two lines of a page, parted from what it announces.",
        "the heading “Dates” stands at the foot of page 2 of 4, as its last line",
        "Set `break-after: avoid` on the heading, and take care that what follows it can break: what cannot takes the "
        "next page and leaves the heading behind.",
    ),
    Code.HEADING_SHORT_END: (
        "The last line of a heading over several lines is one short word. That looks like an accident, and in large "
        "type it is seen from afar. Nothing is lost by it, so this is a notice.",
        "the last line of the heading “Five statements, …” is one short word",
        "Put no-break spaces before the last words, or word the heading a little longer or shorter.",
    ),
    Code.MEASURE_WIDE: (
        "Running text has more than 90 characters a line, so the eye loses its way to the next one. The usual line "
        "of each paragraph of two lines or more is counted; tables, headings and labels are not.",
        "124 characters a line in p.desk-text on page 2 of 3",
        "Give the paragraph a narrower column in the audience's style sheet, or larger type.",
    ),
    Code.MEASURE_NARROW: (
        "Running text has fewer than 35 characters even in its longest line, so reading stumbles. Notes "
        "beside what rests on them (`proof`, `note`, `margin`) are narrow by design: they are measured from 24.",
        "22 characters a line in p.back on page 3 of 4",
        "Give the paragraph a wider column in the audience's style sheet, or smaller type.",
    ),
    Code.OUTSIDE_PAGE: (
        "A line or a picture runs into the margin, or off the paper, where printers cut. Mostly a word that cannot "
        "break, or a width in the style sheet that does not fit the paper.",
        "“example.org/a/very/long/address” stands 12.4 mm in the margin of page 1",
        "Let it wrap (`overflow-wrap: anywhere`), or give it less width.",
    ),
    Code.SPACE_BREAKING: (
        "An ordinary space stands between a number and its unit, or between a sign such as ¶ and its number. Lines may "
        "end there today or after the next change, and part what is read as one. Quotations are left as they are.",
        "a line may end between number and unit in “60 %”",
        "Write a no-break space (U+00A0) there: in the content, or in the template's text.",
    ),
    Code.QUOTATION_MARKS: (
        "Words of our own have straight quotation marks or apostrophes, or marks that belong to another language than "
        "the page's. Quotations and originals are printed as they stand and not looked at.",
        'quotation marks that are straight or of another language in “the "success"”',
        "Write the marks of the language: “ ” in English, « » and “ ” in Spanish, ’ as the apostrophe.",
    ),
    # Finished files
    Code.PDF_UNREADABLE: (
        "The file is no PDF, is damaged, or can be opened with a password only. Or it takes more time or memory "
        "than a PDF of its size may need, as files do that were made to harm. Nothing more is known of it.",
        "the file cannot be read: it is encrypted",
        "Open it in another program and save it again, without a password.",
    ),
    Code.PDF_UNTAGGED: (
        "The file has no tag tree, or does not say that it is tagged. Screen readers have to guess what is a heading, "
        "a table or a link, and in which order things are read. Most other checks need the tags.",
        "the file is not tagged",
        "Export it again as a tagged PDF: in LibreOffice “Universal Accessibility”, in Word “Document structure "
        "tags for accessibility”.",
    ),
    Code.PDF_TITLE_MISSING: (
        "The file has no title, or does not ask for it to be shown, so windows and readers announce the name of "
        "the file instead.",
        "the file has a title but does not ask for it to be shown",
        "Give the document a title in its properties, and choose to show it (`DisplayDocTitle`).",
    ),
    Code.PDF_LANGUAGE_INVALID: (
        "The file, or an element of it, does not say its language, or says it in a way that no program knows. It is "
        "then read aloud with the sounds of another. Whether text really is in the language it is tagged with cannot "
        "be found out here.",
        "the file does not say its language",
        "Set the language of the document, and of passages in another one, as a tag such as `es-SV`.",
    ),
    Code.PDF_STANDARD_UNDECLARED: (
        "The file does not say that it follows PDF/UA (accessibility) or PDF/A (archiving). That says nothing about "
        "the file itself, but who has to publish accessible documents is asked for it.",
        "the file does not say that it follows PDF/UA",
        "Export it with these standards switched on, and have it validated; do not write the mark alone.",
    ),
    Code.PDF_PROFILE_FAILED: (
        "A validator says that the file breaks a rule of PDF/UA-1 or PDF/A-3a. The rule is named by its clause in the "
        "standard. Only `briefpack inspect --profile` asks the validator.",
        "ua1: 7.1: content is neither tagged nor an artifact",
        "Look the clause up; where the file was made by briefpack, please report it.",
    ),
    Code.PDF_ROLE_UNKNOWN: (
        "An element of the tag tree has a type that no standard knows and that the file does not map to one, so screen "
        "readers cannot say what it is.",
        "an element “Absatz” on page 2 is mapped to no standard type",
        "Export the file again with another program, or map the type in the file's role map.",
    ),
    Code.PDF_ELEMENT_EMPTY: (
        "An element of the tag tree holds nothing. Screen readers announce empty paragraphs, lists and links; readers "
        "wonder what they miss. Empty table cells are no problem.",
        "14 elements hold nothing, first a P on page 2",
        "Remove empty paragraphs from the document: make space with spacing, not with blank lines.",
    ),
    Code.PDF_ELEMENT_ORPHAN: (
        "An element of the tag tree names another element above it than the one that holds it, or is held by two. "
        "Programs that go upwards and programs that go downwards then see different documents.",
        "an element Link on page 2 names another element above it than holds it",
        "Make the file again; where briefpack made it, please report it.",
    ),
    Code.PDF_PARENT_TREE_WRONG: (
        "The way back from content to its element (the parent tree) leads nowhere, or to another element than the one "
        "that holds the content. Screen readers use it to say what stands under the cursor.",
        "content of page 3 leads back to another element than holds it",
        "Make the file again; files joined of several by simple tools often have this.",
    ),
    Code.PDF_HEADING_SKIPPED: (
        "The first heading is not of the first level, or a level is left out on the way down. Who jumps from one "
        "to the next believes to have missed something.",
        "a heading H3 follows H1 on page 2: “Dates”",
        "Choose heading levels by place in the document, not by look; in a template, mend `h1` to `h6`.",
    ),
    Code.PDF_ALTERNATIVE_MISSING: (
        "A picture has no text alternative, so that who cannot see it is told nothing. A picture that says nothing "
        "belongs into an artifact or into the background.",
        "a figure on page 3 has no text alternative",
        "Say in words what the picture shows: `alt` of an image, `<title>` of a drawing.",
    ),
    Code.PDF_ALTERNATIVE_VAGUE: (
        "The text alternative of a picture says nothing about it: it is a file's name, or a word such as “image”, "
        "“figure” or “gráfico”.",
        "a figure on page 3 has the text alternative “chart1.png”",
        "Say in words what the picture shows: for a chart, what is compared and what comes out.",
    ),
    Code.PDF_TABLE_HEADLESS: (
        "A table has no header cell. In the middle of it, a screen reader can say a number but not of what.",
        "a table on page 4 has no header cells: “2018 21,000 …”",
        "Mark the cells that name rows and columns as headers (`<th scope>`). If it is no table but a way to place "
        "things, do not use one.",
    ),
    Code.PDF_TABLE_IRREGULAR: (
        "The rows of a table have different numbers of columns, so cells are read under the heads of others.",
        "a table on page 4 has rows of 3 and of 4 columns: “Measure …”",
        "Give each row all its cells, empty ones too, and say how many columns and rows a wide cell takes.",
    ),
    Code.PDF_SCOPE_MISSING: (
        "A header cell does not say whether it names its row or its column, and no cell names it by an identifier. "
        "Programs guess, and guess wrong in all but the simplest tables.",
        "12 header cells have no scope, first “Measure” on page 4",
        "Write `scope=col` or `scope=row`; in other programs, set the scope in the properties of the table.",
    ),
    Code.PDF_LINK_UNTAGGED: (
        "A link stands on the page but not in the tag tree, or the element of a link holds no link. It can be clicked, "
        "but neither be found nor followed by keyboard and screen reader.",
        "a link to example.org on page 2 stands in no element",
        "Export it again as a tagged PDF with links; where briefpack made it, please report it.",
    ),
    Code.PDF_LINK_SILENT: (
        "A link has no words: neither its own description (`Contents`) nor text in its element. A screen reader can "
        "say that there is a link, and not where to.",
        "a link to example.org on page 2 says nothing",
        "Put words into the link.",
    ),
    Code.PDF_LINK_VAGUE: (
        "The words of a link do not say where it leads: “here”, “aquí”, “click here”, or an address other than the one "
        "printed. Who goes from link to link hears nothing else.",
        "a link on page 2 says “here”",
        "Let the words name what the link leads to.",
    ),
    Code.PDF_DESTINATION_MISSING: (
        "A link or a line of the outline leads to a place that the file does not have. Clicking it does nothing.",
        "a link on page 2 leads to “annex-4”, which is not there",
        "Correct the target; after pages were taken out of a file, remove what led to them.",
    ),
    Code.PDF_CONTENTS_UNTAGGED: (
        "A page is a list of links to places inside the file with page numbers, but is not tagged as contents "
        "(`TOC`, `TOCI`), so screen readers cannot announce or skip it.",
        "page 2 is a list of 14 links with numbers and not tagged as contents",
        "In a template, write `role=doc-toc` on the list and `role=doc-tocitem` on its entries.",
    ),
    Code.PDF_CONTENT_UNTAGGED: (
        "Something is drawn that is neither in the tag tree nor marked as an artifact. It is on the page, but who "
        "listens does not hear it; nobody can say whether that is meant.",
        "content of page 3 is neither tagged nor an artifact: “Total 1,058”",
        "Tag what is to be read, and mark the rest as an artifact.",
    ),
    Code.PDF_MARGIN_TAGGED: (
        "Something stands at the same place on most pages, such as a running head or a page number, and is tagged as "
        "text. Who listens hears it in the middle of a sentence, page after page.",
        "“Annual report” stands at the same place of 24 of 26 pages and is tagged",
        "Make it a header or footer of the document, which programs export as artifacts.",
    ),
    Code.PDF_ORDER_DIFFERS: (
        "The order in which a page is drawn differs much from the order of its tags. Screen readers follow the tags; "
        "programs that copy, search or reflow text often follow the page.",
        "41 of 60 pieces of page 3 are drawn in another order than they are read",
        "Let the document's order be that in which it is read; do not place text by hand.",
    ),
    Code.PDF_TEXT_INVISIBLE: (
        "Text is drawn white on nothing, in no size, beside the page, or in a way that paints nothing. It is read "
        "aloud, copied and searched, yet nobody sees it: often something that was to be hidden and was not removed.",
        "page 3 has text that nobody sees: “internal draft”",
        "Remove it. Under a scanned page such text is meant, and this can be passed over.",
    ),
    Code.PDF_FONT_CLASH: (
        "Two different font programs have one name. Viewers and printers that keep fonts by name draw the glyphs of "
        "one with the other, and text turns into garbage on some machines only.",
        "two font programs are called ABCDEF+SourceSerif4",
        "Make the file again with another program; files joined of several by simple tools often have this.",
    ),
    Code.PDF_FONT_MISSING: (
        "A font is not embedded, so every machine draws the text with what it has, if it has the characters at all. "
        "The page looks otherwise than it was made, and an archive cannot keep it.",
        "the font Arial is not embedded",
        "Export the file again with all fonts embedded.",
    ),
    Code.PDF_FONT_UNMAPPED: (
        "A font does not say which characters its glyphs stand for. The text looks right, but it cannot be read aloud, "
        "searched or copied.",
        "the font ABCDEF+Symbols does not say what its glyphs mean",
        "Export the file again with another program, or use another font.",
    ),
}
"""By code: meaning, example and what to do."""
