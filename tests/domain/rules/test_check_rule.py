"""What a configurer is told before a rule is stored."""

import pytest

from frontdoor.domain.errors import Problem
from frontdoor.domain.rules.allowed import ARITY
from frontdoor.domain.rules.check_rule import check_rule


def test_a_good_rule_has_no_problems():
    logic = {"and": [{">=": [{"var": "facts.needs"}, 2]}, {"in": [{"var": ["case.area", "none"]}, ["north", "south"]]}]}
    assert check_rule(logic) == []


def test_every_problem_is_listed_with_its_place():
    logic = {"if": [{"=": [1, 1]}, {"/": [1, {"var": "__proto__"}, 3]}, {"a": 1, "b": 2}, [2**60]]}
    assert {(problem.where, problem.code) for problem in check_rule(logic)} == {
        ("/if/0", "unknown_operator"), ("/if/1", "wrong_arity"), ("/if/1/~1/1", "forbidden_path"),
        ("/if/2", "several_keys"), ("/if/3/0", "literal_out_of_range"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "meant"),
    [("=", "=="), ("&&", "and"), ("And", "and"), ("filtre", "filter"), ("age_at", "age_on"), ("not", "!")],
)
def test_an_unknown_operator_is_answered_with_the_nearest(written, meant):
    message = f"operator `{written}` is not in the allow-list; did you mean `{meant}`?"
    assert check_rule({written: [1, 2]}) == [Problem("", "unknown_operator", message)]


def test_method_and_log_are_not_answered_with_anything_near():
    assert [problem.message for problem in check_rule([{"method": 1}, {"log": 1}])] == [
        "operator `method` is not in the allow-list", "operator `log` is not in the allow-list",
    ]  # fmt: skip


def test_the_message_says_how_many_arguments():
    assert check_rule({"age_on": ["2026-11-22"]})[0].message == "`age_on` takes 2 arguments, not 1"
    assert check_rule({"<": [1]})[0].message == "`<` takes 2 to 3 arguments, not 1"
    assert check_rule({"cat": []})[0].message == "`cat` takes 1 or more arguments, not 0"
    assert check_rule({"!": [1, 2]})[0].message == "`!` takes 1 argument, not 2"


def test_exactly_forty_levels_and_two_thousand_nodes_pass():
    logic: object = 1
    for _ in range(40):
        logic = {"!": logic}
    assert check_rule(logic) == []
    assert [problem.code for problem in check_rule({"!": logic})] == ["too_deep"]
    assert check_rule([0] * 1_999) == []
    assert [problem.code for problem in check_rule([0] * 2_000)] == ["too_many_nodes"]


def test_every_allowed_operator_passes_with_its_fewest_arguments():
    assert [operator for operator, (fewest, _) in ARITY.items() if check_rule({operator: ["a"] * fewest})] == []


def test_literals_up_to_two_to_the_fifty_third_pass():
    assert check_rule([2**53, -(2**53), 0.1, -0.0, True, None, "x"]) == []
