"""The templates of this package, which escape what they are given."""

from __future__ import annotations

from functools import cache

import jinja2


@cache
def template(name: str) -> jinja2.Template:
    """A file of ``templates/``; a name it asks for and does not get is an error."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("ypp_analysis.publish"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name)
