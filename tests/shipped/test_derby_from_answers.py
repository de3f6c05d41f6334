"""Priority Families decided from what a nominator wrote and what a source system then said."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from frontdoor import packs_dir
from frontdoor.domain.case import Evidence
from frontdoor.domain.errors import AnswersRejected
from frontdoor.domain.forms.accept import accept
from frontdoor.domain.forms.states import answer_states
from frontdoor.domain.packs import gather, resolve
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.decide import Inputs, decide
from frontdoor.store import shipped

FORM = "e_nomination"
RECEIVED = date(2026, 11, 23)
NOBODY_KNOWS: Mapping[str, Any] = {
    **dict.fromkeys(
        ("offence", "asb", "excluded", "suspended", "absent", "pru", "off_roll", "benefits", "lead_worker"), "dont_know"
    ),
    "local_criteria": ["dont_know"],
}
NOTHING_WRONG: Mapping[str, Any] = {
    **dict.fromkeys(("offence", "asb", "excluded", "suspended", "absent", "pru", "off_roll", "benefits"), "no"),
    "lead_worker": "no",
    "local_criteria": ["none"],
}
BOTH = "O'Brien-Nguyễn"
MINH = {"id": "minh", "relationship": "child", "given_name": "Minh", "family_name": BOTH, "dob": "2011-05-02"}
NORA = {"id": "nora", "relationship": "parent", "given_name": "Nóra", "family_name": "O'Brien", "dob": "1984"}
DUY = {"id": "duyn", "relationship": "step_parent", "given_name": "Duy", "family_name": "Nguyễn", "dob": "unknown"}
TOLD = {
    "concern": "no",
    "referrer_name": "Tomasz Wiśniewski",
    "referrer_organisation": "St Wystan's Primary School",
    "referrer_contact": "01632 960121",
    "referrer_source": "2A",
    "family_name": BOTH,
    "address": {"line_1": "14 Larkspur Walk", "town": "Derby", "postcode": "ZZ99 3VZ"},
    "address_confidential": "no",
    "safe_to_call": "yes",
    "members": [MINH, NORA, DUY],
    "members_complete": True,
    "agreement": "not_sought",
    "family_aware": "dont_know",
}
AN_OFFENCE = {"offence": "yes", "offence_who": ["minh"], "offence_on": "2026-06-01"}
A_BENEFIT = {"benefits": "yes", "benefit_who": ["nora"], "benefit_kind": "JSA"}
ABSENT = {"absent": "yes", "absent_who": ["minh"]}

Outcome = Callable[..., str]


@pytest.fixture(scope="module")
def derby() -> Programme:
    tree = resolve(gather(shipped.read(packs_dir()).sources), "derby").tree
    return Programme.from_tree(tree, authority=None, programme="derby", number=1, digest="sha256:0")


@pytest.fixture(scope="module")
def outcome(derby: Programme) -> Outcome:
    def decided(code: str, *said: Mapping[str, Any], evidence: tuple[Evidence, ...] = (), **platform: Any) -> str:
        form, answers = derby.forms[FORM], TOLD
        for more in said:
            answers = {**answers, **more}
        states = answer_states(form, accept(form, answers, as_of=RECEIVED), as_of=RECEIVED)
        known = {"family.open_episode": False, "family.closed_on": None, "family.contacts_12m": 1, **platform}
        inputs = Inputs(answers={FORM: states}, as_of=RECEIVED, evidence=evidence, platform=known)
        receipt = decide(derby.rules, code, inputs)
        return f"{receipt.decision} / {receipt.reason_code}"

    return decided


def checked(fact: str, value: Any, source: str, row: str | None = None) -> Evidence:
    at = datetime(2026, 11, 24, 10, tzinfo=UTC)
    return Evidence("e1", fact, row, value, "verified", source, at.date(), "officer", "An officer", at)


PENDING = "pending / CHECKS_OUTSTANDING"


GANGS = {"local_criteria": ["gangs"]}
TWO = {**NOTHING_WRONG, **AN_OFFENCE, **A_BENEFIT}
ELIGIBLE, PANEL, BELOW = "eligible / TWO_PLUS_LOCAL", "panel_review / TWO_NO_LOCAL", "not_eligible / BELOW_TWO"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(NOBODY_KNOWS, PENDING, id="nobody-knows-anything"),
        pytest.param(NOTHING_WRONG, BELOW, id="nothing-is-wrong"),
        pytest.param(TWO, PANEL, id="two-and-nothing-local"),
        pytest.param({**TWO, **GANGS}, ELIGIBLE, id="two-and-a-local-concern"),
        pytest.param({**TWO, "local_criteria": ["dont_know"]}, PENDING, id="local-decides-and-is-unknown"),
        pytest.param({**TWO, **ABSENT, "absence_pct": 15}, "eligible / ALL_THREE", id="all-three"),
        pytest.param({**NOTHING_WRONG, **AN_OFFENCE, **ABSENT, **GANGS}, PENDING, id="absence-of-unknown-size"),
        pytest.param({**TWO, "offence_on": "2025-11-23"}, PANEL, id="offence-exactly-twelve-months-ago"),
        pytest.param({**TWO, "offence_on": "2025-11-22"}, BELOW, id="offence-a-day-too-old"),
        pytest.param(
            {**NOTHING_WRONG, **A_BENEFIT, **GANGS, "offence": "yes"}, PENDING, id="nobody-said-who-offended-and-when"
        ),
        pytest.param({**TWO, **GANGS, "benefit_who": ["duyn"]}, PENDING, id="benefit-of-a-person-of-unknown-age"),
        pytest.param({**TWO, **GANGS, "offence_who": ["nora"]}, BELOW, id="offence-of-an-adult-known-by-year-alone"),
        pytest.param({**NOTHING_WRONG, "members_complete": False}, PENDING, id="somebody-may-live-there-unnamed"),
    ],
)
def test_eligibility_from_what_the_nominator_wrote(outcome: Outcome, said: Mapping[str, Any], expected: str) -> None:
    assert outcome("TFP1-E", said) == expected


def test_fifteen_per_cent_from_education_makes_the_family_eligible(outcome: Outcome) -> None:
    said = (NOBODY_KNOWS, AN_OFFENCE, ABSENT, {"local_criteria": ["domestic_abuse"]})
    assert outcome("TFP1-E", *said) == PENDING
    education = checked("unauth_absence_pct_3t", 15.0, "education", "minh")
    assert outcome("TFP1-E", *said, evidence=(education,)) == "eligible / TWO_PLUS_LOCAL"


def test_an_offence_one_day_outside_the_lookback_takes_it_back_to_the_checks(outcome: Outcome) -> None:
    said = (NOBODY_KNOWS, AN_OFFENCE, ABSENT, {"local_criteria": ["domestic_abuse"]})
    evidence = (
        checked("unauth_absence_pct_3t", 15.0, "education", "minh"),
        checked("offence_date", "2025-11-22", "yois", "minh"),
    )
    assert outcome("TFP1-E", *said, evidence=evidence) == PENDING


def test_a_household_of_adults_is_not_eligible_once_it_is_complete(outcome: Outcome) -> None:
    adults = {"members": [NORA]}
    assert outcome("TFP1-E", NOTHING_WRONG, adults) == "not_eligible / NO_DEPENDENT_CHILD"
    assert outcome("TFP1-E", NOTHING_WRONG, adults, {"members_complete": False}) == PENDING


@pytest.mark.parametrize(
    ("home", "activity", "expected"),
    [
        pytest.param("yes", "education", "not_eligible / BELOW_TWO", id="at-home-and-at-college"),
        pytest.param("yes", "employed", "not_eligible / NO_DEPENDENT_CHILD", id="at-home-and-in-work"),
        pytest.param("no", "education", "not_eligible / NO_DEPENDENT_CHILD", id="left-home"),
        pytest.param("dont_know", "education", PENDING, id="nobody-knows-where-they-live"),
    ],
)
def test_an_eighteen_year_old_is_dependent_at_home_and_not_in_work(
    outcome: Outcome, home: str, activity: str, expected: str
) -> None:
    eighteen = {**MINH, "dob": "2008-11-23", "living_with_parent": home, "activity": activity}
    assert outcome("TFP1-E", NOTHING_WRONG, {"members": [eighteen, NORA]}) == expected


@pytest.mark.parametrize("concern", ["danger_now", "being_harmed", "not_sure"])
def test_any_concern_goes_to_duty_while_everything_else_is_unknown(outcome: Outcome, concern: str) -> None:
    said = {"concern": concern, "harm_details": "Unexplained bruise, baby of four months", "members_complete": False}
    assert outcome("S0", NOBODY_KNOWS, said) == "duty_now / SAFEGUARDING_CONCERN"
    assert outcome("TFP1-E", NOBODY_KNOWS, said) == PENDING


def test_a_known_family_is_linked_or_looked_at_first(outcome: Outcome) -> None:
    assert outcome("DEDUP", NOBODY_KNOWS) == "new / NO_MATCH"
    assert outcome("DEDUP", NOBODY_KNOWS, **{"family.open_episode": True}) == "link_existing / OPEN_EPISODE"
    assert outcome("DEDUP", NOBODY_KNOWS, **{"family.closed_on": "2025-11-23"}) == "reopen_review / RE_NOMINATION_12M"


@pytest.mark.parametrize("reader", ["referrer", "family"])
def test_what_others_read_is_the_same_for_every_outcome(derby: Programme, reader: str) -> None:
    rows = [
        row for table in derby.rules.decisions.values() for row in (*table.rows, table.otherwise, table.when_unknown)
    ]
    assert len({getattr(row.texts, reader)["en"] for row in rows}) == 1


def test_a_nomination_without_an_answer_to_the_screen_is_refused(derby: Programme) -> None:
    answers = {key: value for key, value in {**TOLD, **NOBODY_KNOWS}.items() if key != "concern"}
    with pytest.raises(AnswersRejected) as refused:
        accept(derby.forms[FORM], answers, as_of=RECEIVED)
    assert [problem.where for problem in refused.value.problems] == ["/concern"]
