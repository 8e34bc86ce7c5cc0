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
}
"""By code: meaning, example and what to do."""
