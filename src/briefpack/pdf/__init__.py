"""Step 7: sections of HTML become PDF bytes. The only place that knows WeasyPrint and pikepdf.

    fit.fit_brief(brief, bundle, limits, optional=(), facts=None, *, folio=False) -> Checked[Fitted | None]
    render.render_pdf(sections, styles, facts, *, parts=(), attachments=()) -> Checked[Rendered | None]
    inspect.inspect_pdf(content) -> Inspection

`Fitted.section` is printed as it is in the brief's own PDF; for a dossier render `Fitted.brief` again with
`Fitted.options` and `folio=True`, so that it is set alike.

Files are PDF/A-3a and PDF/UA-1 at once; the same input gives
the same bytes.
"""
