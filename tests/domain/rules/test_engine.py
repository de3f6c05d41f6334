"""What the engine promises beyond the differential tests: kept values, undefined, sizes, and nothing left behind."""

import math
import threading

import pytest

from frontdoor.domain.errors import RuleFailed, RuleRefused
from frontdoor.domain.rules.check_rule import TRANSLATED
from frontdoor.domain.rules.engine import compile_rule, evaluate, truthy

AGE = {"var": "age"}
FACTS = {"age": 4, "name": "Zoë 😀", "needs": ["debt", "school"], "home": {"rooms": 2}}


@pytest.mark.parametrize(
    ("logic", "data", "value"),
    [
        pytest.param({"<": [{"var": "age"}, 5]}, {}, True, id="a missing age is under five"),
        pytest.param({"var": "name.length"}, FACTS, 6, id="an emoji has two code units"),
        pytest.param({"substr": [{"var": "name"}, 0, -2]}, FACTS, "Zoë ", id="substr counts code units"),
        pytest.param({"substr": ["😀", 1]}, None, "\ude00", id="substr can cut an emoji in half"),
        pytest.param({"cat": ["\ud83d", "\ude00"]}, None, "😀", id="two halves make one emoji"),
        pytest.param({"in": ["\ude00", "😀"]}, None, True, id="half an emoji is in the whole"),
        pytest.param({"<": ["😀", "\uffee"]}, None, True, id="texts sort by code units"),
        pytest.param({"cat": [0.1, 1e-7, -0.0, 123456789.5]}, None, "0.11e-70123456789.5", id="numbers as text"),
        pytest.param({"cat": [{"*": [1e15, 1e7]}]}, None, "1e+22", id="large numbers as text"),
        pytest.param({"==": [{"var": "a"}, {"var": "b"}]}, {"a": 2**53 + 1, "b": 2**53}, True, id="ints are doubles"),
        pytest.param({"var": "a"}, {"a": 10**400}, math.inf, id="an int beyond all doubles is infinite"),
        pytest.param({"var": "a"}, {"a": 2**53 + 1}, 2.0**53, id="an int beyond 2^53 comes back as a double"),
        pytest.param({"var": ["home.zz", 7]}, FACTS, 7, id="default"),
        pytest.param({"var": ["a", 7]}, {"a": None}, None, id="a null that is there has no default"),
        pytest.param({"missing": ["age", "zz", "name"]}, {"age": 0, "name": ""}, ["zz", "name"], id="missing"),
        pytest.param({"and": []}, None, None, id="undefined comes out as null"),
        pytest.param({"map": [[1, 2], {"and": []}]}, None, [None, None], id="undefined in a list is null"),
        pytest.param({"reduce": [[1], {"var": ""}, {"or": []}]}, None, {"current": 1}, id="undefined in an object"),
        pytest.param({"/": [6, 2]}, None, 3, id="whole results are ints"),
        pytest.param({}, None, {}, id="an empty object is a literal"),
        pytest.param({"!!": [{}]}, None, True, id="an empty object is true"),
        pytest.param({"if": []}, None, None, id="an if of nothing is null"),
        pytest.param({"count_true": [True, 0, "0", []]}, None, 2, id="count_true of arguments"),
        pytest.param({"count_true": {"var": "needs"}}, FACTS, 2, id="count_true of a list"),
        pytest.param(
            {"cat": [{"/": [1, 0]}, {"/": [-1, 0]}, {"+": ["x"]}]}, None, "Infinity-InfinityNaN", id="no numbers"
        ),
        pytest.param({"cat": [1.5e-9, -2.5]}, None, "1.5e-9-2.5", id="small and negative numbers as text"),
        pytest.param({"==": [{"var": ["zz", True]}, "1"]}, {}, True, id="true equals the text 1"),
        pytest.param({"in": [{"map": [[1], {"and": []}]}, "undefined"]}, None, True, id="a list of undefined is empty"),
        pytest.param({"substr": [{"and": []}, 0, 5]}, None, "undef", id="undefined as text"),
        pytest.param({"unknown": {"var": "zz"}}, FACTS, True, id="unknown"),
    ],
)
def test_a_rule_has_the_browsers_value(logic, data, value):
    assert evaluate(logic, data) == value
    assert type(evaluate(logic, data)) is type(value)


def test_minus_nought_keeps_its_sign_inside_a_rule():
    assert evaluate({"/": [1, {"-": [{"var": "a"}]}]}, {"a": 0}) == -math.inf


@pytest.mark.parametrize(
    ("value", "true"), [([], False), ("0", True), ({}, True), (math.nan, False), ([0], True), ("", False)]
)
def test_truth_is_jsonlogics(value, true):
    assert truthy(value) is true
    assert evaluate({"!!": {"var": "a"}}, {"a": value}) is true


def test_the_answer_to_a_literal_may_be_changed_without_changing_the_rule():
    rule = compile_rule({"merge": [[1], {}]})
    rule(None)[1]["added"] = True
    assert rule(None) == [1, {}]


def test_changing_a_rule_after_compiling_it_changes_nothing():
    logic = {"in": [{"var": "a"}, ["x"]]}
    rule = compile_rule(logic)
    logic["in"][1].append("y")
    assert rule({"a": "y"}) is False


def test_equal_rules_are_compiled_once_and_true_is_not_one():
    assert compile_rule({"+": [1, 2]}) is compile_rule({"+": [1, 2]})
    assert evaluate({"cat": [1]}, None) == "1"
    assert evaluate({"cat": [True]}, None) == "true"


def test_literals_never_reach_the_source():
    word = "'''\"\\\n__import__('os')#{}{0}%s"
    logic = {"if": [{"==": [{"var": word}, word]}, {"cat": [word, {"var": [f"{word}x", word]}]}, word]}
    assert evaluate(logic, {word: word}) == word + word


def test_a_rule_runs_in_many_threads_at_once():
    rule = compile_rule({"reduce": [{"var": "l"}, {"+": [{"var": "current"}, {"var": "accumulator"}]}, 0]})
    found: list[int] = []
    threads = [threading.Thread(target=lambda n=n: found.append(rule({"l": [n] * 100}))) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [n * 100 for n in range(8)]


@pytest.mark.parametrize(
    "path", ["constructor", "__proto__", "toString", "constructor.constructor", "name.big", "needs.map", "__class__"]
)
def test_nothing_but_json_is_found_by_a_path(path):
    assert evaluate({"var": path}, FACTS) is None
    assert evaluate({"var": {"cat": [path, ""]}}, FACTS) is None
    assert evaluate({"map": [[FACTS["name"]], {"var": path}]}, FACTS) == [None]


def test_a_key_of_the_data_is_found_whatever_it_is_called():
    assert evaluate({"var": "constructor"}, {"constructor": "Wates"}) == "Wates"


def test_data_that_is_no_json_is_refused_where_it_is_read():
    with pytest.raises(RuleFailed, match="plain JSON"):
        evaluate({"var": "at.year"}, {"at": object()})
    with pytest.raises(RuleFailed, match="plain JSON"):
        evaluate({"cat": [{"var": "at"}]}, {"at": object()})


def test_a_long_text_is_read_as_a_number_and_a_longer_list_is_not_joined():
    assert evaluate({"+": [{"var": "n"}, 1]}, {"n": "0" * 1_000 + "41"}) == 42
    with pytest.raises(RuleFailed, match="text of more than"):
        evaluate({"==": [{"var": "l"}, ""]}, {"l": ["a" * 600_000] * 2})


@pytest.mark.parametrize("levels", [2, 20, 39])
@pytest.mark.parametrize("operator", ["!", "+", "cat", "and", "if", "var", "merge", "map", "filter", "<", "in", "max"])
def test_every_operator_survives_forty_levels(operator, levels):
    logic = AGE
    for _ in range(levels - 1):
        logic = {operator: [logic, logic] if levels == 2 else [logic]}
    compile_rule(logic)(FACTS)
    assert compile_rule(["x", logic])(FACTS)[0] == "x"


def test_forty_levels_of_lists_within_iterators_are_written_out():
    logic = {"var": "0"}
    for _ in range(38):
        logic = {"map": [{"var": ""}, logic]}
    data = [1]
    for _ in range(38):
        data = [data]
    found = evaluate(logic, data)
    for _ in range(38):
        found = found[0]
    assert found == 1


def test_wide_rules_compile_quickly_and_answer():
    wide = {"if": [part for n in range(300) for part in ({"===": [{"var": "n"}, n]}, f"is {n}")]}
    assert evaluate(wide, {"n": 299}) == "is 299"
    assert evaluate({"and": [{"var": "n"}] * 600}, {"n": 3}) == 3
    assert evaluate({"+": [{"var": "n"}] * 600}, {"n": 3}) == 1800


def test_translated_rules_may_be_larger_but_not_without_end():
    logic = {"and": [{"==": [{"var": f"f{n}"}, n]} for n in range(1_000)]}
    assert compile_rule(logic, limits=TRANSLATED)({f"f{n}": n for n in range(1_000)}) is True
    with pytest.raises(RuleRefused, match="2,000"):
        compile_rule(logic)
