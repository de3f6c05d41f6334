"""One function for a decision says what `decide` says, whatever comes in."""

from datetime import UTC, date, datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.rules.answering import DAY, Answering
from tests.domain.rules.generated import seeded
from tests.domain.rules.random_tables import random_form, random_rules

from frontdoor import packs_dir
from frontdoor.domain.case import Evidence
from frontdoor.domain.errors import NotFound
from frontdoor.domain.packs import gather
from frontdoor.domain.rules import dates
from frontdoor.domain.rules.fused.cutoffs import Cut
from frontdoor.domain.rules.fused.decider import NOT_MINE, Decider, Outcome, Told
from frontdoor.services.examples import programme_of
from frontdoor.store import shipped

OWNERS = ["derby", "families-first", "northmoor"]
LEAP_DAY = date(2024, 2, 29)


@cache
def decider(owner):
    programme = programme_of(gather(shipped.read(packs_dir()).sources), owner)
    return Decider(programme.rules, programme.forms)


def tables():
    return [
        pytest.param(owner, code, id=f"{owner}-{code}") for owner in OWNERS for code in decider(owner).rules.decisions
    ]


def told(chance, of, *, hostile):
    """Everything a decision about a case is made from, made up."""
    answering = Answering(chance, missing=chance.choice([0, 0.1, 0.25, 0.6]), hostile=hostile)
    answers, rows = {}, []
    for name, form in of.forms.items():
        if chance.random() < 0.9:
            answers[name] = answering.form(form)
            found = [row for group in answering.rows.values() for row in group if isinstance(row, dict)]
            rows += [row["id"] for row in found if isinstance(row.get("id"), str)]
    platform = {
        "family.open_episode": chance.choice([True, False, None]),
        "family.closed_on": chance.choice([None, "2026-01-05", "2025-11-22"]),
        "family.contacts_12m": chance.choice([0, 1, 3, None]),
    }
    return Told(
        answers,
        chance.choice([DAY, DAY, LEAP_DAY]),
        evidence=answering.evidence(of.rules, rows) if chance.random() < 0.5 else (),
        platform={path: value for path, value in platform.items() if chance.random() < 0.8},
        decisions={code: "eligible" for code in of.rules.decisions if chance.random() < 0.3},
        holidays=["2026-12-25"],
    )


def same(of, code, case):
    """Whether both ways agree; None where the general way refuses what no form could have accepted."""
    try:
        expected = of.by_decide(code, case)
    except (TypeError, KeyError, ValueError, AttributeError):
        return None
    assert of.outcome(code, case) == expected
    return True


def by_function(of, code, case):
    """Whether the function decided, and did not leave it to the general way."""
    function = of.function(code, case)
    if function is None:
        return False
    try:
        of._run(function, case)
    except NOT_MINE:
        return False
    return True


@pytest.mark.parametrize(("owner", "code"), tables())
@settings(max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_every_shipped_table_decides_the_same(owner, code, seed):
    of = decider(owner)
    case = told(seeded(seed), of, hostile=0)
    assert same(of, code, case)
    assert by_function(of, code, case)


@pytest.mark.parametrize(("owner", "code"), tables())
@settings(max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_hostile_answers_and_evidence_are_left_to_the_general_way(owner, code, seed):
    of = decider(owner)
    same(of, code, told(seeded(seed), of, hostile=0.15))


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32), hostile=st.sampled_from([0, 0, 0.1]), flat=st.booleans())
def test_random_forms_and_tables_decide_the_same(seed, hostile, flat):
    chance = seeded(seed)
    form = random_form(chance)
    of = Decider(random_rules(chance, form, flat=flat), {"f": form})
    for _ in range(12):
        same(of, "T", told(chance, of, hostile=hostile))


def test_most_random_tables_have_a_function():
    chance, written = seeded(7), 0
    for _ in range(40):
        form = random_form(chance)
        of = Decider(random_rules(chance, form), {"f": form})
        written += by_function(of, "T", told(chance, of, hostile=0))
    assert written >= 20


def test_parameters_that_are_moved_are_a_function_of_their_own():
    of, chance = decider("derby"), seeded(3)
    differing = 0
    for _ in range(150):
        case = told(chance, of, hostile=0)
        moved = Told(case.answers, case.as_of, case.evidence, parameters={"criteria_min": 1, "child_age_limit": 16})
        assert same(of, "TFP1-E", moved)
        differing += of.outcome("TFP1-E", moved) != of.outcome("TFP1-E", case)
    assert differing > 5


def test_the_latest_word_of_a_source_counts_and_a_row_has_words_of_its_own():
    of = decider("derby")
    answers = {"e_nomination": {"members": [{"id": "aoif", "dob": "2012-01-01", "relationship": "child"}]}}

    def word(fact, value, day, row=None):
        at = datetime(2026, 11, day, tzinfo=UTC)
        return Evidence(f"e{day}", fact, row, value, "verified", "s", at.date(), "u", "U", at)

    words = [word("c1", True, 3), word("c1", False, 2), word("c2", True, 1), word("benefit", "JSA", 1, "aoif")]
    words += [word("c3", True, 4), word("local", 0, 1)]
    assert of.outcome("TFP1-E", Told(answers, DAY, evidence=words)) == Outcome(
        "eligible", "ALL_THREE", None, ("all_three",)
    )


def test_a_table_that_is_not_there_is_refused():
    with pytest.raises(NotFound):
        decider("derby").outcome("NO-SUCH", Told({}, DAY))


def test_functions_and_days_that_are_kept_are_bounded():
    of = Decider(decider("derby").rules, decider("derby").forms)
    for least in range(130):
        of.outcome("DEDUP", Told({}, DAY, parameters={"renomination_months": least}))
    assert len(of._functions) <= 128


@pytest.mark.parametrize("as_of", ["2026-11-23", "2024-02-29", "2023-03-31", "1000-01-01", "2999-12-31"])
@pytest.mark.parametrize("name", ["age_on", "months_between", "days_between"])
@pytest.mark.parametrize("first", [True, False], ids=["day-first", "day-last"])
@settings(max_examples=60)
@given(least=st.integers(-50, 400), near=st.integers(-3, 3), other=st.integers(1, 3_652_059))
def test_a_threshold_is_the_last_day_that_reaches_it(name, first, as_of, least, near, other):
    cut = Cut(name, first, least).day(as_of)
    days = [date.fromordinal(other).isoformat()]
    if len(cut) == 10:
        days.append(date.fromordinal(min(max(date.fromisoformat(cut).toordinal() + near, 1), 3_652_059)).isoformat())
    for day in days:
        span = getattr(dates, name)(*((day, as_of) if first else (as_of, day)))
        assert (span >= least) is (day <= cut if first else day >= cut)
