"""What a condition may name, compare and go through: problems at the clause, with what to do."""

import pytest
from tests.domain.rules.dialect.generated import KIDS, NAMES

from frontdoor.domain.rules.dialect import tree
from frontdoor.domain.rules.dialect.check import check
from frontdoor.domain.rules.dialect.operators import KINDS, OPERATORS, operator_words, operators_for, suits
from frontdoor.domain.rules.dialect.reading import read

SCORE = {"var": "facts.score"}


@pytest.mark.parametrize(
    ("logic", "where", "code"),
    [
        pytest.param({"var": "facts.mett"}, "c/subject", "unknown_name", id="unknown-name"),
        pytest.param({"and": [{"var": "facts.met"}, {"var": "zzz"}]}, "c.2/subject", "unknown_name", id="second"),
        pytest.param({"var": "row.dob"}, "c/subject", "unknown_name", id="row-without-a-group"),
        pytest.param({"var": f"{KIDS}.dob"}, "c/subject", "unknown_name", id="inside-a-group-from-outside"),
        pytest.param({"some": [{"var": KIDS}, {"var": "facts.met"}]}, "c.1/subject", "unknown_name", id="outer-name"),
        pytest.param({"some": [{"filter": [{"var": KIDS}, {"var": "x"}]}, {"var": "out"}]},
                     "c.2/subject", "unknown_name", id="in-the-choice-of-rows"),
        pytest.param({"some": [SCORE, {"var": ""}]}, "c/of", "wrong_kind", id="rows-of-a-number"),
        pytest.param({">=": [{"var": "facts.met"}, 1]}, "c/operator", "wrong_operator", id="operator-for-numbers"),
        pytest.param({">=": [SCORE, "two"]}, "c/value", "wrong_kind", id="text-for-a-number"),
        pytest.param({"==": [SCORE, True]}, "c/value", "wrong_kind", id="yes-for-a-number"),
        pytest.param({">=": [{"var": "facts.since"}, 3]}, "c/value", "wrong_kind", id="number-for-a-date"),
        pytest.param({"==": [{"var": "answers.f.reply"}, "perhaps"]}, "c/value", "unknown_option", id="no-such-answer"),
        pytest.param({"in": ["z", {"var": "answers.f.needs"}]}, "c/value", "unknown_option", id="no-such-code"),
        pytest.param({"in": [{"var": "answers.f.reply"}, ["yes", "z"]]}, "c/value", "unknown_option", id="one-unknown"),
        pytest.param({"==": [SCORE, {"var": "as_of"}]}, "c/with", "wrong_kind", id="number-with-a-date"),
        pytest.param({"in": [{"var": "answers.f.reply"}, SCORE]}, "c/with", "wrong_kind", id="one-of-a-number"),
        pytest.param({">": [{"age_on": [SCORE, {"var": "as_of"}]}, 1]}, "c/since", "wrong_kind", id="age-of-a-number"),
        pytest.param({">": [{"age_on": [{"var": "as_of"}, {"var": "x"}]}, 1]}, "c/until", "unknown_name", id="until"),
        pytest.param({">": [{"count_true": [{"var": "x"}]}, 1]}, "c.1/subject", "unknown_name", id="counted"),
        pytest.param({"!!": [{"filter": [{"var": KIDS}, {"var": "x"}]}]}, "c.1/subject", "unknown_name", id="chosen"),
        pytest.param({">": [{"reduce": [SCORE, {"+": [{"var": "accumulator"}, 1]}, 0]}, 1]}, "c/of", "wrong_kind",
                     id="how-many-of-a-number"),
        pytest.param({"if": [{"var": "x"}, True, False]}, "c.1.1/subject", "unknown_name", id="when-of-a-case"),
        pytest.param({"if": [True, {"var": "x"}, False]}, "c.1.2/subject", "unknown_name", id="then-of-a-case"),
        pytest.param({"if": [True, True, {"var": "x"}]}, "c.2/subject", "unknown_name", id="otherwise-of-cases"),
    ],
)  # fmt: skip
def test_a_problem_is_at_its_clause_and_box(logic, where, code):
    (problem,) = [found for found in check(read(logic), NAMES) if found.code == code]
    assert problem.where == where
    assert problem.message


@pytest.mark.parametrize(
    ("logic", "kind", "code"),
    [
        pytest.param(SCORE, "number", None, id="number"),
        pytest.param(SCORE, "list", "wrong_kind", id="number-for-a-list"),
        pytest.param({"var": KIDS}, "list", None, id="rows-for-a-list"),
        pytest.param(2, "number", None, id="typed-number"),
        pytest.param("2", "number", "wrong_kind", id="typed-text"),
        pytest.param(None, "date", None, id="nothing"),
        pytest.param(["a"], "list", None, id="typed-list"),
        pytest.param(True, "boolean", None, id="always"),
        pytest.param({"==": [{"var": "facts.met"}, False]}, "boolean", None, id="is-no"),
        pytest.param(["a", "b"], "string", "wrong_kind", id="two-texts-for-one"),
        pytest.param("a", "any", None, id="anything"),
        pytest.param({"if": [{"unknown": [{"var": "answers.f.reply"}]}, {"var": "answers.f.reply"}, 0]}, "number", None,
                     id="stays-unknown"),
        pytest.param({"if": [{"var": "facts.met"}, {"var": "answers.f.reply"}, 0]}, "number", "wrong_kind",
                     id="an-answer-for-a-number"),
    ],
)  # fmt: skip
def test_a_fact_gets_a_value_of_its_type(logic, kind, code):
    assert [problem.code for problem in check(read(logic, kind), NAMES, kind)] == ([code] if code else [])


def test_one_value_for_a_list_is_of_the_wrong_kind():
    assert [problem.code for problem in check(tree.Literal("a"), NAMES, "list")] == ["wrong_kind"]


def test_an_unknown_name_comes_with_the_nearest_one():
    (problem,) = check(read({"var": "facts.mett"}), NAMES)
    assert "did you mean `facts.met`" in problem.message


def test_a_list_that_includes_something_named_is_turned_round():
    test = tree.Test(tree.Named("answers.f.needs"), "includes", tree.Named("answers.f.reply"))
    assert [problem.code for problem in check(test, NAMES)] == ["turn_round"]


def test_a_test_without_its_value_says_so():
    assert [problem.where for problem in check(tree.Test(tree.Named("facts.score"), "at_least"), NAMES)] == ["c/value"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_operators_with_words_in_both_languages(kind):
    offered = operators_for(kind)
    assert offered
    for operator in offered:
        assert suits(operator.code, kind)
        assert {"en", "cy"} <= operator_words(operator.code, kind).keys()
    labels = [operator_words(operator.code, kind)["en"] for operator in offered]
    assert len(labels) == len(set(labels))


def test_dates_are_before_and_after_and_numbers_more_and_less():
    assert operator_words("less", "date")["en"] == "is before"
    assert operator_words("less", "number")["en"] == "is less than"


def test_an_unknown_kind_is_offered_everything():
    assert {operator.code for operator in operators_for("mystery")} == set(OPERATORS)
