"""Broken inputs, a row each: its name, what is broken, the command, words its message must have.

A row is made in an empty folder that holds the study's raw tables as ``tables``; the command
runs there. Nothing here is stored: a broken file is made when it is needed.
"""

import csv
import io
import json
import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

CHECK, AUDIT = "ypp check-data tables", "ypp audit --data tables"
CITE, INSPECT = "ypp cite reach --study given", "ypp inspect given"
COVERAGE = "ypp coverage --text given"
DEEP = 100_000
"""Brackets within each other: far more than Python's own stack holds."""


class Bad(NamedTuple):
    """A broken input."""

    name: str
    spoil: Callable[[Path], object]
    command: str
    says: tuple[str, ...]


def nothing(folder):
    """The mistake is in the command itself."""


def given(content):
    """A file called ``given``; a large one is made when it is needed."""

    def spoil(folder):
        made = content() if callable(content) else content
        (folder / "given").write_bytes(made if isinstance(made, bytes) else made.encode())

    return spoil


def entry(**changes):
    """A record of the study that would be in order but for these changes."""
    return given(json.dumps({"type": "article-journal", "title": "A title", **changes}))


def raw(file, change):
    """A table whose bytes are changed."""

    def spoil(folder):
        path = folder / "tables" / file
        path.write_bytes(change(path.read_bytes()))

    return spoil


def swap(file, old, new):
    """A table in which the first such text is another."""

    def change(content):
        assert old.encode() in content, old
        return content.replace(old.encode(), new.encode(), 1)

    return raw(file, change)


def cell(file, row, column, text):
    """A table in which one cell of the row whose key this is has another text."""

    def change(content):
        header, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
        next(found for found in rows if found[0] == row)[header.index(column)] = text
        written = io.StringIO(newline="")
        csv.writer(written, lineterminator="\n").writerows([header, *rows])
        return written.getvalue().encode("utf-8", "surrogatepass")

    return raw(f"{file}.csv", change)


def source(**changes):
    """The study's own entry among the sources, changed."""

    def change(content):
        entries = json.loads(content)
        next(found for found in entries if found["id"] == "study").update(changes)
        return json.dumps(entries).encode()

    return raw("sources.json", change)


def register(change):
    """A register that the folder brings, changed."""

    def edit(content):
        package = json.loads(content)
        return json.dumps(change(package) or package).encode()

    return raw("datapackage.json", edit)


def resource(**changes):
    """The entry of the table of victims in the folder's register, changed."""
    return register(
        lambda package: next(r for r in package["resources"] if r["name"] == "victims").update(
            changes
        )
    )


def instead(name, make):
    """Something else in the place of a file."""

    def spoil(folder):
        (folder / name).unlink(missing_ok=True)
        make(folder / name)

    return spoil


def loop(path):
    path.symlink_to(path.name)


def outside(path):
    """A link out of the folder of tables, to a sound table."""
    elsewhere = path.parents[1] / "outside.csv"
    elsewhere.write_bytes(b"page,first_line\n1,1\n")
    path.symlink_to(elsewhere)


def sparse(path):
    """Ten gigabytes that take no room."""
    with path.open("wb") as file:
        file.truncate(10 * 2**30)


def png(*chunks):
    """A PNG of one pixel with more chunks before its picture."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    size = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    picture = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + size + b"".join(chunk(*c) for c in chunks) + picture


def pdf(*objects, trailer="/Root 1 0 R"):
    """A PDF of these objects."""
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, rows)
    end = b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF"
    return content + table + end % (count, trailer.encode(), len(content))


def swelling(kind, head):
    """A compressed text of a hundred megabytes in a PNG."""
    return png((kind, head + zlib.compress(b"a" * 100_000_000)))


def swelling_pdf():
    """A PDF whose table of contents takes a gigabyte."""
    packed = zlib.compress(bytes(10**9), level=1)
    about = b"/Type /XRef /Size 3 /W [1 2 2] /Root 2 0 R /Filter /FlateDecode /Length %d"
    start = b"%%PDF-1.7\n1 0 obj\n<< %s >>\nstream\n" % (about % len(packed))
    return start + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF"


PAGE = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    b"<< /Type /Page /Parent 2 0 R >>",
)


LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))

TABLES = [
    Bad("utf-16", raw("claims.csv", lambda b: b.decode().encode("utf-16")), CHECK,
        ("claims.csv, line 1", "UTF-16")),
    Bad("utf-16-without-mark", raw("pages.csv", lambda b: b.decode().encode("utf-16-le")), CHECK,
        ("pages.csv, line 1", "a file is UTF-8")),
    Bad("utf-32", raw("pages.csv", lambda b: b.decode().encode("utf-32-be")), CHECK,
        ("pages.csv, line 1", "a file is UTF-8")),
    Bad("latin-1", raw("victims.csv", lambda b: b.replace(b"Children", b"Childr\xe9n")), CHECK,
        ("victims.csv, line 2", "label_en", "save it as UTF-8")),
    Bad("windows-1252-quotes", raw("victims.csv", lambda b: b.replace(b"Anak", b"\x93Anak\x94")),
        CHECK, ("victims.csv, line 2", "label_id", "save it as UTF-8")),
    Bad("byte-order-mark", raw("pages.csv", lambda b: b"\xef\xbb\xbf" + b), AUDIT,
        ("pages.csv, line 1", "UTF-8 without BOM")),
    Bad("overlong-utf-8", raw("victims.csv", lambda b: b.replace(b"Anak", b"\xc0\xaf")), CHECK,
        ("victims.csv, line 2", "a file is UTF-8")),
    Bad("surrogate-bytes", cell("victims", "children", "label_en", "\ud800"), CHECK,
        ("victims.csv, line 2", "a file is UTF-8")),
    Bad("nul", cell("victims", "children", "label_en", "Chil\0dren"), CHECK,
        ("victims.csv, line 2", "label_en", r"'Chil\x00dren'", "control", "Remove")),
    Bad("escape-sequence", cell("victims", "children", "label_en", "\x1b]0;own\x07"), CHECK,
        ("victims.csv, line 2", r"\x1b]0;own", "control", "Remove")),
    Bad("c1-control", cell("victims", "children", "label_en", "Chil\x9bdren"), CHECK,
        ("victims.csv, line 2", r"\x9b", "control")),
    Bad("text-turned-round", cell("victims", "children", "label_en", "\u202enerdlihC"), CHECK,
        ("victims.csv, line 2", r"\u202e", "direction", "Remove")),
    Bad("isolate-without-end", cell("victims", "adults", "label_id", "Orang \u2067dewasa"), CHECK,
        ("victims.csv, line 3", r"\u2067", "direction")),
    Bad("line-separator", cell("victims", "adults", "label_id", "Orang\u2028dewasa"), CHECK,
        ("victims.csv, line 3", r"\u2028", "control")),
    Bad("semicolons", raw("pages.csv", lambda b: b.replace(b",", b";")), CHECK,
        ("pages.csv, line 1", "commas, not by ';'")),
    Bad("tabs", raw("pages.csv", lambda b: b.replace(b",", b"\t")), CHECK,
        ("pages.csv, line 1", r"not by '\t'")),
    Bad("pipes", raw("pages.csv", lambda b: b.replace(b",", b"|")), AUDIT,
        ("pages.csv, line 1", "not by '|'")),
    Bad("blanks-for-commas", raw("pages.csv", lambda b: b.replace(b",", b" ")), CHECK,
        ("pages.csv, line 1", "'page first_line'", "the columns are page, first_line")),
    Bad("quote-without-end", swap("victims.csv", "Children", '"Children'), CHECK,
        ("victims.csv, line 2", "quotes are paired", "Close them")),
    Bad("text-after-a-quote", swap("victims.csv", "Children", '"Chil"dren'), CHECK,
        ("victims.csv, line 2", "quotes are paired")),
    Bad("lines-of-blanks", swap("pages.csv", "\n2,", "\n   \n2,"), CHECK,
        ("pages.csv, line 3", "a row has 2 cells")),
    Bad("a-header-alone", raw("pages.csv", lambda b: b"page,first_line\n"), CHECK,
        ("pages.csv, line 1", "at least one row")),
    Bad("blanks-alone", raw("pages.csv", lambda b: b" \n\n\t"), CHECK,
        ("pages.csv, line 1", "Fill in")),
    Bad("a-workbook-called-csv", raw("pages.csv", lambda b: b"PK\x03\x04\0\0" + bytes(200)), CHECK,
        ("pages.csv, line 1", "a file is UTF-8")),
    Bad("a-page-called-csv", raw("pages.csv", lambda b: b"<!DOCTYPE html><p>404"), CHECK,
        ("pages.csv, line 1", "the table has this column")),
    Bad("a-pickle-called-csv", raw("pages.csv", lambda b: b"cos\nsystem\n(S'touch pwned'\ntR."),
        CHECK, ("pages.csv, line 1", "the table has this column")),
    Bad("yaml-called-json", raw("sources.json", lambda b: b"!!python/object/apply:os.system [id]"),
        CHECK, ("sources.json, line 1", "the file is JSON")),
    Bad("conflict-marks", swap("pages.csv", "\n2,", "\n<<<<<<< HEAD\n2,"), CHECK,
        ("pages.csv, line 3", "<<<<<<< HEAD", "a row has 2 cells")),
    Bad("a-huge-cell", cell("victims", "children", "label_en", "x" * 20_000), CHECK,
        ("victims.csv, line 2", "10000 characters", "Shorten")),
    Bad("a-cell-past-the-reader", cell("victims", "children", "label_en", "x" * 2_000_000), CHECK,
        ("victims.csv, line 2", "10000 characters", "Shorten")),
    Bad("a-thousand-columns", raw("pages.csv", lambda b: b.replace(b"\n", b",x" * 1000 + b"\n")),
        CHECK, ("pages.csv, line 1", "a column stands once")),
    Bad("five-thousand-digits", cell("victims", "children", "victims_n", "9" * 5000), CHECK,
        ("victims.csv, line 2", "victims_n", "must be a whole number")),
    Bad("twenty-digits", cell("victims", "children", "victims_n", "9" * 20), AUDIT,
        ("victims.csv, line 2", "must be a whole number")),
    Bad("a-number-past-all-measure", cell("petition", "markets", "duration_h", "1e999"), CHECK,
        ("petition.csv, line 2", "duration_h", "must be a number")),
    Bad("infinity", cell("petition", "markets", "duration_h", "Infinity"), CHECK,
        ("petition.csv, line 2", "must be a number")),
    Bad("not-a-number", cell("petition", "markets", "duration_h", "nan"), CHECK,
        ("petition.csv, line 2", "must be a number")),
    Bad("hexadecimal", cell("victims", "children", "victims_n", "0x42"), CHECK,
        ("victims.csv, line 2", "must be a whole number")),
    Bad("digits-of-another-script", cell("victims", "children", "victims_n", "\u0666\u0666"), CHECK,
        ("victims.csv, line 2", "must be a whole number")),
    Bad("a-minus-sign-of-print", cell("victims", "children", "victims_n", "−66"), CHECK,
        ("victims.csv, line 2", "must be a whole number")),
    Bad("a-boolean", cell("victims", "children", "victims_n", "true"), CHECK,
        ("victims.csv, line 2", "must be a whole number")),
    Bad("no-such-page", cell("victims", "children", "page", "14"), CHECK,
        ("victims.csv, line 2", "at most 13")),
    Bad("a-base-of-nobody", cell("victims", "children", "base_n", "0"), AUDIT,
        ("victims.csv, line 2", "at least 1")),
    Bad("no-leap-day", cell("petition", "water-festival", "date_start", "2010-02-29"), CHECK,
        ("petition.csv, line 3", "a date of the calendar")),
    Bad("the-year-zero", cell("petition", "water-festival", "date_start", "0000-01-01"), CHECK,
        ("petition.csv, line 3", "a date of the calendar")),
    Bad("a-date-with-a-time", cell("petition", "water-festival", "date_start", "2010-11-20T09:00"),
        CHECK, ("petition.csv, line 3", "a date of the calendar")),
    Bad("a-source-of-another-folder", cell("victims", "children", "source", "../study"), CHECK,
        ("victims.csv, line 2", "a known id of sources.json")),
    Bad("a-key-twice", cell("victims", "adults", "age_group", "children"), AUDIT,
        ("victims.csv, line 3", "a key stands once")),
    Bad("a-formula", cell("victims", "children", "label_en", "=cmd|'/C calc'!A0"), CHECK,
        ("victims.csv, line 2", "runs as a formula")),
    Bad("a-formula-after-a-tab", cell("victims", "children", "label_en", "\t=1+1"), CHECK,
        ("victims.csv, line 2", "formula")),
    Bad("a-formula-of-full-width", cell("victims", "children", "label_en", "\uff1d1+1"), CHECK,
        ("victims.csv, line 2", "runs as a formula")),
    Bad("a-number-of-no-claim", cell("study_numbers", "293", "reason", ""), CHECK,
        ("study_numbers.csv, line 294, column 'claim, reason'", "received nothing",
         "one of the two must be filled", "Name the claim")),
    Bad("a-number-of-a-claim-left-out", cell("study_numbers", "1", "claim", ""), AUDIT,
        ("study_numbers.csv, line 2, column 'claim, reason'", "Name the claim")),
    Bad("a-number-of-a-claim-and-of-none", cell("study_numbers", "1", "reason", "list-number"),
        CHECK, ("study_numbers.csv, line 2", "'study-period, list-number'", "one only")),
    Bad("a-claim-without-a-section", cell("claims", "study-period", "section", ""), CHECK,
        ("claims.csv, line 2, column 'section'", "a row that is from the study", "Fill in")),
    Bad("a-row-of-the-study-without-a-page", cell("outcomes", "micro-grant", "page", ""), CHECK,
        ("outcomes.csv, line 6, column 'page'", "a row that is from the study", "Fill in")),
    Bad("a-collection-without-an-end", cell("petition", "concert", "date_end", ""), CHECK,
        ("petition.csv, line 7, column 'date_end'", "where date_start is filled", "both")),
    Bad("an-activity-without-a-start", cell("activities", "parade", "date_start", ""),
        "ypp figure timeline --data tables --out .",
        ("activities.csv, line 6, column 'date_start'", "where date_end is filled", "both")),
    Bad("an-activity-that-ends-first",
        cell("activities", "petition-meeting", "date_end", "2010-01-10"), CHECK,
        ("activities.csv, line 4, column 'date_end'", "not come before date_start",
         "2010-01-11", "Look both up")),
    Bad("years-in-the-wrong-order", cell("joint_statistics", "2007-2008", "year_end", "2006"),
        CHECK, ("joint_statistics.csv, line 2, column 'year_end'", "year_start, which is 2007")),
    Bad("hours-without-an-end", cell("petition", "water-festival", "hours_end", ""), CHECK,
        ("petition.csv, line 3, column 'hours_end'", "where hours_start is filled")),
    Bad("hours-of-no-length", cell("petition", "water-festival", "hours_end", "09:00"),
        "ypp figure petition --data tables --out .",
        ("petition.csv, line 3, column 'hours_end'", "must come after hours_start")),
    Bad("hours-of-no-day", cell("petition", "water-festival", "hours_end", "24:00"), CHECK,
        ("petition.csv, line 3, column 'hours_end'", "a time of day", "23:59")),
    Bad("a-date-that-is-not-given", cell("petition", "concert", "date_basis", "not_given"), CHECK,
        ("petition.csv, line 7, column 'date_basis'", "another than not_given where date_start "
         "is filled", "Correct it")),
    Bad("no-date-that-is-printed", cell("petition", "markets", "date_basis", "printed"), CHECK,
        ("petition.csv, line 2, column 'date_basis'", "must be not_given", "is blank")),
    Bad("a-date-of-no-precision", cell("activities", "parade", "date_precision", "none"),
        "ypp figure timeline --data tables --out .",
        ("activities.csv, line 6, column 'date_precision'", "another than none")),
    Bad("no-date-to-the-day", cell("activities", "vcao-workshop", "date_precision", "day"), CHECK,
        ("activities.csv, line 7, column 'date_precision'", "must be none")),
    Bad("a-formula-in-json", source(title="=1+1"), CHECK,
        ("sources.json", "title", "runs as a formula")),
]  # fmt: skip

WORKS = [
    Bad("brackets-without-end", raw("sources.json", lambda b: b"[" * DEEP), CHECK,
        ("sources.json, line 1", "the file is JSON")),
    Bad("objects-within-objects", raw("sources.json", lambda b: b'[{"a":' * DEEP), CHECK,
        ("sources.json, line 1", "the file is JSON")),
    Bad("json-of-five-thousand-digits",
        swap("sources.json", '"id": "study"', f'"volume": {"9" * 5000}, "id": "study"'), CHECK,
        ("sources.json", "the file is JSON", "5000 digits")),
    Bad("json-nan", source(volume=float("nan")), CHECK, ("sources.json", "NaN")),
    Bad("json-infinity", source(volume=float("-inf")), AUDIT, ("sources.json", "-Infinity")),
    Bad("json-1e999", swap("sources.json", '"id": "study"', '"volume": 1e999, "id": "study"'),
        CHECK, ("sources.json", "1e999")),
    Bad("json-key-twice", swap("sources.json", '"id": "study"', '"id": "x", "id": "study"'),
        CHECK, ("sources.json", "'id'", "twice")),
    Bad("json-comment", swap("sources.json", "[", "[ // works"), CHECK,
        ("sources.json, line 1", "the file is JSON")),
    Bad("json-comma-at-the-end", raw("sources.json", lambda b: b.rstrip()[:-1] + b",]"), CHECK,
        ("sources.json", "the file is JSON")),
    Bad("json-half-a-sign", source(title="\ud83d"), CHECK, ("sources.json", "title", "control")),
    Bad("json-escape-sequence", source(title="\x1b[2J"), CHECK,
        ("sources.json", "title", r"\x1b[2J", "control")),
    Bad("json-escape-sequence-in-a-name", source(author=[{"literal": "\x1b[2J"}]), CHECK,
        ("sources.json", "author", "control")),
    Bad("an-author-in-one-text", source(author="Somebody"), CHECK,
        ("sources.json", "author", "a list of names")),
    Bad("an-author-without-a-name", source(author=[{"suffix": 5}]), AUDIT,
        ("sources.json", "author", "a list of names")),
    Bad("issued-as-text", source(issued="2016"), AUDIT, ("sources.json", "issued", "date-parts")),
    Bad("issued-never", source(issued={"date-parts": [[]]}), CHECK,
        ("sources.json", "issued", "date-parts")),
    Bad("issued-in-words", source(issued={"date-parts": [["last year"]]}), CHECK,
        ("sources.json", "issued", "date-parts")),
    Bad("a-title-in-parts", source(title=["A", "title"]), CHECK,
        ("sources.json", "title", "must be text")),
    Bad("an-address-that-runs", source(URL="javascript:alert(1)"), CHECK,
        ("sources.json", "URL", "http")),
    Bad("a-publisher-in-an-object", source(publisher={"name": "x"}), CHECK,
        ("sources.json", "publisher", "must be text")),
]  # fmt: skip

REGISTERS = [
    Bad("a-path-out", resource(path="../outside.csv"), CHECK,
        ("datapackage.json", "victims.path", "../outside.csv", "Copy it")),
    Bad("a-path-from-the-root", resource(path="/etc/passwd"), CHECK,
        ("datapackage.json", "victims.path", "/etc/passwd")),
    Bad("a-path-of-windows", resource(path="..\\..\\secret.csv"), CHECK,
        ("datapackage.json", "victims.path")),
    Bad("a-path-on-the-network", resource(path="https://example.org/victims.csv"), AUDIT,
        ("datapackage.json", "victims.path")),
    Bad("a-path-of-several-parts", resource(path=["victims.csv", "adults.csv"]), CHECK,
        ("datapackage.json", "victims.path")),
    Bad("a-schema-elsewhere", resource(schema="https://example.org/schema.json"), CHECK,
        ("datapackage.json", "victims.schema")),
    Bad("a-weaker-schema", resource(schema={"fields": []}), CHECK,
        ("datapackage.json", "victims.schema")),
    Bad("another-encoding", resource(encoding="utf-7"), CHECK,
        ("datapackage.json", "victims.encoding")),
    Bad("a-table-in-no-table", register(lambda p: p["resources"].append([])), CHECK,
        ("datapackage.json", "JSON of a data package")),
    Bad("a-title-that-is-none", resource(title={"en": "Victims"}), CHECK,
        ("datapackage.json", "JSON of a data package")),
    Bad("licences-in-one-text", resource(licenses="CC0-1.0"), CHECK,
        ("datapackage.json", "JSON of a data package")),
    Bad("a-table-twice", register(lambda p: p["resources"].append(p["resources"][0])), CHECK,
        ("datapackage.json", "resources", "the tables are")),
    Bad("no-tables", register(lambda p: p["resources"].clear()), CHECK,
        ("datapackage.json", "resources", "the tables are")),
    Bad("a-register-of-null", raw("datapackage.json", lambda b: b"null"), CHECK,
        ("datapackage.json, line 1", "JSON of a data package")),
    Bad("a-register-without-end", raw("datapackage.json", lambda b: b'{"resources":' * DEEP),
        CHECK, ("datapackage.json, line 1", "JSON of a data package")),
    Bad("a-register-with-a-key-twice", swap("datapackage.json", '"name"', '"name": "", "name"'),
        CHECK, ("datapackage.json", "'name'", "twice")),
    Bad("a-register-in-utf-16", raw("datapackage.json", lambda b: b.decode().encode("utf-16")),
        CHECK, ("datapackage.json, line 1", "JSON of a data package")),
]  # fmt: skip

CLAIMS = [
    Bad("a-cell-of-no-table", cell("claims", "study-period", "cell", "nowhere.row.column"), AUDIT,
        ("'study-period' in claims.csv", "nowhere")),
    Bad("a-printed-cell-of-no-table", cell("claims", "study-period", "cell", "no.row.x_printed"),
        AUDIT, ("study-period", "no.row.x_printed")),
    Bad("a-printed-cell-of-no-column",
        cell("claims", "study-period", "cell", "victims.children.x_printed"), AUDIT,
        ("study-period", "x_printed")),
    Bad("a-finding-that-is-none", cell("claims", "study-period", "finding", "__import__"), AUDIT,
        ("study-period", "'__import__'", "Use one of")),
    Bad("a-finding-of-another-kind", cell("claims", "study-period", "finding", "petition_order"),
        AUDIT, ("study-period", "petition_order")),
    Bad("a-value-of-another-unit", cell("claims", "study-period", "value", "09:00"), AUDIT,
        ("study-period", "'09:00'", "Correct")),
    Bad("a-value-of-slashes", cell("claims", "study-period", "value", "///"), AUDIT,
        ("study-period", "'///'")),
    Bad("a-value-past-all-measure", cell("claims", "parade-youth", "value", "9" * 5000), AUDIT,
        ("parade-youth", "Correct the value")),
    Bad("a-month-that-is-none", cell("claims", "study-period", "value", "2009-13"), AUDIT,
        ("study-period", "'2009-13'")),
    Bad("a-statement-that-reads-objects",
        cell("claims", "study-period", "statement_en", "{printed.__class__.__mro__}"), AUDIT,
        ("study-period", "statement_en", "{printed}")),
    Bad("a-statement-with-an-open-brace",
        cell("claims", "study-period", "statement_en", "In {printed"), AUDIT,
        ("study-period", "statement_en", "{printed}")),
    Bad("a-statement-of-another-finding",
        cell("claims", "study-period", "statement_id", "Pada {no_such}"), f"{AUDIT} --lang id",
        ("study-period", "statement_id", "{printed}")),
    Bad("a-token-of-no-claim", cell("study_numbers", "1", "claim", "nobody"), AUDIT,
        ("study_numbers.csv, line 2", "a known claim of claims.csv")),
    Bad("claims-that-checks-need-taken-out",
        raw("claims.csv", lambda b: b"".join(b.splitlines(True)[:2])), AUDIT,
        ("must be a known claim",)),
    Bad("a-share-without-a-solution", cell("victims", "children", "share_printed", "x%"), AUDIT,
        ("victims.csv, line 2", "share_printed", "as printed")),
    Bad("a-share-of-nobody", cell("victim_shares", "children-or-youth", "share_pct", "96"),
        "ypp figure percent-readings --data tables --out .",
        ("victim_shares.csv", "'children-or-youth'", "no whole count of 88 is exact 96%",
         "Correct")),
    Bad("a-part-of-nobody", cell("victim_shares", "under-17", "share_pct", "97"),
        "ypp table percent-readings --data tables", ("'under-17'", "of 81", "97%", "Correct")),
    Bad("a-statement-renamed", cell("victim_shares", "children-or-youth", "statement", "young"),
        "ypp table percent-readings --data tables", ("victim_shares", "'children-or-youth'")),
    Bad("groups-without-a-qualifier", cell("ecpat_growth", "study-1999", "groups_qualifier", ""),
        CHECK, ("ecpat_growth.csv, line 2", "groups_qualifier", "where groups_n is filled",
                "Say how")),
    *(Bad(f"a-growth-without-{column}", cell("ecpat_growth", "study-2007", column, ""),
          "ypp figure network-growth --data tables --out .",
          ("ecpat_growth.csv, 'study-2007'", f"{column} is blank", "Fill it in"))
      for column in ("year", "groups_n", "countries_n")),
    Bad("a-growth-renamed", cell("ecpat_growth", "study-today", "point", "today"),
        "ypp figure table-1-1 --data tables --out .",
        ("ecpat_growth.csv: no row 'study-today'", "countries_n is needed", "Put it back")),
    Bad("no-component", raw("programme.csv", lambda b: b.replace(b",component,", b",support,")),
        "ypp figure programme-logic --data tables --out .",
        ("programme.csv: no row with stage 'component'", "Put it back")),
    Bad("a-share-of-too-many", cell("victims", "children", "base_n", "9" * 15),
        "ypp figure percent-readings --data tables --out .",
        ("victim_shares.csv, 'children-or-youth'", f"of {'9' * 15} people", "a single count",
         "Correct share_pct", "base_n in victims.csv")),
    Bad("a-share-of-several-counts", cell("victim_shares", "under-17", "qualifier", "less_than"),
        "ypp figure percent-readings --data tables --out .",
        ("victim_shares.csv, 'under-17'", "0 to 60", "a single count", "qualifier")),
    Bad("more-squares-than-a-figure-holds", cell("victims", "adults", "victims_n", "9" * 15),
        "ypp figure diagram-1-3 --data tables --out .",
        ("victims.csv, 'adults'", "victims_n is 9999", "1000 at most", "Correct it")),
    *(Bad(f"a-label-in-{script}", cell("ecpat_network", row, "label_en", label),
          "ypp figure table-1-1 --data tables --out .",
          (f"ecpat_network.csv, '{row}', column 'label_en'", repr(label), sign, "Latin letters",
           "Write the text"))
      for script, row, label, sign in (("chinese", "europe-cis", "中文", "'中' (U+4E2D)"),
                                       ("cyrillic", "americas", "Америка", "(U+0440)"))),
    Bad("a-wrapped-label-in-khmer", cell("partners", "sida-support", "label_id", "កម្ពុជា"),
        "ypp figure partners --lang id --data tables --out .",
        ("partners.csv, 'sida-support', column 'label_id'", "Latin letters")),
    Bad("a-check-without-its-cell", cell("claims", "petition-festival-order", "cell", ""), AUDIT,
        ("'petition-festival-order'", "in claims.csv", "that it needs is lacking",
         "Name one that fits")),
    Bad("a-check-of-other-claims", cell("claims", "study-period", "finding", "target_share"),
        AUDIT, ("'study-period'", "it compares the claims petition-festival-target", "Name one")),
    Bad("a-value-of-another-unit-in-a-check", cell("claims", "awareness-month", "unit", "hours"),
        "ypp table power --data tables",
        ("Error: Claim 'awareness-month' in claims.csv", "'2010-12'", "Correct the value")),
    Bad("an-outcome-renamed", cell("outcomes", "direct-support", "outcome", "direct"),
        "ypp table reach --data tables", ("'direct-support'", "outcomes.csv")),
    Bad("countries-taken-out", raw("ypp_countries.csv", lambda b: b.splitlines(True)[0]), AUDIT,
        ("ypp_countries.csv", "at least one row")),
]  # fmt: skip

FILES = [
    Bad("no-such-folder", nothing, "ypp check-data nowhere", ("'nowhere' does not exist",)),
    Bad("a-file-for-a-folder", nothing, "ypp check-data tables/pages.csv", ("is a file",)),
    Bad("a-folder-in-a-loop", instead("loop", loop), "ypp check-data loop", ("'loop'",)),
    Bad("an-empty-folder", instead("empty", Path.mkdir), "ypp audit --data empty",
        ("pages.csv", "the folder holds every table", "Copy the file")),
    Bad("a-table-in-a-loop", instead("tables/pages.csv", loop), CHECK,
        ("pages.csv", "the folder holds every table")),
    Bad("a-table-that-leads-out", instead("tables/pages.csv", outside), CHECK,
        ("pages.csv", "the folder holds every table")),
    Bad("a-folder-for-a-table", instead("tables/pages.csv", Path.mkdir), CHECK,
        ("pages.csv", "the folder holds every table")),
    Bad("a-pipe-for-a-table", instead("tables/pages.csv", os.mkfifo), CHECK,
        ("pages.csv", "the folder holds every table")),
    Bad("a-table-of-ten-gigabytes", instead("tables/pages.csv", sparse), CHECK,
        ("pages.csv", "at most", "bytes")),
    Bad("a-pipe-for-a-register", instead("tables/datapackage.json", os.mkfifo), CHECK,
        ("datapackage.json", "remove it")),
    Bad("a-register-of-ten-gigabytes", instead("tables/datapackage.json", sparse), CHECK,
        ("datapackage.json", "at most", "bytes")),
    Bad("a-pipe-for-a-copy", instead("given", os.mkfifo), COVERAGE, ("given", "a file")),
    Bad("a-pipe-for-a-figure", instead("given", os.mkfifo), INSPECT, ("no file 'given'",)),
    Bad("a-pipe-for-a-record", instead("given", os.mkfifo), CITE, ("'given'", "a file")),
    Bad("a-copy-of-ten-gigabytes", instead("given", sparse), COVERAGE, ("given", "bytes")),
    Bad("a-figure-of-ten-gigabytes", instead("given", sparse), INSPECT, ("given", "bytes")),
    Bad("a-record-of-ten-gigabytes", instead("given", sparse), CITE, ("given", "bytes")),
    Bad("a-folder-for-a-copy", instead("given", Path.mkdir), COVERAGE, ("is a directory",)),
    Bad("a-folder-for-a-figure", instead("given", Path.mkdir), INSPECT, ("is a directory",)),
    Bad("a-folder-for-a-record", instead("given", Path.mkdir), "YPP_STUDY=given ypp cite reach",
        ("'given'", "a file", "YPP_STUDY")),
    Bad("a-copy-in-utf-16", given("lima negara".encode("utf-16")), COVERAGE,
        ("must be UTF-8", "no text", "Save it")),
    Bad("a-copy-in-latin-1", given(b"pada caf\xe9 2009"), COVERAGE, ("byte 0xe9 at offset 8",)),
    Bad("a-copy-that-is-a-pdf", given(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), COVERAGE,
        ("must be UTF-8", "plain text")),
    Bad("a-copy-with-nul", given("lima\0negara"), COVERAGE, ("plain text",)),
    Bad("an-empty-copy", given(""), COVERAGE, ("empty",)),
]  # fmt: skip

RECORDS = [
    Bad("record-no-json", given("author: me"), CITE, ("'given'", "CSL-JSON")),
    Bad("record-in-utf-16", given("{}".encode("utf-16")), CITE, ("'given'", "CSL-JSON")),
    Bad("record-empty", given(""), CITE, ("'given'", "CSL-JSON")),
    Bad("record-of-two", given("[{}, {}]"), CITE, ("2 entries", "one work")),
    Bad("record-of-none", given("[]"), CITE, ("0 entries", "one work")),
    Bad("record-a-number", given("5"), CITE, ("one work",)),
    Bad("record-without-end", given("[" * DEEP), CITE, ("'given'", "CSL-JSON")),
    Bad("record-of-a-pickle", given(b"\x80\x04\x95cos\nsystem"), CITE, ("'given'", "CSL-JSON")),
    Bad("record-nan", entry(volume=float("nan")), CITE, ("'given'", "NaN")),
    Bad("record-key-twice", given('{"title": "a", "title": "b"}'), CITE, ("'title'", "twice")),
    Bad("record-author-text", entry(author="Somebody"), CITE, ("author", "a list of names")),
    Bad("record-author-object", entry(author={"literal": "x"}), CITE, ("author", "list of names")),
    Bad("record-author-of-numbers", entry(author=[{"family": 5}]), CITE, ("author", "names")),
    Bad("record-issued-text", entry(issued="2016"), CITE, ("issued", "date-parts")),
    Bad("record-issued-list", entry(issued=[2016]), CITE, ("issued", "date-parts")),
    Bad("record-month-13", entry(issued={"date-parts": [[2016, 13]]}), CITE,
        ("issued", "date-parts")),
    *(Bad(f"record-{key}-a-number", entry(**{key: 5}), f"{CITE} --style {style}",
          (key, "must be text", "5"))
      for key, style in (("type", "apa"), ("language", "chicago"), ("title", "apa"),
                         ("publisher", "bibtex"), ("genre", "mla"), ("DOI", "ris"))),
    Bad("record-type-list", entry(type=["book"]), CITE, ("type", "must be text")),
    Bad("record-title-object", entry(title={"en": "x"}), CITE, ("title", "must be text")),
    Bad("record-journal-list", entry(**{"container-title": ["x"]}), f"{CITE} --style bibtex",
        ("container-title", "must be text")),
    Bad("record-volume-object", entry(volume={}, page=[1]), f"{CITE} --style ris",
        ("page", "must be text")),
    Bad("record-escape-sequence", entry(title="\x1b[2J\x1b]0;own\x07"), CITE,
        ("title", "control")),
    Bad("record-turned-round", entry(publisher="\u202etxt.exe"), CITE, ("publisher", "direction")),
    Bad("record-address-that-runs", entry(URL="javascript:alert(1)"), CITE, ("URL", "http")),
    Bad("record-doi-that-ends-its-field", entry(DOI="10.1/x}, note = {y"),
        f"{CITE} --style bibtex", ("DOI", "no blank, brace")),
    Bad("record-missing", nothing, "YPP_STUDY=nowhere.json ypp cite reach",
        ("'nowhere.json'", "YPP_STUDY")),
]  # fmt: skip

FIGURES = [
    Bad("figure-empty", given(b""), INSPECT, ("given is empty",)),
    Bad("figure-of-text", given("a picture"), INSPECT, ("no PNG, SVG or PDF",)),
    Bad("figure-gif", given(b"GIF89a\1\0\1\0\0\0\0;"), INSPECT, ("no PNG, SVG or PDF",)),
    Bad("png-cut-short", given(png()[:30]), INSPECT, ("begins as a PNG",)),
    Bad("png-of-wrong-sums", given(png((b"tEXt", b"Title\0x")).replace(b"Title", b"Titel")),
        INSPECT, ("begins as a PNG",)),
    Bad("png-of-many-pixels", given(b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR"
        + struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 2, 0, 0, 0) + bytes(4)), INSPECT,
        ("begins as a PNG",)),
    Bad("png-of-swelling-text", given(lambda: swelling(b"zTXt", b"Title\0\0")), INSPECT,
        ("begins as a PNG",)),
    Bad("png-of-swelling-words", given(lambda: swelling(b"iTXt", b"Title\0\1\0\0\0")), INSPECT,
        ("begins as a PNG",)),
    Bad("svg-laughing", given(f'<!DOCTYPE svg [<!ENTITY a0 "ha">{LAUGHS}]><svg>&a9;</svg>'),
        INSPECT, ("declares entities",)),
    Bad("svg-of-a-secret", given(
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg><desc>&x;</desc></svg>'),
        INSPECT, ("declares entities",)),
    Bad("svg-of-parameters", given(
        '<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;]><svg/>'),
        INSPECT, ("declares entities",)),
    Bad("svg-of-an-unknown-entity", given(
        '<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg><desc>&x;</desc></svg>'),
        INSPECT, ("begins as a SVG",)),
    Bad("svg-in-utf-16", given("<svg/>".encode("utf-16")), INSPECT, ("no PNG, SVG or PDF",)),
    Bad("svg-unclosed", given("<svg>" * DEEP), INSPECT, ("begins as a SVG",)),
    Bad("pdf-cut-short", given(b"%PDF-1.7\n1 0 obj"), INSPECT, ("begins as a PDF",)),
    Bad("pdf-without-pages", given(pdf(b"<< /Type /Catalog >>")), INSPECT, ("begins as a PDF",)),
    Bad("pdf-of-pages-in-a-loop", given(pdf(b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>")), INSPECT, ("begins as a PDF",)),
    Bad("pdf-that-is-its-own-catalogue", given(pdf(b"1 0 R")), INSPECT, ("begins as a PDF",)),
    Bad("pdf-of-pages-within-pages", given(pdf(PAGE[0], *(
        b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (n + 3) for n in range(5000)))), INSPECT,
        ("begins as a PDF",)),
    Bad("pdf-of-statements-in-a-loop", given(pdf(*PAGE, b"<< /Title 5 0 R >>", b"5 0 R",
        trailer="/Root 1 0 R /Info 4 0 R")), INSPECT, ("begins as a PDF",)),
    Bad("pdf-that-swells", given(swelling_pdf), INSPECT,
        ("begins as a PDF",)),
    Bad("pdf-of-no-page", given(pdf(PAGE[0], b"<< /Type /Pages /Count 0 /Kids [] >>")), INSPECT,
        ("it has no page",)),
    Bad("pdf-of-brackets", given(pdf(b"[" * DEEP)), INSPECT, ("begins as a PDF",)),
    Bad("pdf-under-a-password", given(pdf(b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 0 /Kids [] >>", b"<< /Filter /Standard /V 9 /R 9 >>",
        trailer="/Root 1 0 R /Encrypt 3 0 R /ID [<00> <00>]")), INSPECT, ("begins as a PDF",)),
]  # fmt: skip

VALUES = [
    Bad("percent-of-letters", nothing, "ypp percent seventy --n 43", ("'seventy'", "as it is")),
    Bad("percent-empty", nothing, "ypp percent '' --n 43", ("''",)),
    Bad("percent-not-a-number", nothing, "ypp percent NaN --n 43", ("'NaN'",)),
    Bad("percent-with-an-exponent", nothing, "ypp percent 1e999 --n 43", ("'1e999'",)),
    Bad("percent-of-5000-digits", nothing, f"ypp percent {'7' * 5000} --n 43", ("'7777",)),
    Bad("percent-below-zero", nothing, "ypp percent --n 43 -- -5%", ("'-5%'", "as it is")),
    Bad("percent-of-other-digits", nothing, "ypp percent \u0667\u0665 --n 88", ("'\u0667\u0665'",)),
    Bad("percent-with-an-escape", nothing, "ypp percent '\x1b[2J' --n 88", (r"\x1b[2J",)),
    Bad("percent-of-nobody", nothing, "ypp percent 75% --n 0", ("'--n'", "1<=x<=")),
    Bad("percent-of-half", nothing, "ypp percent 75% --n 8.5", ("'--n'", "8.5")),
    Bad("percent-of-other-people", nothing, "ypp percent 12% --n \u0661\u0662",
        ("'--n'", "'\u0661\u0662'", "digits alone")),
    Bad("percent-of-joined-people", nothing, "ypp percent 12% --n 1_000", ("'--n'", "'1_000'")),
    Bad("audit-of-another-page", nothing, "ypp audit --page \u0663", ("'--page'", "digits alone")),
    Bad("a-text-into-a-folder", nothing, "ypp table reach --format text --out out",
        ("text", "--format", "--out")),
    Bad("out-into-no-name", nothing, "ypp table reach --format csv --out ''",
        ("'--out'", "write . for")),
    Bad("a-figure-into-no-name", nothing, "ypp figure reach --out ''", ("'--out'", "write . for")),
    Bad("a-bundle-into-no-name", nothing, "ypp bundle reach --out ''", ("'--out'", "write . for")),
    *(Bad(f"site-at-{name}", nothing, f"ypp site --base-url '{url}'",
          ("--base-url is the whole address", "such as https://example.org/ypp/"))
      for name, url in (("a-name", "example.org"), ("no-host", "http://"), ("a-path", "https:///x"),
                        ("a-blank", "https://example.org/a b"), ("a-script", "javascript:x"),
                        ("an-escape", "https://example.org/\x1b[2J"),
                        ("a-quote", 'https://example.org/"onload="x'),
                        ("no-port", "https://example.org:x/"), ("half-a-host", "https://[::1/"))),
    Bad("percent-of-too-many", nothing, f"ypp percent 75% --n {'9' * 5000}", ("'--n'",)),
    Bad("percent-of-very-many", nothing, f"ypp percent 75% --n {'9' * 4000}", ("'--n'",)),
    Bad("percent-without-a-base", nothing, "ypp percent 75%", ("Missing option '--n'",)),
    Bad("percent-rounded-how", nothing, "ypp percent 75% --n 8 --rounding up", ("'up'",)),
    Bad("audit-of-page-14", nothing, "ypp audit --page 14", ("'--page'", "1<=x<=13")),
    Bad("audit-of-no-section", nothing, "ypp audit --section '../x'", ("'../x'", "Known")),
    Bad("audit-of-no-verdict", nothing, "ypp audit --verdict true", ("'true'", "Known")),
    Bad("audit-in-no-format", nothing, "ypp audit --format yaml", ("'yaml'",)),
    Bad("audit-in-no-language", nothing, "ypp audit --lang kh", ("'kh'",)),
    Bad("no-such-claim", nothing, "ypp claim victims-childrn", ("'victims-childrn'", "Near it")),
    Bad("a-claim-with-an-escape", nothing, "ypp claim 'x\x1b[2J'", (r"'x\x1b[2J'",)),
    Bad("a-claim-without-a-name", nothing, "ypp claim ''", ("''",)),
    Bad("no-such-exhibit", nothing, "ypp figure diagram-9", ("'diagram-9'",)),
    Bad("an-exhibit-out-of-the-folder", nothing, "ypp table ../../x --format csv --out out",
        ("'../../x'",)),
    Bad("a-bundle-out-of-the-folder", nothing, "ypp bundle ../x --out out", ("'../x'",)),
    Bad("a-figure-in-no-format", nothing, "ypp figure reach --format exe", ("'exe'",)),
    Bad("a-spreadsheet-on-the-screen", nothing, "ypp table reach --format xlsx", ("--out",)),
    Bad("out-into-a-file", nothing, "ypp figure reach --out tables/pages.csv", ("is a file",)),
    Bad("out-under-a-file", nothing, "ypp table reach --format csv --out tables/pages.csv/x",
        ("tables/pages.csv", "Not a directory. A part of its path is a file")),
    Bad("out-into-a-loop", instead("loop", loop), "ypp table reach --format md --out loop/x",
        ("loop", "remove the link")),
    Bad("no-such-citation", nothing, "ypp cite diagram-9", ("'diagram-9'",)),
    Bad("no-such-style", nothing, "ypp cite reach --style vancouver", ("'vancouver'",)),
    Bad("no-such-command", nothing, "ypp nonsense", ("'nonsense'",)),
    Bad("no-such-option", nothing, "ypp audit --force", ("--force",)),
    Bad("one-word-too-many", nothing, "ypp list now", ("now",)),
    Bad("a-folder-with-an-escape", nothing, "ypp check-data 'x\x1b[2J'", ("does not exist",)),
    Bad("lang-from-outside", nothing, "YPP_LANG=../en ypp list", ("'../en'", "en, id")),
    Bad("lang-with-an-escape", nothing, "YPP_LANG='\x1b[2J' ypp claim study-period",
        (r"\x1b[2J",)),
    Bad("data-from-nowhere", nothing, "YPP_DATA=nowhere ypp list",
        ("YPP_DATA is 'nowhere'", "no such folder")),
    Bad("data-from-a-file", nothing, "YPP_DATA=tables/pages.csv ypp audit",
        ("YPP_DATA is 'tables/pages.csv'", "no such folder")),
    Bad("outputs-of-other-tables", nothing, "YPP_DATA=tables ypp reproduce",
        ("YPP_DATA names", "Unset it")),
    Bad("data-with-a-fault", cell("victims", "children", "victims_n", "many"),
        "YPP_DATA=tables ypp table diagram-1-3", ("victims.csv, line 2", "'many'")),
]  # fmt: skip

CORPUS = [*TABLES, *WORKS, *REGISTERS, *CLAIMS, *FILES, *RECORDS, *FIGURES, *VALUES]
