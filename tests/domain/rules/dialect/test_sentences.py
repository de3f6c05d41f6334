"""Conditions as sentences, in both languages, with labels for ids."""

import pytest
from hypothesis import given
from tests.domain.rules.dialect.generated import CONDITIONS, KIDS, NAMES, WORKED_OUT

from frontdoor.domain.rules.dialect import tree
from frontdoor.domain.rules.dialect.operators import OPERATORS
from frontdoor.domain.rules.dialect.phrases import TESTS
from frontdoor.domain.rules.dialect.reading import read
from frontdoor.domain.rules.dialect.sentences import plain_value, sentence

MET, OTHER, SCORE = {"var": "facts.met"}, {"var": "facts.other"}, {"var": "facts.score"}
REPLY, NEEDS, KIDS_VAR = {"var": "answers.f.reply"}, {"var": "answers.f.needs"}, {"var": KIDS}
OUT = {"var": "out"}


@pytest.mark.parametrize(
    ("logic", "english", "welsh"),
    [
        pytest.param(MET, "“Met” is true", "Mae “Met (cy)” yn wir", id="is-true"),
        pytest.param({">=": [SCORE, {"var": "parameters.least"}]}, "“Score” is at least “Least score” (3 points)",
                     "Mae “Score (cy)” yn “Least score (cy)” (3 pwynt) o leiaf", id="parameter-with-its-value"),
        pytest.param({">": [SCORE, {"var": "parameters.share"}]}, "“Score” is more than “Share missed” (15% of days)",
                     "Mae “Score (cy)” yn fwy na “Share missed (cy)” (15% of days)", id="percent"),
        pytest.param({"!=": [REPLY, "no"]}, "“Reply” is not “No”", "Nid “Reply (cy)” yw “No (cy)”", id="option"),
        pytest.param({"<": [{"var": "facts.since"}, "2026-01-31"]}, "“Since” is before 2026-01-31",
                     "Mae “Since (cy)” cyn 2026-01-31", id="date"),
        pytest.param({"and": [MET, {"or": [OTHER, {"unknown": [OTHER]}]}]},
                     "“Met” is true and (“Other” is true or “Other” is not known)",
                     "Mae “Met (cy)” yn wir ac (mae “Other (cy)” yn wir neu nid yw “Other (cy)” yn hysbys)",
                     id="nested"),
        pytest.param({"!": [{"or": [MET, OTHER]}]}, "None of these holds: “Met” is true or “Other” is true",
                     "Nid oes yr un o'r rhain yn wir: mae “Met (cy)” yn wir neu mae “Other (cy)” yn wir", id="none-of"),
        pytest.param({"unknown": [{"and": [MET, OTHER]}]}, "It is not known whether “Met” is true and “Other” is true",
                     "Nid yw'n hysbys a yw hyn yn wir: mae “Met (cy)” yn wir ac mae “Other (cy)” yn wir",
                     id="not-known-whether"),
        pytest.param({"none": [{"filter": [KIDS_VAR, OUT]}, {">": [{"var": "days"}, 3]}]},
                     "For none of those of “Children” where “Out of school” is true: “Days missed” is more than 3",
                     "I ddim un o blith y rhai o “Children (cy)” lle mae “Out of school (cy)” yn wir: "
                     "mae “Days missed (cy)” yn fwy na 3", id="rows-chosen"),
        pytest.param({"some": [NEEDS, {"in": [{"var": ""}, ["a", "b"]]}]},
                     "For any of “Needs”: “The answer” is one of “A”, “B”",
                     "I unrhyw un o blith “Needs (cy)”: mae “Yr ateb” yn un o “A (cy)”, “B (cy)”", id="codes"),
        pytest.param(False, "Never", "Byth", id="never"),
        pytest.param({"==": [MET, True]}, "“Met” is yes", "“Met (cy)” yw ie", id="yes"),
        pytest.param({"==": [REPLY, None]}, "“Reply” is nothing", "“Reply (cy)” yw dim", id="nothing"),
        pytest.param({"var": "facts.gone_away"}, "Gone away is true", "Mae gone away yn wir", id="unknown-name"),
        pytest.param({"cat": [MET, {"var": ["facts.score", 1]}, {"var": 1}]},
                     "An advanced rule, which reads “Met”, “Score”. It is shown as it is stored and cannot be changed "
                     "here.",
                     "Rheol uwch, sy'n darllen “Met (cy)”, “Score (cy)”. Fe'i dangosir fel y mae wedi'i storio ac ni "
                     "ellir ei newid yma.", id="advanced"),
        pytest.param({"cat": ["a"]},
                     "An advanced rule, which reads nothing. It is shown as it is stored and cannot be changed here.",
                     "Rheol uwch, sy'n darllen dim. Fe'i dangosir fel y mae wedi'i storio ac ni ellir ei newid yma.",
                     id="advanced-of-nothing"),
    ],
)  # fmt: skip
def test_a_condition_is_a_sentence(logic, english, welsh):
    assert sentence(read(logic), NAMES) == english
    assert sentence(read(logic), NAMES, "cy") == welsh


@pytest.mark.parametrize(
    ("logic", "english"),
    [
        pytest.param({"if": [{"unknown": [SCORE]}, SCORE, {"and": [MET, OTHER]}, 1, None]},
                     "If “Score” is not known: not known; if “Met” is true and “Other” is true: 1; otherwise: nothing",
                     id="cases"),
        pytest.param({"count_true": [MET, OTHER]}, "How many of these are true (“Met” is true; “Other” is true)",
                     id="count"),
        pytest.param({"reduce": [NEEDS, {"+": [{"var": "accumulator"}, 1]}, 0]}, "How many “Needs”", id="how-many"),
        pytest.param({"working_days_between": [{"var": "facts.since"}, {"var": "as_of"}]},
                     "Working days from “Since” to “Day of the decision”", id="working-days"),
        pytest.param(["a", "b"], "A, b", id="list"),
    ],
)  # fmt: skip
def test_a_value_is_a_sentence(logic, english):
    assert sentence(read(logic, "number"), NAMES) == english


def test_braces_in_a_label_stay_as_they_are():
    test = tree.Test(tree.Named("answers.f.words"), "is", tree.Literal("{0} {1}"))
    assert sentence(test, NAMES) == "“Words” is {0} {1}"


@given(CONDITIONS)
def test_every_condition_has_words_in_both_languages(condition):
    for language in ("en", "cy"):
        said = sentence(condition, NAMES, language)
        assert said
        assert not any(code in said for code in ("facts.", "answers.", "parameters.", "\x00"))


@given(WORKED_OUT)
def test_every_value_has_words(value):
    assert sentence(value, NAMES)


def test_every_operator_has_a_phrase():
    assert set(TESTS) == set(OPERATORS)


def test_a_value_without_labels_is_printed():
    assert plain_value([1, 2.5, True, None, "x"]) == "1, 2.5, yes, nothing, x"
