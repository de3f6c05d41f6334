"""Our engine, and our six operators in the browser, against json-logic-js on random rules and data."""

import pytest
from tests.conformance.differential import differences, ours
from tests.conformance.reference import ERROR, answers

DATES = [
    "2024-02-29",
    "2025-02-28",
    "2026-12-24",
    "2026-12-26",
    "2027-01-05T23:59:00Z",
    "0001-01-01",
    "2026-02-29",
    None,
]
OF_DATES = ["age_on", "months_between", "days_between", "working_days_between"]
ADDED = [
    *({operator: [a, b]} for operator in OF_DATES for a in DATES for b in DATES),
    {"some": [[1, 2], {"==": [{"working_days_between": ["2026-12-24", "2026-12-29"]}, 1]}]},
    {"count_true": [[True, [], "0", {}]]},
    {"count_true": [{"var": "zz"}, True]},
    {"unknown": [{"var": "zz"}]},
    {"unknown": [""]},
]
TWICE = ["2026-12-25", "2026-12-28", "2026-12-28", "2026-12-26"]


def test_two_thousand_random_pairs_have_the_browsers_answer():
    assert differences(seed=20261122, count=2_000) == []


@pytest.mark.parametrize("holidays", [None, TWICE, ["Christmas"], "2026-12-25"], ids=["none", "twice", "bad", "text"])
def test_the_added_operators_mean_the_same_in_the_browser(holidays):
    pairs = [(logic, {"holidays": holidays}) for logic in ADDED]
    assert [ours(*pair) for pair in pairs] == answers(pairs)


def test_an_error_in_the_browser_is_an_error_here():
    pairs = [({"*": []}, None), ({"missing_some": [1, None]}, {}), ({"in": ["a", {"var": "x"}]}, {"x": {"indexOf": 1}})]
    assert [ours(*pair) for pair in pairs] == answers(pairs) == [ERROR] * 3
