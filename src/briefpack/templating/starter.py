"""What the folder of a new audience begins with: it prints what it extends, and says what can be changed.

starter_files("base") -> {"template.toml": …, "brief.html": …, "style.css": …}
"""

from __future__ import annotations

from collections.abc import Mapping

_SETTINGS = """\
# How pages look for this audience. What is said, and to whom, stands in content/pack.toml.

extends = "{base}"
# paper = "Letter"

# Colours, sizes, widths: the names in templates/base/tokens.css, without --.
# `briefpack templates explain AUDIENCE brief.html` lists them with their values.
[tokens]
# source = "#5a1e6b"
# evidence-width = "44mm"

# Texts of the page, by language: the keys of templates/base/strings/en.toml.
[strings.en]
# points-head = "In brief"
"""

_BRIEF = """\
{{% extends "{base}/brief.html" %}}
{{% import "macros.html" as m %}}
{{#
   This page is that of {base}, with the blocks that you write here instead of its own. A block has a name:

     {{% block points %}} … {{% endblock %}}

   `briefpack templates explain AUDIENCE brief.html` names the blocks and the data that you can print.
   To try it, take the marks of this comment away from the lines below: they replace the block `lead`.

   {{% block lead %}}
   <p class="lead">{{{{ brief.short }}}}: {{{{ brief.points|length }}}} points, each with its evidence.</p>
   {{{{ super() }}}}
   {{% endblock %}}
#}}
"""

_STYLE = """\
/* Style rules of this audience, read after those of the house style. For example:

.masthead { border-top-width: 3pt; }
*/
"""


def starter_files(base: str) -> Mapping[str, str]:
    """Return the files of a bundle that extends `base`, by name; they change nothing yet."""
    return {"template.toml": _SETTINGS.format(base=base), "brief.html": _BRIEF.format(base=base), "style.css": _STYLE}
