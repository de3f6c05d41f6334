"""What json-logic-qubit makes of our rules: nothing else on shipped ones, and each documented class by an example."""

import json
from datetime import date

import pytest

from frontdoor import packs_dir
from frontdoor.domain.packs import gather
from frontdoor.domain.rules.decide import from_facts
from frontdoor.services import bench
from frontdoor.services.second_opinion import Opinion, compare, second_opinion
from frontdoor.services.second_opinion_classes import CLASSES
from frontdoor.store import shipped

READ = shipped.read(packs_dir())
PACKS = gather(READ.sources)
TODAY = date(2026, 11, 23)


def situations(programme):
    for path in READ.examples:
        for row in map(json.loads, path.read_text().splitlines()):
            if row["rule"] in programme.rules.decisions and row["pack"] == programme.programme:
                yield from_facts(programme.rules, row["rule"], row["facts"], as_of=TODAY).situation


@pytest.mark.parametrize("pack", PACKS.programmes())
def test_the_second_engine_agrees_on_every_shipped_rule_over_every_worked_example(pack):
    programme = bench.programme_of(PACKS, pack)
    opinion = second_opinion(programme.rules, situations(programme))
    assert opinion.asked > 500
    assert opinion.differences == ()


@pytest.mark.parametrize(
    ("kind", "logic", "data"),
    [
        pytest.param("arithmetic_on_nothing", {"-": [{"var": "weeks"}, 1]}, {"weeks": None}, id="null-less-one"),
        pytest.param("arithmetic_on_text", {"*": [{"var": "n"}, 2]}, {"n": "12 weeks"}, id="a-text-times-two"),
        pytest.param("arithmetic_on_truth_or_list", {"-": [{"var": "ticked"}, 1]}, {"ticked": [[]]}, id="list-less"),
        pytest.param("division_by_nought", {"/": [1, {"var": "sessions"}]}, {"sessions": 0}, id="by-nought"),
        pytest.param("remainder_of_negative", {"==": [{"%": [{"var": "n"}, 3]}, 2]}, {"n": -1}, id="minus-one"),
        pytest.param("order_of_nothing", {">": [2, {"var": "age"}]}, {"age": None}, id="two-is-more-than-nothing"),
        pytest.param("order_of_text", {"<": [{"var": "age"}, 2]}, {"age": ""}, id="an-empty-text-is-less-than-two"),
        pytest.param("past_the_end", {"var": "needs.0"}, {"needs": []}, id="the-first-of-none"),
        pytest.param("part_of_no_text", {"substr": [{"var": "n"}, 0]}, {"n": 5}, id="part-of-a-number"),
        pytest.param("joined_text", {"==": [{"cat": [{"var": "n"}]}, ""]}, {"n": None}, id="nothing-as-text"),
        pytest.param("inside_a_text", {"in": [{"var": "n"}, "a"]}, {"n": -1}, id="a-number-in-a-text"),
        pytest.param("equality_of_kinds", {"!=": [0, {"var": "list"}]}, {"list": []}, id="nought-and-no-list"),
        pytest.param(
            "falsy_element", {"some": [{"var": "n"}, {"===": [{"var": ""}, 0]}]}, {"n": [0]}, id="nought-in-a-list"
        ),
    ],
)  # fmt: skip
def test_a_documented_class_is_named_by_the_innermost_part_that_differs(kind, logic, data):
    difference = compare(logic, data)
    assert difference is not None
    assert difference.kind == kind
    assert set(CLASSES[kind]) == {"en", "cy"}


def test_every_documented_class_has_its_example():
    (mark,) = test_a_documented_class_is_named_by_the_innermost_part_that_differs.pytestmark
    assert {example.values[0] for example in mark.args[1]} == CLASSES.keys()


def test_a_difference_that_nobody_documented_blocks():
    difference = compare({"!": [{"var": "a"}]}, {"a": {}})
    assert difference is not None
    assert Opinion(1, (difference,)).blocking == (difference,)
    assert Opinion(1, (difference,)).kinds == ()


def test_the_innermost_part_is_found_inside_an_iterator():
    logic = {"some": [{"var": "members"}, {"and": [{"var": "there"}, {"<": [{"var": "age"}, 5]}]}]}
    difference = compare(logic, {"members": [{"there": True, "age": 40}, {"there": True, "age": None}]})
    assert difference is not None
    assert difference.part == {"<": [{"var": "age"}, 5]}
    assert difference.values == (None, 5)


@pytest.mark.parametrize(
    "logic",
    [
        pytest.param({"method": [{"var": "a"}, "upper"]}, id="any-method-of-any-value"),
        pytest.param({"log": [1]}, id="a-log"),
        pytest.param({"datetime.sys.exit": [3]}, id="a-dotted-operator"),
        pytest.param({"and": [{"method": ["", "__reduce_ex__", [4]]}]}, id="hidden-inside"),
    ],
)
def test_a_rule_that_was_not_checked_never_reaches_the_second_engine(logic):
    with pytest.raises(ValueError, match="checked"):
        compare(logic, {"a": "x"})


def test_an_operator_of_ours_is_lent_with_the_holidays_that_came_with_the_data():
    logic = {"==": [{"working_days_between": ["2026-12-24", {"var": "on"}]}, 1]}
    assert compare(logic, {"on": "2026-12-29", "holidays": ["2026-12-25", "2026-12-28"]}) is None
