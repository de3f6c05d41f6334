"""Answers as the rules see them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from frontdoor.domain.forms.model import Form
from frontdoor.domain.forms.states import (
    NONE,
    UNKNOWN,
    Interval,
    Known,
    ListState,
    Rows,
    RowState,
    answer_states,
    nothing_answered,
)


@pytest.fixture
def state(nomination: Form, as_of: date) -> Callable[..., Any]:
    """The state of one question for some answers."""
    return lambda name, **answers: answer_states(nomination, answers, as_of=as_of)[name]


@pytest.mark.parametrize(
    ("name", "answers", "expected"),
    [
        pytest.param("family_name", {"family_name": "Okafor"}, Known("Okafor"), id="answered"),
        pytest.param("family_name", {}, UNKNOWN, id="blank"),
        pytest.param("harm", {"concern": "no", "harm": "x"}, NONE, id="hidden"),
        pytest.param("harm", {"concern": "danger"}, UNKNOWN, id="shown-and-blank"),
        pytest.param("rent_owed", {"rent_owed": 5}, NONE, id="on-a-hidden-page"),
        pytest.param("concern", {"concern": "not_sure"}, UNKNOWN, id="option-that-means-unknown"),
        pytest.param("concern", {"concern": "no"}, Known("no"), id="option"),
        pytest.param("tenant", {"tenant": False}, Known(False), id="no-is-an-answer"),
        pytest.param("rent_owed", {"tenant": True, "rent_owed": 0}, Known(0), id="nought-is-an-answer"),
        pytest.param("needs", {"needs": ["crime"]}, ListState(("crime",), complete=True), id="ticked"),
        pytest.param("needs", {"needs": ["none"]}, ListState((), complete=True), id="none-of-these"),
        pytest.param("needs", {}, UNKNOWN, id="nothing-ticked"),
        pytest.param("members", {}, Rows((), complete=False), id="no-rows"),
        pytest.param("members", {"members": []}, Rows((), complete=False), id="empty-and-not-confirmed"),
        pytest.param("members", {"members": [], "everybody": True}, Rows((), complete=True), id="confirmed-empty"),
        pytest.param("members", {"everybody": True}, Rows((), complete=False), id="confirmed-but-never-answered"),
    ],
)
def test_an_answer_is_known_or_not_known_or_nothing(
    state: Callable[..., Any], name: str, answers: Any, expected: Any
) -> None:
    assert state(name, **answers) == expected


@pytest.mark.parametrize(
    ("dob", "expected"),
    [
        pytest.param("2014-06-03", Known("2014-06-03"), id="day"),
        pytest.param("2014", Interval(date(2014, 1, 1), date(2014, 12, 31)), id="year"),
        pytest.param("2014-01-01/2015-12-31", Interval(date(2014, 1, 1), date(2015, 12, 31)), id="band"),
        pytest.param("2014-01-01/2014-01-01", Interval(date(2014, 1, 1), date(2014, 1, 1)), id="band-of-a-day"),
        pytest.param("unknown", UNKNOWN, id="unknown"),
        pytest.param(None, UNKNOWN, id="blank"),
    ],
)
def test_a_partial_date_is_an_interval(state: Callable[..., Any], dob: str | None, expected: Any) -> None:
    row = {"id": "ab12", "name": "Jo", **({"dob": dob} if dob else {})}
    assert state("members", members=[row]).rows[0].answers["dob"] == expected


def test_rows_keep_their_ids_and_hide_what_is_not_asked_of_them(state: Callable[..., Any]) -> None:
    rows = [{"id": "ab12", "name": "Jo", "child": False}, {"id": "cd34", "name": "Al", "child": True}]
    found = state("members", members=rows, everybody=True)
    assert found.complete
    assert found.rows[0] == RowState(
        "ab12", {"name": Known("Jo"), "dob": UNKNOWN, "child": Known(False), "school": NONE}
    )
    assert found.rows[1].answers["school"] == UNKNOWN


@pytest.mark.parametrize("everybody", [False, None], ids=["no", "not-answered"])
def test_a_list_that_is_not_confirmed_is_not_complete(state: Callable[..., Any], everybody: bool | None) -> None:
    answers: dict[str, Any] = {"members": [{"id": "ab12", "name": "Jo"}]}
    if everybody is not None:
        answers["everybody"] = everybody
    assert not state("members", **answers).complete


def test_ticked_options_with_one_that_means_unknown_are_not_the_whole_list(
    make_form: Callable[..., Form], as_of: date
) -> None:
    options = {code: {"label": {"en": code}} for code in ("a", "b")} | {"dk": {"label": {"en": "?"}, "unknown": True}}
    ui = {"page": "family", "widget": "checkboxes", "label": {"en": "Q"}, "options": options}
    form = make_form({"q": {"ui": ui}})
    assert answer_states(form, {"q": ["a", "dk"]}, as_of=as_of)["q"] == ListState(("a",), complete=False)
    assert answer_states(form, {"q": ["dk"]}, as_of=as_of)["q"] == UNKNOWN


def test_a_hidden_group_is_nothing(make_form: Callable[..., Form], as_of: date) -> None:
    label = {"en": "G"}
    group = {
        "ui": {"page": "family", "widget": "group", "label": label, "max_items": 2, "show_if": "never"},
        "questions": {"name": {"ui": {"widget": "text", "label": label}}},
    }
    form = make_form({"g": group}, {"never": {"label": label, "logic": False}})
    assert answer_states(form, {"g": [{"id": "ab12", "name": "Jo"}]}, as_of=as_of)["g"] == NONE


def test_every_question_that_holds_data_has_a_state_even_in_a_form_that_was_never_sent(
    nomination: Form, as_of: date
) -> None:
    sent, never = answer_states(nomination, {}, as_of=as_of), nothing_answered(nomination)
    assert set(sent.states) == set(never.states) == {q.id for q in nomination.questions.values() if q.answers}
    assert "note" not in sent
    assert never["harm"] == UNKNOWN
    assert never["members"] == Rows((), complete=False)
