"""Two versions of a rule set: as an overlay that makes one of the other, and as sentences."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.rules.dialect.generated import NAMES
from tests.domain.rules.dialect.small_rules import ALL, NO, RULES, TABLE, edits, said, texts

from frontdoor.domain import overlay, tree
from frontdoor.domain.canonical import canonical
from frontdoor.domain.errors import DocumentRejected
from frontdoor.domain.rules.dialect.comparing import Version, compare
from frontdoor.domain.rules.dialect.parts import SORTS
from frontdoor.domain.rules.dialect.patches import changes_between, differences_between
from frontdoor.domain.rules.dialect.tree import Named, Test

ROWS = (*TABLE, "rows")
LEAVES = st.one_of(st.integers(0, 3), st.text("ab", max_size=2), st.lists(st.integers(0, 2), max_size=2))
LOGIC = st.one_of(LEAVES, st.fixed_dictionaries({"var": st.text("ab", max_size=2)}),
                  st.fixed_dictionaries({"==": st.lists(LEAVES, max_size=2)}))  # fmt: skip
DOCUMENTS = st.recursive(
    st.one_of(LEAVES, st.fixed_dictionaries({"when": LOGIC}), st.fixed_dictionaries({"value": LEAVES})),
    lambda inner: st.dictionaries(st.sampled_from(["a", "b", "c", "rows"]), inner, max_size=4),
    max_leaves=10,
)
WHOLE = st.dictionaries(st.sampled_from(["parameters", "facts", "decisions"]), DOCUMENTS, max_size=3)


@given(WHOLE, WHOLE)
def test_an_overlay_of_the_changes_makes_the_new_version_of_the_old_one(old, new):
    changes = changes_between(old, new)
    under = overlay.original(old, "base", "1")
    made = overlay.apply(under, overlay.Overlay("mine", "1", "base@1", "The board", changes))
    assert canonical(made.document) == canonical(new)
    assert changes_between(old, old) == {}


@given(WHOLE, WHOLE)
def test_the_differences_place_by_place_are_the_same_changes(old, new):
    differences = differences_between(old, new)
    assert tree.nested({each.pointer: each.value for each in differences}) == changes_between(old, new)


def test_a_moved_threshold_is_one_value_and_a_new_row_one_entry():
    made = edits.change(
        RULES, ("parameters", "least"), {**edits.boxes_of(RULES, ("parameters", "least")), "value": ("3",)}
    )
    assert changes_between(RULES, made) == {"parameters": {"least": {"value": 3}}}
    made = edits.duplicate(RULES, (*ROWS, "not_met"), "again")
    (difference,) = differences_between(RULES, made, ("rules", "route"))
    assert difference.pointer == "/rules/route/decisions/ROUTE/rows/again"
    assert difference.was is None


@pytest.mark.parametrize("new", [{"a": None}, {"a": {"b": {"value": None}}}, {"a": {"when": None}}])
def test_null_where_an_overlay_would_take_it_for_switched_off_is_refused(new):
    with pytest.raises(DocumentRejected):
        changes_between({"a": {"b": 1}} if isinstance(new["a"], dict) else {}, new)


def lines(new, language="en"):
    return [
        (line.change, line.what, line.before, line.after)
        for line in compare(Version(RULES, NAMES), Version(new, NAMES), language)
    ]


def test_two_equal_versions_have_no_difference():
    assert lines(RULES) == []


def changed(*at, to):
    document = deepcopy(RULES)
    held = document
    for step in at[:-1]:
        held = held[step]
    held[at[-1]] = to
    return document


@pytest.mark.parametrize(
    ("new", "line"),
    [
        pytest.param(changed("title", "en", to="Way"),
                     ("changed", "Rule set: title, English", "Route", "Way"), id="title"),
        pytest.param(changed("parameters", "least", "value", to=3),
                     ("changed", "Parameter “Least score”: value", "2", "3"), id="threshold"),
        pytest.param(changed("parameters", "least", "bounds", "max", to=6),
                     ("changed", "Parameter “Least score”: bounds, largest", "5", "6"), id="bound"),
        pytest.param(changed("facts", "met", "logic", to=NO),
                     ("changed", "Fact “Met”: how it is worked out", "Met is true", "“Met” is not true"), id="logic"),
        pytest.param(changed("facts", "score", "logic", to={"var": "facts.score"}),
                     ("changed", "Fact “Score”: how it is worked out", "How many of these are true (“Met” is true)",
                      "“Score”"), id="logic-of-a-number"),
        pytest.param(changed("facts", "benefit", "verify", "schema", to={"type": "string"}),
                     ("changed", "Fact “Benefit”: verify, what a source may say", '{"enum":["A","B",null]}',
                      '{"type":"string"}'), id="schema"),
        pytest.param(changed("decisions", "ROUTE", "rows", "not_met", "when", to={"var": "facts.other"}),
                     ("changed", "Decision table “Route”, Row “Not met”: when", "“Met” is not true", "“Other” is true"),
                     id="condition"),
        pytest.param(changed("decisions", "ROUTE", "otherwise", "intended", to=False),
                     ("changed", "Decision table “Route”, Otherwise: intended", "yes", "no"), id="otherwise"),
        pytest.param(changed("decisions", "ROUTE", "rows", "enough", "argument", to={"clock": "WAIT"}),
                     ("added", "Decision table “Route”, Row “Enough”: printed after the reason code", "",
                      '{"clock":"WAIT"}'), id="argument"),
        pytest.param(changed("decisions", "ROUTE", "order", to=20),
                     ("changed", "Decision table “Route”: place among the tables", "10", "20"), id="order-of-tables"),
    ],
)  # fmt: skip
def test_a_change_is_told_in_words(new, line):
    assert lines(new) == [line]


def test_a_row_that_is_added_is_told_with_its_condition_and_decision():
    new = edits.add(RULES, (*ROWS, "new"), said(label_en="New", decision="help", reason_code="NEW", **texts("New")),
                    Test(Named("facts.other"), "is_true"))  # fmt: skip
    assert lines(new) == [("added", "Decision table “Route”, Row “New”", "", "“Other” is true → help")]
    assert [line.what for line in compare(Version(new, NAMES), Version(RULES, NAMES), "cy")] == [
        f"{SORTS['table']['cy']} “Route”, {SORTS['row']['cy']} “New”"
    ]


def test_a_table_that_goes_is_told_once_and_its_rows_with_it():
    new = deepcopy(RULES)
    del new["decisions"]["ROUTE"]
    assert lines(new) == [("removed", "Decision table “Route”", "", "")]


def test_a_table_that_is_new_is_told_once_and_its_rows_with_it():
    old = deepcopy(RULES)
    del old["decisions"]["ROUTE"]
    told = compare(Version(old, NAMES), Version(RULES, NAMES))
    assert [(line.change, line.pointer) for line in told] == [("added", "/decisions/ROUTE")]


def test_only_the_row_that_moved_is_told_as_moved():
    old = edits.duplicate(RULES, (*ROWS, "enough"), "again")
    new = edits.move(old, (*ROWS, "again"), 0)
    told = compare(Version(old, NAMES), Version(new, NAMES))
    assert [(line.change, line.pointer, line.before, line.after) for line in told] == [
        ("moved", "/decisions/ROUTE/rows/again", "place 3", "place 1")
    ]


def test_a_parameter_that_goes_is_told_with_its_value():
    new = edits.remove(RULES, ("parameters", "spare"), ALL)
    assert lines(new) == [("removed", "Parameter “Spare”", "yes", "")]
    assert lines(new, "cy") == [("removed", "Paramedr “Spare”", "ie", "")]
