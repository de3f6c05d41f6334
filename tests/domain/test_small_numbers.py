from collections import Counter

import pytest

from frontdoor.domain.small_numbers import published, threshold_of


@pytest.mark.parametrize("count", range(5))
def test_fewer_than_the_threshold_is_not_told(count):
    assert {published(count, noise) for noise in range(0, 65_536, 997)} == {None}


@pytest.mark.parametrize("count", [5, 6, 9, 13, 40, 10_002])
def test_a_count_is_rounded_to_a_neighbouring_multiple_and_right_on_average(count):
    told = [published(count, noise) for noise in range(65_536)]
    assert all(one % 5 == 0 and abs(one - count) < 5 for one in told)
    assert sum(told) / len(told) == pytest.approx(count, abs=0.01)


def test_the_same_cases_are_told_alike_however_often_they_are_counted():
    assert len({published(17, 123_456) for _ in range(10)}) == 1


def test_the_difference_of_two_steps_does_not_tell_of_one_case():
    """Whatever two steps are told to be, the case between them may be there or not."""
    steps = Counter()
    for noise in range(0, 65_536, 7):
        own = noise * 31 % 65_536
        steps[published(18, noise + own) - published(17, noise)] += 1
    assert len(steps) > 1
    assert steps[0] > 0


def test_the_threshold_is_the_largest_that_a_measure_states():
    measures = {"a": {"suppress_below": 8}, "b": {"suppress_below": 6}, "c": {}}
    assert threshold_of({"rules": {"measures": {"measures": measures}}}) == 8
    assert threshold_of({}) == 5
