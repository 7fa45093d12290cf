"""A pipeline of six steps that every tool runs: ``python steps.py NAME`` takes one of them.

Raw tables into one file, the data of three exhibits out of it, the ledger, and a page of all.
"""

import csv
import html
import json
import sys
from pathlib import Path

RAW = sorted(path.as_posix() for path in Path("raw").glob("*.csv"))
EXHIBITS = {
    "victims": ("label_en", "victims_n"),
    "ecpat_network": ("label_en", "countries_n"),
    "ecpat_growth": ("year", "groups_n"),
}
"""Columns that each exhibit takes from its table."""
DATA = [f"{name}.csv" for name in EXHIBITS]

STEPS = {
    "tables": (RAW, "tables.json"),
    **{name: (["tables.json"], f"{name}.csv") for name in EXHIBITS},
    "ledger": (["tables.json", *DATA], "ledger.csv"),
    "page": ([*DATA, "ledger.csv"], "page.html"),
}
"""What each step reads and makes."""


def read(path):
    """The rows of a table."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows):
    """Write rows as a table."""
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def tables():
    """All raw tables in one file."""
    found = {Path(path).stem: read(path) for path in RAW}
    Path("tables.json").write_text(json.dumps(found, indent=1), encoding="utf-8")


def loaded():
    """The tables as the first step left them."""
    return json.loads(Path("tables.json").read_text(encoding="utf-8"))


def exhibit(name):
    """The columns that an exhibit shows."""
    columns = EXHIBITS[name]
    write(f"{name}.csv", [{column: row[column] for column in columns} for row in loaded()[name]])


def ledger():
    """Each claim with the exhibits that hold its number."""
    shown = {path: {value for row in read(path) for value in row.values()} for path in DATA}
    rows = [
        {
            "claim": claim["claim"],
            "value": claim["value"],
            "shown_in": " ".join(path for path in DATA if claim["value"] in shown[path]),
        }
        for claim in loaded()["claims"]
    ]
    write("ledger.csv", rows)


def page():
    """Every table on one page."""
    parts = []
    for path in (*DATA, "ledger.csv"):
        rows = [[html.escape(value) for value in row.values()] for row in read(path)]
        parts.append("".join(f"<tr><td>{'<td>'.join(row)}\n" for row in rows))
    text = "".join(f"<table>\n{part}</table>\n" for part in parts)
    Path("page.html").write_text(f"<!doctype html>\n<title>Page</title>\n{text}", encoding="utf-8")


def take(name):
    """Take one step."""
    if name in EXHIBITS:
        exhibit(name)
    else:
        {"tables": tables, "ledger": ledger, "page": page}[name]()


if __name__ == "__main__":
    take(sys.argv[1])
