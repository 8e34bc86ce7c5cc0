"""Step 6: products become sections of HTML. The only place that knows Jinja, Babel and Markdown's inline marks.

    bundle.load_bundle(world, name, shipped=None) -> Checked[Bundle | None]
    styles.styles_of(bundle) -> Styles
    sections.render_section(section, bundle, *, options=None) -> Checked[SectionHtml | None]
    fitting.BriefSetter(brief, bundle, limits)         the brief in any setting that the fit may try

A `Bundle` is plain data read through two `World`s, so what it depends on is recorded. `render_section` prints a section
with the template named after its kind; every element id comes from the data's anchors, so that fragments of one bundle
can stand together in one document. `products.pages.RenderOptions` carries what the fit of a brief decided.
"""
