"""A condition as ordinary form fields: there and back, unfinished too, by buttons, and against hostile posts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.rules.dialect.generated import CONDITIONS, NAMES, WORKED_OUT
from tests.domain.rules.dialect.typist import type_condition

from frontdoor.domain.errors import AnswersRejected
from frontdoor.domain.rules.dialect import tree
from frontdoor.domain.rules.dialect.buttons import ADDS, press
from frontdoor.domain.rules.dialect.check import check
from frontdoor.domain.rules.dialect.drafting import draft
from frontdoor.domain.rules.dialect.drafts import BOXES, Draft, blank, from_post, to_post
from frontdoor.domain.rules.dialect.finishing import finish
from frontdoor.domain.rules.dialect.outline import outline
from frontdoor.domain.rules.dialect.writing import write

TWO_CRITERIA = [
    ("csrf_token", "not ours"),
    ("c.kind", "group"),
    ("c.join", "all"),
    ("c.1.kind", "test"),
    ("c.1.subject", "*count"),
    ("c.1.operator", "at_least"),
    ("c.1.with", "parameters.least"),
    ("c.1.1.kind", "test"),
    ("c.1.1.subject", "facts.met"),
    ("c.1.1.operator", "is_true"),
    ("c.1.2.kind", "test"),
    ("c.1.2.subject", "facts.other"),
    ("c.1.2.operator", "is_true"),
    ("c.2.kind", "test"),
    ("c.2.subject", "facts.score"),
    ("c.2.operator", "at_least"),
    ("c.2.value", " 1 "),
]


def test_a_condition_is_typed_into_ordinary_fields():
    counted = {"count_true": [{"var": "facts.met"}, {"var": "facts.other"}]}
    assert write(finish(from_post(TWO_CRITERIA), NAMES)) == {
        "and": [{">=": [counted, {"var": "parameters.least"}]}, {">=": [{"var": "facts.score"}, 1]}]
    }


@given(CONDITIONS)
def test_the_form_of_every_condition_gives_it_back(condition):
    assert check(condition, NAMES) == []
    assert finish(from_post(to_post(draft(condition, NAMES))), NAMES) == condition


@given(WORKED_OUT)
def test_the_form_of_every_value_gives_it_back(value):
    assert check(value, NAMES, "number") == []
    assert finish(from_post(to_post(draft(value, NAMES, "number"))), NAMES, "number") == value


@given(CONDITIONS)
def test_every_condition_can_be_built_with_buttons_and_boxes(condition):
    paper = draft(condition, NAMES)
    assert type_condition(paper) == paper


@given(CONDITIONS)
def test_the_page_offers_every_operator_that_is_in_use(condition):
    waiting = [outline(draft(condition, NAMES), NAMES)]
    while waiting:
        clause = waiting.pop()
        if clause.draft.box("operator"):
            assert clause.draft.box("operator") in {operator.code for operator in clause.operators}
            assert clause.takes
        waiting += clause.parts


TEXT = st.text(max_size=8)
DRAFTS = st.recursive(
    st.sampled_from(sorted(BOXES)).flatmap(
        lambda kind: st.builds(
            Draft,
            st.just(kind),
            st.dictionaries(st.sampled_from(sorted(BOXES[kind]) or [""]), st.lists(TEXT, min_size=1, max_size=2))
            .map(lambda boxes: {name: tuple(values) for name, values in boxes.items() if name}),
        )
    ),
    lambda parts: st.builds(
        lambda whole, inside: Draft(whole.kind, whole.boxes, tuple(inside)),
        st.builds(Draft, st.sampled_from(sorted(BOXES))),
        st.lists(parts, max_size=4),
    ),
    max_leaves=12,
)  # fmt: skip


@given(DRAFTS)
def test_nothing_is_lost_while_a_condition_is_unfinished(unfinished):
    assert from_post(to_post(unfinished)) == unfinished


def rejected_or_sound(unfinished, kind):
    """Return the problems of an unfinished condition; a finished one passes the checks."""
    try:
        return check(finish(unfinished, NAMES, kind), NAMES, kind)
    except AnswersRejected as rejected:
        return rejected.problems or ["nothing is said"]


@given(DRAFTS)
def test_an_unfinished_condition_is_a_condition_or_says_what_is_missing(unfinished):
    for kind in ("boolean", "number", "list"):
        outline(unfinished, NAMES, kind)
        assert all(problem.where.startswith("c") for problem in rejected_or_sound(unfinished, kind))


def addresses(whole, at="c"):
    yield at, whole
    for place, part in enumerate(whole.parts, start=1):
        yield from addresses(part, f"{at}.{place}")


@given(DRAFTS, st.data())
def test_a_button_keeps_every_other_clause(unfinished, data):
    at, clause = data.draw(st.sampled_from(list(addresses(unfinished))))
    if ADDS[clause.kind]:
        added = press(unfinished, f"{at}:add_{ADDS[clause.kind][0]}")
        assert len(list(addresses(added))) > len(list(addresses(unfinished)))
        before = [each for each in to_post(unfinished) if not each[0].startswith(f"{at}.")]
        assert [each for each in to_post(added) if not each[0].startswith(f"{at}.")] == before


def group(*words):
    tests = (Draft("test", {"value": (word,)}) for word in words)
    return Draft("group", {"join": ("all",)}, tuple(tests))


def words_of(whole):
    return [part.box("value") for part in whole.parts]


@pytest.mark.parametrize(
    ("button", "words"),
    [
        pytest.param("c.2:up", ["b", "a", "c"], id="up"),
        pytest.param("c.1:up", ["a", "b", "c"], id="up-at-the-top"),
        pytest.param("c.2:down", ["a", "c", "b"], id="down"),
        pytest.param("c.3:down", ["a", "b", "c"], id="down-at-the-bottom"),
        pytest.param("c.2:remove", ["a", "c"], id="remove"),
        pytest.param("c.2:duplicate", ["a", "b", "b", "c"], id="duplicate"),
        pytest.param("c:add_test", ["a", "b", "c", ""], id="add"),
        pytest.param("c:add_group", ["a", "b", "c", ""], id="add-a-group"),
        pytest.param("c.2:as_group", ["a", "", "c"], id="into-a-group"),
    ],
)
def test_a_button_does_what_it_says(button, words):
    assert words_of(press(group("a", "b", "c"), button)) == words


def test_a_clause_that_is_put_into_a_group_is_in_it():
    assert press(group("a", "b"), "c.2:as_group").parts[1] == group("b")


def test_a_clause_that_always_holds_is_one_box():
    assert finish(press(blank(), "c:as_fixed"), NAMES) == tree.Fixed(True)


def test_a_yes_or_no_is_chosen_where_a_fact_is_compared_with_one():
    condition = tree.Test(tree.Named("facts.met"), "is", tree.Literal(False))
    assert ("c.value", "no") in to_post(draft(condition, NAMES))
    assert finish(draft(condition, NAMES), NAMES) == condition


@pytest.mark.parametrize(("start", "result"), [("test", "test"), ("value", "value")])
def test_cases_come_to_what_was_wanted_before(start, result):
    cases = press(press(blank(start), "c:as_cases"), "c:add_case")
    assert [part.kind for part in cases.parts] == ["case", "case", result]
    assert [part.kind for part in cases.parts[1].parts] == ["test", result]


@pytest.mark.parametrize(
    "button",
    ["", "c", "d:up", "c:up", "c.4:up", "c.9.1:remove", "c.1:explode", "c:add_case", "c:add_", "c:as_nothing", "c.0:up",
     "c.1.1.1.1.1.1.1.1.1.1.1.1.1:up", "c.1:add_test_", "c.1\n:up", "c.100:up"],
)  # fmt: skip
def test_a_button_that_is_not_on_the_page_is_refused(button):
    with pytest.raises(AnswersRejected):
        press(group("a", "b", "c"), button)


CASES = blank("cases")


@pytest.mark.parametrize("button", ["c.2:up", "c.2:remove", "c.1.1:down", "c.1.2:remove"])
def test_the_otherwise_stays_last_and_a_case_keeps_its_two_parts(button):
    with pytest.raises(AnswersRejected):
        press(CASES, button)


def test_the_test_on_rows_stays_and_the_choice_of_rows_can_be_taken_out():
    rows = press(blank("rows"), "c:add_test")
    assert press(rows, "c.2:remove") == blank("rows")
    with pytest.raises(AnswersRejected):
        press(rows, "c.1:remove")


def test_a_hundredth_clause_is_refused():
    full = group(*["a"] * 99)
    for button in ("c:add_test", "c.1:duplicate"):
        with pytest.raises(AnswersRejected):
            press(full, button)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param([("c.kind", "script")], id="unknown-kind"),
        pytest.param([("c.kind", "test"), ("c.join", "all")], id="box-of-another-kind"),
        pytest.param([("c.__class__", "x")], id="dunder"),
        pytest.param([("c.1.Subject", "x")], id="capital"),
        pytest.param([("c.0.subject", "x")], id="clause-nought"),
        pytest.param([("c.01.subject", "x")], id="leading-nought"),
        pytest.param([("c.100.subject", "x")], id="hundredth-clause"),
        pytest.param([("c.-1.subject", "x")], id="negative"),
        pytest.param([("c..subject", "x")], id="two-dots"),
        pytest.param([("c.1.subject\n", "x")], id="line-end"),
        pytest.param([("c.١.subject", "x")], id="arabic-digit"),  # noqa: RUF001 that is the point
        pytest.param([(f"c{'.1' * 13}.subject", "x")], id="thirteen-levels"),
        pytest.param([("c.subject", "x" * 501)], id="long-value"),
        pytest.param([(f"c.{one}.{two}.subject", "x") for one in range(1, 30) for two in range(1, 30)], id="too-many"),
    ],
)
def test_a_hostile_post_is_refused_without_repeating_it(fields):
    with pytest.raises(AnswersRejected) as refused:
        from_post(fields)
    assert "subject" not in refused.value.message


def test_a_gap_between_clauses_closes_and_a_clause_without_its_kind_is_a_test_or_a_group():
    found = from_post([("c.3.value", "b"), ("c.1.value", "a")])
    assert found == Draft("group", {}, (Draft("test", {"value": ("a",)}), Draft("test", {"value": ("b",)})))


def test_a_form_that_holds_nothing_of_the_condition_is_a_blank_clause():
    assert from_post([("other", "x")]) == blank()
    assert from_post([], kind="value") == Draft("value")


def never(at):
    return [(f"{at}.kind", "fixed"), (f"{at}.holds", "no")]


def problems_of(fields, kind="boolean"):
    with pytest.raises(AnswersRejected) as rejected:
        finish(from_post(fields), NAMES, kind)
    return {problem.where: problem.code for problem in rejected.value.problems}


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        pytest.param([("c.kind", "test")], {"c/subject", "c/operator"}, id="blank-test"),
        pytest.param([("c.kind", "test"), ("c.subject", "facts.score"), ("c.operator", "at_least")], {"c/value"},
                     id="no-value"),
        pytest.param([("c.kind", "test"), ("c.subject", "facts.score"), ("c.operator", "is"), ("c.value", "two")],
                     {"c/value"}, id="not-a-number"),
        pytest.param([("c.subject", "facts.score"), ("c.operator", "is"), ("c.value", "9" * 17)], {"c/value"},
                     id="many-digits"),
        pytest.param([("c.kind", "test"), ("c.subject", "facts.score"), ("c.operator", "is"), ("c.value", "9" * 16)],
                     {"c/value"}, id="too-large"),
        pytest.param([("c.kind", "test"), ("c.subject", "facts.met"), ("c.operator", "is"), ("c.value", "maybe")],
                     {"c/value"}, id="not-yes-or-no"),
        pytest.param([("c.kind", "test"), ("c.subject", "answers.f.words"), ("c.operator", "is"), ("c.value", "a\x00")],
                     {"c/value"}, id="not-printable"),
        pytest.param([("c.kind", "test"), ("c.subject", "answers.f.words"), ("c.operator", "is"), ("c.type", "code"),
                      ("c.value", "a")], {"c/value"}, id="unknown-type"),
        pytest.param([("c.kind", "test"), ("c.subject", "answers.f.reply"), ("c.operator", "one_of")], {"c/value"},
                     id="none-ticked"),
        pytest.param([("c.kind", "test"), ("c.subject", "*age"), ("c.operator", "is"), ("c.value", "1")],
                     {"c/since", "c/until"}, id="age-of-nothing"),
        pytest.param([("c.kind", "test"), ("c.subject", "*count"), ("c.operator", "is"), ("c.value", "1")],
                     {"c/subject"}, id="count-of-nothing"),
        pytest.param([("c.subject", "*those"), ("c.operator", "answered"), ("c.of", "answers.f.needs")],
                     {"c/of"}, id="those-but-which"),
        pytest.param([("c.kind", "group")], {"c/join"}, id="empty-group"),
        pytest.param([("c.kind", "fixed")], {"c/holds"}, id="always-or-never"),
        pytest.param([("c.kind", "rows")], {"c/quantifier", "c/of"}, id="blank-rows"),
        pytest.param([("c.kind", "value")], {"c/kind"}, id="value-for-a-condition"),
        pytest.param([("c.kind", "cases"), *never("c.1")], {"c/kind"}, id="cases-without-a-case"),
        pytest.param([("c.kind", "cases"), *never("c.1"), *never("c.2")], {"c.1/kind", "c/kind"},
                     id="not-a-case"),
        pytest.param([("c.kind", "cases")], {"c/kind", "c.1/kind"}, id="no-cases-at-all"),
        pytest.param([("c.kind", "group"), ("c.join", "unknown"), *never("c.1"), *never("c.2")],
                     {"c/join"}, id="two-things-unknown"),
    ],
)  # fmt: skip
def test_what_is_missing_is_told_at_its_clause_and_box(fields, missing):
    assert set(problems_of(fields)) == missing


def test_a_fact_of_another_type_needs_a_value():
    assert problems_of([("c.kind", "test")], "number") == {"c/kind": "required"}


@pytest.mark.parametrize("extra", [[("c.kind", "value")], [("c.subject", "answers.f.words"), ("c.operator", "is")]])
def test_two_values_are_never_made_one(extra):
    fields = [*extra, ("c.value", "a"), ("c.value", "b")]
    assert problems_of(fields, "string" if len(extra) == 1 else "boolean") == {"c/value": "required"}


def test_a_condition_too_large_to_store_is_refused_when_it_is_finished():
    fields = [("c.kind", "group"), ("c.join", "all")]
    long = "x" * 500
    for one in range(1, 5):
        fields += [(f"c.{one}.kind", "group"), (f"c.{one}.join", "all")]
        for two in range(1, 26):
            at = f"c.{one}.{two}"
            fields += [(f"{at}.subject", "answers.f.words"), (f"{at}.operator", "is"), (f"{at}.value", long)]
    assert problems_of(fields) == {"c": "too_long"}
