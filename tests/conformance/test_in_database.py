"""MongoDB, the engine and the browser give one answer: on every pair of awkward values, and on whole tables."""

import json
import math
from random import Random

import pytest
from tests.conformance.in_database import HELD, browser_differences, in_database, stored_cases, table_differences
from tests.conformance.tables import table

from frontdoor.domain.errors import RuleFailed
from frontdoor.domain.rules.engine import compile_rule
from frontdoor.domain.rules.pushdown.places import Record
from frontdoor.domain.rules.pushdown.plans import decided, values_of
from frontdoor.domain.rules.pushdown.pushed import NotInDatabase, stored
from frontdoor.domain.rules.pushdown.pushing import push

ABSENT = object()
VALUES = [
    ABSENT, None, "", 0, 1, -1, 2.5, 10, "0", "9", "10", "abc", "2025-01-01", "2024-02-29", "2027-02-29", " 5 ",
    "1e400", "12 weeks", "0x1F", True, False, [], [0], ["10"], [1, 2], [None, "b", [3]], {}, {"a": 1}, "null",
]  # fmt: skip
CONSTANTS = [None, 0, 10, 3, -2, "", "10", "abc", True, "2026-11-22", [], [10, "abc", None], "abcdef"]
X, Y, HERE = {"var": "x"}, {"var": "y"}, {"var": ""}
TWO_SIDED = [
    "==", "===", "!=", "!==", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "min", "max", "in", "cat", "merge",
    "age_on", "months_between", "days_between", "working_days_between",
]  # fmt: skip
OTHERS = [
    *({operator: [X]} for operator in ("!", "!!", "-", "+", "*", "unknown", "count_true", "merge", "cat")),
    {"if": [X, 1, 2]}, {"if": [{"<": [X, 3]}, Y, {"==": [Y, 2]}, "b"]}, {"and": [X, Y]}, {"or": [X, Y]},
    {"var": "x.0"}, {"var": "x.a"}, {"var": "x.length"}, {"<": [0, X, 10]}, {"<=": [X, Y, 10]},
    {"some": [X, {"==": [HERE, 1]}]}, {"some": [X, {"==": [{"var": "a"}, 1]}]}, {"all": [X, HERE]},
    {"none": [X, {">": [HERE, 1]}]}, {"filter": [X, HERE]}, {"map": [X, {"+": [HERE, 1]}]},
    {"reduce": [X, {"+": [{"var": "current"}, {"var": "accumulator"}]}, 0]},
    {"reduce": [X, {"and": [{"var": "accumulator"}, {"var": "current"}]}, True]},
    {"substr": [X, 1]}, {"substr": [X, -2]}, {"substr": [X, 1, -1]}, {"substr": [X, 0, 2]},
    {"count_true": [[X, Y]]}, {"===": [X, X]}, {"==": [X, X]}, {"+": [X, Y, 1]},
    {"and": [{"var": "x.a"}, {"!": [Y]}]}, {"!": [{"some": [Y, HERE]}]},
]  # fmt: skip


def rules_of(operator):
    sides = [rule for constant in CONSTANTS for rule in ({operator: [X, constant]}, {operator: [constant, X]})]
    return [*sides, {operator: [X, Y]}]


def as_json(value):
    if isinstance(value, float):
        return None if not math.isfinite(value) else int(value) if value.is_integer() else value
    if isinstance(value, list):
        return [as_json(each) for each in value]
    return {key: as_json(each) for key, each in value.items()} if isinstance(value, dict) else value


@pytest.fixture
def grid(database):
    """Every pair of awkward values, stored as the facts collection stores values."""
    pairs = [{"x": x, "y": y} for x in VALUES for y in VALUES]
    data = [json.loads(json.dumps({key: v for key, v in pair.items() if v is not ABSENT})) for pair in pairs]
    database["grid"].insert_many([{"_id": number, "data": stored(each)} for number, each in enumerate(data)])
    return database["grid"], data


PLACE = Record({"x": "$data.x", "y": "$data.y"})


def differing(grid, rule):
    collection, data = grid
    found = collection.aggregate([{"$project": {"value": [push(rule, PLACE).expr]}}])
    answers = {one["_id"]: as_json(one["value"][0]) for one in found}
    engine = compile_rule(rule)
    for number, each in enumerate(data):
        try:
            wanted = as_json(engine(each))
        except RuleFailed:
            continue
        if json.dumps(answers[number]) != json.dumps(wanted):
            yield each, wanted, answers[number]


@pytest.mark.parametrize("operator", TWO_SIDED)
def test_an_operator_answers_alike_on_every_pair_of_values(grid, operator):
    for rule in rules_of(operator):
        if rule != {"in": [X, Y]}:  # left to the engine, below
            assert list(differing(grid, rule)) == [], rule


def test_the_other_operators_answer_alike_on_every_pair_of_values(grid):
    assert [(rule, found) for rule in OTHERS if (found := list(differing(grid, rule)))] == []


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param({"missing": ["x"]}, id="missing"),
        pytest.param({"var": ["x", 1]}, id="a-default"),
        pytest.param({"var": Y}, id="a-computed-name"),
        pytest.param({"cat": [{"+": [X, 0.1]}]}, id="a-computed-number-as-text"),
        pytest.param({"substr": ["abc", X]}, id="a-computed-place"),
        pytest.param({"in": [X, Y]}, id="a-list-within-a-list"),
        pytest.param({"reduce": [X, {"merge": [{"var": "accumulator"}, 1]}, []]}, id="a-list-that-grows"),
        pytest.param({"==": [X, "\U0001f600"]}, id="text-beyond-the-plain"),
    ],
)
def test_what_the_database_would_answer_otherwise_is_left_to_the_engine(rule):
    with pytest.raises(NotInDatabase) as left:
        push(rule, PLACE)
    assert left.value.problems[0].code.startswith("not_in_database")


@pytest.mark.parametrize("seed", [3, 4])
def test_random_tables_are_decided_alike_by_database_engine_and_browser(database, seed):
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    situations = stored_cases(database["stored_cases"], random, 150)
    decided_otherwise = []
    for _ in range(6):
        rules = table(random)
        decided_otherwise += table_differences(database["stored_cases"], rules, situations)
        decided_otherwise += browser_differences(rules, situations[:5])
    assert decided_otherwise == []


def test_a_wrong_expression_would_be_noticed(database):
    random = Random(5)  # noqa: S311 - repeatable, not secret
    situations = stored_cases(database["stored_cases"], random, 60)
    rules, other = table(random), table(random)
    assert in_database(database["stored_cases"], rules) != in_database(database["stored_cases"], other)
    assert table_differences(database["stored_cases"], rules, situations) == []
    assert decided(rules, "T", HELD, values_of(rules), []) != decided(other, "T", HELD, values_of(other), [])
