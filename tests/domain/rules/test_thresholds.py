"""The numbers at which a parameter tips a decision: to decide at each and between them is to decide for every value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.domain.rules import thresholds
from frontdoor.domain.rules.compiled import Condition
from frontdoor.domain.rules.table import Row, Texts
from frontdoor.domain.rules.translate import translate

KINDS = {"facts.count": "integer", "facts.born": "date", "parameters.least": "integer", "parameters.most": "integer"}
COUNT, LEAST, MOST = {"var": "facts.count"}, {"var": "parameters.least"}, {"var": "parameters.most"}
DOUBLES = st.floats(allow_nan=False, allow_infinity=False, width=32)
NUMBERS = st.lists(DOUBLES, unique=True, max_size=6).map(sorted)


def row(when):
    return Row("one", {}, "yes", "ONE", Texts({}, {}, {}), test=Condition(translate(when, KINDS)))


def compared(when, *moved):
    return thresholds.compared_with(
        "least", [], [row(when)], frozenset(f"parameters.{one}" for one in ("least", *moved))
    )


def told(when, data):
    return [set(thresholds.numbers(compared(when), {"facts": one})) for one in data]


@given(NUMBERS, DOUBLES)
def test_a_value_compares_with_every_number_as_the_sample_of_its_stretch_does(at, value):
    sample = thresholds.samples(at)[thresholds.place(at, value)]
    assert [(one < value, one == value) for one in at] == [(one < sample, one == sample) for one in at]


@given(NUMBERS, st.lists(st.sampled_from("ab"), min_size=13, max_size=13), DOUBLES)
def test_what_is_kept_of_the_stretches_decides_as_all_of_them(at, words, value):
    kept, decided = thresholds.stretches(at, words[: 2 * len(at) + 1])
    assert decided[thresholds.place(kept, value)] == words[thresholds.place(at, value)]


@pytest.mark.parametrize(
    ("when", "numbers"),
    [
        pytest.param({">=": [COUNT, LEAST]}, {7.0}, id="a-count"),
        pytest.param({"<": [LEAST, {"+": [COUNT, 2]}]}, {9.0}, id="worked-out-beside-it"),
        pytest.param({"and": [{"==": [COUNT, LEAST]}, {"<": [3, LEAST]}]}, {3.0, 7.0}, id="two-comparisons"),
        pytest.param({"in": [COUNT, [LEAST, 4]]}, {7.0}, id="in-a-list"),
        pytest.param({">=": [COUNT, MOST]}, set(), id="it-is-not-there"),
    ],
)
def test_the_numbers_are_what_it_is_compared_with(when, numbers):
    assert told(when, [{"count": 7}]) == [numbers]


@pytest.mark.parametrize(
    ("when", "moved"),
    [
        pytest.param({">=": [COUNT, {"+": [LEAST, 1]}]}, (), id="reckoned-with"),
        pytest.param({">=": [LEAST, MOST]}, ("most",), id="compared-with-what-moves-too"),
        pytest.param({">=": [{"max": [COUNT, LEAST]}, 3]}, (), id="the-larger-of-two"),
    ],
)
def test_where_it_is_used_otherwise_it_is_decided_value_by_value(when, moved):
    with pytest.raises(LookupError):
        compared(when, *moved)
