"""JSONLogic to the tree and back: the same rule, or none of it."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.rules.dialect.generated import CONDITIONS, WORKED_OUT
from tests.domain.rules.generated import Writer

from frontdoor.domain.canonical import canonical
from frontdoor.domain.rules.dialect import tree
from frontdoor.domain.rules.dialect.reading import read
from frontdoor.domain.rules.dialect.writing import write

MET, SCORE = {"var": "facts.met"}, {"var": "facts.score"}
NEEDS = {"var": "answers.f.needs"}


def named(path):
    return tree.Named(path)


@pytest.mark.parametrize(
    ("logic", "condition"),
    [
        pytest.param(MET, tree.Test(named("facts.met"), "is_true"), id="is-true"),
        pytest.param({"!": [MET]}, tree.Test(named("facts.met"), "not_true"), id="is-not-true"),
        pytest.param({"!!": [SCORE]}, tree.Test(named("facts.score"), "answered"), id="has-an-answer"),
        pytest.param({"unknown": [SCORE]}, tree.Test(named("facts.score"), "not_known"), id="not-known"),
        pytest.param({"!": [{"unknown": [SCORE]}]}, tree.Test(named("facts.score"), "known"), id="known"),
        pytest.param({">=": [SCORE, 2]}, tree.Test(named("facts.score"), "at_least", tree.Literal(2)), id="at-least"),
        pytest.param({"!": [{"<": [SCORE, {"var": "parameters.least"}]}]},
                     tree.Test(named("facts.score"), "not_less", named("parameters.least")), id="not-less"),
        pytest.param({"==": [SCORE, None]}, tree.Test(named("facts.score"), "is", tree.Literal(None)), id="is-nothing"),
        pytest.param({"in": [SCORE, [1, 2]]}, tree.Test(named("facts.score"), "one_of", tree.Literal((1, 2))),
                     id="one-of"),
        pytest.param({"in": [{"var": "row.id"}, NEEDS]},
                     tree.Test(named("row.id"), "one_of", named("answers.f.needs")), id="one-of-the-answers"),
        pytest.param({"!": [{"in": ["a", NEEDS]}]},
                     tree.Test(named("answers.f.needs"), "not_includes", tree.Literal("a")), id="does-not-include"),
        pytest.param({"!": [{"or": [MET]}]},
                     tree.Group("not_any", (tree.Test(named("facts.met"), "is_true"),)), id="none-of-these"),
        pytest.param({"unknown": [{">": [SCORE, 1]}]},
                     tree.Group("unknown", (tree.Test(named("facts.score"), "more", tree.Literal(1)),)),
                     id="not-known-whether"),
        pytest.param({"!": [{"all": [NEEDS, {"==": [{"var": ""}, "a"]}]}]},
                     tree.Rows("not_every", named("answers.f.needs"), tree.Test(named(""), "is", tree.Literal("a"))),
                     id="not-every"),
        pytest.param(True, tree.Fixed(True), id="always"),
    ],
)  # fmt: skip
def test_a_condition_is_read_as_a_person_would_say_it(logic, condition):
    assert read(logic) == condition
    assert write(condition) == logic


@pytest.mark.parametrize(
    ("logic", "value"),
    [
        pytest.param({"reduce": [NEEDS, {"+": [{"var": "accumulator"}, 1]}, 0]},
                     tree.HowMany(named("answers.f.needs")), id="how-many"),
        pytest.param({"age_on": [{"var": "row.dob"}, "2026-01-31"]},
                     tree.Span("age", named("row.dob"), tree.Literal("2026-01-31")), id="age-on-a-day"),
        pytest.param(["a", "b"], tree.Literal(("a", "b")), id="a-list"),
        pytest.param({"if": [MET, 1, None]},
                     tree.Cases((tree.Case(tree.Test(named("facts.met"), "is_true"), tree.Literal(1)),),
                                tree.Literal(None)),
                     id="cases"),
    ],
)  # fmt: skip
def test_a_value_is_read_as_a_person_would_say_it(logic, value):
    assert read(logic, "number") == value
    assert write(value) == logic


@pytest.mark.parametrize(
    "logic",
    [
        pytest.param({"and": [MET, {"cat": ["a", "b"]}]}, id="one-clause-is-outside"),
        pytest.param({"===": [SCORE, 1]}, id="strictly-equal"),
        pytest.param({"!": MET}, id="another-spelling"),
        pytest.param({"var": ["facts.met"]}, id="var-in-a-list"),
        pytest.param({"var": ["facts.met", 1]}, id="var-with-a-default"),
        pytest.param({"var": {"var": "facts.met"}}, id="computed-path"),
        pytest.param({"var": "facts met"}, id="path-with-a-blank"),
        pytest.param({"!": [{"!": [MET]}]}, id="denied-twice"),
        pytest.param({"!": [{"if": [MET, True, False]}]}, id="cases-denied"),
        pytest.param({"!": [{"none": [NEEDS, MET]}]}, id="none-denied"),
        pytest.param({"if": [MET, MET]}, id="no-otherwise"),
        pytest.param({"<": [1, SCORE, 3]}, id="between"),
        pytest.param({"<": [1, SCORE]}, id="turned-round"),
        pytest.param({"==": [SCORE, [1]]}, id="is-a-list"),
        pytest.param({"==": [SCORE, ""]}, id="is-empty-text"),
        pytest.param({"==": [SCORE, " a"]}, id="blank-at-an-end"),
        pytest.param({"in": [SCORE, "text"]}, id="in-a-text"),
        pytest.param({"in": [SCORE, []]}, id="in-no-list"),
        pytest.param({"in": [SCORE, ["a", 1]]}, id="in-a-mixed-list"),
        pytest.param({"in": [SCORE, [{"var": "facts.met"}]]}, id="in-a-list-of-names"),
        pytest.param({"in": [["a"], NEEDS]}, id="list-in-a-list"),
        pytest.param({">": [{"+": [SCORE, 1]}, 2]}, id="a-sum"),
        pytest.param({">": [{"reduce": [NEEDS, {"+": [{"var": "accumulator"}, 2]}, 0]}, 2]}, id="another-fold"),
        pytest.param({"some": [{"merge": [NEEDS, NEEDS]}, MET]}, id="lists-merged"),
        pytest.param({"filter": [NEEDS, MET]}, id="a-list-as-a-condition"),
        pytest.param({"log": [MET]}, id="operator-off-the-list"),
        pytest.param({"and": []}, id="empty-group"),
        pytest.param({"and": [MET], "or": [MET]}, id="two-operators"),
        pytest.param({"and": [MET, "yes"]}, id="a-text-as-a-clause"),
        pytest.param({"==": [{"var": "2026-01-31"}, 1]}, id="a-date-as-a-name"),
        pytest.param({"==": [SCORE, "\ud800"]}, id="half-a-character"),
        pytest.param(float("nan"), id="not-a-number"),
        pytest.param(None, id="nothing"),
    ],
)
def test_what_is_outside_the_dialect_is_advanced_as_a_whole(logic):
    found = read(logic)
    assert isinstance(found, tree.Advanced)
    assert found.logic is logic
    assert write(found) is logic


@pytest.mark.parametrize("logic", ["a", {"if": [MET, ["a"], "b"]}])
def test_one_value_where_a_list_is_wanted_is_advanced(logic):
    assert isinstance(read(logic, "list"), tree.Advanced)


@given(CONDITIONS)
def test_every_condition_comes_back_from_its_logic(condition):
    assert not isinstance(condition, tree.Advanced)
    assert read(write(condition)) == condition


@given(WORKED_OUT)
def test_every_value_comes_back_from_its_logic(value):
    assert not isinstance(value, tree.Advanced)
    assert read(write(value), "number") == value


@given(st.integers(0, 2**32))
def test_any_decision_logic_is_written_back_as_it_was_or_not_read_at_all(seed):
    logic = Writer(random.Random(seed)).condition()  # noqa: S311
    for kind in ("boolean", "number"):
        assert canonical(write(read(logic, kind))) == canonical(logic)


OPERATORS = ["var", "and", "or", "!", "!!", "if", "in", "==", "<", "some", "filter", "reduce", "count_true", "unknown",
             "age_on", "log", ""]  # fmt: skip
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.just("facts.met")
HOSTILE = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(OPERATORS), inner, max_size=2),
        st.dictionaries(st.sampled_from(OPERATORS), st.lists(inner, max_size=4), min_size=1, max_size=1),
    ),
    max_leaves=20,
)


@given(HOSTILE)
def test_hostile_logic_is_never_half_read(logic):
    for kind in ("boolean", "string"):
        found = read(logic, kind)
        if isinstance(found, tree.Advanced):
            assert found.logic is logic
        else:
            assert canonical(write(found)) == canonical(logic)


def test_a_very_deep_rule_is_advanced_and_does_not_exhaust_anything():
    logic = MET
    for _ in range(50_000):
        logic = {"and": [logic]}
    assert isinstance(read(logic), tree.Advanced)


def test_a_test_that_lacks_its_value_cannot_be_written():
    with pytest.raises(ValueError, match="has no value"):
        write(tree.Test(named("facts.score"), "at_least"))
