"""The tokenizer on cases counted by hand, and the ledger's raw tables against the study's text."""

from __future__ import annotations

import json
import os
import re
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from ypp_analysis.coverage import STUDY_SHA256, coverage, find_tokens, load_text, token_value

ROOT = Path(__file__).parents[1]
RAW = ROOT / "data" / "raw"
ONE_PAGE = pd.DataFrame({"page": [1], "first_line": [1]})
TWO_PAGES = pd.DataFrame({"page": [1, 2], "first_line": [1, 3]})
REASONS = {
    "access-date",
    "address-part",
    "exhibit-number",
    "footnote-marker",
    "list-number",
    "name-part",
    "not-a-count",
    "page-reference",
    "publication-year",
}
MONTHS = {"januari": 1, "februari": 2, "november": 11, "desember": 12}


def read(name: str) -> pd.DataFrame:
    """Read a raw table as text, blank cells as empty strings."""
    return pd.read_csv(RAW / f"{name}.csv", dtype=str, keep_default_na=False)


def tokens_of(text: str) -> list[str]:
    """Give the tokens of a text alone."""
    return find_tokens(text, ONE_PAGE)["token"].to_list()


@pytest.fixture(scope="module")
def numbers() -> pd.DataFrame:
    """The table of the study's number tokens, as it is loaded for use."""
    return read("study_numbers").astype({"token_no": int, "page": int, "line": int})


@pytest.fixture(scope="module")
def pages() -> pd.DataFrame:
    """The first line of each page of the study."""
    return read("pages").astype(int)


@pytest.fixture(scope="module")
def study() -> str:
    """The study's text, which is not part of the repository."""
    named = os.environ.get("YPP_STUDY_TEXT")
    copies = [Path(named)] if named else sorted(ROOT.parent.glob("shared/study/*.txt"))
    if not copies:
        pytest.skip("no copy of the study: name one in YPP_STUDY_TEXT")
    text, sha256 = load_text(copies[0])
    assert sha256 == STUDY_SHA256
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50% eksploitasi, 1,2 juta anak", ["50%", "1,2 juta"]),
        ("sekitar 10.762 peserta dan 3.400.", ["10.762", "3.400"]),
        ("pada 11 april 2016 hlm.3", ["11", "2016", "3"]),
        ("20-22 November 2010, jam 09.00", ["20", "22", "2010", "09.00"]),
        ("(biasanya 500$-1.500$ USD)", ["500$", "1.500$"]),
        ("tier 2. Tier 2 merupakan", ["2", "2"]),
        ("1. Organisasi", ["1"]),
        ("Tabel 1.1", ["1.1"]),
        ("II. ISI", []),
        ("-the-50-baby-a-339105.html?id=46&Itemid=75", ["50", "339105", "46", "75"]),
        ("YPP%20Peer%20", ["20", "20"]),
        ("Dua Motivator, sebelas negara", ["Dua", "sebelas"]),
        ("satu jam setengah", ["satu", "setengah"]),
        ("dihadiri ratusan ribu orang", ["ratusan ribu"]),
        ("dua\n\nbelas negara, dua negara", ["dua belas", "dua"]),
        ("1,2\n juta", ["1,2 juta"]),
        ("kelompok ketiga", ["ketiga"]),
        ("salah satu dari satu sama lain, salah\nsatu, satu", ["satu"]),
        ("salah satunya, kelima-limanya, keduanya", ["kelima"]),
        ("one of three countries", ["one", "three"]),
        ("sebuah, seorang, setiap, bersatu, listen, lonely", []),
    ],
)
def test_tokens_are_those_a_reader_counts(text: str, expected: list[str]) -> None:
    assert tokens_of(text) == expected


def test_position_is_page_line_and_index_on_the_page() -> None:
    tokens = find_tokens("satu\n2 dan 3\nempat\n\n5\n", TWO_PAGES)
    assert tokens.to_dict("list") == {
        "page": [1, 1, 1, 2, 2],
        "line": [1, 2, 2, 3, 5],
        "index": [1, 2, 3, 1, 2],
        "token": ["satu", "2", "3", "empat", "5"],
    }


@pytest.mark.parametrize("first_lines", [[], [2, 3], [1, 1], [1, 9, 4]])
def test_pages_out_of_order_are_refused(first_lines: list[int]) -> None:
    wrong = pd.DataFrame({"page": range(1, len(first_lines) + 1), "first_line": first_lines})
    with pytest.raises(ValueError, match=re.escape(f"received first_line {first_lines}")):
        find_tokens("satu", wrong)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("10.762", Fraction(10762)),
        ("1,2 juta", Fraction(1_200_000)),
        ("3000", Fraction(3000)),
        ("75%", Fraction(3, 4)),
        ("0,5%", Fraction(1, 200)),
        ("1.500$", Fraction(1500)),
        ("09.00", Fraction(9)),
        ("16.30", Fraction(33, 2)),
        ("Dua", Fraction(2)),
        ("dua belas", Fraction(12)),
        ("ratusan ribu", Fraction(100_000)),
        ("setengah", Fraction(1, 2)),
    ],
)
def test_a_token_is_read_the_indonesian_way(token: str, expected: Fraction) -> None:
    assert token_value(token) == expected


@pytest.mark.parametrize("token", ["1.1", "1.2345", "9.75", "banyak"])
def test_what_is_no_quantity_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"received {token!r}")):
        token_value(token)


def test_text_comes_with_the_sha256_of_its_file(tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(b"abc")
    # FIPS 180-2, appendix B.1: the digest of "abc"
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert load_text(copy) == ("abc", digest)


def test_a_text_in_another_encoding_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes("tahun „2009".encode("cp1252"))
    with pytest.raises(ValueError, match=r"has the byte 0x84 at offset 6"):
        load_text(copy)


# A text of two pages with the table that covers it, and what each planted fault must give.
TEXT = "lima negara\npada 2009\nlima wilayah, 75%\n"
TABLE = pd.DataFrame(
    {
        "token_no": [1, 2, 3, 4],
        "page": [1, 1, 2, 2],
        "line": [1, 2, 3, 3],
        "token": ["lima", "2009", "lima", "75%"],
    }
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, []),
        # put in: named once, and what follows is not shifted
        ("lima negara 7\npada 2009\nlima wilayah, 75%\n", [("lacking", 1, 1, "7", None)]),
        # taken out
        ("lima negara\npada\nlima wilayah, 75%\n", [("too many", 1, 2, "2009", 2)]),
        # changed: the old one is too many, the new one lacking
        (
            "lima negara\npada 2009\nlima wilayah, 57%\n",
            [("too many", 2, 3, "75%", 4), ("lacking", 2, 3, "57%", None)],
        ),
        # moved to another page
        (
            "lima negara\npada\nlima wilayah 2009, 75%\n",
            [("too many", 1, 2, "2009", 2), ("lacking", 2, 3, "2009", None)],
        ),
        # moved to another line of its page
        ("lima negara 2009\n\nlima wilayah, 75%\n", [("misplaced", 1, 1, "2009", 2)]),
        ("", [("too many", *row) for row in [(1, 1, "lima", 1), (1, 2, "2009", 2)]]
            + [("too many", *row) for row in [(2, 3, "lima", 3), (2, 3, "75%", 4)]]),
    ],
)  # fmt: skip
def test_each_planted_fault_is_named(text: str, expected: list[tuple[object, ...]]) -> None:
    before = TABLE.copy()
    differences = coverage(text, TABLE, TWO_PAGES)
    named = differences.astype(object).where(differences.notna(), None)
    assert list(named.itertuples(index=False, name=None)) == expected
    pd.testing.assert_frame_equal(TABLE, before)


def test_the_table_covers_the_study(study: str, numbers: pd.DataFrame, pages: pd.DataFrame) -> None:
    assert coverage(study, numbers, pages).to_dict("records") == []


@pytest.mark.parametrize(("column", "wrong"), [("token", "999"), ("page", 99), ("line", 9999)])
def test_a_wrong_cell_of_the_table_is_named(
    study: str, numbers: pd.DataFrame, pages: pd.DataFrame, column: str, wrong: object
) -> None:
    for row in range(0, len(numbers), 25):
        table = numbers.copy()
        table.loc[row, column] = wrong
        assert numbers["token_no"][row] in set(coverage(study, table, pages)["token_no"].dropna())


def test_a_row_left_out_of_the_table_is_named(
    study: str, numbers: pd.DataFrame, pages: pd.DataFrame
) -> None:
    for row in range(0, len(numbers), 25):
        differences = coverage(study, numbers.drop(index=row), pages)
        lacking = differences[differences["problem"] == "lacking"]
        assert lacking[["page", "token"]].to_numpy().tolist() == [
            numbers.loc[row, ["page", "token"]].to_list()
        ]


def test_every_token_has_a_claim_or_a_reason(numbers: pd.DataFrame, pages: pd.DataFrame) -> None:
    assert numbers["token_no"].to_list() == list(range(1, len(numbers) + 1))
    assert ((numbers["claim"] == "") != (numbers["reason"] == "")).all()
    assert set(numbers["reason"]) - {""} == REASONS
    assert set(numbers["claim"]) - {""} <= set(read("claims")["claim"])
    assert set(numbers["section"]) <= set(read("sections")["section"])
    assert set(numbers["page"]) <= set(pages["page"])


def test_every_claim_owns_exactly_the_tokens_it_prints(numbers: pd.DataFrame) -> None:
    claims = read("claims")
    assert claims["claim"].is_unique
    for claim in claims.itertuples():
        own = numbers[numbers["claim"] == claim.claim]
        assert own["token"].to_list() == tokens_of(claim.printed), claim.claim
        assert set(own["page"]) <= {int(claim.page)}, claim.claim
        assert set(own["section"]) <= {claim.section}, claim.claim


def test_claims_are_printed_in_the_study(study: str) -> None:
    running = " ".join(study.split())
    for printed in read("claims")["printed"]:
        assert printed in running


def test_value_is_the_printed_number() -> None:
    for claim in read("claims").itertuples():
        read_off = [token_value(token) for token in tokens_of(claim.printed)]
        if claim.unit == "date":
            month = [MONTHS[word] for word in claim.printed.lower().split() if word in MONTHS]
            parts = {int(part) for part in re.findall(r"[0-9]+", claim.value)}
            assert parts == {int(value) for value in read_off} | set(month), claim.claim
        elif claim.unit == "clock":
            hours = [Fraction(int(time[:2])) for time in claim.value.split("/")]
            assert hours == read_off, claim.claim
        elif claim.value:
            scale = 100 if claim.unit == "percent" else 1
            bounds = [Fraction(bound) / scale for bound in claim.value.split("/")]
            whole = read_off if claim.kind == "range" else [sum(read_off, Fraction(0))]
            assert bounds == whole, claim.claim
        else:
            assert read_off == [], claim.claim


@pytest.mark.parametrize("column", ["statement_en", "statement_id"])
def test_statements_take_their_number_from_the_printed_one(column: str) -> None:
    for claim in read("claims").itertuples():
        statement = getattr(claim, column)
        assert statement.count("{printed}") == (1 if claim.value else 0), claim.claim
        assert not re.search("[0-9]", statement), claim.claim
        assert statement.endswith("."), claim.claim


def test_claims_and_evidence_keep_to_their_terms() -> None:
    sources = {source["id"] for source in json.loads((RAW / "sources.json").read_text("utf-8"))}
    claims, evidence = read("claims"), read("evidence")
    qualifiers = {"exact", "about", "more_than", "less_than", "at_least"}
    kinds = "count share sum list_count date duration rank order repeat range target"
    assert set(claims["qualifier"]) <= qualifiers
    assert set(claims["kind"]) <= set(kinds.split())
    assert set(claims["cited_source"]) - {""} <= sources
    assert claims["finding"].str.fullmatch(r"([a-z][a-z0-9_]*)?").all()
    assert evidence["evidence"].is_unique
    assert set(evidence["claim"]) <= set(claims["claim"])
    assert set(evidence["source"]) <= sources
    assert set(evidence["relation"]) <= {"supports", "refines", "contradicts", "context"}


def test_the_transcription_notes_agree_with_the_tables(pages: pd.DataFrame) -> None:
    notes = (ROOT / "docs" / "transcription.md").read_text("utf-8")
    rows = re.findall(r"^\| ([0-9]+) \| ([0-9]+) \|$", notes, re.MULTILINE)
    assert [(int(page), int(line)) for page, line in rows] == list(
        pages.itertuples(index=False, name=None)
    )
    assert STUDY_SHA256 in notes
    assert set(re.findall(r"^\| `([a-z-]+)` \|", notes, re.MULTILINE)) == REASONS
    quoted = set(re.findall(r"`([0-9][^`]{0,20})`", notes))
    assert quoted <= {*read("study_numbers")["token"], *read("claims")["printed"]}
