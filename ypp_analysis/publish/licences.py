"""The licence of each file of the project, as ``REUSE.toml`` states it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path, PurePosixPath

URLS = {
    "MIT": "https://spdx.org/licenses/MIT.html",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-3.0": "https://creativecommons.org/licenses/by-sa/3.0/",
    "OFL-1.1": "https://spdx.org/licenses/OFL-1.1.html",
}
"""Where each licence can be read."""


class Licences:
    """What ``REUSE.toml`` says of files.

    Parameters
    ----------
    root : Path
        The folder that it stands in.
    """

    def __init__(self, root: Path) -> None:
        try:
            said = tomllib.loads((root / "REUSE.toml").read_text(encoding="utf-8"))
            stated = [
                (item["path"], item["SPDX-License-Identifier"]) for item in said["annotations"]
            ]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ValueError(
                f"{root / 'REUSE.toml'} states no licences ({error!r:.200}). Write a path and an "
                "SPDX-License-Identifier for each of its annotations, or restore it."
            ) from None
        self._stated: list[tuple[re.Pattern[str], str]] = []
        for paths, licence in stated:
            for path in [paths] if isinstance(paths, str) else paths:
                self._stated.append((_pattern(path), licence))

    def of(self, path: PurePosixPath) -> list[str]:
        """Names of the licences of a file; the last entry that matches it counts.

        Raises
        ------
        ValueError
            If no entry does.
        """
        found = [licence for pattern, licence in self._stated if pattern.fullmatch(str(path))]
        if not found:
            raise ValueError(f"REUSE.toml states no licence for {path}: add it there.")
        return found[-1].split(" AND ")


def _pattern(glob: str) -> re.Pattern[str]:
    """A path of REUSE.toml as a regular expression: ``*`` stays in its folder, ``**`` does not."""
    parts = re.split(r"(\*+)", glob)
    signs = {"*": "[^/]*", "**": ".*"}
    return re.compile("".join(signs.get(part) or re.escape(part) for part in parts))
