"""Every class of payload that broke another engine, when it is saved and when it runs."""

import contextlib
import time

import pytest

from frontdoor.domain.errors import RuleFailed, RuleRefused
from frontdoor.domain.rules.check_rule import check_rule
from frontdoor.domain.rules.engine import compile_rule, evaluate

ACCUMULATOR, CURRENT = {"var": "accumulator"}, {"var": "current"}
TURNS = {"var": "turns"}
DATA = {"turns": [1] * 20_000, "thousand": [0] * 1_000, "key": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"}
LITERALS = list(range(600))


def nested(levels: int, operator: str = "!") -> object:
    logic: object = 1
    for _ in range(levels):
        logic = {operator: [logic]}
    return logic


def lists(levels: int) -> object:
    logic: object = []
    for _ in range(levels):
        logic = [logic]
    return logic


REFUSED = [
    pytest.param({"method": ["", "__reduce_ex__", 4]}, "unknown_operator", id="method runs python"),
    pytest.param({"method": ["{0.__init__.__globals__}", "format", [{"var": "id"}]]}, "unknown_operator", id="format"),
    pytest.param({"datetime.sys.exit": [3]}, "unknown_operator", id="dotted operator"),
    pytest.param({"log": "x"}, "unknown_operator", id="log"),
    pytest.param({"vars": ["(a+)+$"]}, "unknown_operator", id="regular expression in vars"),
    pytest.param({"regexTest": [{"var": "key"}, "(a+)+$"]}, "unknown_operator", id="regexTest"),
    pytest.param({"CALL": ["x"]}, "unknown_operator", id="CALL"),
    pytest.param({"__class__": []}, "unknown_operator", id="dunder operator"),
    pytest.param({"toString": []}, "unknown_operator", id="operator on every javascript object"),
    pytest.param({"a" * 10**6: 1}, "unknown_operator", id="a megabyte of operator"),
    pytest.param({"==": [1, 1], "!=": [1, 2]}, "several_keys", id="two operators in one object"),
    pytest.param({"if": [False, {"==": [1, 1], "a": 2}]}, "several_keys", id="two operators in a branch never taken"),
    pytest.param({"*": [10**4000, 10**4000]}, "literal_out_of_range", id="product of huge literals"),
    pytest.param({"+": [2**53 + 1]}, "literal_out_of_range", id="a literal that no double holds"),
    pytest.param({"+": [float("nan")]}, "literal_out_of_range", id="nan"),
    pytest.param({"+": [float("-inf")]}, "literal_out_of_range", id="infinity"),
    pytest.param({"cat": [object()]}, "not_json", id="a python object"),
    pytest.param({"cat": [b"x"]}, "not_json", id="bytes"),
    pytest.param(nested(400), "too_deep", id="depth 400"),
    pytest.param(nested(20_000), "too_deep", id="depth 20,000"),
    pytest.param(lists(1_000_000), "too_deep", id="a million lists deep"),
    pytest.param(list(range(3_000)), "too_many_nodes", id="long literal list"),
    pytest.param(list(range(1_000_000)), "too_many_nodes", id="a million literals"),
    pytest.param("a" * 1_000_000, "too_long", id="megabyte text"),
    pytest.param({"var": "a." * 20_000}, "too_long", id="megabyte path"),
    pytest.param(["é" * 17_000], "too_long", id="bytes count not characters"),
]


@pytest.mark.parametrize(("logic", "code"), REFUSED)
def test_it_is_refused_when_saved_and_when_run_and_quickly(logic, code):
    start = time.perf_counter()
    assert code in {problem.code for problem in check_rule(logic)}
    with pytest.raises(RuleRefused) as refused:
        evaluate(logic, DATA)
    assert code in {problem.code for problem in refused.value.problems}
    assert len(refused.value.message) < 200
    assert time.perf_counter() - start < 5


SAVED_ONLY = [
    pytest.param({"var": "constructor.constructor"}, "forbidden_path", id="constructor"),
    pytest.param({"var": ["a.__proto__", 1]}, "forbidden_path", id="proto"),
    pytest.param({"var": {"if": [True, "prototype", "x"]}}, "forbidden_path", id="computed from a literal"),
    pytest.param({"missing": ["a", "a.constructor"]}, "forbidden_path", id="missing"),
    pytest.param({"missing_some": [1, ["a", "__proto__.x"]]}, "forbidden_path", id="missing_some"),
    pytest.param({"missing": {"merge": ["a", "constructor"]}}, "forbidden_path", id="missing of a merge"),
    pytest.param({"==": [1]}, "wrong_arity", id="equal to nothing"),
    pytest.param({"!": []}, "wrong_arity", id="not nothing"),
    pytest.param({"reduce": [[], 1]}, "wrong_arity", id="reduce without a start"),
    pytest.param({"age_on": [{"var": "dob"}]}, "wrong_arity", id="age on no day"),
    pytest.param({"if": [True]}, "wrong_arity", id="if without then"),
    pytest.param({"*": ["0"]}, "wrong_arity", id="product of one"),
]


@pytest.mark.parametrize(("logic", "code"), SAVED_ONLY)
def test_it_is_refused_when_saved_and_harmless_when_run(logic, code):
    assert [problem.code for problem in check_rule(logic)] == [code]
    evaluate(logic, {"a": {}})


STOPPED = [
    pytest.param({"map": [LITERALS, {"map": [LITERALS, {"map": [LITERALS, 1]}]}]}, id="three nested maps"),
    pytest.param(
        {"some": [{"var": "thousand"}, {"all": [LITERALS, {"none": [LITERALS, {"var": ""}]}]}]}, id="nested some"
    ),
    pytest.param({"reduce": [LITERALS, {"cat": [ACCUMULATOR, ACCUMULATOR]}, "ab"]}, id="doubling text"),
    pytest.param({"reduce": [LITERALS, {"merge": [ACCUMULATOR, ACCUMULATOR]}, [1]]}, id="doubling list"),
    pytest.param({"reduce": [TURNS, {"merge": [ACCUMULATOR, CURRENT]}, []]}, id="appending to a list 20,000 times"),
    pytest.param({"reduce": [TURNS, {"cat": [ACCUMULATOR, "x" * 99]}, ""]}, id="appending to a text 20,000 times"),
    pytest.param({"reduce": [LITERALS, [ACCUMULATOR, ACCUMULATOR], 1]}, id="a list that doubles when written"),
    pytest.param(
        {"cat": [{"reduce": [LITERALS, [ACCUMULATOR, ACCUMULATOR], 1]}]}, id="a text that doubles when joined"
    ),
    pytest.param(
        {"==": ["", {"reduce": [LITERALS, [[ACCUMULATOR], [ACCUMULATOR]], []]}]}, id="a comparison that doubles"
    ),
    pytest.param(
        {"map": [[1], {"reduce": [LITERALS, [ACCUMULATOR, ACCUMULATOR], {"and": []}]}]}, id="doubled undefined"
    ),
]


@pytest.mark.parametrize("logic", STOPPED)
def test_it_is_stopped_when_run_and_quickly(logic):
    start = time.perf_counter()
    with pytest.raises(RuleFailed, match="stopped"):
        evaluate(logic, DATA)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("logic", "value"),
    [
        pytest.param({"reduce": [LITERALS, {"*": [ACCUMULATOR, ACCUMULATOR]}, 10]}, float("inf"), id="squaring"),
        pytest.param({"!": {"%": ["%1000000000d", 1]}}, True, id="format by remainder"),
        pytest.param({"!": {"*": ["a", 1000000000]}}, True, id="repeat by product"),
        pytest.param({"var": {"cat": ["__pro", "to__"]}}, None, id="a computed path to a prototype"),
    ],
)
def test_it_is_plain_arithmetic_here(logic, value):
    assert evaluate(logic, DATA) == value


WIDE, HALVES = "😀" * 100_000, "\ud83d" * 100_000


@pytest.mark.parametrize(
    ("logic", "row"),
    [
        pytest.param({"<": [{"var": "a"}, {"var": "b"}]}, {"a": WIDE + "a", "b": WIDE}, id="comparing wide texts"),
        pytest.param({"substr": [{"var": "a"}, 3, 0]}, {"a": HALVES}, id="cutting halves"),
        pytest.param({"in": ["x", {"var": "a"}]}, {"a": "a" * 1_000_000}, id="searching a long text"),
        pytest.param({"in": ["\ude00a", {"var": "a"}]}, {"a": WIDE}, id="searching for half a character"),
        pytest.param({"in": [3, {"var": "a"}]}, {"a": [1] * 100_000}, id="searching a long list"),
        pytest.param(
            {"==": [{"var": "a"}, {"var": "b"}]}, {"a": "a" * 999_999 + "b", "b": "a" * 1_000_000}, id="equal texts"
        ),
        pytest.param({"!": [{"var": {"var": "a"}}, 1]}, {"a": "1." * 100_000, "1": {}}, id="long computed paths"),
        pytest.param({">": [{"var": "a"}, 1]}, {"a": "0" * 500_000}, id="long numbers"),
        pytest.param({"!": {"working_days_between": ["2020-01-01", "2026-01-01"]}}, {"a": 1}, id="many holidays"),
        pytest.param({"!": [{"missing": {"var": "a"}}]}, {"a": [["b", ["c"]]] * 10}, id="rules in the data"),
    ],
)
def test_large_data_costs_steps_and_never_time(logic, row):
    rule = compile_rule({"some": [{"var": "rows"}, {"and": [logic, False]}]})
    start = time.perf_counter()
    with contextlib.suppress(RuleFailed):
        rule({"rows": [row] * 5_000, "holidays": ["2026-12-25"] * 90_000})
    assert time.perf_counter() - start < 8


def test_deep_data_is_read_without_recursion():
    deep = lists(200_000)
    assert evaluate({"cat": [{"var": "deep"}, "!"]}, {"deep": deep}) == "!"
    assert evaluate({"==": [{"var": "deep"}, ""]}, {"deep": deep}) is True
    assert evaluate({"in": [{"var": "deep"}, {"var": "deep"}]}, {"deep": deep}) is False
    assert evaluate({"var": "deep"}, {"deep": deep}) is deep


def test_a_rule_in_the_data_is_checked_like_any_other():
    assert evaluate({"missing": {"var": "names"}}, {"names": [["zz", "other"], {"var": "which"}], "which": "x"}) == [
        {"var": "which"}
    ]
    for hostile in ({"log": 1}, nested(100), {"missing": {"var": "names"}}):
        with pytest.raises(RuleFailed):
            evaluate({"missing": {"var": "names"}}, {"names": [hostile]})


def test_a_rule_in_the_data_may_hold_undefined_or_several_keys_as_in_a_browser():
    names = {"merge": [[["zz", [{"and": []}]], ["zz", {"var": "plain"}]]]}
    assert evaluate({"missing": names}, {"plain": {"a": 1, "b": 2}, "names": 1}) == []
    assert evaluate({"missing": {"var": "names"}}, {"names": [["zz", [{"a": 1, "b": 2}]], ["zz", [2**60]]]}) == []


@pytest.mark.parametrize("part", [lists(5_000), [object()]], ids=["deep", "no json"])
def test_a_list_of_names_that_cannot_be_read_fails_the_rule(part):
    with pytest.raises(RuleFailed, match="list of names"):
        evaluate({"missing": {"var": "names"}}, {"names": [["zz", part]]})


def test_a_rule_full_of_problems_lists_fifty():
    assert len(check_rule([{"log": 1}] * 200)) == 50


def test_a_key_that_is_no_text_is_no_operator():
    assert [problem.message for problem in check_rule({7: [1]})] == ["an operator's name is text"]
    with pytest.raises(RuleRefused):
        evaluate({7: [1]}, None)
