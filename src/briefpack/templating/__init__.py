"""Step 6: products become sections of HTML. The only place that knows Jinja, Babel and Markdown's inline marks.

    load_bundle(world, name, shipped=None) -> Checked[Bundle | None]              bundle.py
    styles_of(bundle) -> Styles                                                   styles.py
    render_section(section, bundle, *, options=None) -> Checked[SectionHtml | None]   sections.py
    leave_out(brief, block) -> Brief | None                                       blocks.py

A `Bundle` is plain data read through two `World`s, so what it depends on is recorded. `render_section` prints one section
with the template named after its kind; every element id comes from the data's anchors, so fragments of one bundle can stand
together in one document. `RenderOptions` carries what the fit of a brief decided.
"""
