"""Open values say of each family what the engine says of it, on generated decision logic and prepared data."""

import json

import pytest
from tests.domain.rules.generated import KINDS, Writer, prepared, seeded, situation
from tests.domain.rules.symbolic.counting import Open, worked_out

from frontdoor.domain.errors import DocumentRejected
from frontdoor.domain.rules.compiled import compiled
from frontdoor.domain.rules.engine import truthy
from frontdoor.domain.rules.symbolic import formulas
from frontdoor.domain.rules.symbolic.evaluating import Evaluator
from frontdoor.domain.rules.symbolic.values import chosen, constant
from frontdoor.domain.rules.translate import translate

BLOCKS = [pytest.param(start, id=f"seeds-{start}") for start in range(0, 600, 150)]


def answers(logic, first, second):
    """What the formula of a rule says of two families, None where it is open."""
    evaluator = Evaluator()
    which = formulas.variable("which", formulas.TRUTH)
    data = chosen(which, constant(first, evaluator.codes), constant(second, evaluator.codes))
    formula = evaluator.truth(logic, data)
    found = []
    for one in (True, False):
        try:
            found.append(worked_out(formula, {"which": one}))
        except Open:
            found.append(None)
    return found


@pytest.mark.parametrize("start", BLOCKS)
def test_a_formula_over_two_families_says_of_each_what_the_engine_says(start):
    asked = opened = 0
    for seed in range(start, start + 150):
        random_ = seeded(seed)
        try:
            pair = translate(Writer(random_).condition(), KINDS)
        except DocumentRejected:
            continue
        families = [prepared(situation(random_)) for _ in range(2)]
        for logic in (pair.surely_true, pair.surely_false):
            told = answers(logic, *families)
            for family, mine in zip(families, told, strict=True):
                asked += 1
                opened += mine is None
                assert mine in (None, truthy(compiled(logic)(family))), json.dumps(logic)
    assert opened < asked / 20


PLAIN = [
    ({"<": [{"var": "a"}, 5]}, {"a": None}), ({"==": [{"var": "a"}, 1]}, {"a": True}),
    ({"==": [{"var": "a"}, None]}, {}), ({"!==": [{"var": "a"}, None]}, {"a": 0}),
    ({"+": [{"var": "a"}, 1]}, {"a": None}), ({"-": [{"var": "a"}, 1]}, {"a": True}),
    ({"/": [6, {"var": "a"}]}, {"a": 3}), ({"max": [1, {"var": "a"}]}, {"a": None}),
    ({"in": [None, {"var": "a"}]}, {"a": [1, None]}), ({"var": "a.length"}, {"a": [1, 2]}), ({"var": ["b", 4]}, {}),
    ({"all": [{"var": "a"}, True]}, {"a": []}), ({"none": [{"var": "a"}, True]}, {}),
    ({"merge": [{"var": "a"}, 1, [2]]}, {"a": [0]}), ({"!!": [{"map": [{"var": "a"}, {"var": ""}]}]}, {"a": [0]}),
    ({"and": [1, {"var": "a"}]}, {"a": 0}), ({"or": [0, {"var": "a"}]}, {"a": "x"}),
    ({"if": [{"var": "a"}, 0]}, {"a": 0}), ({"months_between": ["2026-01-31", {"var": "a"}]}, {"a": "2026-02-28"}),
    ({"count_true": [{"var": "a"}]}, {"a": [0, 1]}), ({"<=": [1, {"var": "a"}, 3]}, {"a": 3}),
    ({"<": [{"var": "a"}, "2026-01-02"]}, {"a": "2026-01-01"}), ({"unknown": [{"var": "a.b"}]}, {"a": "text"}),
    ({"*": [{"var": "a"}, {"var": "a"}]}, {"a": 2}),
]  # fmt: skip


@pytest.mark.parametrize(("logic", "data"), [pytest.param(*each, id=json.dumps(each[0])) for each in PLAIN])
def test_plain_rules_have_the_engines_truth(logic, data):
    expected = truthy(compiled(logic)(data))
    assert answers(logic, data, data) == [expected] * 2


OUTSIDE = [
    ({"<": [{"var": "a"}, "x"]}, {"a": 3}), ({"substr": [{"var": "a"}, 1]}, {"a": "xy"}),
    ({"cat": [{"var": "a"}, "b"]}, {"a": ""}), ({"missing": ["a", "b"]}, {"a": 1}),
    ({"==": ["5", {"var": "a"}]}, {"a": 5}), ({"in": ["b", {"var": "a"}]}, {"a": "abc"}),
    ({"working_days_between": [{"var": "a"}, {"var": "a"}]}, {"a": "2026-01-05"}),
]  # fmt: skip


@pytest.mark.parametrize(("logic", "data"), [pytest.param(*each, id=json.dumps(each[0])) for each in OUTSIDE])
def test_what_reads_texts_or_needs_holidays_stays_open(logic, data):
    assert answers(logic, data, data) == [None, None]


def test_what_is_outside_the_model_is_the_same_wherever_the_same_is_asked():
    cut = {"==": [{"substr": [{"var": "a"}, 0, 1]}, "x"]}
    evaluator = Evaluator()
    data = constant({"a": "xyz"}, evaluator.codes)
    assert evaluator.truth({"and": [cut, {"!": [dict(cut)]}]}, data) is formulas.FALSE
