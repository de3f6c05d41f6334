import pytest
from tests.domain.rules.rulesets import DOCUMENTS, f, rules

from frontdoor.domain.rules.prepare import UNKNOWN, Finding, place
from frontdoor.domain.rules.relevance import open_names

RULES = rules(**DOCUMENTS)
C1, C2, C3, LOCAL = (f(name) for name in ("c1", "c2", "c3", "local"))


def read(logic, **known):
    """The facts that could still settle a condition; those that are not given are unknown."""
    data = {"facts": {}, "answers": {}, "parameters": {}, "as_of": "2026-11-23"}
    for name in ("c1", "c2", "c3", "local"):
        place(data["facts"], name, Finding(known[name]) if name in known else UNKNOWN)
    return sorted(name.removeprefix("facts.") for name in open_names(logic, RULES, data))


@pytest.mark.parametrize(
    ("logic", "known", "names"),
    [
        pytest.param(C1, {}, ["c1"], id="an-unknown-fact"),
        pytest.param(C1, {"c1": False}, [], id="a-known-fact"),
        pytest.param({"and": [C1, C2]}, {"c2": False}, [], id="settled-by-another-part"),
        pytest.param({"and": [C1, C2]}, {"c2": True}, ["c1"], id="left-open-by-another-part"),
        pytest.param({"or": [{"and": [C1, C2]}, C3]}, {"c2": False}, ["c3"], id="a-part-that-is-settled"),
        pytest.param({"!": {"or": [C1, C2]}}, {"c1": False}, ["c2"], id="not"),
        pytest.param({"!!": C1}, {}, ["c1"], id="as-a-condition"),
        pytest.param({">": [LOCAL, 1]}, {}, ["local"], id="a-comparison"),
        pytest.param({"if": [C1, C2, C3]}, {"c1": True}, ["c2"], id="if-the-branch-that-is-taken"),
        pytest.param({"if": [C1, C2, C3]}, {"c1": False}, ["c3"], id="if-the-other-branch"),
        pytest.param({"if": [C1, C2, C3]}, {}, ["c1", "c2", "c3"], id="if-either-branch"),
        pytest.param({"if": [C1, C2, C3]}, {"c2": True}, ["c1", "c3"], id="if-a-branch-that-is-settled"),
        pytest.param({"if": [C1, True, C2, C3]}, {"c1": False, "c2": True}, ["c3"], id="if-of-several"),
        pytest.param(True, {}, [], id="a-literal"),
    ],
)
def test_only_what_could_settle_a_condition_is_named(logic, known, names):
    assert read(logic, **known) == names


def test_a_part_that_has_no_result_leaves_what_it_reads_open():
    data = {"facts": {"local": 0}, "answers": {}, "parameters": {}, "as_of": "2026-11-23"}
    assert open_names({">": [{"/": [1, LOCAL]}, 1]}, RULES, data) == {"facts.local"}
