"""Write sbom.cdx.json, the software bill of materials, from requirements.lock: ``make sbom``.

CycloneDX 1.6. Like the lock file it has no times, no numbers drawn at random and no addresses;
the hashes of each package stand in the lock file alone.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
SBOM = ROOT / "sbom.cdx.json"
PACKAGE = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>.+?))? \\$")
VIA = re.compile(r"^    # (?:via |  )(?P<name>[\w.-]+)")


def bill(lock: str, project: dict[str, Any]) -> dict[str, Any]:
    """The bill of materials of a lock file as uv writes it, and of the project's own settings."""
    own = _component("application", project["name"], project["version"], "generic")
    own["licenses"] = [{"expression": project["license"]}]
    components: dict[str, dict[str, Any]] = {}
    needs: dict[str, list[str]] = {project["name"]: []}
    for line in lock.splitlines():
        if found := PACKAGE.match(line):
            name = found["name"]
            components[name] = _component("library", name, found["version"])
            needs.setdefault(name, [])
            if found["marker"]:
                marker = {"name": "python:marker", "value": found["marker"]}
                components[name]["properties"] = [marker]
        elif found := VIA.match(line):
            needs.setdefault(found["name"], []).append(name)
    refs = {name: part["bom-ref"] for name, part in {project["name"]: own, **components}.items()}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own},
        "components": list(components.values()),
        "dependencies": [
            {"ref": refs[name], "dependsOn": sorted(refs[other] for other in others)}
            for name, others in needs.items()
        ],
    }


def _component(kind: str, name: str, version: str, origin: str = "pypi") -> dict[str, Any]:
    purl = f"pkg:{origin}/{name}@{version}"
    return {"type": kind, "bom-ref": purl, "name": name, "version": version, "purl": purl}


def written() -> str:
    """The file as it should stand in the project."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found = bill(LOCK.read_text(encoding="utf-8"), settings["project"])
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SBOM.write_text(written(), encoding="utf-8", newline="\n")
