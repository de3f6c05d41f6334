"""A made-up family like a past case, for a configurer who may read none."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.services.builders import DERBY, MEMBERS, RECEIVED, answers, nominated, programme_of
from tests.services.configuring import begun, somebody

from frontdoor.domain.access import Viewer, person_token, system_viewer
from frontdoor.domain.change import Change
from frontdoor.domain.errors import AnswersRejected, NotAllowed
from frontdoor.domain.forms.partial_dates import interval
from frontdoor.domain.rules.dates import age_on
from frontdoor.domain.trial import Trial
from frontdoor.services import keep_facts, past_families, synthetic, trying
from frontdoor.store import cases

FORM = "e_nomination"
INSIDE = system_viewer(DERBY)
AT = RECEIVED + timedelta(hours=1)
IONA = replace(somebody("iona", "edit_change"), tokens=frozenset({person_token("iona")}))
ELIGIBLE: dict[str, Any] = {"absent": "yes", "absent_who": ["minh"], "absence_pct": 30, "benefits": "no"}
# A year of birth alone moves as a year may; the others by the day.
BORN = [{**MEMBERS[0], "dob": "2014-03-09"}, {**MEMBERS[1], "dob": "2011-05-02"}, {**MEMBERS[2], "dob": "1984-07"}]


def received(count: int, **more: Any) -> list[str]:
    told = {"members": BORN, **ELIGIBLE, **more}
    days = (timedelta(hours=number) for number in range(count))
    return [
        nominated(key=f"one-{place}", received_at=RECEIVED - day, **told).reference for place, day in enumerate(days)
    ]


@pytest.fixture
def draft(shipped: object) -> Change:
    return begun(IONA, at=AT)


def kinds(draft: Change) -> dict[str, past_families.Kind]:
    keep_facts.rebuild(DERBY, "derby", at=AT)
    return {kind.code: kind for kind in past_families.kinds(IONA, draft.id, at=AT)}


def made(draft: Change, code: str = "TFP1-E") -> Trial:
    return past_families.like(IONA, draft.id, kinds(draft)[code].value, at=AT)


def test_nothing_of_the_people_of_the_case_is_taken_over(draft):
    references = received(6)
    given = made(draft).given
    written = json.dumps(given.to_json())
    told = answers(members=BORN, **ELIGIBLE)
    words = {"Aoife", "Minh", "Nóra", "O'Brien", "Nguyễn", "Larkspur", "01632 960151", "ZZ99 3VZ", "Tess", "fortnight"}
    dates = {"2014-03-09", "2011-05-02", "1984-07", "2026-02-03", RECEIVED.date().isoformat()}
    rows = {row["id"] for row in told["members"]}
    assert [one for one in (*words, *dates, *rows, *references) if one in written] == []


def test_ages_spans_and_answers_that_decide_are_kept_and_so_is_the_decision(draft):
    received(6)
    trial = made(draft)
    given, shift = trial.given, RECEIVED.date() - trial.as_of
    assert timedelta(weeks=8) <= shift <= timedelta(weeks=105)
    born = sorted(str(row["dob"]) for row in given.answers[FORM]["members"])
    ages = [age_on(interval(one)[0].isoformat(), given.as_of.isoformat()) for one in born]
    assert ages[1:] == [15, 12]
    assert abs(RECEIVED.date() - shift - date.fromisoformat(given.answers[FORM]["offence_on"])) < timedelta(days=310)
    opened = trying.opened(IONA, draft.id, trial.id, at=AT)
    outcome = next(one for one in trying.came(opened).receipts if one.code == "TFP1-E")
    assert f"{outcome.decision} / {outcome.reason_code}" == trial.like["outcome"]


def test_rows_are_named_anew_and_answers_that_point_to_them_still_do(draft):
    received(6)
    given = made(draft).given.answers[FORM]
    ids = {row["id"] for row in given["members"]}
    assert set(given["offence_who"]) <= ids
    assert all(one.startswith("row0") for one in ids)


def test_the_same_kind_gives_the_same_family_in_a_change_and_another_in_another(draft):
    received(6)
    first, again = made(draft), made(draft)
    assert first.given == again.given
    other = begun(IONA, at=AT)
    assert made(other).given != first.given


def test_kinds_of_few_cases_are_not_offered_nor_taken_when_they_are_asked_for(draft):
    received(4)
    assert kinds(draft) == {}
    with pytest.raises(AnswersRejected):
        past_families.like(IONA, draft.id, "TFP1-E|eligible / TWO_PLUS_LOCAL|2026-11", at=AT)
    nominated(key="a-fifth", members=BORN, **ELIGIBLE)
    assert "TFP1-E" in kinds(draft)


def test_a_restricted_case_neither_counts_nor_is_it_used(draft):
    references = received(5)
    case = cases.get(INSIDE, references[0])
    cases.replace(
        INSIDE, replace(case, restricted=True, tokens=(person_token("boss"),)), expected_revision=case.revision
    )
    assert kinds(draft) == {}


REFUSED: dict[str, Viewer] = {
    "an-officer": somebody("one", "see_case"),
    "a-partner": replace(somebody("one"), kind="partner"),
}


@pytest.mark.parametrize("viewer", REFUSED.values(), ids=REFUSED.keys())
def test_nobody_but_a_configurer_makes_one(draft, viewer):
    with pytest.raises(NotAllowed):
        past_families.kinds(viewer, draft.id, at=AT)
    with pytest.raises(NotAllowed):
        past_families.like(viewer, draft.id, "", at=AT)


def test_no_answer_but_what_a_rule_or_a_condition_reads_is_taken_over(draft):
    received(6)
    given = made(draft).given.answers[FORM]
    form = programme_of().forms[FORM]
    texts = [
        one.id for one in form.questions.values() if one.widget in ("text", "textarea", "phone", "email", "nhs_no")
    ]
    assert {given[one] for one in texts if one in given} <= {"Made up", "01632 960000", "nobody@example.org"}
    assert "documents" not in given


def test_a_person_who_was_picked_with_a_name_stays_behind():
    moving = synthetic._Moving(RECEIVED.date(), 1, 0, lambda _what, _below: 0, {"aoif": "row001"})
    assert synthetic._linked({"who": "not_listed", "name": "Jo Okafor"}, moving) is None
    assert synthetic._linked(["aoif", "gone"], moving) == ["row001"]
