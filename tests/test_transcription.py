"""What is told of two copies that differ: whose, where, what should stand there and what does."""

from dataclasses import replace

import pandas as pd
import pytest

from ypp_analysis.ledger import transcription, uncovered
from ypp_analysis.ledger.study import Study
from ypp_analysis.ledger.transcription import Difference, compare, tokens_of
from ypp_analysis.ledger.words import difference_text


def with_cell(tables, table, row, column, value):
    """The tables with one cell changed; the row is named by its first column."""
    frame = tables[table].copy()
    frame.loc[frame.iloc[:, 0].astype(str) == row, column] = value
    return {**tables, table: frame}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ("study_numbers", "211", "token", "23"),
            ("petition-festival-dates", "study_numbers", "20 22 2010", "23 22 2010"),
        ),
        (
            ("study_numbers", "211", "page", 11),
            (
                *("petition-festival-dates", "study_numbers.211.page"),
                *("10 petition-launch", "11 petition-launch"),
            ),
        ),
        (
            ("claims", "petition-schools", "value", "3801"),
            ("petition-schools", "claims.value", "3800", "3801"),
        ),
        (
            ("petition", "schools", "signatures_n", 3801),
            ("petition-schools", "petition.schools.signatures_n", "3800", "3801"),
        ),
        # the one of two ends that differs
        (
            ("outcomes", "vcao-ages", "value_n", 11),
            ("vcao-ages", "outcomes.vcao-ages.value_n", "12/17", "11"),
        ),
        (
            ("outcomes", "vcao-ages", "value_high_n", 18),
            ("vcao-ages", "outcomes.vcao-ages.value_high_n", "12/17", "18"),
        ),
        # the only whole counts of 88 are 66 and 22
        (("victims", "children", "victims_n", 67), ("", "victims.children.victims_n", "66", "67")),
    ],
)
def test_a_copy_that_differs_is_told_in_full(tables, change, told):
    found = transcription(with_cell(tables, *change))
    assert told in list(found.itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            [
                "petition.concert.date_end: blank instead of 2010-12-24",
                "victims.adults.victims_n: 22, where no single number is to be expected",
            ],
        ),
        (
            "id",
            [
                "petition.concert.date_end: kosong, seharusnya 2010-12-24",
                "victims.adults.victims_n: 22, padahal tidak ada angka tunggal yang dapat "
                "diharapkan di situ",
            ],
        ),
    ],
)
def test_a_blank_copy_is_told_in_words(tables, lang, told):
    blank = with_cell(tables, "petition", "concert", "date_end", None)
    victims = tables["victims"].assign(base_n=250)  # 187 + 63 or 188 + 62
    found = transcription({**blank, "victims": victims})
    said = [
        difference_text(Difference(*row), lang) for row in found.itertuples(index=False, name=None)
    ]
    assert set(told) <= set(said)
    assert "None" not in " ".join(said)


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ("study-period", "outcomes.programme-years.period"),
        ("programme-start-month", "activities.ypp-start.date_start"),
        ("victims-children-share", "joint_statistics.2011.children_share_printed"),
    ],
)
def test_a_claim_without_the_value_that_its_cells_hold_is_told(tables, row, where):
    """A blank value stands for the words printed, which are no number of any table."""
    blank = transcription(with_cell(tables, "claims", row, "value", None))
    assert ("claims.value", "") in set(zip(blank["where"], blank["found"], strict=True))
    if not where.endswith("_printed"):  # what is printed is as it was
        assert where in set(blank["where"])


def test_what_a_claim_rests_on_has_no_blank_cell(tables):
    held = Study(with_cell(tables, "outcomes", "micro-grant", "value_high_n", None))
    assert [item.column for item in held.held("micro-grant").cells] == ["value_n"]


def test_faithful_tables_give_no_row_but_all_columns(tables):
    found = transcription(tables)
    assert found.columns.tolist() == ["claim", "where", "expected", "found"]
    assert found.empty


def test_a_token_without_its_claim_is_told(tables):
    claims = tables["claims"]
    found = transcription({**tables, "claims": claims[claims["claim"] != "vcao-groups"]})
    assert found.to_numpy().tolist() == [["vcao-groups", "claims", "a claim of that name", "none"]]


def test_shares_that_do_not_make_up_all_have_no_derived_count(tables):
    victims = tables["victims"]
    found = transcription({**tables, "victims": victims[victims["age_group"] == "children"]})
    rows = found.itertuples(index=False, name=None)
    assert ("", "victims.children.victims_n", "", "66") in list(rows)
    # of 250 both 187 + 63 and 188 + 62 are 75% and 25%
    found = transcription({**tables, "victims": victims.assign(base_n=250)})
    told = found[found["claim"] == ""]
    assert told["expected"].tolist() == ["", ""]


def test_words_that_state_no_quantity_are_told_and_end_the_comparison(tables):
    study = Study(tables)
    one = replace(study.claims["petition-schools"], printed="Tabel 1.1", cell="petition.gone.page")
    _, found = compare(study, one, {"Tabel 1.1": ["1.1"]})
    assert (found.claim, found.where, found.found) == ("petition-schools", "claims.value", "3800")
    assert "received '1.1'" in found.expected


def test_a_row_that_is_gone_is_told_by_its_place(tables):
    petition = tables["petition"]
    found = transcription({**tables, "petition": petition[petition["collection"] != "schools"]})
    assert found.loc[0, "found"].startswith("No cell petition.schools.signatures_n")


@pytest.mark.parametrize(
    ("unit", "cell", "value", "differ"),
    [
        ("date", "joint_statistics.2007-2008.year_start/year_end", "2007/2008", []),
        ("date", "joint_statistics.2007-2008.year_start/year_end", "2006/2008", ["year_start"]),
        ("date", "joint_statistics.2007-2008.year_start/year_end", "2007/2009", ["year_end"]),
        ("date", "joint_statistics.2009.year_start/year_end", "2009", []),
        ("date", "outcomes.programme-years.period", "2009/2011", []),
        ("date", "outcomes.programme-years.period", "2009/2010", ["period"]),
        ("years", "outcomes.vcao-ages.value_n/value_high_n", "12/17", []),
        ("years", "outcomes.vcao-ages.value_n/value_n", "12", []),
        ("years", "study_numbers.1.token", "12/17", []),
        ("years", "study_numbers.1.token", "12/18", ["token"]),
    ],
)
def test_each_cell_holds_the_end_it_should(tables, unit, cell, value, differ):
    study = Study(with_cell(tables, "study_numbers", "1", "token", "12/17"))
    ages = study.claims["vcao-ages"]
    printed = "2009-2011" if unit == "date" else ages.printed
    one = replace(ages, unit=unit, cell=cell, value=value, printed=printed)
    found = [item.where for item in compare(study, one, tokens_of([printed]))]
    places = [where.rpartition(".")[2] for where in found if where.startswith(cell.split(".")[0])]
    assert [place for place in places if place in cell] == differ


def test_a_number_without_a_claim_is_listed_with_the_reason(tables):
    found = uncovered(tables)
    assert found.columns.tolist() == ["table", "row", "column", "value", "reason"]
    assert dict(zip(found["column"], found["reason"], strict=True)) == {
        "page": "place",
        "region_no": "position",
        "collection_no": "position",
        "victims_n": "derived",
        "value_n": "article",  # "a coordinator"
    }
    claims = tables["claims"]
    less = uncovered({**tables, "claims": claims[claims["claim"] != "petition-schools"]})
    new = pd.concat([found, less]).drop_duplicates(keep=False)
    assert new.to_numpy().tolist() == [["petition", "schools", "signatures_n", "3800", ""]]
