"""Step 7: sections of HTML become PDF bytes. The only place that knows WeasyPrint and pikepdf.

    fit.fit_page(setter, styles, limits, optional, *, folio=False)     how a brief fits its page
    setting.set_section(section, styles) -> Checked[Piece | None]      a section, typeset alone: in a layout child
    setting.set_furniture(run, styles) -> Checked[Piece | None]        running heads and page numbers
    faces.cut_face(program, glyphs) -> bytes                           a font, cut once for a whole file
    linking.link(binding) -> Checked[Linked | None]                    pieces to the bytes of a file: plain Python
    verification.verify_linked(content, binding) -> list[str]          the file, read back with another library
    inspect.inspect_pdf(content) -> Inspection

A `Piece` is plain data that knows nothing of the file it will stand in. Files are PDF/A-3a and PDF/UA-1 at once; the
same input gives the same bytes.
"""
