"""What must hold for any input: generated, a hundred in every run and thousands at night."""

import contextlib
import json
import math
import tempfile
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from profiles import FEW

from ypp_analysis.arithmetic.printed import parse_percent, parse_whole
from ypp_analysis.coverage import coverage, find_tokens, token_value
from ypp_analysis.datasets import DataError, check, load_all, sources, strict
from ypp_analysis.datasets.register import own
from ypp_analysis.datasets.validation import validate
from ypp_analysis.datasets.works import DATES, NAMES, TEXTS, breaches
from ypp_analysis.exhibits import Exhibit, ids
from ypp_analysis.ledger import ledger, transcription
from ypp_analysis.ledger.values import (
    Clock,
    Day,
    agree,
    read_printed,
    read_value,
    slips,
    spell,
)
from ypp_analysis.project import shipped_dir
from ypp_analysis.publish import figures
from ypp_analysis.publish.bibliography import GAPS, formatted
from ypp_analysis.publish.csl_styles import TEXT_STYLES
from ypp_analysis.publish.exports import EXPORTS
from ypp_analysis.publish.inspection import inspect_file
from ypp_analysis.publish.library import Library
from ypp_analysis.publish.origins import Origins
from ypp_analysis.publish.study_record import bracketed, gaps_text, study_record
from ypp_analysis.wording import LANGUAGES, texts

REGISTER = own(shipped_dir())
RAW = {table.path: (shipped_dir() / table.path).read_bytes() for table in REGISTER}
TABLES = load_all()
SOURCES = sources()
ONE_PAGE = pd.DataFrame({"page": [1], "first_line": [1]})
PAGES = pd.DataFrame({"page": [1, 2, 3], "first_line": [1, 2, 4]})

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


def attempt(function, *arguments):
    """What a function gives, and what its error of value says."""
    try:
        return function(*arguments), ""
    except ValueError as error:
        return None, str(error)


# Tables


@FEW
@given(st.sampled_from(["victims.csv", "pages.csv", "petition.csv"]), st.data())
def test_bytes_put_into_a_table_are_a_fault_or_harmless(file, data):
    content = RAW[file]
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 20)))
    spoilt = content[:start] + data.draw(st.binary(max_size=8)) + content[end:]
    faults = validate(REGISTER, {**RAW, file: spoilt})
    for fault in faults:
        assert str(fault).isprintable()
        assert fault.remedy.endswith(".")
    with tempfile.TemporaryDirectory() as folder:
        for name, raw in {**RAW, file: spoilt}.items():
            (Path(folder) / name).write_bytes(raw)
        assert check(folder) == faults
        with contextlib.suppress(DataError):
            assert len(load_all(data=folder)) == len(REGISTER)
            assert not faults


@st.composite
def lacking(draw):
    """The study's tables without a row, or without what a cell says."""
    name = draw(st.sampled_from([n for n in TABLES if n not in ("sources", "tip_witnesses")]))
    frame = TABLES[name]
    row = draw(st.integers(0, len(frame) - 1))
    fields = next(table for table in REGISTER if table.name == name).fields
    blank = [f["name"] for f in fields if not f.get("constraints", {}).get("required")]
    column = draw(st.sampled_from([None, *blank]))
    if column is None:
        return {**TABLES, name: frame.drop(index=row).reset_index(drop=True)}
    return {**TABLES, name: frame.assign(**{column: frame[column].mask(frame.index == row)})}


@FEW
@given(lacking(), st.sampled_from(["reach", "petition", "diagram-1-3", "timeline", "partners"]))
def test_what_a_table_lacks_is_an_error_of_value_at_most(tables, id):
    for use in (ledger, transcription, lambda found: Exhibit(id, found).data):
        with contextlib.suppress(ValueError):
            assert use(tables) is not None


@st.composite
def blanked(draw):
    """The study's tables without what one cell says, where the schema lets it be blank."""
    table = draw(st.sampled_from([t for t in REGISTER if _may_be_blank(t)]))
    frame, column = TABLES[table.name], draw(st.sampled_from(_may_be_blank(table)))
    row = draw(st.sampled_from([*frame.index[frame[column].notna()]]))
    return {**TABLES, table.name: frame.assign(**{column: frame[column].mask(frame.index == row)})}


def _may_be_blank(table):
    """Columns of a table that have a cell, and need not."""
    fields = [f["name"] for f in table.fields if not f.get("constraints", {}).get("required")]
    return (
        []
        if table.name == "sources"
        else [n for n in fields if TABLES[table.name][n].notna().any()]
    )


def without(name, column, row=0):
    frame = TABLES[name]
    return {**TABLES, name: frame.assign(**{column: frame[column].mask(frame.index == row)})}


@pytest.mark.parametrize("id", ids())
@settings(max_examples=max(FEW.max_examples // 10, 1))
@given(tables=blanked())
@example(tables=without("ypp_countries", "page"))
@example(tables=without("ecpat_growth", "groups_qualifier"))
@example(tables=without("petition", "date_start", 1))
@example(tables=without("outcomes", "period", 3))
def test_what_an_exhibit_lacks_is_an_error_of_value_at_most(id, tables):
    origins = Origins(tables, SOURCES)
    for lang in LANGUAGES:
        for use in (
            lambda lang=lang: Exhibit(id, tables).words(lang)["title"],
            lambda lang=lang: Exhibit(id, tables).describe(lang),
            lambda lang=lang: Library(origins, lang).lines(id),
        ):
            with contextlib.suppress(ValueError):
                assert use()


# JSON of others


@given(JSON)
@example({"a": math.nan})
@example([math.inf])
@example(10**400)
def test_json_is_read_as_it_was_written_or_refused(value):
    text = json.dumps(value)
    try:
        assert strict.loads(text) == value
    except ValueError:
        assert "NaN" in text or "Infinity" in text or any(len(n) > 300 for n in text.split())


@given(st.text(alphabet='[]{}",:0123456789.eE+-ntrufalsNaI \\', max_size=30) | st.text())
@example('{"a": 1, "a": 1}')
@example("1e999")
def test_what_is_read_of_json_is_what_python_reads(text):
    try:
        value = strict.loads(text)
    except ValueError:
        return
    assert json.dumps(value) == json.dumps(json.loads(text))


@given(st.text(st.characters(codec="utf-8")))
def test_text_without_hidden_signs_has_none_that_a_terminal_obeys(text):
    if strict.hidden_sign(text) is None:
        assert not {*text} & {chr(code) for code in (*range(10), *range(11, 32), *range(127, 160))}
        assert not {*text} & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200f")


@given(st.dictionaries(st.sampled_from([*DATES, *NAMES, *TEXTS, "x"]), JSON))
def test_any_entry_of_a_list_of_works_is_judged(entry):
    for breach in breaches(entry):
        assert breach.key in entry
        assert breach.remedy.endswith(".")


NAME = st.fixed_dictionaries(
    {"family": st.text(min_size=1, max_size=8)}, optional={"given": st.text(max_size=8)}
)
DATE = st.builds(lambda *parts: {"date-parts": [list(parts)]}, st.integers(1, 9999))
WORK = st.fixed_dictionaries(
    {"type": st.sampled_from(["article-journal", "book", "report", "webpage", "thesis", "map"])},
    optional={
        "title": st.text(min_size=1),
        "author": st.lists(NAME | st.just({"literal": "ECPAT"}), min_size=1, max_size=3),
        "issued": DATE,
        "accessed": DATE,
        "publisher": st.text(min_size=1, max_size=8),
        "container-title": st.text(min_size=1, max_size=8),
        "volume": st.integers() | st.text(min_size=1, max_size=3),
        "page": st.from_regex("[0-9]{1,3}(-[0-9]{1,3})?", fullmatch=True) | st.integers(1),
        "URL": st.text(max_size=8).map("https://example.org/{}".format),
        "language": st.sampled_from(["en", "id"]),
    },
)


@given(WORK, st.sampled_from([*TEXT_STYLES]), st.sampled_from(["en", "id"]))
def test_a_reference_is_made_of_any_entry_in_order(entry, style, lang):
    assume(not list(breaches(entry)))
    known = {"id": "study", "title": entry.get("title", "A study")}
    words = texts(lang)["citations"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.json"
        path.write_text(json.dumps(entry), encoding="utf-8")
        work = study_record(known, path)
    (line,) = formatted([bracketed(work, words)], style, lang)
    assert line
    work = {**work, GAPS: gaps_text(work, words)}
    for export in EXPORTS.values():
        assert export([work]).endswith("\n")
    entries = EXPORTS["ris"]([work]).splitlines()
    assert sum(line.startswith("ER  -") for line in entries) == 1
    assert sum(line.startswith("TY  -") for line in entries) == 1


@given(st.binary(max_size=200) | JSON.map(json.dumps).map(str.encode))
@example(b'{"title": 5}')
def test_any_file_is_a_record_or_an_error_that_names_it(content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.json"
        path.write_bytes(content)
        work, told = attempt(study_record, {"title": "A study"}, path)
    assert "record.json" in told if work is None else work["id"] == "ypp-study"


# Numbers as printed


@given(st.text(alphabet="0123456789.,% -+eE\u0661", max_size=12) | st.text())
def test_any_text_is_a_percentage_with_its_digits_or_refused(text):
    try:
        found = parse_percent(text)
    except ValueError:
        return
    digits = [sign for sign in text if sign in "0123456789"]
    assert int("".join(digits)) == found.scaled
    assert found.percent == Fraction(found.scaled, 10**found.decimals)
    assert parse_percent(f"{found.percent:f}%")[1:] == found[1:]


@given(st.integers(0, 10**40), st.sampled_from(["en", "id"]))
def test_a_whole_number_is_read_as_its_language_groups_it(number, convention):
    grouped = f"{number:,}".replace(",", "," if convention == "en" else ".")
    assert parse_whole(grouped, convention=convention) == number
    assert parse_whole(str(number), convention=convention) == number


TEXT = st.lists(
    st.sampled_from(["dua", "belas", "juta", "ribu", "salah", "satu", "75%", "1,2", "3.400"])
    | st.sampled_from([" ", " ", "\n", "\t", "-", "lima", "Setengah", "hundred", "x"])
    | st.text(max_size=4),
    max_size=25,
).map("".join)


@given(TEXT)
def test_every_digit_of_a_text_is_in_one_token(text):
    found = find_tokens(text, ONE_PAGE)
    digits = [sign for sign in text if sign in "0123456789"]
    assert [sign for token in found["token"] for sign in token if sign in "0123456789"] == digits
    joined = " ".join(text.split())
    assert all(token in joined for token in found["token"])
    assert all(one <= two for one, two in pairwise(found["line"]))
    assert found["line"].le(1 + text.count("\n")).all()
    assert found["index"].tolist() == list(range(1, len(found) + 1))
    for token in found["token"]:
        with contextlib.suppress(ValueError):
            assert token_value(token) >= 0


@given(TEXT, st.data())
def test_a_text_is_covered_by_its_own_tokens_and_a_missing_one_is_named(text, data):
    own_tokens = find_tokens(text, PAGES).rename(columns={"index": "token_no"})
    assert coverage(text, own_tokens, PAGES).empty
    assume(len(own_tokens))
    left_out = data.draw(st.integers(0, len(own_tokens) - 1))
    (found,) = coverage(text, own_tokens.drop(index=left_out), PAGES).to_dict("records")
    gone = own_tokens.loc[left_out]
    assert (found["problem"], found["token"]) == ("lacking", gone["token"])
    assert found["page"] == gone["page"]


# Values of claims

DAYS = st.dates().map(lambda day: Day(day.year, day.month, day.day))
DAYS |= st.builds(Day, st.integers(1, 9999), st.none() | st.integers(1, 12), st.none())
DAYS |= st.builds(Day, st.none(), st.integers(1, 12), st.integers(1, 28))
VALUES = st.one_of(
    st.tuples(st.just("date"), st.lists(DAYS, min_size=1, max_size=2)),
    st.tuples(
        st.just("clock"),
        st.lists(st.builds(Clock, st.integers(0, 23), st.integers(0, 59)), min_size=1, max_size=2),
    ),
    st.tuples(st.just("people"), st.lists(st.integers(0, 10**15), min_size=1, max_size=2)),
    st.tuples(st.just("hours"), st.lists(st.integers(0, 99).map(lambda n: Fraction(n, 2)))).filter(
        lambda pair: 1 <= len(pair[1]) <= 2
    ),
).map(lambda pair: (pair[0], tuple(pair[1])))


@given(VALUES)
def test_a_value_is_read_as_it_is_spelt(pair):
    unit, value = pair
    assert agree(read_value(spell(value), unit), value)


@given(st.text(alphabet="0123456789-/:. ", max_size=12) | st.text(), st.sampled_from(
    ["date", "clock", "people", "tier", "percent", "hours"]
))  # fmt: skip
@example("///", "people")
@example("1/2/3", "people")
@example("\u0667", "people")
def test_any_text_is_a_value_or_refused(text, unit):
    value, told = attempt(read_value, text, unit)
    assert "Correct the value" in told if value is None else 1 <= len(value) <= 2


@given(st.text(max_size=20), st.sampled_from(["date", "clock", "people", "tier", "hours"]))
def test_any_words_give_a_value_or_are_refused(printed, unit):
    tokens = find_tokens(printed, ONE_PAGE)["token"].tolist()
    with contextlib.suppress(ValueError):
        assert read_printed(printed, tokens, unit)


@given(st.integers(0, 10**6))
def test_a_slip_can_be_made_the_other_way_round(number):
    found = [value[0] for value in slips((number,), "people")]
    assert number not in found
    assert len(found) == len({*found})
    assert all(other >= 0 for other in found)
    for other in found:
        assert (number,) in slips((other,), "people")


@given(VALUES)
def test_no_slip_is_the_value_itself_and_each_can_be_written(pair):
    unit, value = pair
    for other in slips(value, unit):
        assert other != value
        assert len(other) == len(value)
        assert read_value(spell(other), unit)


# Figure files


@pytest.fixture(scope="module")
def drawn():
    return figures.render(Exhibit("reach", TABLES), *figures.FORMATS, lang="en")


@FEW
@given(st.sampled_from([b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n", b"<svg ", b"<?xml?><svg>", b""]),
       st.binary(max_size=200))  # fmt: skip
def test_any_file_is_inspected_or_refused_in_one_line(head, rest):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x"
        path.write_bytes(head + rest)
        found, told = attempt(inspect_file, path, TABLES)
    assert told.startswith("x ") if found is None else found.status == "not one of ours"
    assert "\n" not in told


@FEW
@given(st.sampled_from([*figures.FORMATS]), st.floats(0, 1), st.binary(min_size=1, max_size=6))
def test_a_figure_with_other_bytes_is_never_as_drawn(drawn, format, place, other):
    content = drawn[format]
    start = int(place * (len(content) - len(other)))
    spoilt = content[:start] + other + content[start + len(other) :]
    assume(spoilt != content)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x"
        path.write_bytes(spoilt)
        found, told = attempt(inspect_file, path, TABLES)
    if found is None:
        assert told.startswith("x ")
    else:
        assert not found.as_drawn
        texts = [text.replace("\u00a0", " ") for text in found.carried.values()]
        assert all(map(str.isprintable, texts))
