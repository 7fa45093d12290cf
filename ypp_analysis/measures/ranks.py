"""Ranks of countries in the Trafficking in Persons reports: coding, changes, spells, periods.

A rank states how the U.S. Department of State judged a government's efforts in a report year. It
measures neither the number of victims nor how common trafficking is. Ranks are ordinal: they are
counted and put in order, never added or averaged. The watch list was added after the first
reports, so that the earliest years had one rank fewer to choose from.

Frames have one row for each country and report year: ``country_iso3`` (ISO 3166-1 alpha-3),
``report_year`` and ``tier`` (as printed in the report). Further columns are ignored, and the frame
given is left as it was.
"""

import pandas as pd

from ypp_analysis.measures.frames import refuse, refuse_repeats, require_columns, whole_counts

# From the best judgement to the worst.
TIERS = ["Tier 1", "Tier 2", "Tier 2 Watch List", "Tier 3"]
# A country that a report leaves out of the ranking has no rank in that year.
NOT_RANKED = "not ranked"

CHANGES = {-1: "improved", 0: "unchanged", 1: "worsened"}


def code_ranks(tiers: pd.Series) -> pd.Series:
    """Code tiers as an ordered category, from Tier 1 (lowest) to Tier 3 (highest).

    Parameters
    ----------
    tiers : Series of str
        ``"Tier 1"``, ``"Tier 2"``, ``"Tier 2 Watch List"``, ``"Tier 3"``, ``"not ranked"``, or
        missing.

    Returns
    -------
    Series
        Ordered categorical with the same index; "not ranked" is missing, for it is no rank.
        ``.cat.codes`` gives 0 to 3, and -1 for missing. A higher code is a worse judgement of the
        government's efforts, not a greater number of victims.

    Raises
    ------
    ValueError
        For any other text.
    """
    known = tiers.isin([*TIERS, NOT_RANKED]) | tiers.isna()
    refuse(tiers, ~known, f"a tier is one of {[*TIERS, NOT_RANKED]}; correct the spelling")
    order = pd.CategoricalDtype(TIERS, ordered=True)
    return tiers.where(tiers != NOT_RANKED).astype(order)


def transitions(frame: pd.DataFrame) -> pd.DataFrame:
    """Compare each rank with the one of the year before.

    A year without a rank breaks the sequence: nothing is carried over a gap.

    Parameters
    ----------
    frame : DataFrame
        Columns ``country_iso3``, ``report_year``, ``tier``.

    Returns
    -------
    DataFrame
        One row for each country and report year that follows a ranked year: ``country_iso3``,
        ``report_year``, ``previous_tier``, ``tier`` (ordered categories), ``change``
        ("improved", "unchanged" or "worsened"). The words are about the Department's judgement of
        a government's efforts, not about the number of victims.

    Raises
    ------
    ValueError
        For a missing column, an unknown tier, a year that is not whole, or a repeated row.
    """
    ranked = _ranked(frame)
    previous = ranked.groupby("country_iso3")["tier"].shift()
    step = ranked["tier"].cat.codes.sub(previous.cat.codes).clip(-1, 1)
    compared = ranked.assign(previous_tier=previous, change=step.map(CHANGES))
    columns = ["country_iso3", "report_year", "previous_tier", "tier", "change"]
    return compared.loc[_follows(ranked), columns].reset_index(drop=True)


def spells(frame: pd.DataFrame) -> pd.DataFrame:
    """Find the runs of report years in which a country kept one rank.

    A year without a rank ends a spell. The first and the last spell of a country may have begun
    before the years given, or go on after them.

    Parameters
    ----------
    frame : DataFrame
        Columns ``country_iso3``, ``report_year``, ``tier``.

    Returns
    -------
    DataFrame
        One row a spell, by country and time: ``country_iso3``, ``tier`` (ordered category),
        ``start_year``, ``end_year`` (both included), ``years_n``. A long spell says that the
        judgement of a government's efforts stayed, not that the number of victims did.

    Raises
    ------
    ValueError
        For a missing column, an unknown tier, a year that is not whole, or a repeated row.
    """
    ranked = _ranked(frame)
    same = ranked["tier"] == ranked.groupby("country_iso3")["tier"].shift()
    spell = (~(_follows(ranked) & same)).cumsum()
    return (
        ranked.groupby(spell)
        .agg(
            country_iso3=("country_iso3", "first"),
            tier=("tier", "first"),
            start_year=("report_year", "min"),
            end_year=("report_year", "max"),
            years_n=("report_year", "size"),
        )
        .reset_index(drop=True)
    )


def around_period(frame: pd.DataFrame, start: int, end: int) -> pd.DataFrame:
    """Count a country's ranks before, during and after a period.

    The comparison describes; it does not show that what happened in the period changed a rank.

    Parameters
    ----------
    frame : DataFrame
        Columns ``country_iso3``, ``report_year``, ``tier``.
    start, end : int
        First and last report year of the period, both in it.

    Returns
    -------
    DataFrame
        Three rows a country: ``country_iso3``, ``period`` ("before", "during", "after"), one
        column for each tier with the number of years at it, ``years_n`` (years with a rank),
        ``lower_median`` and ``upper_median``: the middle rank, or the two middle ones of an even
        number of years, as ordered categories. They are never averaged, and missing when no year
        is ranked. A rank judges a government's efforts, not the number of victims.

    Raises
    ------
    ValueError
        For a start after the end, a missing column, an unknown tier, a year that is not whole, or
        a repeated row.
    """
    if start > end:
        raise ValueError(f"a period starts before it ends; received {start} to {end}; swap them")
    ranked = _ranked(frame)
    year = ranked["report_year"]
    periods = {"before": year < start, "during": year.between(start, end), "after": year > end}
    rows = []
    for country in sorted(frame["country_iso3"].unique()):
        for period, inside in periods.items():
            tiers = ranked.loc[inside & (ranked["country_iso3"] == country), "tier"]
            rows.append({"country_iso3": country, "period": period} | _tally(tiers.sort_values()))
    columns = ["country_iso3", "period", *TIERS, "years_n", "lower_median", "upper_median"]
    table = pd.DataFrame(rows, columns=columns)
    medians = {name: code_ranks(table[name]) for name in ("lower_median", "upper_median")}
    return table.assign(**medians)


def _tally(ordered: pd.Series) -> dict[str, object]:
    """Count tiers that stand in order, and take the middle one or two of them."""
    n = len(ordered)
    middle = (ordered.iloc[(n - 1) // 2], ordered.iloc[n // 2]) if n else (None, None)
    counted = {tier: int((ordered == tier).sum()) for tier in TIERS}
    return counted | {"years_n": n, "lower_median": middle[0], "upper_median": middle[1]}


def _ranked(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the ranked years by country and time, tiers coded, or refuse the frame."""
    require_columns(frame, "country_iso3", "report_year", "tier")
    country = frame["country_iso3"]
    refuse(country, country.isna(), "a country is missing; write its ISO 3166-1 alpha-3 code")
    refuse_repeats(frame, ["country_iso3", "report_year"])
    coded = pd.DataFrame(
        {
            "country_iso3": country,
            "report_year": whole_counts(frame, "report_year"),
            "tier": code_ranks(frame["tier"]),
        }
    )
    return coded.dropna().sort_values(["country_iso3", "report_year"])


def _follows(ranked: pd.DataFrame) -> pd.Series:
    """Say of each row whether the one before it is the same country a year earlier."""
    return ranked.groupby("country_iso3")["report_year"].diff() == 1
