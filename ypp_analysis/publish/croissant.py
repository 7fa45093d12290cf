"""The raw tables in Croissant, as JSON-LD that loaders of data sets read.

References
----------
.. [1] MLCommons (2024). Croissant Format Specification, version 1.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NAME = "croissant.json"
TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "date": "sc:Date",
}
"""What Croissant calls the types of the register."""
KEYS = (
    "citeAs column conformsTo:dct equivalentProperty extract field fileProperty fileObject "
    "fileSet format includes isLiveDataset jsonPath key md5 parentField path recordSet references "
    "regex repeated replace samplingRate separator source subField transform"
)
"""Terms of the format; those of another vocabulary name it."""
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{
        name: f"{vocabulary or 'cr'}:{name}"
        for name, _, vocabulary in (term.partition(":") for term in KEYS.split())
    },
}


def croissant(package: Mapping[str, Any], year: int, study: str) -> dict[str, Any]:
    """Describe the CSV tables of a data package.

    Parameters
    ----------
    package : mapping
        ``datapackage.json``.
    year : int
        Of publication.
    study : str
        Title of the study that the tables are transcribed from.

    Returns
    -------
    dict
        JSON-LD: a file object and a record set for each table.
    """
    resources = [item for item in package["resources"] if item["format"] == "csv"]
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": package["name"],
        "description": package["description"],
        "version": package["version"],
        "datePublished": str(year),
        "citeAs": f"{study}. Transcribed in: YPP Analysis contributors ({year}). "
        f"YPP Analysis {package['version']}.",
        "license": [licence["path"] for licence in package["licenses"]],
        "distribution": [_file(item) for item in resources],
        "recordSet": [_records(item) for item in resources],
    }


def _file(resource: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": resource["path"],
        "name": resource["path"],
        "description": resource["title"],
        "contentUrl": f"data/raw/{resource['path']}",
        "encodingFormat": resource["mediatype"],
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _records(resource: Mapping[str, Any]) -> dict[str, Any]:
    name, keys = resource["name"], resource["schema"]["primaryKey"]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": resource["description"],
        "key": [{"@id": f"{name}/{key}"} for key in ([keys] if isinstance(keys, str) else keys)],
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{field['name']}",
                "name": field["name"],
                "description": field["description"],
                "dataType": TYPES[field["type"]],
                "source": {
                    "fileObject": {"@id": resource["path"]},
                    "extract": {"column": field["name"]},
                },
            }
            for field in resource["schema"]["fields"]
        ],
    }
