"""The raw tables as plain records: what a cell, a claim and a number of the study are."""

import datetime as dt
from dataclasses import FrozenInstanceError
from fractions import Fraction

import pandas as pd
import pytest

from ypp_analysis import ledger
from ypp_analysis.findings import Cell, Reads
from ypp_analysis.ledger.study import Held, Study, read_cell
from ypp_analysis.ledger.values import Day


@pytest.fixture(scope="module")
def study(tables):
    return Study(tables)


def test_all_that_the_ledger_offers_is_there():
    assert {*ledger.__all__} <= {*vars(ledger)}


def test_records_hold_plain_values(study):
    kinds = {
        type(cell)
        for table in study.tables
        if table != "sources"
        for record in study.rows(table).values()
        for cell in record.values()
    }
    assert kinds <= {str, int, Fraction, dt.date, type(None)}
    assert study.rows("petition")["markets"]["duration_h"] == Fraction(3, 2)
    assert study.rows("petition")["national-day"]["date_start"] == dt.date(2010, 12, 9)


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("petition", "concert", "signatures_n"),
        ("tip_tiers", "KHM/2016", "tier"),  # from another source, on no page of the study
        ("study_numbers", "300", "note"),  # of a table that names no source
    ],
)
def test_a_cell_says_where_it_stands(tables, study, table, row, column):
    frame = tables[table]
    keys = ["country_iso3", "report_year"] if table == "tip_tiers" else [frame.columns[0]]
    names = frame[keys].astype(str).agg("/".join, axis=1)
    record = frame[names == row].iloc[0]
    page = record["page"] if "page" in frame and pd.notna(record["page"]) else None
    source = record["source"] if "source" in frame else "study"
    expected = Cell(table, row, column, record[column], page, source)
    assert study.cell(table, row, column) == expected


def test_a_number_is_held_with_the_cell_it_was_read_from(study):
    share = Cell("claims", "victims-children-share", "value", "75", 6, "study")
    assert study.printed("victims-children-share") == Held((75,), (share,))
    region = study.claims["region-south-asia"]
    named = Cell("claims", region.claim, "value", region.printed, region.page, "study")
    assert study.printed("region-south-asia") == Held((region.printed,), (named,))
    concert = study.cell("petition", "concert", "signatures_n")
    assert study.held("petition-concert") == Held((500,), (concert,))


def test_where_a_cell_is_blank_the_printed_number_is_held(tables):
    frame = tables["petition"].copy()
    frame.loc[frame["collection"] == "concert", "signatures_n"] = pd.NA
    blank = Study({**tables, "petition": frame})
    assert blank.held("petition-concert") == blank.printed("petition-concert")


@pytest.mark.parametrize("cell", ["gone.concert.day", "petition.concert.day/gone"])
def test_a_claim_cannot_name_a_cell_of_no_table_or_column(tables, cell):
    frame = tables["claims"].copy()
    frame.loc[frame["claim"] == "petition-concert", "cell"] = cell
    with pytest.raises(ValueError, match=rf"'petition-concert' in claims.csv .* cell {cell}, but"):
        _ = Study({**tables, "claims": frame}).claims


def test_a_claim_without_a_number_of_the_study_is_named(tables):
    frame = tables["study_numbers"]
    study = Study({**tables, "study_numbers": frame[frame["claim"] != "petition-concert"]})
    with pytest.raises(ValueError, match="belongs to the claim 'petition-concert'"):
        study.token("petition-concert")


def test_whoever_looks_at_sources_has_read_their_table(tables):
    reads = Reads(tables)
    assert Study(reads).sources
    assert [*reads.names] == ["sources"]


def test_evidence_of_a_claim_that_is_gone_is_kept(tables):
    frame = tables["evidence"].assign(claim="gone")
    found = Study({**tables, "evidence": frame}).evidence
    assert len(found["gone"]) == len(frame)


@pytest.mark.parametrize(
    ("cell", "unit", "value"),
    [
        (dt.date(2010, 12, 9), "date", (Day(2010, 12, 9),)),
        (dt.date(2010, 12, 9), "people", (Day(2010, 12, 9),)),  # whatever the claim is
        (2009, "date", (Day(2009),)),
        (0, "people", (0,)),
        (Fraction(3, 2), "hours", (Fraction(3, 2),)),
        (Fraction(4, 2), "hours", (2,)),
        ("75%", "percent", (75,)),
        ("2009/2011", "date", (Day(2009), Day(2011))),
        (None, "people", ()),
        ("", "people", ()),
    ],
)
def test_a_cell_is_read_as_what_it_holds(cell, unit, value):
    assert read_cell(cell, unit) == value


def test_nothing_but_the_sign_is_taken_off_a_percentage():
    with pytest.raises(ValueError, match="received '75X'"):
        read_cell("75X%", "percent")


def test_a_claim_cannot_be_changed(study):
    with pytest.raises(FrozenInstanceError):
        study.claims["vcao-ages"].value = "5"
