"""The frame behind each exhibit: exactly the numbers its figure shows, no more.

Each function takes the raw tables and returns a new frame, a row for each mark or line of the
figure. Labels stand in English (``label_en``) and Indonesian (``label_id``).
"""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from ypp_analysis.arithmetic import rounded_interval
from ypp_analysis.findings import Tables
from ypp_analysis.findings.tiers import PROGRAMME_YEARS, STUDY_YEARS
from ypp_analysis.findings.victims import percent_readings as readings
from ypp_analysis.ledger import VERDICTS, ledger
from ypp_analysis.ledger.verdicts import ENOUGH_POWER
from ypp_analysis.measures.ranks import code_ranks
from ypp_analysis.wording import LANGUAGES, texts

COUNTRY = "KHM"
"""Cambodia, whose ranks are shown."""


def network(tables: Tables) -> pd.DataFrame:
    """Countries by region: ``region``, labels, ``countries_n``, ``base_n``, ``share_pct``."""
    frame = tables["ecpat_network"][["region", "label_en", "label_id", "countries_n"]]
    base = int(frame["countries_n"].sum())
    return frame.assign(base_n=base, share_pct=100 * frame["countries_n"] / base).sort_values(
        "countries_n", ascending=False, kind="stable", ignore_index=True
    )


def network_growth(tables: Tables) -> pd.DataFrame:
    """Dated sizes of the network: ``year``, ``measure``, ``n``, ``qualifier``, ``witness``."""
    frame = tables["ecpat_growth"]
    parts = [
        frame[["point", "year", f"{measure}_n", f"{measure}_qualifier", "witness"]]
        .rename(columns={f"{measure}_n": "n", f"{measure}_qualifier": "qualifier"})
        .assign(measure=measure)
        for measure in ("groups", "countries")
    ]
    long = pd.concat(parts, ignore_index=True).dropna(subset=["year", "n"])
    for row in long[long["qualifier"].isna()].to_dict("records"):
        raise ValueError(
            f"ecpat_growth.csv, {row['point']!r}: {row['measure']}_n is {row['n']}, but "
            f"{row['measure']}_qualifier is blank. Fill in how the number is qualified."
        )
    return long[["point", "measure", "year", "n", "qualifier", "witness"]].sort_values(
        ["measure", "year"], ascending=[False, True], kind="stable", ignore_index=True
    )


def cambodia_ranks(tables: Tables) -> pd.DataFrame:
    """Cambodia's ranks: ``report_year``, ``tier``, ``rank`` (1 best to 4), period flags."""
    ranks = tables["tip_tiers"]
    frame = ranks[ranks["country_iso3"] == COUNTRY].sort_values("report_year", ignore_index=True)
    years = frame["report_year"]
    return pd.DataFrame(
        {
            "report_year": years,
            "tier": frame["tier"],
            "rank": code_ranks(frame["tier"]).cat.codes + 1,
            "programme_year": years.isin(PROGRAMME_YEARS),
            "evidence": frame["evidence"],
        }
    )


def study_ranks(tables: Tables) -> pd.DataFrame:
    """Cambodia's ranks in the years that the study covers; see :func:`cambodia_ranks`."""
    frame = cambodia_ranks(tables)
    return frame[frame["report_year"].isin(STUDY_YEARS)].reset_index(drop=True)


def victims(tables: Tables) -> pd.DataFrame:
    """Reported victims by age group: ``victims_n``, ``base_n``, ``share_pct``, basis."""
    frame = tables["victims"]
    columns = ["age_group", "label_en", "label_id", "victims_n", "base_n"]
    return frame[columns].assign(
        share_pct=100 * frame["victims_n"] / frame["base_n"],
        share_printed=frame["share_printed"],
        victims_basis=frame["victims_basis"],
    )


def joint_statistics(tables: Tables) -> pd.DataFrame:
    """Reported victims by period, with who reported and over how many years."""
    frame = tables["joint_statistics"]
    years = frame["year_end"] - frame["year_start"] + 1
    columns = ["period", "victims_n", "reporting_ngos_n", "coalition_ngos_n"]
    witness = frame["source"].eq("study").map({True: "study", False: "other"})
    return frame[columns].assign(years_n=years, witness=witness)


def percent_readings(tables: Tables) -> pd.DataFrame:
    """Whole counts that make each share without a base true, under each base it may have."""
    frame = pd.DataFrame(
        {
            "statement": reading.statement,
            "base_n": reading.base_n,
            "low_n": reading.counts[0],
            "high_n": reading.counts[-1],
        }
        for reading in readings(tables)
    )
    columns = ["statement", "share_printed", "qualifier", "share_pct", "label_en", "label_id"]
    return frame.merge(tables["victim_shares"][columns], on="statement", sort=False)


PETITION = ["collection", "label_en", "label_id", "date_start", "date_end", "date_basis"]


def petition(tables: Tables) -> pd.DataFrame:
    """Signatures of each collection: ``signatures_n`` with the range of its rounding, target."""
    frame = tables["petition"].sort_values("collection_no", ignore_index=True)
    ranges = [rounded_interval(int(n)) for n in frame["signatures_n"]]
    return frame[[*PETITION, "signatures_n", "qualifier", "target_n"]].assign(
        low_n=[low for low, _ in ranges], high_n=[high for _, high in ranges]
    )


REACH = ["peer-supporters", "survivors-trained", "direct-support", "indirect-benefit"]


def reach(tables: Tables) -> pd.DataFrame:
    """People the study counts at each distance from the programme, bases kept apart."""
    frame = tables["outcomes"].set_index("outcome")
    if lacking := [outcome for outcome in REACH if outcome not in frame.index]:
        raise ValueError(f"No outcome is called {lacking[0]!r}. Put it back into outcomes.csv.")
    frame = frame.loc[REACH].reset_index().rename(columns={"value_n": "people_n"})
    return frame[["outcome", "label_en", "label_id", "people_n", "qualifier", "period", "page"]]


def timeline(tables: Tables) -> pd.DataFrame:
    """Dated events 2009-2011: ``event``, ``kind``, labels, ``start``, ``end``, ``precision``."""
    activities = tables["activities"].rename(
        columns={"activity": "event", "date_precision": "precision"}
    )
    collections = tables["petition"].rename(columns={"collection": "event"})
    collections = collections.assign(precision="day", kind="petition")
    both = pd.concat([activities.assign(kind="activity"), collections], ignore_index=True)
    both = both.rename(columns={"date_start": "start", "date_end": "end"})
    columns = ["event", "kind", "label_en", "label_id", "start", "end", "precision", "date_basis"]
    return (
        both.loc[both["start"].notna(), columns]
        .assign(date_basis=lambda frame: frame["date_basis"].fillna("printed"))
        .sort_values(["start", "end"], ascending=[True, False], kind="stable", ignore_index=True)
    )


def programme_logic(tables: Tables) -> pd.DataFrame:
    """Inputs, components, kinds of support and outputs, with the number of each that has one."""
    numbers = tables["outcomes"][["outcome", "value_n", "value_high_n", "unit", "qualifier"]]
    frame = tables["programme"].merge(numbers, on="outcome", how="left", sort=False)
    columns = ["item", "stage", "parent", "label_en", "label_id"]
    return frame[[*columns, "value_n", "value_high_n", "unit", "qualifier"]]


CONTRIBUTIONS = ["support", "network", "petition", "awareness", "training"]


def partners(tables: Tables) -> pd.DataFrame:
    """Who did what: a row for each partner and role, with its page; whether it has other roles."""
    columns = ["partner", "kind", "label_en", "label_id", "contribution", "page"]
    frame = tables["partners"][columns].drop_duplicates(["partner", "contribution"])
    several = frame["partner"].duplicated(keep=False)
    order = frame["contribution"].map(CONTRIBUTIONS.index)
    return (
        frame.assign(several_roles=several)
        .loc[order.sort_values(kind="stable").index]
        .reset_index(drop=True)
    )


def countries(tables: Tables) -> pd.DataFrame:
    """The programme's countries by role and region, with the regions that the conclusion names.

    A region without a country of the programme has one row, its country empty.
    """
    regions = tables["ecpat_network"][["region", "label_en", "label_id"]].rename(
        columns={"label_en": "region_en", "label_id": "region_id"}
    )
    named = tables["ypp_regions"]["region"]
    columns = ["country_iso3", "label_en", "label_id", "role", "region"]
    frame = regions.merge(tables["ypp_countries"][columns], on="region", how="left", sort=False)
    frame = frame.assign(named_in_conclusion=frame["region"].isin(named))
    return frame[frame["country_iso3"].notna() | frame["named_in_conclusion"]].reset_index(
        drop=True
    )


VERDICT_GROUPS = {
    "holds": ("confirmed", "reproduced"),
    "look": ("contradicted", "qualified", "ambiguous"),
    "open": ("underdetermined", "unverified"),
}
"""What a verdict comes to: the number holds, needs a second look, or is left open."""


def verdicts(tables: Tables) -> pd.DataFrame:
    """Claims with each verdict: ``group``, ``verdict``, its place ``verdict_no``, ``claims_n``."""
    counts = ledger(tables)["verdict"].value_counts()
    frame = pd.DataFrame(
        {
            "group": group,
            "verdict": verdict,
            "verdict_no": VERDICTS.index(verdict) + 1,
            "claims_n": int(counts.get(verdict, 0)),
        }
        for group, members in VERDICT_GROUPS.items()
        for verdict in members
    )
    return _with_labels(frame)


def claim_counts(frame: pd.DataFrame) -> dict[str, int]:
    """Claims in all and with each verdict, from the frame of :func:`verdicts`."""
    counts = frame.set_index("verdict")["claims_n"]
    named = {f"claims_{verdict}": int(n) for verdict, n in counts.items()}
    return {"claims_total": sum(named.values()), **named}


POWER_BANDS = ("none", "few", "most", "all")


def _band(power: Fraction) -> str:
    """Whether a check catches no slip, less than half, half or more, or all of them."""
    if power in (0, 1):
        return "all" if power else "none"
    return "most" if power >= ENOUGH_POWER else "few"


def power(tables: Tables) -> pd.DataFrame:
    """Claims by verdict and by the share of slips that their check would have caught, ``band``.

    Claims without a check or without a number have no power and are left out.
    """
    found = ledger(tables).dropna(subset=["power"])
    banded = found.assign(band=found["power"].map(_band))
    frame = banded.groupby(["verdict", "band"]).size().rename("claims_n").reset_index()
    frame["verdict_no"] = frame["verdict"].map(VERDICTS.index) + 1
    frame["band_no"] = frame["band"].map(POWER_BANDS.index) + 1
    frame = frame.sort_values(["verdict_no", "band_no"], ignore_index=True)
    return _with_labels(frame)


def _with_labels(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the names of the verdicts in both languages, from the texts."""
    names = {
        f"verdict_{lang}": frame["verdict"].map(
            {key: text["label"] for key, text in texts(lang)["verdicts"].items()}
        )
        for lang in LANGUAGES
    }
    return frame.assign(**names)
