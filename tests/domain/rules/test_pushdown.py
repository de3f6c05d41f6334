"""What is stored of a case, and what is left to the engine. Whether the database agrees is tests/conformance's."""

from random import Random

import pytest
from tests.conformance.tables import HOLIDAYS, KINDS, situation, table

from frontdoor.domain.rules.pushdown.plans import Held, decided, touched, values_of
from frontdoor.domain.rules.pushdown.stored import Plainly, situation_of
from frontdoor.domain.rules.pushdown.tables import outcome_of
from frontdoor.domain.rules.situation import Situation
from frontdoor.domain.rules.table import Rules

NOTHING = Rules({}, {}, {})


def kept(**answers):
    data = {
        "answers": {"f": answers}, "decisions": {}, "family": {}, "case": {}, "capacity": {}, "as_of": "2026-11-22",
        "parameters": {}, "holidays": [],
    }  # fmt: skip
    return Plainly(NOTHING, Held(KINDS)).keep(Situation(data))


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"s1": "a \U0001f600"}, id="text-beyond-the-plain"),
        pytest.param({"s1": 3}, id="another-type-than-the-form's"),
        pytest.param({"d1": "not a day"}, id="no-date"),
        pytest.param({"odd": "0x1234567890abcdef"}, id="digits-that-no-double-holds"),
        pytest.param({"odd": 0.1 + 0.2}, id="a-number-that-is-printed-otherwise"),
        pytest.param({"odd": [[[[1]]]]}, id="lists-in-lists-in-lists"),
        pytest.param({"odd": {"toString": 1}}, id="a-key-that-hides-a-conversion"),
        pytest.param({"l1": ["a"] * 1_001}, id="a-very-long-list"),
    ],
)
def test_what_the_database_would_read_otherwise_stands_apart(answer):
    assert kept(**answer).apart
    assert kept(**answer).data == {}


def test_a_date_has_its_numbers_beside_it_and_what_is_not_known_is_not_stored():
    stored = kept(d1="2026-11-22", **{"<d2": "2026-01-01", "?n1": True, "n1": None}).data["answers"]["f"]
    assert stored == {
        "d1": "2026-11-22", "#d1": 778326.0, "@d1": 739942.0, "<d2": "2026-01-01", "#<d2": 777985.0, "@<d2": 739617.0,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_a_stored_case_comes_back_to_be_decided_alike(seed):
    chance = Random(seed)  # noqa: S311 - repeatable, not secret
    rules, case = table(chance), situation(chance)
    stored = Plainly(rules, Held(KINDS, rules, values_of(rules))).keep(case)
    again = Situation(case.data, case.facts, case.row_facts)
    if not stored.apart:
        constants = {"parameters": values_of(rules), "holidays": list(HOLIDAYS)}
        again = situation_of(stored.data, stored.fixed, constants)
    engine = Plainly(rules, Held(KINDS))
    assert engine.decide("T", again) == engine.decide("T", case) == stored.outcomes["T"]


def test_a_change_is_worked_out_only_as_far_as_it_reaches():
    rules = table(Random(1))  # noqa: S311 - repeatable, not secret
    held = Held(KINDS, rules, values_of(rules))
    assert touched(rules, held, values_of(rules)) == frozenset()
    assert decided(rules, "T", held, values_of(rules), HOLIDAYS) != {}
    assert "$data" not in str(decided(rules, "T", held, values_of(rules), HOLIDAYS))
    assert "parameters.p" in touched(rules, held, {"p": 2})


@pytest.mark.parametrize(
    ("key", "decision", "reason"),
    [
        pytest.param("?failed", "cannot_decide", "RULE_FAILED", id="a-rule-failed"),
        pytest.param("?clashes", "cannot_decide", "RULE_CLASH", id="rows-contradict"),
        pytest.param("?unasked", "cannot_decide", "NOT_ASKED", id="never-asked"),
        pytest.param("?waits", "pending", "CHECKS_OUTSTANDING", id="waits"),
        pytest.param("?otherwise", "d0", "OTHER", id="otherwise"),
        pytest.param("+r0+r1", None, "R0+R1", id="two-collected"),
    ],
)
def test_a_key_says_what_is_decided(key, decision, reason):
    table_ = table(Random(1)).decisions["T"]  # noqa: S311 - repeatable, not secret
    outcome = outcome_of(table_, key)
    assert outcome.reason_code == reason
    assert outcome.decision == (decision or table_.rows[0].decision)
