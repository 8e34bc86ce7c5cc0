"""Step 7: sections of HTML become PDF bytes. The only place that knows WeasyPrint and pikepdf.

    fit_brief(brief, bundle, limits, optional=(), facts=None, *, folio=False) -> Checked[Fitted | None]     fit.py
    render_pdf(sections, styles, facts, *, parts=(), attachments=()) -> Checked[Rendered | None]            render.py
    inspect_pdf(content) -> Inspection                                                                      inspect.py

`Fitted.section` is printed as it is in the brief's own PDF; for a dossier call `fit_brief` with `folio=True` or render the
section again with `Fitted.options`, so that it is set alike. Files are PDF/A-3a and PDF/UA-1 at once; the same input gives
the same bytes.
"""
