"""Step 7: sections of HTML become PDF bytes. The only place that knows WeasyPrint and pikepdf.

    fit.fit_page(setter, styles, limits, optional, facts, *, folio=False) -> Checked[Fitted | None]
    render.render_pdf(sections, styles, facts, *, parts=(), attachments=()) -> Checked[Rendered | None]
    inspect.inspect_pdf(content) -> Inspection

`fit_page` knows nothing of templates: whoever prints the brief in a setting is handed in. For a dossier the brief is
printed again with `Fitted.options` and `folio=True`, so that it is set alike.

Files are PDF/A-3a and PDF/UA-1 at once; the same input gives the same bytes.
"""
