"""What is asked: pages, questions and rows, resolved so that a hidden answer counts as absent."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from frontdoor.domain.forms.model import Form
from frontdoor.domain.forms.visibility import page_order, truthy, visible

LABEL = {"en": "Label"}


def asked(widget: str = "yes_no", **ui: Any) -> dict[str, Any]:
    return {"ui": {"page": "family", "widget": widget, "label": LABEL, **ui}}


def yes(name: str, **rest: Any) -> dict[str, Any]:
    return {"label": LABEL, "logic": {"==": [{"var": name}, True]}, **rest}


def test_a_chain_of_questions_closes_when_its_first_link_does(make_form: Callable[..., Form], as_of: date) -> None:
    form = make_form(
        {"a": asked(), "b": asked(show_if="a_yes"), "c": asked(show_if="b_yes"), "d": asked(show_if="c_yes")},
        {"a_yes": yes("answers.a"), "b_yes": yes("answers.b"), "c_yes": yes("answers.c")},
    )
    every = {"a": True, "b": True, "c": True, "d": True}
    assert visible(form, every, as_of).answers == every
    closed = visible(form, {**every, "a": False}, as_of)
    assert closed.answers == {"a": False}
    assert [name for name in "abcd" if closed.shows(name)] == ["a", "b"][:1]


def test_order_in_the_document_does_not_matter(make_form: Callable[..., Form], as_of: date) -> None:
    form = make_form(
        {"z": asked(order=1, show_if="late"), "a": asked(order=2)},
        {"early": {"label": LABEL, "logic": {"var": "conditions.late"}}, "late": yes("answers.a")},
    )
    assert visible(form, {"a": True, "z": True}, as_of).shows("z")
    assert visible(form, {"a": True}, as_of).holds("early")


def test_a_negative_condition_over_a_hidden_answer_sees_it_as_absent(
    make_form: Callable[..., Form], as_of: date
) -> None:
    form = make_form(
        {"a": asked(), "b": asked(show_if="a_yes"), "c": asked(show_if="not_b")},
        {"a_yes": yes("answers.a"), "not_b": {"label": LABEL, "logic": {"!": [{"var": "answers.b"}]}}},
    )
    assert visible(form, {"a": False, "b": True}, as_of).shows("c")
    assert not visible(form, {"a": True, "b": True}, as_of).shows("c")


def test_every_row_has_conditions_of_its_own(nomination: Form, as_of: date) -> None:
    rows = [{"id": "ab12", "child": True, "school": "A"}, {"id": "cd34", "child": False, "school": "B"}]
    shown = visible(nomination, {"members": rows}, as_of)
    assert shown.shows("school", "ab12")
    assert shown.shows("members/school", "ab12")
    assert not shown.shows("school", "cd34", group="members")
    assert not shown.shows("school", "nobody")
    assert shown.answers["members"] == [{**rows[0], "child": True}, {"id": "cd34", "child": False}]


def test_a_row_s_question_may_wait_for_the_whole_form(make_form: Callable[..., Form], as_of: date) -> None:
    group = {**asked("group", max_items=2), "questions": {"name": asked("text", show_if="a_yes")}}
    form = make_form({"a": asked(), "g": group}, {"a_yes": yes("answers.a")})
    rows = [{"id": "ab12", "name": "Jo"}]
    assert visible(form, {"a": True, "g": rows}, as_of).answers["g"] == rows
    assert visible(form, {"a": False, "g": rows}, as_of).answers["g"] == [{"id": "ab12"}]


def test_a_condition_over_rows_sees_only_what_they_show(make_form: Callable[..., Form], as_of: date) -> None:
    group = {**asked("group", max_items=2), "questions": {"a": asked(), "b": asked(show_if="row_a")}}
    some = {"label": LABEL, "logic": {"some": [{"var": "answers.g"}, {"var": "b"}]}}
    form = make_form({"g": group, "q": asked(show_if="any_b")}, {"row_a": yes("row.a", over="g"), "any_b": some})
    assert visible(form, {"g": [{"id": "ab12", "a": True, "b": True}]}, as_of).shows("q")
    assert not visible(form, {"g": [{"id": "ab12", "a": False, "b": True}]}, as_of).shows("q")


def test_rows_may_read_the_form_and_each_other_s_conditions(make_form: Callable[..., Form], as_of: date) -> None:
    both = {"label": LABEL, "over": "g", "logic": {"and": [{"var": "answers.all"}, {"var": "conditions.row_a"}]}}
    group = {**asked("group", max_items=2), "questions": {"a": asked(), "b": asked(show_if="both")}}
    form = make_form({"all": asked(), "g": group}, {"both": both, "row_a": yes("row.a", over="g")})
    rows = [{"id": "ab12", "a": True}, {"id": "cd34"}]
    shown = visible(form, {"all": True, "g": rows}, as_of)
    assert [shown.shows("b", row["id"]) for row in rows] == [True, False]


def test_conditions_know_the_day_the_form_is_received(make_form: Callable[..., Form]) -> None:
    late = {"label": LABEL, "logic": {"==": [{"var": "as_of"}, "2026-12-25"]}}
    form = make_form({"q": asked(show_if="late")}, {"late": late})
    assert visible(form, {}, date(2026, 12, 25)).shows("q")
    assert not visible(form, {}, date(2026, 12, 24)).shows("q")


def test_only_shown_pages_are_in_the_order(nomination: Form, as_of: date) -> None:
    assert [page.id for page in page_order(nomination, {}, as_of)] == ["safety", "family"]
    assert [page.id for page in page_order(nomination, {"tenant": True}, as_of)] == ["safety", "family", "housing"]


def test_what_is_required_depends_on_the_answers(nomination: Form, as_of: date) -> None:
    landlord = nomination.questions["landlord"]
    assert visible(nomination, {"tenant": True, "rent_owed": 1}, as_of).requires(landlord)
    assert not visible(nomination, {"tenant": True, "rent_owed": 0}, as_of).requires(landlord)


@pytest.mark.parametrize(
    ("value", "truth"),
    [(0, False), ("", False), ([], False), (None, False), (float("nan"), False), ("0", True), ({}, True), ([0], True)],
    ids=str,
)
def test_truth_is_json_logic_s(value: Any, truth: bool) -> None:
    assert truthy(value) is truth
