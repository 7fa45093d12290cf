"""Change each number in turn: the proof that a wrong one is told, and that the proof can fail.

A fixed draw of the changes is made here; ``python -m benchmarks.mutation`` makes all of them.
"""

import csv
import hashlib
import io
import json
import shutil

import pandas as pd
import pytest

from benchmarks import guards, misprints, mutation
from benchmarks.changes import Mutation, Raw, changed_texts
from benchmarks.guards import GUARDS, Sweep, see, shown, sweep
from benchmarks.misprints import (
    Asked,
    dependents,
    misprint_all,
    misprinted,
    reprinted,
    written,
)
from benchmarks.mutation import HASH_ONLY, REASONS, RESULTS, report
from ypp_analysis.datasets import check
from ypp_analysis.datasets.reading import Dialect
from ypp_analysis.ledger import VERDICTS, ledger, transcription
from ypp_analysis.ledger.transcription import compare, printed_tokens
from ypp_analysis.ledger.values import read_printed
from ypp_analysis.project import shipped_dir

PUBLISHED = json.loads(RESULTS.read_text(encoding="utf-8"))

# Guards that can tell a change of a table, by what the table is. All tables have rules.
COPIED = frozenset({"transcription", "verdict", "working", "stop", "exhibit", "uncovered"})
ALLOWED = {
    # the study's own numbers: in several copies, and what verdicts rest on
    "activities": COPIED,
    "ecpat_growth": COPIED,
    "joint_statistics": COPIED,
    "outcomes": COPIED,
    "petition": COPIED,
    "victim_shares": COPIED,
    "victims": COPIED,
    "ecpat_network": {"transcription", "verdict", "working"},
    "claims": {"transcription", "uncovered", "verdict", "working", "stop"},
    "study_numbers": {"transcription", "verdict", "working", "stop"},
    # lists that claims count, and the order of the text: no number of theirs is copied
    "ypp_countries": {"verdict", "working", "exhibit"},
    "ypp_regions": {"verdict", "working", "exhibit"},
    "programme": {"verdict", "working", "exhibit"},
    "sections": {"verdict", "working"},
    "partners": {"exhibit"},
    # read in other sources: only what a verdict or an exhibit rests on
    "evidence": {"verdict", "working"},
    "tip_tiers": {"verdict", "working", "exhibit"},
    "tip_witnesses": set(),
    "sources": set(),
    "pages": set(),
}


@pytest.fixture(scope="module")
def study():
    return Sweep()


@pytest.fixture(scope="module")
def some():
    return sweep(copies=0.1, others=0.015)


def at(study, table, row, column, new):
    """A change, its row by name."""
    key = study.raw.register[table].primary_key
    names = ["/".join(cells) for cells in study.raw.keys(table, key)]
    return Mutation(table, names.index(row), column, "row" if not column else "digit", new)


def told(study, one):
    return {"rules"} if study.raw.faulty(one.table, [one]) else study.guards(one)


# What is changed


def test_a_number_is_changed_in_every_way_one_slip_can():
    found = list(changed_texts("120", "any"))
    assert [kind for kind, _ in found] == ["digit"] * 3 + ["swap"] * 2 + ["unit"]
    assert [text for _, text in found[3:]] == ["210", "102", "121"]
    for place, (_, text) in enumerate(found[:3]):
        assert [a != b for a, b in zip(text, "120", strict=True)] == [
            other == place for other in range(3)
        ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("satu jam setengah", ["dua jam setengah", "satu jam seperempat"]),
        ("Tier 2", ["Tier 1", "Tier 2 Watch List", "Tier 3"]),
        ("two_documents", []),
        ("Europe", []),
    ],
)
def test_words_and_ranks_are_changed_too(text, found):
    assert [other for _, other in changed_texts(text, "any")] == found


def written_table(rows):
    lines = io.StringIO()
    csv.writer(lines, Dialect).writerows(rows)
    return lines.getvalue().encode()


def test_the_hash_of_every_table_tells_every_change():
    raw = Raw()
    for name, table in raw.register.items():
        if name == "sources":
            continue  # JSON, of which only whole rows are dropped
        header, rows = raw.columns(name), raw.texts[name]
        content = (shipped_dir() / table.path).read_bytes()
        assert written_table([header, *rows]) == content  # so all that is in the file is changed
        for one in raw.mutations(name):
            assert not one.column or raw.changed_row(one) != rows[one.row]
        changed = written_table([header, *rows[1:]])
        assert f"sha256:{hashlib.sha256(changed).hexdigest()}" != table.hash


# Who notices: each line reasoned beside it


@pytest.mark.parametrize(
    ("change", "by"),
    [
        # a copy of "500", which no check holds against anything; the sum in the working differs
        (("petition", "concert", "signatures_n", "510"), {"transcription", "working"}),
        # 66 and 22 are the only counts of 88 that round to 75% and 25%
        (("victims", "children", "victims_n", "67"), {"transcription"}),
        # 77 - 10 is not more than 75
        (("ecpat_network", "africa", "countries_n", "5"), {"transcription", "verdict"}),
        # the rank of 2016 is a claim of the study, though the table is not from it
        (("tip_tiers", "KHM/2016", "tier", "Tier 2 Watch List"), {"verdict"}),
        # no claim and no exhibit has Togo: the hash alone
        (("tip_tiers", "TGO/2010", "tier", "Tier 3"), set()),
        # a month 13, a share above 100%, a second row of a year, a page that the study lacks
        (("petition", "water-festival", "date_start", "2010-13-20"), {"rules"}),
        (("victim_shares", "under-17", "share_pct", "175"), {"rules"}),
        (("tip_tiers", "KHM/2010", "report_year", "2011"), {"rules"}),
        (("outcomes", "vcao-groups", "page", "14"), {"rules"}),
        # ranks refer to the country
        (("ypp_countries", "KHM", "", ""), {"rules"}),
        # its cell is left without a claim, and the ledger without a row
        (("claims", "petition-schools", "", ""), {"rules"}),
        # the share of 2007-2008, which no exhibit draws
        (("joint_statistics", "2007-2008", "children_share_printed", "42%"), set()),
        # the victims of 2007-2008, which one does
        (("joint_statistics", "2007-2008", "victims_n", "166"), {"exhibit"}),
    ],
)
def test_who_notices(study, change, by):
    assert told(study, at(study, *change)) == by


def test_a_claim_that_is_gone_leaves_its_number_uncovered(study):
    assert "uncovered" in study.guards(at(study, "claims", "petition-schools", "", ""))


def test_every_change_of_a_copy_of_a_claim_is_told_without_the_hash(some):
    assert some["copy"].sum() > 150
    assert some.loc[some["copy"], list(GUARDS)].any(axis=1).all()


def test_what_only_the_hash_tells_is_listed_with_a_reason(some):
    left = some[~some[list(GUARDS)].any(axis=1)]
    assert {*zip(left["table"], left["column"], strict=True)} <= HASH_ONLY.keys()
    assert set(HASH_ONLY.values()) == REASONS.keys()


def test_each_table_is_guarded_by_those_that_can(some):
    assert ALLOWED.keys() == set(Raw().register)
    for table, rows in some.groupby("table"):
        found = {guard for guard in GUARDS if rows[guard].any()} - {"rules"}
        assert found <= ALLOWED[table], table


def test_the_tables_as_they_are_break_no_rule(study):
    for name, rows in study.raw.texts.items():
        first = study.raw.columns(name)[0]
        same = [Mutation(name, row, first, "digit", cells[0]) for row, cells in enumerate(rows)]
        assert not study.raw.faulty(name, same), name


# The fast way in memory against the slow one on disk


def test_rules_are_those_of_a_folder_on_disk(study, tmp_path):
    chosen = [
        at(study, "tip_tiers", "KHM/2010", "report_year", "2011"),  # twice
        at(study, "tip_tiers", "KHM/2010", "report_year", "2030"),  # too late
        at(study, "ypp_countries", "KHM", "", ""),  # referred to
        at(study, "study_numbers", "1", "token_no", "301"),  # a free key
        at(study, "tip_witnesses", "KHM/2001/kelley-heiss-panel", "report_year", "2002"),  # twice
        at(study, "tip_witnesses", "KHM/2001/kelley-heiss-panel", "report_year", "2025"),
        at(study, "outcomes", "vcao-groups", "value_n", "33"),
        at(study, "outcomes", "vcao-groups", "", ""),
        at(study, "petition", "water-festival", "hours_start", "9:00"),
    ]
    for number, one in enumerate(chosen):
        folder = shutil.copytree(shipped_dir(), tmp_path / str(number))
        rows = [list(cells) for cells in study.raw.texts[one.table]]
        rows[one.row : one.row + 1] = [study.raw.changed_row(one)] if one.column else []
        path = folder / study.raw.register[one.table].path
        path.write_bytes(written_table([study.raw.columns(one.table), *rows]))
        assert bool(check(folder)) == bool(study.raw.faulty(one.table, [one])), one


def test_what_is_judged_in_memory_is_what_the_ledger_publishes(study, tables):
    changes = [
        at(study, "petition", "concert", "signatures_n", "510"),
        at(study, "ecpat_network", "africa", "countries_n", "5"),
        at(study, "claims", "motivators-repeated", "value", "3"),
        at(study, "evidence", "congress-governments-declaration", "value_found", "118"),
        at(study, "study_numbers", "9", "", ""),
    ]
    for one in [None, *changes]:
        frames = {**tables}
        if one is None:
            found = {name: shown(study.study, name) for name in study.study.claims}
            differs = set()
        else:
            frames[one.table] = study.changed_frame(one)
            with study.changed(one) as changed:
                found = {name: shown(changed, name) for name in changed.claims}
            differs = study.guards(one) & {"transcription"}
        slow = ledger(frames, "en").drop(columns="transcription")
        rows = slow.astype(object).where(slow.notna(), None).to_numpy().tolist()
        fast = [
            [*row[:11], None if row[11] is None else float(row[11]), *row[12:]]
            for row in found.values()
        ]
        assert fast == rows
        assert bool(differs) == (not transcription(frames).empty)


def test_the_study_is_as_before_after_a_change(study):
    before = {
        name: list(rows.items())
        for name in study.raw.register
        if name != "sources"
        for rows in [study.study.rows(name)]
    }
    for one in (at(study, "petition", "concert", "", ""), at(study, "claims", "vcao-ages", "", "")):
        study.guards(one)
    assert {name: list(study.study.rows(name).items()) for name in before} == before


# The proof can fail: with a guard gone, fewer changes are told


def petition_told(study):
    changes = list(study.raw.mutations("petition"))[::4]
    faulty = study.raw.faulty("petition", changes)
    rows = [{"rules"} if one in faulty else study.guards(one) for one in changes]
    return {guard: sum(guard in row for row in rows) for guard in GUARDS}


@pytest.mark.parametrize(
    ("guard", "target", "name", "blind"),
    [
        ("rules", Raw, "faulty", lambda *_: set()),
        ("transcription", guards, "differences", lambda *_: []),
        ("verdict", guards, "judge", lambda *_: "no_check"),
        ("working", guards, "shown", lambda *_: ()),
    ],
)
def test_without_a_guard_fewer_changes_are_told(study, monkeypatch, guard, target, name, blind):
    whole = petition_told(study)
    assert whole[guard] > 0
    monkeypatch.setattr(target, name, blind)
    if guard == "rules":
        changes = list(study.raw.mutations("petition"))
        assert not study.raw.faulty("petition", changes)
        return
    blinded = Sweep()
    assert petition_told(blinded)[guard] == 0


def test_without_the_comparison_of_copies_a_copied_number_goes_unnoticed(study, monkeypatch):
    one = at(study, "outcomes", "body-shop-subsidiaries", "value_n", "61")
    assert told(study, one) == {"transcription"}
    monkeypatch.setattr(guards, "differences", lambda *_: [])
    assert told(study, one) == set()


# Misprints: an error of the study itself


@pytest.fixture(scope="module")
def asked():
    found = Asked(guards.load_all())
    found.asked = set()
    return found


def test_a_misprint_is_written_as_the_study_could_have(asked):
    for claim in asked.claims.values():
        for value in misprints.misprints(claim):
            text = written(value, claim.unit)
            tokens = misprints.tokens_of([text])[text] if value == claim.number else None
            assert tokens is None or read_printed(text, tokens, claim.unit) == value
            assert reprinted(claim, value).number == value


def test_a_misprint_is_copied_faithfully(asked):
    claims = list(asked.claims.values())
    for place, claim in enumerate(claims):
        for value in misprints.misprints(claim)[place % 9 :: 17]:
            with misprinted(asked, claim.claim, value) as wrong:
                assert not list(compare(asked, wrong, printed_tokens(asked))), (claim.claim, value)
    assert [*asked.claims.values()] == claims
    assert transcription(asked.tables).empty


@pytest.mark.parametrize(
    ("name", "seen", "of"),
    [
        # 2011 - 2009 + 1 = 3: every other digit is refuted
        ("programme-years", 9, 9),
        # nothing to hold it against; 3,800: 3 x 9 other digits, 8 first ones, 1 swap, 2 units
        ("petition-schools", 0, 38),
        # nothing to hold it against: 8 + 4 x 9 other digits, three swaps (01762 is no number)
        ("indirect-benefit", 0, 47),
        # 70 <= 75: of 10 20 30 40 50 60 80 90, 71-79 and 69 only 80, 90 and 76-79 are above
        ("network-2007-countries", 6, 18),
        # 66 and 22 of 88 are the only whole counts; 8 other tens, 9 other units, 52, 24 and 26
        # of which 24 and 26 are among the units
        ("victims-adults-share", 18, 18),
    ],
)
def test_what_is_published_of_a_claim_is_what_can_be_counted(name, seen, of):
    row = next(row for row in PUBLISHED["claims"] if row["claim"] == name)
    assert (row["own_n"], row["misprints_n"]) == (seen, of)


@pytest.fixture(scope="module")
def drawn():
    return misprint_all(step=13)


def test_reproduced_numbers_are_seen_and_unchecked_ones_are_not(drawn):
    assert drawn.loc[drawn["verdict"] == "reproduced", "own"].all()
    assert not drawn.loc[drawn["check"] == "none", "own"].any()


def test_a_draw_agrees_with_what_is_published(drawn):
    published = {row["claim"]: row for row in PUBLISHED["claims"]}
    for name, rows in drawn.groupby("claim"):
        told_n, missed_n = rows["own"].sum(), (~rows["own"]).sum()
        assert told_n <= published[name]["own_n"]
        assert missed_n <= published[name]["misprints_n"] - published[name]["own_n"]


def test_without_judgement_no_misprint_is_seen(monkeypatch):
    monkeypatch.setattr(guards, "judge", lambda _: "no_check")
    assert not misprint_all(step=29)["any"].any()


def test_only_claims_near_a_misprint_are_judged_again(asked):
    near = dependents(asked)
    before = {name: see(asked, name).verdict for name in asked.claims}
    for name in list(asked.claims)[::8]:
        for value in misprints.misprints(asked.claims[name])[:1]:
            with misprinted(asked, name, value):
                now = {other: see(asked, other).verdict for other in asked.claims}
            assert {other for other in now if now[other] != before[other]} <= set(near[name])


# What is published


def test_published_counts_are_of_these_tables(asked):
    raw = Raw()
    assert {row["table"]: row["changes_n"] for row in PUBLISHED["tables"]} == {
        name: sum(1 for _ in raw.mutations(name)) for name in raw.register
    }
    assert {row["claim"]: row["misprints_n"] for row in PUBLISHED["claims"]} == {
        name: len(found)
        for name, claim in asked.claims.items()
        if (found := misprints.misprints(claim))
    }
    assert {(row["table"], row["column"]) for row in PUBLISHED["hash_only"]} == HASH_ONLY.keys()
    for row in PUBLISHED["tables"]:
        assert row["copies_told_n"] == row["copies_n"]
        noticed = {guard for guard in GUARDS if row[guard]} - {"rules"}
        assert noticed <= ALLOWED[row["table"]], row["table"]


def test_published_misprints_go_by_the_verdicts_of_the_ledger(tables):
    verdicts = ledger(tables).set_index("claim")["verdict"]
    named = verdicts[[row["claim"] for row in PUBLISHED["claims"]]]
    found = {row["verdict"]: row["claims_n"] for row in PUBLISHED["verdicts"]}
    assert found == named.value_counts().to_dict()
    assert list(found) == [name for name in VERDICTS if name in found]


def test_the_counts_are_made_of_the_changes():
    changes = pd.DataFrame(
        {
            "table": ["one", "one", "two"],
            "column": ["a", "b", ""],
            "copy": [True, True, False],
            **dict.fromkeys(GUARDS, [False] * 3),
            "rules": [True, False, False],
        }
    )
    found = mutation.counted(changes)
    one = found["tables"][0]
    assert (one["changes_n"], one["copies_n"], one["copies_told_n"]) == (2, 2, 1)
    assert (one["rules"], one["hash_only"]) == (1, 1)
    assert found["hash_only"] == [
        {"table": "one", "column": "b", "changes_n": 1},
        {"table": "two", "column": "", "changes_n": 1},
    ]


def test_the_report_says_all_of_it():
    text = report()
    for row in PUBLISHED["tables"]:
        assert f"| {row['table']} " in text
    for row in PUBLISHED["verdicts"]:
        assert f"| {row['verdict']} " in text
    assert "copies of a number that is a claim of the study, all." in text
    assert "nan" not in text.split()
    assert "None" not in text
