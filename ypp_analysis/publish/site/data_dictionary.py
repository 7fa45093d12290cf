"""The raw tables as the data page tells of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ypp_analysis.wording import dictionary


def described(resource: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Title, description and columns of a raw table in a language.

    Parameters
    ----------
    resource : mapping
        The table as the data package has it, in English.
    lang : str

    Returns
    -------
    dict
        `columns` (name, type, unit, description, values, is_key), `names_sources` (whether each
        row names its own source) and, where the language is another, `title` and `description`.
    """
    fields = resource["schema"]["fields"]
    key = resource["schema"]["primaryKey"]
    columns = [
        {"unit": "", **field, "is_key": field["name"] in key, "values": _values(field)}
        for field in fields
    ]
    said = {"columns": columns, "names_sources": any(f["name"] == "source" for f in fields)}
    if lang == "en":
        return said
    known = dictionary()
    for column in columns:
        column["description"] = known["fields"][column["description"]]
        column["type"] = known["types"][column["type"]]
        column["unit"] = known["units"].get(column["unit"], "")
    return {**known["tables"][resource["name"]], **said}


def _values(field: Mapping[str, Any]) -> list[str]:
    """The codes that a column may hold; none where they are not listed."""
    return [str(value) for value in field.get("constraints", {}).get("enum", [])]
