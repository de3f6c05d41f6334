from datetime import date

import pytest
from tests.domain.rules.rulesets import DOCUMENTS, f, fact, rules, text

from frontdoor.domain.errors import AnswersRejected, NotFound
from frontdoor.domain.rules.decide import evaluate_fact, from_facts
from frontdoor.domain.rules.model import parse_rules

TODAY = date(2026, 11, 23)
RULES = rules()
ONE = {"c1": True, "c2": False, "c3": True}
ALL_OPEN = {"c1": None, "c2": None, "c3": None, "local": None, "dependent_child": None}
CHECKS = "pending / CHECKS_OUTSTANDING"


def outcome(code, facts):
    return from_facts(RULES, code, facts, as_of=TODAY).outcome


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({"c1": True, "c2": True, "c3": True, "local": 0}, "eligible / ALL_THREE", id="D10-three"),
        pytest.param({**ONE, "local": 1}, "eligible / TWO_PLUS_LOCAL", id="D11-two-and-local"),
        pytest.param({**ONE, "local": 0}, "panel_review / TWO_NO_LOCAL", id="D12-two-without-local"),
        pytest.param({"c1": True, "c2": None, "c3": None, "local": 0}, CHECKS, id="D13-one-and-two-unknown"),
        pytest.param(
            {"c1": True, "c2": None, "c3": True, "local": 1}, "eligible / TWO_PLUS_LOCAL", id="D15-cannot-change"
        ),
        pytest.param(
            {"dependent_child": False, "c1": True, "c2": True, "c3": True, "local": 2},
            "not_eligible / NO_DEPENDENT_CHILD",
            id="D17-no-child",
        ),
        pytest.param({**ONE, "local": None}, CHECKS, id="two-true-one-false-and-local-unknown"),
        pytest.param({"c1": True, "c2": None, "c3": True, "local": 0}, CHECKS, id="eligible-or-panel"),
        pytest.param({"c1": True, "c2": None, "c3": True, "local": None}, CHECKS, id="third-and-local-unknown"),
        pytest.param(
            {"c1": True, "c2": True, "c3": True, "local": None}, "eligible / ALL_THREE", id="local-is-not-asked"
        ),
        pytest.param({"c1": True, "c2": False, "c3": None, "local": 3}, CHECKS, id="one-true-one-unknown"),
        pytest.param({"c1": False, "c2": False, "c3": None}, "not_eligible / BELOW_TWO", id="unknown-cannot-reach-two"),
        pytest.param({"c1": False, "c2": None, "c3": None}, CHECKS, id="two-unknown-could-reach-two"),
        pytest.param({}, "not_eligible / BELOW_TWO", id="omitted-is-empty-and-child-is-assumed"),
        pytest.param({"dependent_child": None, "c1": True, "c2": True, "c3": True}, CHECKS, id="child-unknown"),
        pytest.param({"dependent_child": None}, CHECKS, id="child-unknown-and-nothing-met"),
        pytest.param(ALL_OPEN, CHECKS, id="all-unknown"),
        pytest.param(
            {**ALL_OPEN, "dependent_child": False}, "not_eligible / NO_DEPENDENT_CHILD", id="no-child-settles-it"
        ),
        pytest.param({**ONE, "local": 1, "local_min": 2}, "panel_review / TWO_NO_LOCAL", id="a-name-sets-a-parameter"),
        pytest.param({"TFP1-C1": True, "TFP1-C2": True, "local": 1}, "eligible / TWO_PLUS_LOCAL", id="facts-by-code"),
    ],
)
def test_eligibility_over_given_facts(facts, expected):
    assert outcome("TFP1-E", facts) == expected


@pytest.mark.parametrize(
    ("code", "facts", "expected"),
    [
        pytest.param(
            "DEDUP",
            {"as_of": "2026-11-23", "closed_on": "2025-11-23"},
            "reopen_review / RE_NOMINATION_12M",
            id="D18-exactly-12-months",
        ),
        pytest.param(
            "DEDUP",
            {"as_of": "2026-11-23", "closed_on": "2025-11-22"},
            "new / NO_MATCH",
            id="a-day-more-than-12-months",
        ),
        pytest.param(
            "DEDUP", {"as_of": "2026-11-23", "open_episode": True}, "link_existing / OPEN_EPISODE", id="D20-open"
        ),
        pytest.param("DEDUP", {}, "new / NO_MATCH", id="never-known"),
        pytest.param("DEDUP", {"closed_on": None}, CHECKS, id="closing-day-unknown"),
        pytest.param("DEDUP", {"closed_on": "2026"}, "reopen_review / RE_NOMINATION_12M", id="a-year-is-enough"),
        pytest.param("DEDUP", {"closed_on": "2025"}, CHECKS, id="a-year-is-not-enough"),
        pytest.param("DEDUP", {"open_episode": None, "closed_on": "2026-01-01"}, CHECKS, id="open-episode-unknown"),
        pytest.param("DER-I", {"criteria_met": 3}, "HIGH / IFSW", id="D21-all-three"),
        pytest.param(
            "DER-I", {"criteria_met": 2, "edge_of_care": True, "child_11_17": True}, "HIGH / MST", id="D22-therapy"
        ),
        pytest.param(
            "DER-I",
            {"criteria_met": 2, "eviction_notice": True, "derby_homes_tenant": True},
            "HIGH / FIP",
            id="D23-landlord",
        ),
        pytest.param(
            "DER-I",
            {"criteria_met": 2, "local": 2, "partner_lead_worker": True},
            "MEDIUM / VCM_MAT",
            id="D25-too-complex",
        ),
        pytest.param(
            "DER-I", {"criteria_met": 2, "local": 1, "partner_lead_worker": True}, "LOW / PARTNER_LEAD", id="low"
        ),
        pytest.param(
            "DER-I", {"criteria_met": 2, "cp_plan": None}, "MEDIUM / VCM_MAT", id="an-unknown-trigger-counts-as-false"
        ),
        pytest.param("DER-I", {"criteria_met": 3, "edge_of_care": None}, "HIGH / IFSW", id="so-it-holds-nothing-up"),
        pytest.param(
            "DER-I",
            {"criteria_met": 3, "child_11_17": None, "edge_of_care": True},
            "HIGH / IFSW",
            id="same-decision-own-reason",
        ),
        pytest.param("DER-I", {"criteria_met": None}, CHECKS, id="criteria-unknown"),
        pytest.param(
            "DER-I",
            {"criteria_met": 2, "local": None, "partner_lead_worker": True},
            CHECKS,
            id="local-does-not-count-as-false",
        ),
        pytest.param(
            "FF-M",
            {"significant_harm": True, "agreement": "not_sought", "level": 2},
            "csc_tier_4 / SIGNIFICANT_HARM",
            id="F1",
        ),
        pytest.param("FF-M", {"level": 3, "agreement": "refused"}, "csc_tier_3 / NEED_ABOVE_TIER_2", id="F2"),
        pytest.param("FF-M", {"level": 2}, "eh_mash_lead / THRESHOLD_MET", id="F3"),
        pytest.param("FF-M", {"level": 1, "agreement": "given"}, "signpost / BELOW_TARGETED", id="F7"),
        pytest.param("FF-M", {"level": 2, "targeted": False}, "signpost / BELOW_TARGETED", id="no-targeted-service"),
        pytest.param("FF-M", {"level": None}, "request_information / INCOMPLETE", id="level-unknown"),
        pytest.param("FF-M", {}, "request_information / INCOMPLETE", id="level-empty"),
        pytest.param(
            "FF-M",
            {"level": None, "significant_harm": None, "child_in_need": None},
            "request_information / INCOMPLETE",
            id="all-unknown",
        ),
        pytest.param("FF-M", {"level": 2, "significant_harm": None}, CHECKS, id="harm-unknown"),
        pytest.param(
            "FF-M",
            {"level": 3, "significant_harm": None},
            "csc_tier_3 / NEED_ABOVE_TIER_2",
            id="protective-fires-over-unknown",
        ),
        pytest.param(
            "FF-M",
            {"level": None, "child_in_need": True, "significant_harm": None},
            "csc_tier_3 / NEED_ABOVE_TIER_2",
            id="protective-on-one-fact",
        ),
        pytest.param("FF-R", {"agreement": "refused"}, "signpost / AGREEMENT_REFUSED", id="F5"),
        pytest.param("FF-R", {"agreement": "mixed"}, "manager_review / AGREEMENT_UNCLEAR", id="F20"),
        pytest.param("FF-R", {"agreement": "withdrawn"}, "signpost / AGREEMENT_REFUSED", id="withdrawn"),
        pytest.param("FF-R", {"agreement": None}, CHECKS, id="agreement-unknown"),
        pytest.param("FF-R", {}, "manager_review / AGREEMENT_UNCLEAR", id="agreement-none"),
        pytest.param("FF-L", {"need_domains": 2}, "ffs / FFS_CRITERIA_MET", id="F8"),
        pytest.param("FF-L", {"need_domains": 1}, "nam / FFS_CRITERIA_NOT_MET", id="below"),
        pytest.param("FF-L", {"need_domains": None}, CHECKS, id="domains-unknown"),
    ],
)
def test_the_other_tables_over_given_facts(code, facts, expected):
    assert outcome(code, facts) == expected


OFFENCE = {"dob": "2011-05-02", "offence_date": "2026-06-01"}


@pytest.mark.parametrize(
    ("code", "facts", "expected"),
    [
        pytest.param("TFP1-C1", {**OFFENCE, "offence_date": "2025-11-23"}, "true", id="D1-exactly-12-months"),
        pytest.param("TFP1-C1", {**OFFENCE, "offence_date": "2025-11-22"}, "false", id="a-day-more"),
        pytest.param("TFP1-C1", {**OFFENCE, "offence_date": "2026-11-24"}, "false", id="tomorrow"),
        pytest.param("TFP1-C1", {**OFFENCE, "dob": "2008-11-23"}, "false", id="D3-18-today"),
        pytest.param("TFP1-C1", {**OFFENCE, "dob": "2008-11-24"}, "true", id="D4-18-tomorrow"),
        pytest.param(
            "TFP1-C1",
            {**OFFENCE, "dob": "2008-11-23", "crime_age_reference": "offence_date"},
            "true",
            id="17-at-the-offence",
        ),
        pytest.param("TFP1-C1", {**OFFENCE, "dob": None}, "null", id="age-unknown"),
        pytest.param("TFP1-C1", {**OFFENCE, "dob": "2009"}, "true", id="year-of-birth-inside"),
        pytest.param("TFP1-C1", {**OFFENCE, "dob": "2008"}, "null", id="year-of-birth-across"),
        pytest.param("TFP1-C1", {**OFFENCE, "dob": "2007"}, "false", id="year-of-birth-outside"),
        pytest.param("TFP1-C1", {**OFFENCE, "offence_date": None}, "null", id="offence-unknown"),
        pytest.param("TFP1-C1", {"dob": "2011-05-02"}, "false", id="no-offence"),
        pytest.param("TFP1-C1", {"asb_action_date": "2026-01-31"}, "true", id="asb-needs-no-age"),
        pytest.param(
            "TFP1-C1", {**OFFENCE, "offence_date": "2024-01-01", "asb_action_date": None}, "null", id="any-unknown"
        ),
        pytest.param("TFP1-C2", {"unauth_absence_pct_3t": 15.0}, "true", id="D6-at-threshold"),
        pytest.param("TFP1-C2", {"unauth_absence_pct_3t": 14.9}, "false", id="below-threshold"),
        pytest.param("TFP1-C2", {"fixed_exclusions_3t": 3}, "true", id="D8-three"),
        pytest.param("TFP1-C2", {"fixed_exclusions_3t": 2, "not_on_roll": True}, "true", id="not-on-roll"),
        pytest.param("TFP1-C2", {"fixed_exclusions_3t": None, "permanent_exclusion": True}, "true", id="one-is-enough"),
        pytest.param("TFP1-C2", {"fixed_exclusions_3t": None}, "null", id="exclusions-unknown"),
        pytest.param("TFP1-C3", {"benefit": "ESA", "dob": "2000-01-01"}, "true", id="benefit"),
        pytest.param("TFP1-C3", {"benefit": "CB", "dob": "2000-01-01"}, "false", id="another-benefit"),
        pytest.param("TFP1-C3", {"benefit": "ESA", "dob": None}, "null", id="whose-benefit"),
        pytest.param("criteria_met", {"c1": True, "c2": True}, "2", id="a-number"),
        pytest.param("criteria_met", {"c1": True, "c2": None}, "null", id="a-number-between-bounds"),
        pytest.param("closed_on", {"closed_on": "2026-01-01"}, "2026-01-01", id="given-itself"),
        pytest.param("agreement", {"agreement": "given"}, "given", id="a-text-is-bare"),
        pytest.param("agreement", {}, "null", id="nothing-worked-out"),
    ],
)
def test_facts_are_printed_as_worked_examples_print_them(code, facts, expected):
    assert evaluate_fact(RULES, code, facts, as_of=TODAY) == expected


@pytest.mark.parametrize(
    ("facts", "where", "code"),
    [
        pytest.param({"shoe_size": 9}, "/shoe_size", "unknown_name", id="a-name-nobody-knows"),
        pytest.param({"local": "two"}, "/local", "wrong_type", id="a-text-for-a-number"),
        pytest.param({"c1": "true"}, "/c1", "wrong_type", id="a-text-for-a-truth"),
        pytest.param({"as_of": "today"}, "/as_of", "not_a_date", id="no-date"),
        pytest.param({"local": float("inf")}, "/local", "wrong_type", id="no-finite-number"),
        pytest.param({"local_min": "two"}, "/local_min", "wrong_type", id="a-text-for-a-parameter"),
        pytest.param({"local_min": None}, "/local_min", "wrong_type", id="nothing-for-a-parameter"),
    ],
)
def test_given_facts_that_cannot_be_used_are_refused_by_name(facts, where, code):
    with pytest.raises(AnswersRejected) as refused:
        from_facts(RULES, "TFP1-E", facts, as_of=TODAY)
    assert [(problem.where, problem.code) for problem in refused.value.problems] == [(where, code)]


def test_a_fact_may_have_the_name_of_the_question_it_reads():
    kinds = {"answers.check.cp_plan": "string", "answers.check.edge_of_care": "string"}
    named = parse_rules(DOCUMENTS, kinds)
    assert from_facts(named, "DER-I", {"cp_plan": True}, as_of=TODAY).outcome == "HIGH / IFSW"


CHILD_TEST = {"or": [{"var": "left"}, {"<": [{"var": "excl"}, 3]}]}


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        pytest.param([{"excl": 2}], "true", id="what-is-left-out-is-empty"),
        pytest.param([{"excl": 3}], "false", id="so-it-does-not-help"),
        pytest.param([{"excl": 3, "left": None}], "null", id="null-is-unknown"),
        pytest.param([{"excl": 3, "left": True}, {"excl": 0}], "true", id="each"),
        pytest.param([], "false", id="all-of-nobody"),
        pytest.param(None, "null", id="unknown-list"),
    ],
)
def test_a_given_list_of_objects_is_read_element_by_element(children, expected):
    facts = {"kids": fact("Kids", "list"), "fine": fact("Fine", "boolean", {"all": [f("kids"), CHILD_TEST]})}
    known = parse_rules({"t": {"id": "t", "title": text("T"), "facts": facts}})
    assert evaluate_fact(known, "fine", {"kids": children}, as_of=TODAY) == expected


def test_an_unknown_table_or_fact_is_not_found():
    with pytest.raises(NotFound):
        from_facts(RULES, "NOPE", {}, as_of=TODAY)
    with pytest.raises(NotFound):
        evaluate_fact(RULES, "nope", {}, as_of=TODAY)


@pytest.mark.parametrize(
    ("code", "facts", "expected"),
    [
        pytest.param("FF-M", {"level": ""}, "request_information / INCOMPLETE", id="a-blank-number"),
        pytest.param("DEDUP", {"closed_on": ""}, "new / NO_MATCH", id="a-blank-date"),
        pytest.param("FF-R", {"agreement": ""}, "manager_review / AGREEMENT_UNCLEAR", id="a-blank-text"),
    ],
)
def test_a_blank_fact_is_nothing_and_not_unknown(code, facts, expected):
    assert outcome(code, facts) == expected
