"""The checks that data/raw/claims.csv names: how each claim is worked out again.

Most are of a kind that many claims share (`rules`) and stand here with what they read; the rest
are functions of the modules beside this one, in the order of the study.
"""

from __future__ import annotations

from ypp_analysis.ledger.checks import network, petition, programme, victims
from ypp_analysis.ledger.rules import (
    Check,
    Maker,
    listed,
    low_to_high,
    ordered,
    quotient,
    repeated,
    unchecked,
)
from ypp_analysis.ledger.study import Claim, Study

CHECKS: dict[str, Maker] = {
    "programme_period": repeated,
    "programme_start": repeated,
    "motivators_per_country": repeated,
    "network_years_in_order": ordered("network-1999-year < network-2007-year"),
    "network_groups_growth": ordered(
        "network-1999-groups < network-undated-groups < network-2007-groups"
    ),
    "network_countries_growth": ordered("network-2007-countries <= network-countries-today"),
    "victim_age_limits": ordered("victims-under-17-age < victims-young-age"),
    "petition_prepared_first": ordered("petition-meeting-date < petition-festival-dates"),
    "concert_after_preparation": ordered("petition-meeting-date < concert-date"),
    "signatures_below_visitors": ordered("petition-festival <= festival-visitors"),
    "target_share": ordered("petition-festival-target < petition-festival"),
    "grant_range": low_to_high,
    "member_age_range": low_to_high,
    "core_countries": listed("ypp_countries", "name_printed", role="core"),
    "associate_countries": listed("ypp_countries", "name_printed", role="associate"),
    "support_ways": listed("programme", "item", stage="support"),
    "national_day_groups": listed(
        "study_numbers", "token", reason="list-number", section="national-day"
    ),
    "signatures_per_driver": quotient("petition-tuk-tuk", "tuk-tuk-drivers"),
    "signatures_per_youth": quotient("petition-concert", "concert-youth"),
    "members_per_group": quotient("vcao-members", "vcao-groups"),
    "peer_supporters_per_organisation": quotient("peer-supporters", "peer-organisations"),
    "programme_years": programme.programme_years,
    "all_countries": programme.all_countries,
    "regions_of_countries": programme.regions_of_countries,
    "south_asian_countries": programme.south_asian_countries,
    "dates_in_programme_period": programme.dates_in_programme_period,
    "partner_organisations": programme.partner_organisations,
    "awareness_campaigns_readings": programme.awareness_campaigns_readings,
    "network_countries": network.network_countries,
    "tier_in_report_year": network.tier_in_report_year,
    "watch_list_in_report_year": network.tier_in_report_year,
    "source_older_than_number": network.source_older_than_number,
    "victims_joint_counts": victims.victims_joint_counts,
    "young_victims_readings": victims.young_victims_readings,
    "under_17_readings": victims.under_17_readings,
    "recruited_by_known_readings": victims.under_17_readings,
    "years_of_dated_facts": victims.years_of_dated_facts,
    "petition_order": petition.petition_order,
    "petition_total": petition.petition_total,
    "signatures_per_hour": petition.signatures_per_hour,
}


def check_claim(study: Study, claim: Claim) -> Check:
    """Work a claim out again by the check that it names.

    Parameters
    ----------
    study : Study
    claim : Claim

    Raises
    ------
    ValueError
        If no check has that name, or the claim is of no kind that the check could work out.
    """
    if not claim.finding:
        return unchecked()
    if claim.finding not in CHECKS:
        raise ValueError(
            f"Claim {claim.claim!r} names the finding {claim.finding!r} in claims.csv; "
            f"no check is called so. Use one of {', '.join(sorted(CHECKS))}, or leave it blank."
        )
    _ = claim.number  # one that cannot be read is no fault of the check
    try:
        return CHECKS[claim.finding](study, claim)
    except (ValueError, LookupError, StopIteration) as error:
        is_told = isinstance(error, ValueError | KeyError)  # the others have Python's words only
        reason = str(error).rstrip(".") if is_told else "a claim or cell that it needs is lacking"
        raise ValueError(
            f"Claim {claim.claim!r} cannot be worked out by the finding {claim.finding!r} that it "
            f"names in claims.csv: {reason}. Name one that fits, or leave it blank."
        ) from error
