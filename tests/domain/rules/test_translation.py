import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conformance import reference
from tests.domain.rules.generated import KINDS, Writer, plainly, prepared, seeded, situation, turned_out
from tests.domain.rules.kleene import Oracle, truth

from frontdoor.domain.errors import DocumentRejected, RuleFailed
from frontdoor.domain.rules.allowed import ADDED
from frontdoor.domain.rules.check_rule import TRANSLATED, refusals
from frontdoor.domain.rules.compiled import Condition, Value, compiled
from frontdoor.domain.rules.engine import evaluate, truthy
from frontdoor.domain.rules.plain import size
from frontdoor.domain.rules.prepare import NONE, UNKNOWN, Finding, place
from frontdoor.domain.rules.translate import MAX_EXTRA, MAX_GROWTH, translate, translate_value

ANSWERS = {"true": True, "false": False, "unknown": None}
BLOCKS = [pytest.param(start, id=f"seeds-{start}") for start in range(0, 1_000, 250)]


def decided(logic, data, kinds=KINDS):
    return ANSWERS[Condition(translate(logic, kinds))(data)]


def rules_from(start, count=250):
    for seed in range(start, start + count):
        random_ = seeded(seed)
        logic = Writer(random_).condition()
        if not too_entangled(logic):
            yield logic, random_


def too_entangled(logic):
    try:
        translate(logic, KINDS)
    except DocumentRejected as refused:
        codes = {problem.code for problem in refused.problems}
        if codes != {"too_entangled"}:
            raise
        return True
    return False


@pytest.mark.parametrize("start", BLOCKS)
def test_the_translation_is_as_sure_as_strong_kleene(start):
    for logic, random_ in rules_from(start):
        for none in (False, True):
            known = situation(random_, none=none)
            assert decided(logic, prepared(known)) == truth(Oracle(known)(logic)), json.dumps(logic)


@pytest.mark.parametrize("start", BLOCKS)
def test_what_is_sure_stays_so_however_the_unknowns_turn_out(start):
    for logic, random_ in rules_from(start):
        if "unknown" in json.dumps(logic):
            continue
        known = situation(random_, none=False)
        sure = decided(logic, prepared(known))
        for _ in range(4 if sure is not None else 0):
            assert truthy(evaluate(logic, plainly(turned_out(known, random_, none=False)))) == sure, json.dumps(logic)


@pytest.mark.parametrize("start", BLOCKS)
def test_what_is_sure_stays_so_when_dates_and_texts_turn_out_not_to_exist(start):
    for logic, random_ in rules_from(start):
        if "unknown" in json.dumps(logic):
            continue
        known = situation(random_)
        sure = decided(logic, prepared(known))
        for _ in range(4 if sure is not None else 0):
            assert truth(Oracle(turned_out(known, random_, none=True))(logic)) == sure, json.dumps(logic)


@pytest.mark.parametrize("start", BLOCKS)
def test_without_knowing_kinds_the_translation_is_still_sound(start):
    for logic, random_ in rules_from(start, 120):
        if "unknown" in json.dumps(logic):
            continue
        known = situation(random_, none=False)
        sure = decided(logic, prepared(known), {})
        for _ in range(3 if sure is not None else 0):
            assert truthy(evaluate(logic, plainly(turned_out(known, random_, none=False)))) == sure, json.dumps(logic)


@given(st.integers(min_value=10_000, max_value=10_000_000))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_surely_true_and_surely_false_never_both_hold_and_agree_with_full_knowledge(seed):
    random_ = seeded(seed)
    logic = Writer(random_).condition()
    known = turned_out(situation(random_), random_, none=True)
    rules = translate(logic, KINDS)
    data = prepared(known)
    held, failed = truthy(compiled(rules.surely_true)(data)), truthy(compiled(rules.surely_false)(data))
    assert not (held and failed)
    assert (held or failed) or truth(Oracle(known)(logic)) is None


def facts(**findings):
    held = {}
    for key, value in findings.items():
        place(held, key, value if isinstance(value, Finding) else Finding(value))
    return {"facts": held, "parameters": {"limit": 18, "minus": -2, "nought": 0}, "as_of": "2026-11-22", "answers": {}}


BORN = {"age_on": [{"var": "facts.born"}, {"var": "as_of"}]}
DATES = {
    "facts.born": "date",
    "facts.n": "number",
    "facts.b": "boolean",
    "facts.c": "boolean",
    "parameters.limit": "number",
    "parameters.minus": "number",
    "parameters.nought": "number",
    "facts.listed": "list",
    "facts.m": "number",
    "facts.word": "string",
}


@pytest.mark.parametrize(
    ("logic", "known", "expected"),
    [
        pytest.param({"<": [BORN, 5]}, facts(born=UNKNOWN), None, id="nobody-of-unknown-age-is-under-five"),
        pytest.param(
            {"<": [BORN, 18]}, facts(born=Finding(low="2009-01-01", high="2009-12-31")), True, id="a-year-inside"
        ),
        pytest.param(
            {"<": [BORN, 18]}, facts(born=Finding(low="2008-01-01", high="2008-12-31")), None, id="a-year-across"
        ),
        pytest.param(
            {"<": [BORN, 18]}, facts(born=Finding(low="2007-01-01", high="2007-12-31")), False, id="a-year-outside"
        ),
        pytest.param({"<": [BORN, 18]}, facts(born=Finding(low="2009-01-01")), True, id="born-not-before"),
        pytest.param({"<": [BORN, 18]}, facts(born=NONE), False, id="no-birthday-is-not-under-18"),
        pytest.param({"!": [{"<": [BORN, 18]}]}, facts(born=NONE), True, id="and-its-negation-holds"),
        pytest.param({">=": [BORN, 18]}, facts(born=NONE), False, id="nor-is-it-18-or-over"),
        pytest.param({"==": [{"var": "facts.word"}, "a"]}, facts(word=NONE), False, id="none-is-no-constant"),
        pytest.param({"!=": [{"var": "facts.word"}, "a"]}, facts(word=NONE), True, id="none-differs-from-a-constant"),
        pytest.param({"unknown": [{"var": "facts.word"}]}, facts(word=NONE), False, id="none-is-known"),
        pytest.param({"unknown": [{"var": "facts.word"}]}, facts(), True, id="absent-is-unknown"),
        pytest.param({"unknown": [{"var": "facts.b"}]}, facts(b=False), False, id="false-is-known"),
        pytest.param({"!": [{"var": "facts.b"}]}, facts(b=UNKNOWN), None, id="not-unknown-is-unknown"),
        pytest.param(
            {"or": [{"var": "facts.b"}, {"!": [{"var": "facts.b"}]}]}, facts(b=UNKNOWN), None, id="kleene-not-more"
        ),
        pytest.param({"if": [{"var": "facts.b"}, True, True]}, facts(b=UNKNOWN), True, id="equal-branches-agree"),
        pytest.param({">=": [{"if": [{"var": "facts.b"}, 3, 2]}, 2]}, facts(b=UNKNOWN), True, id="if-is-lifted"),
        pytest.param(
            {"==": [{"if": [{"var": "facts.b"}, 3, 1]}, 2]}, facts(b=UNKNOWN), False, id="neither-branch-is-two"
        ),
        pytest.param(
            {">": [{"*": [{"var": "facts.n"}, {"var": "parameters.minus"}]}, 3]},
            facts(n=Finding(low=-4, high=-2)),
            True,
            id="a-negative-parameter-turns-bounds",
        ),
        pytest.param(
            {">": [{"*": [{"var": "facts.n"}, {"var": "parameters.minus"}]}, 3]},
            facts(n=Finding(low=-4, high=-1)),
            None,
            id="one-end-is-not-enough",
        ),
        pytest.param(
            {">=": [{"count_true": [[{"var": "facts.b"}, {"var": "facts.c"}, True]]}, 2]},
            facts(b=True, c=UNKNOWN),
            True,
            id="enough-are-true",
        ),
        pytest.param(
            {">=": [{"count_true": [{"var": "facts.b"}, {"var": "facts.c"}, True]}, 2]},
            facts(b=False, c=UNKNOWN),
            None,
            id="the-unknown-one-decides",
        ),
        pytest.param(
            {">=": [{"count_true": {"var": "facts.listed"}}, 1]},
            facts(listed=[None, False]),
            None,
            id="count-in-a-list",
        ),
        pytest.param(
            {">": [{"max": [{"var": "facts.n"}, 5]}, 4]}, facts(n=Finding(low=0)), True, id="max-has-a-lower-bound"
        ),
        pytest.param({">": [{"max": [{"var": "facts.n"}, 5]}, 4]}, facts(n=UNKNOWN), None, id="max-needs-every-bound"),
        pytest.param({"in": ["a", {"var": "facts.listed"}]}, facts(listed=["a"]), True, id="found"),
        pytest.param(
            {"in": ["a", {"var": "facts.listed"}]},
            facts(listed=Finding(["b"], complete=False)),
            None,
            id="perhaps-among-the-rest",
        ),
        pytest.param(
            {"in": ["a", {"var": "facts.listed"}]}, facts(listed=["b", None]), None, id="perhaps-the-unknown-one"
        ),
        pytest.param(
            {"in": ["a", {"merge": [{"var": "facts.listed"}, ["a"]]}]},
            facts(listed=UNKNOWN),
            True,
            id="found-in-the-known-part",
        ),
        pytest.param(
            {"in": [{"var": "facts.word"}, {"var": "facts.listed"}]},
            facts(listed=[]),
            False,
            id="nothing-is-in-nothing",
        ),
        pytest.param(
            {"all": [{"var": "facts.listed"}, {"==": [{"var": ""}, "a"]}]}, facts(listed=[]), False, id="all-of-nothing"
        ),
        pytest.param(
            {"none": [{"var": "facts.listed"}, {"==": [{"var": ""}, "a"]}]},
            facts(listed=[]),
            True,
            id="none-of-nothing",
        ),
        pytest.param(
            {"none": [{"var": "facts.listed"}, {"==": [{"var": ""}, "a"]}]},
            facts(listed=Finding([], complete=False)),
            None,
            id="none-so-far",
        ),
        pytest.param({"==": [{"cat": [{"var": "facts.word"}, "!"]}, "a!"]}, facts(word="a"), True, id="cat"),
        pytest.param({"==": [{"substr": [{"var": "facts.word"}, 0, 1]}, "a"]}, facts(word=UNKNOWN), None, id="substr"),
        pytest.param(
            {"in": ["ab", {"map": [{"var": "facts.listed"}, {"cat": [{"var": ""}, "b"]}]}]},
            facts(listed=["a"]),
            True,
            id="map",
        ),
        pytest.param({"<": [{"%": [{"var": "facts.n"}, 3]}, 2]}, facts(n=4), True, id="remainder"),
        pytest.param(
            {
                ">": [
                    {
                        "reduce": [
                            {"var": "facts.listed"},
                            {
                                "if": [
                                    {">": [{"var": "current"}, 2]},
                                    {"+": [{"var": "accumulator"}, 1]},
                                    {"var": "accumulator"},
                                ]
                            },
                            0,
                        ]
                    },
                    1,
                ]
            },
            facts(listed=[3, 4, None]),
            True,
            id="a-conditional-count",
        ),
        pytest.param(
            {"==": [{"reduce": [{"var": "facts.listed"}, {"*": [{"var": "current"}, {"var": "accumulator"}]}, 1]}, 12]},
            facts(listed=[3, 4]),
            True,
            id="any-other-fold",
        ),
        pytest.param(
            {"==": [{"reduce": [{"var": "facts.listed"}, {"*": [{"var": "current"}, {"var": "accumulator"}]}, 1]}, 12]},
            facts(listed=[3, None]),
            None,
            id="any-other-fold-with-an-unknown",
        ),
        pytest.param(
            {">": [{"reduce": [{"var": "facts.listed"}, {"max": [{"var": "current"}, {"var": "accumulator"}]}, 0]}, 3]},
            facts(listed=[3, 4]),
            True,
            id="the-greatest",
        ),
        pytest.param(
            {"working_days_between": [{"var": "facts.born"}, {"var": "as_of"}]},
            facts(born="2026-11-22"),
            False,
            id="a-number-as-truth",
        ),
    ],
)
def test_each_operator_says_what_is_sure(logic, known, expected):
    assert decided(logic, known, DATES) is expected


@pytest.mark.parametrize(
    ("logic", "code", "where"),
    [
        pytest.param({"var": ["facts.a", 0]}, "default_refused", "/when/var/1", id="default"),
        pytest.param(
            {"and": [True, {"missing": ["facts.a"]}]}, "operator_refused", "/when/and/1/missing", id="missing"
        ),
        pytest.param({"missing_some": [1, ["facts.a"]]}, "operator_refused", "/when/missing_some", id="missing-some"),
        pytest.param({"log": "x"}, "operator_refused", "/when/log", id="log"),
        pytest.param({"==": [{"var": "facts.a"}, None]}, "null_refused", "/when/==/1", id="equals-null"),
        pytest.param({"var": [{"cat": ["facts.", "a"]}]}, "computed_path", "/when/var/0", id="computed-path"),
        pytest.param(
            {"some": [{"var": "answers.f.kids"}, {">": [{"var": "age"}, {"var": "parameters.limit"}]}]},
            "outer_name",
            "/when/some/1/>/1/var",
            id="outer-name",
        ),
        pytest.param(
            {"some": [{"var": "answers.f.kids"}, {"var": "as_of"}]}, "outer_name", "/when/some/1/var", id="outer-date"
        ),
        pytest.param(
            {"reduce": [{"var": "answers.f.kids"}, {"+": [{"var": "accumulator"}, {"var": "facts.a"}]}, 0]},
            "outer_name",
            "/when/reduce/1/var",
            id="outer-name-in-reduce",
        ),
        pytest.param({"var": "a"}, "unknown_name", "/when/var", id="no-root"),
        pytest.param({"var": ""}, "unknown_name", "/when/var", id="everything"),
        pytest.param({"var": "row.dob"}, "no_row", "/when/var", id="row-without-over"),
        pytest.param({"<": [{"var": "answers.f.kids.length"}, 2]}, "length_refused", "/when/</0/var", id="length"),
        pytest.param({"method": ["x", "y"]}, "unknown_operator", "/when/method", id="off-the-list"),
        pytest.param({"some": [{"var": "facts.flag"}, True]}, "not_a_list", "/when/some/0", id="some-of-no-list"),
        pytest.param({"!": [True, False]}, "wrong_arity", "/when/!", id="arity"),
        pytest.param({"a": 1, "b": 2}, "not_a_rule", "/when", id="two-keys"),
    ],
)
def test_what_decision_logic_may_not_say_is_refused_with_its_place_and_what_to_write(logic, code, where):
    with pytest.raises(DocumentRejected) as refused:
        translate(logic, {"facts.flag": "boolean"}, at="/when")
    problem = refused.value.problems[0]
    assert (problem.code, problem.where) == (code, where)
    assert problem.message


@pytest.mark.parametrize(
    ("logic", "known"),
    [
        pytest.param({">": [{"/": [{"var": "facts.n"}, {"var": "facts.m"}]}, 1]}, facts(n=1, m=0), id="infinity"),
        pytest.param(
            {"!": [{">": [{"/": [{"var": "facts.n"}, {"var": "facts.m"}]}, 1]}]}, facts(n=0, m=0), id="not-a-number"
        ),
        pytest.param(
            {"<": [{"/": [{"var": "facts.n"}, {"var": "parameters.nought"}]}, 1]}, facts(n=1), id="parameter-nought"
        ),
        pytest.param(
            {"==": [{"%": [{"var": "facts.n"}, {"var": "facts.m"}]}, 1]}, facts(n=1, m=0), id="remainder-of-nought"
        ),
        pytest.param(
            {"!=": [{"*": [{"var": "facts.n"}, {"var": "facts.m"}]}, 1]}, facts(n=2**52, m=2**52), id="beyond-exact"
        ),
        pytest.param({">=": [{"var": "facts.any"}, 3]}, facts(any="three"), id="text-compared-with-a-number"),
        pytest.param({"!": [{">=": [{"+": [{"var": "facts.any"}, 1]}, 3]}]}, facts(any="three"), id="text-added"),
        pytest.param(
            {"<": [{"age_on": [{"var": "facts.any"}, {"var": "as_of"}]}, 5]}, facts(any="yesterday"), id="no-date"
        ),
        pytest.param(
            {"some": [{"var": "facts.listed"}, {">": [{"/": [1, {"var": ""}]}, 2]}]},
            facts(listed=[0]),
            id="in-an-iterator",
        ),
        pytest.param(
            {
                ">": [
                    {
                        "reduce": [
                            {"var": "facts.listed"},
                            {"+": [{"/": [1, {"var": "current"}]}, {"var": "accumulator"}]},
                            0,
                        ]
                    },
                    2,
                ]
            },
            facts(listed=[0]),
            id="in-a-sum",
        ),
    ],
)
def test_a_calculation_without_a_result_fails_and_is_never_false(logic, known):
    with pytest.raises(RuleFailed):
        decided(logic, known, DATES)


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        pytest.param(
            {"and": [{"!=": [{"var": "facts.m"}, 0]}, {">": [{"/": [{"var": "facts.n"}, {"var": "facts.m"}]}, 1]}]},
            False,
            id="and",
        ),
        pytest.param(
            {"or": [{"==": [{"var": "facts.m"}, 0]}, {">": [{"/": [{"var": "facts.n"}, {"var": "facts.m"}]}, 1]}]},
            True,
            id="or",
        ),
        pytest.param(
            {"if": [{"==": [{"var": "facts.m"}, 0]}, {"var": "facts.b"}, {">": [{"/": [1, {"var": "facts.m"}]}, 1]}]},
            None,
            id="if",
        ),
    ],
)
def test_a_calculation_that_is_not_reached_does_not_fail(logic, expected):
    assert decided(logic, facts(n=1, m=0, b=UNKNOWN), DATES) is expected


def test_a_missing_answer_beside_a_calculation_is_unknown_not_failed():
    logic = {">": [{"/": [{"var": "facts.n"}, {"var": "facts.m"}]}, 1]}
    assert decided(logic, facts(n=UNKNOWN, m=2), DATES) is None


@pytest.mark.parametrize(
    ("logic", "known", "expected"),
    [
        pytest.param({"+": [{"var": "facts.n"}, 2]}, facts(n=Finding(low=1, high=3)), Finding(low=3, high=5), id="sum"),
        pytest.param({"-": [10, {"var": "facts.n"}]}, facts(n=Finding(low=1)), Finding(high=9), id="difference"),
        pytest.param(
            {"if": [{"var": "facts.b"}, {"var": "facts.born"}, None]},
            facts(b=False, born="2020-01-01"),
            NONE,
            id="none",
        ),
        pytest.param({"if": [{"var": "facts.b"}, 1, 0]}, facts(b=UNKNOWN), Finding(low=0, high=1), id="hull"),
        pytest.param(
            {"var": "facts.born"},
            facts(born=Finding(low="2011-01-01", high="2011-12-31")),
            Finding(low="2011-01-01", high="2011-12-31"),
            id="partial-date",
        ),
        pytest.param(
            {"filter": [{"var": "facts.listed"}, {"!=": [{"var": ""}, "none"]}]},
            facts(listed=["none", "a"]),
            Finding(["a"]),
            id="list",
        ),
        pytest.param(
            {"filter": [{"var": "facts.listed"}, {"!=": [{"var": ""}, "none"]}]},
            facts(listed=Finding(["a"], complete=False)),
            Finding(["a"], complete=False),
            id="incomplete-list",
        ),
        pytest.param({"var": "facts.listed"}, facts(listed=UNKNOWN), UNKNOWN, id="unknown-list"),
        pytest.param(
            {"merge": [{"var": "facts.listed"}, [{"var": "facts.word"}]]},
            facts(listed=["a"], word=UNKNOWN),
            Finding(["a"], complete=False),
            id="merged",
        ),
        pytest.param(
            {"if": [{"var": "facts.b"}, "x", {"var": "facts.c"}, "y", None]},
            facts(b=False, c=True),
            Finding("y"),
            id="text",
        ),
        pytest.param({"var": "facts.listed.1"}, facts(listed=[5, 2]), Finding(2), id="by-position"),
        pytest.param({"+": [BORN, 1]}, facts(born=NONE), NONE, id="age-of-nobody"),
    ],
)
def test_values_are_known_none_or_between_bounds(logic, known, expected):
    assert Value(translate_value(logic, DATES))(known) == expected


def nested(depth, wrap, leaf):
    for _ in range(depth):
        leaf = wrap(leaf)
    return leaf


FLAG, NUMBER = {"var": "facts.b"}, {"var": "facts.n"}


@pytest.mark.parametrize(
    "logic",
    [
        pytest.param(nested(16, lambda x: {"if": [FLAG, NUMBER, x]}, 1), id="else-if-chain-of-values"),
        pytest.param({">": [{"if": [*[FLAG, 2] * 20, 3]}, NUMBER]}, id="long-if-in-a-comparison"),
        pytest.param(nested(16, lambda x: {"if": [FLAG, x, FLAG]}, FLAG), id="nested-branches"),
        pytest.param(nested(16, lambda x: {"and": [FLAG, {"or": [FLAG, x]}]}, FLAG), id="and-or"),
        pytest.param(
            {
                "some": [
                    {"var": "answers.f.kids"},
                    nested(12, lambda x: {"some": [{"var": "inner"}, x]}, {"var": "word"}),
                ]
            },
            id="nested-iterators",
        ),
        pytest.param({"and": [{">=": [NUMBER, i]} for i in range(200)]}, id="wide"),
        pytest.param({">": [nested(16, lambda x: {"+": [x, {"min": [NUMBER, 2]}]}, NUMBER), 3]}, id="sums"),
        pytest.param(nested(9, lambda x: {">": [{"count_true": [[x, FLAG]]}, 1]}, FLAG), id="nested-counts"),
    ],
)
def test_size_stays_linear_and_within_what_the_engine_takes(logic):
    rules = translate(logic, DATES)
    for rule in (rules.surely_true, rules.surely_false, rules.failing):
        assert refusals(rule, TRANSLATED) == []
    total = size(rules.surely_true) + size(rules.surely_false)
    assert total <= MAX_GROWTH * size(logic) + MAX_EXTRA


@pytest.mark.parametrize(
    "wrap",
    [
        pytest.param(lambda x: {"==": [x, FLAG]}, id="equality"),
        pytest.param(lambda x: {"==": [{"count_true": [[x, FLAG]]}, 1]}, id="exact-count"),
        pytest.param(lambda x: {"if": [x, FLAG, {"var": "facts.c"}]}, id="if-in-the-test"),
    ],
)
def test_what_would_grow_exponentially_is_refused_at_once_with_advice(wrap):
    with pytest.raises(DocumentRejected) as refused:
        translate(nested(18, wrap, FLAG), DATES)
    assert refused.value.problems[0].code == "too_entangled"
    assert "fact" in refused.value.problems[0].message


LISTED, WORD = {"var": "facts.listed"}, {"var": "facts.word"}
OVER_TWO = {"filter": [LISTED, {">": [{"var": ""}, 2]}]}
COUNTED = {"reduce": [OVER_TWO, {"+": [{"var": "accumulator"}, 1]}, 0]}
PRODUCT = {"reduce": [LISTED, {"*": [{"var": "accumulator"}, {"var": "current"}]}, 1]}


@pytest.mark.parametrize(
    ("logic", "known", "expected"),
    [
        pytest.param({"<": [COUNTED, 3]}, facts(listed=[3, None]), True, id="at-most-two-are-over-two"),
        pytest.param({"<": [COUNTED, 2]}, facts(listed=[3, None]), None, id="perhaps-two-are-over-two"),
        pytest.param(
            {"unknown": [{"min": [NUMBER, 5]}]}, facts(n=Finding(low=7, high=9)), False, id="bounds-that-meet"
        ),
        pytest.param({">": [{"*": [NUMBER, 2, 3]}, 11]}, facts(n=2), True, id="three-factors"),
        pytest.param(
            {"in": [WORD, ["a", {"if": [FLAG, "b", "c"]}]]}, facts(word="b", b=True), True, id="computed-choices"
        ),
        pytest.param(
            {"in": [WORD, [{"if": [FLAG, "b", "c"]}]]}, facts(word="a", b=UNKNOWN), False, id="neither-choice"
        ),
        pytest.param({"in": ["b", WORD]}, facts(word="abc"), True, id="text-within-text"),
        pytest.param({"in": ["b", WORD]}, facts(word=UNKNOWN), None, id="text-within-unknown-text"),
        pytest.param({"in": ["b", WORD]}, facts(word=NONE), False, id="text-within-no-text"),
        pytest.param(
            {"some": [{"var": "facts.pairs"}, {">": [{"var": 1}, 2]}]}, facts(pairs=[[1, 3]]), True, id="by-number"
        ),
        pytest.param({">": [{"max": [{"if": [{"!": [None]}, 3, 1]}, 0]}, 2]}, facts(), True, id="a-constant-condition"),
        pytest.param({"!": [{"cat": [None, ""]}]}, facts(), True, id="nothing-joined"),
        pytest.param({"==": [{"merge": [WORD, "b"]}, "x"]}, facts(word=UNKNOWN), None, id="merged-values"),
        pytest.param({"all": [OVER_TWO, {"<": [{"var": ""}, 5]}]}, facts(listed=[3, 4]), True, id="all-of-a-filter"),
        pytest.param({"or": [{"and": [NUMBER, FLAG]}, {"var": "facts.c"}]}, facts(n=1, b=True), True, id="mixed-and"),
        pytest.param({"==": [{"or": [WORD, "b"]}, "b"]}, facts(word=NONE), True, id="or-as-a-value"),
        pytest.param({"==": [{"and": [FLAG, WORD]}, "b"]}, facts(b=True, word="b"), True, id="and-as-a-value"),
        pytest.param({"==": [FLAG, {"!": [{"var": "facts.c"}]}]}, facts(b=True, c=False), True, id="two-conditions"),
        pytest.param(
            {"==": [FLAG, {"!": [{"var": "facts.c"}]}]}, facts(b=True, c=UNKNOWN), None, id="two-conditions-unknown"
        ),
        pytest.param(
            {"==": [{"reduce": [LISTED, {"cat": [{"var": "accumulator"}, {"var": "current"}]}, ""]}, "ab"]},
            facts(listed=["a", "b"]),
            True,
            id="folded-text",
        ),
        pytest.param(
            {">": [{"reduce": [LISTED, {"if": [{"var": "current"}, {"max": [{"var": "accumulator"}, 1]}, 3]}, 0]}, 2]},
            facts(listed=[0]),
            True,
            id="an-odd-fold",
        ),
        pytest.param(
            {">": [{"reduce": [LISTED, [1, {"var": "current"}], 0]}, 2]}, facts(listed=[]), False, id="a-listing-fold"
        ),
    ],
)
def test_rarer_shapes_say_what_is_sure(logic, known, expected):
    assert decided(logic, known, DATES) is expected


@pytest.mark.parametrize(
    ("step", "code"),
    [
        pytest.param(
            {"*": [{"var": "accumulator"}, {"some": [{"var": "current"}, True]}]}, "not_in_reduce", id="iterator"
        ),
        pytest.param({"*": [{"var": "accumulator"}, {"var": ["current.a", 1]}]}, "computed_path", id="default"),
        pytest.param({"*": [{"var": "accumulator"}, {"var": "facts.n"}]}, "outer_name", id="outer-name"),
    ],
)
def test_a_general_fold_says_little(step, code):
    with pytest.raises(DocumentRejected) as refused:
        translate({">": [{"reduce": [LISTED, step, 1]}, 0]}, DATES)
    assert refused.value.problems[0].code == code


def test_a_general_fold_without_a_result_fails():
    with pytest.raises(RuleFailed):
        decided({">": [PRODUCT, 1]}, facts(listed=[2**52, 2**52]), DATES)


def test_a_browser_gives_the_same_answers_to_translated_rules():
    asked = []
    for logic, random_ in rules_from(20_000, 150):
        rules, data = translate(logic, KINDS), prepared(situation(random_))
        asked += [(rule, data) for rule in (rules.surely_true, rules.surely_false) if not ADDED & words_of(rule)]
    assert len(asked) > 50
    wrapped = [({"!!": [rule]}, data) for rule, data in asked]
    ours = [json.dumps(truthy(compiled(rule)(data))) for rule, data in asked]
    assert reference.answers(wrapped) == ours


def words_of(rule):
    return set(json.dumps(rule).split('"'))


MANY = [*[FLAG, 2] * 200, 3]


@pytest.mark.parametrize(
    "logic",
    [
        pytest.param({"<": [{"if": MANY}, {"if": MANY}, {"if": MANY}]}, id="three-long-ifs-compared"),
        pytest.param({">": [{"if": [*[FLAG, 2] * 600, 3]}, 1]}, id="an-if-of-600-branches"),
        pytest.param({"and": [{"if": [*[FLAG, FLAG] * 90, FLAG]}, FLAG]}, id="deeper-than-the-engine-takes"),
        pytest.param(nested(900, lambda x: {"!": [x]}, FLAG), id="900-negations"),
    ],
)
def test_a_hostile_rule_is_refused_before_it_grows(logic):
    with pytest.raises(DocumentRejected) as refused:
        translate(logic, DATES)
    assert refused.value.problems[0].code == "too_entangled"


def test_translated_rules_are_plain_json():
    rules = translate({"<": [BORN, {"var": "parameters.limit"}]}, DATES)
    for rule in (rules.surely_true, rules.surely_false):
        assert json.loads(json.dumps(rule)) == rule
        assert not math.isnan(size(rule))
