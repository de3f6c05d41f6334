"""What-if in the database against the plain way: every case decided again, one by one, by the engine."""

import json
import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.services.builders import (
    DERBY,
    MEMBERS,
    MOOR,
    RECEIVED,
    RUNNING,
    education_says,
    nominated,
    programme_of,
    staff,
)

from frontdoor.domain.access import system_viewer
from frontdoor.domain.canonical import canonical
from frontdoor.domain.errors import AnswersRejected, NotAllowed, NotFound
from frontdoor.domain.programme.documents import rule_sets
from frontdoor.domain.rules.conclude import Circumstances, conclude
from frontdoor.domain.rules.kinds import form_kinds
from frontdoor.domain.rules.model import parse_rules
from frontdoor.domain.rules.prepare_inputs import prepared
from frontdoor.domain.rules.pushdown.stored import read_by
from frontdoor.services import deliver, keep_facts
from frontdoor.services.deciding import inputs_for
from frontdoor.services.redecide import grounds_of
from frontdoor.services.simulate import Change, moved, simulate, transitions
from frontdoor.store import cases, facts

CODE = "TFP1-E"
CASES = 40
INSIDE = system_viewer(DERBY)


def told(chance):
    """Answers with every question sometimes left unsure."""
    members = [{**one, "dob": f"{chance.randint(2009, 2020)}-05-0{chance.randint(1, 9)}"} for one in MEMBERS[:2]]
    given = {"members": [*members, MEMBERS[2]], "members_complete": chance.random() < 0.7}
    given |= asked(chance, "offence", offence_who=["minh"], offence_on=f"2025-{chance.randint(1, 12):02}-10")
    given |= asked(chance, "asb", asb_who=["aoif"], asb_on=f"2026-{chance.randint(1, 9):02}-10")
    given |= asked(chance, "absent", absent_who=["aoif"], absence_pct=chance.choice([9, 12, 16, 30]))
    given |= asked(chance, "suspended", suspended_who=["minh"], suspensions=chance.choice([1, 2, 3, 4]))
    given |= asked(chance, "excluded", excluded_who=["minh"])
    given |= asked(chance, "benefits", benefit_who=["nora"], benefit_kind=chance.choice(["ESA", "UC", "JSA"]))
    local = chance.choice([["domestic_abuse"], ["domestic_abuse", "neet"], ["dont_know"], ["none"]])
    details = "As told by the school." if local[0] == "domestic_abuse" else None
    return given | {"local_criteria": local, "local_details": details}


def asked(chance, question, **rest):
    """Answers to a question and, where it is answered yes, to those that follow it."""
    answer = chance.choice(["yes", "no", "no", "dont_know"])
    return {question: answer, **{name: value if answer == "yes" else None for name, value in rest.items()}}


@pytest.fixture
def past(shipped):
    """Past cases, some with a source's word on them, kept by the worker."""
    chance = random.Random(20)  # noqa: S311 - invented answers
    references = [
        nominated(key=f"past-{number}", received_at=RECEIVED - timedelta(days=number), **told(chance)).reference
        for number in range(CASES)
    ]
    for reference in references[::5]:
        education_says(staff(), reference, chance.choice([9.0, 15.0, 40.0]), at=RECEIVED)
    for _ in range(2):  # the second tells of what the first escalated
        deliver.round_of_work(lambda message: None, at=RECEIVED + timedelta(hours=1), worker="test")
    return references


def plainly(parameters):
    """What becomes of each case, decided again one by one: (reference, decision and reason before, and after)."""
    programme = programme_of()
    rules = programme.rules
    needed = rules.decisions[CODE].shows
    for case in cases.latest(INSIDE, RUNNING[DERBY], 0):
        inputs = inputs_for(programme, case, grounds_of(INSIDE, case))
        ended = []
        for changed in ({}, parameters):
            situation = prepared(rules, replace(inputs, parameters=changed), needed)
            receipt = conclude(rules, CODE, situation, Circumstances())
            ended.append((receipt.decision, receipt.reason_code))
        yield case.reference, *ended


CHANGES = [
    pytest.param({"criteria_min": 1}, id="a-threshold-of-the-table"),
    pytest.param({"unauth_pct": 10}, id="a-threshold-of-each-child"),
    pytest.param({"lookback_months": 3}, id="a-span-of-time"),
    pytest.param({"benefit_codes": ["UC"], "young_adult_age": 19}, id="a-list-and-an-age"),
    pytest.param({"crime_age_limit": 16, "crime_age_reference": "offence_date"}, id="which-date-counts"),
    pytest.param({"local_min": 2, "fixed_excl_min": 1, "criteria_min": 3}, id="several-at-once"),
    pytest.param({}, id="nothing"),
]


@pytest.mark.parametrize("parameters", CHANGES)
def test_the_numbers_are_those_of_deciding_every_case_again(past, parameters):
    found, in_database = transitions(programme_of(), CODE, Change(parameters))
    counted = Counter()
    for one in found:
        counted[(one.was.decision, one.was.reason_code), (one.now.decision, one.now.reason_code)] += one.count
    assert counted == Counter((was, now) for _, was, now in plainly(parameters))
    assert in_database
    assert sum(counted.values()) == CASES
    differ = {reference for reference, was, now in plainly(parameters) if was[0] != now[0]}
    officer = staff()
    assert moved(officer, RUNNING[DERBY], CODE, Change(parameters), at=RECEIVED) == sorted(differ)


def test_cases_worked_out_under_other_rules_count_as_well(past, shipped):
    shipped[facts.BASES].update_many({}, {"$set": {"rules": "of another day"}})
    parameters = {"criteria_min": 1}
    found, in_database = transitions(programme_of(), CODE, Change(parameters))
    counted = Counter()
    for one in found:
        counted[one.was.decision, one.now.decision] += one.count
    assert counted == Counter((was[0], now[0]) for _, was, now in plainly(parameters))
    assert in_database


def test_what_stands_apart_is_decided_by_the_engine(past, shipped):
    live = programme_of()
    wanted = transitions(live, CODE, Change({"criteria_min": 1}))[0]
    for reference in past[:10]:
        case = cases.get(INSIDE, reference)
        grounds = grounds_of(INSIDE, case)
        kept = keep_facts.case_facts(live, keep_facts.standing(live, live), case, grounds)
        situation = prepared(live.rules, inputs_for(live, case, grounds), read_by(live.rules))
        facts.put(INSIDE, replace(kept, apart=canonical(situation.to_json()), data={}, facts={}, fixed={}))
    assert totals(transitions(live, CODE, Change({"criteria_min": 1}))[0]) == totals(wanted)


def totals(found):
    counted = Counter()
    for one in found:
        counted[one.was, one.now] += one.count
    return counted


def test_a_case_that_was_never_asked_cannot_be_decided(past):
    live = programme_of()
    documents = {name: live.tree["rules"][name] for name in rule_sets(live.tree["rules"])}
    eligibility = json.loads(json.dumps(documents["eligibility"]))
    eligibility["facts"]["c3"]["logic"] = {"==": [{"var": "answers.e_nomination.never_asked"}, "yes"]}
    for key in ("over", "roll_up"):
        eligibility["facts"]["c3"].pop(key)
    proposed = parse_rules({**documents, "eligibility": eligibility}, form_kinds(live.forms.values()))
    found, _ = transitions(live, CODE, Change(rules=proposed))
    ended = Counter()
    for one in found:
        ended[one.now.reason_code] += one.count
    assert ended["NOT_ASKED"] > 0
    assert ended["CHECKS_OUTSTANDING"] == 0, "what was never asked is not called unknown"


def test_the_whole_is_told_exactly_and_the_small_numbers_of_groups_to_nobody(past):
    done = simulate(configurer(), RUNNING[DERBY], CODE, Change({"criteria_min": 1}), at=RECEIVED, exact=True)
    counts = [cell.count for by in done.by.values() for cells in by.values() for cell in cells]
    plain = Counter((was[0], now[0]) for _, was, now in plainly({"criteria_min": 1}))
    rounded = simulate(configurer(), RUNNING[DERBY], CODE, Change({"criteria_min": 1}), at=RECEIVED)
    assert all(cell.count is None or cell.count % 5 == 0 for cell in rounded.matrix)
    assert {(cell.was, cell.now): cell.count for cell in done.matrix} == plain
    assert (done.cases, done.moved) == (CASES, sum(count for (was, now), count in plain.items() if was != now))
    assert None in counts
    assert all(count is None or (count >= 5 and count % 5 == 0) for count in counts)
    assert set(done.by) >= {"area", "team", "month", "agency", "age_band"}


def test_what_cannot_be_tried_is_refused_with_what_to_do(past):
    with pytest.raises(AnswersRejected):
        simulate(configurer(), RUNNING[DERBY], CODE, Change({"criteria_mun": 1}), at=RECEIVED)
    with pytest.raises(AnswersRejected):
        simulate(configurer(), RUNNING[DERBY], CODE, Change({"criteria_min": "two"}), at=RECEIVED)
    with pytest.raises(NotFound):
        simulate(configurer(), RUNNING[DERBY], "NONE", Change({}), at=RECEIVED)
    with pytest.raises(NotAllowed):
        simulate(staff(), RUNNING[DERBY], CODE, Change({}), at=RECEIVED)
    with pytest.raises(NotAllowed):
        moved(configurer(), RUNNING[DERBY], CODE, Change({}), at=RECEIVED)


def configurer():
    return staff("configurer")


def test_keeping_is_safe_to_repeat_and_another_authority_sees_nothing(past, shipped):
    before = list(shipped[facts.COLLECTION].find().sort("_id"))
    assert keep_facts.rebuild(DERBY, RUNNING[DERBY], at=RECEIVED) == CASES
    assert list(shipped[facts.COLLECTION].find().sort("_id")) == before
    assert facts.bases(staff(authority=MOOR), RUNNING[DERBY]) == ()


def test_rules_that_went_live_since_are_caught_up_with(past, shipped):
    shipped[facts.COLLECTION].update_many({}, {"$set": {"rules": "of another day"}})
    assert keep_facts.keep_up(DERBY, at=RECEIVED) == CASES
    assert keep_facts.keep_up(DERBY, at=RECEIVED) == 0
