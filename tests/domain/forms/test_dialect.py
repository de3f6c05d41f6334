"""Which conditions a JSON Schema can say, and that it says them as the server does."""

import itertools
from collections.abc import Callable
from datetime import date
from typing import Any

import jsonschema
import pytest

from frontdoor.domain.errors import AnswersRejected
from frontdoor.domain.forms.accept import accept
from frontdoor.domain.forms.compile import compile_form
from frontdoor.domain.forms.model import Form

LABEL = {"en": "Label"}
OPTIONS = {code: {"label": LABEL} for code in ("a", "b", "c")}
SCALE = {str(n): {"label": LABEL} for n in range(3)}
ABSENT = object()


def asked(widget: str, **ui: Any) -> dict[str, Any]:
    schema = ui.pop("schema", {})
    return {**schema, "ui": {"page": "family", "widget": widget, "label": LABEL, **ui}}


QUESTIONS: dict[str, tuple[dict[str, Any], list[Any]]] = {
    "one": (asked("radios", options=OPTIONS), [ABSENT, "", "a", "b"]),
    "many": (asked("checkboxes", options=OPTIONS), [ABSENT, [], ["a"], ["b", "a"], ["c"]]),
    "scale": (asked("radios", schema={"type": "integer"}, options=SCALE), [ABSENT, 0, 1, 1.0]),
    "sure": (asked("yes_no"), [ABSENT, True, False]),
    "count": (asked("number"), [ABSENT, 0, 2.5, 3]),
    "words": (asked("text"), [ABSENT, "", "  ", "0", " a "]),
    "day": (asked("date"), [ABSENT, "", "2026-01-02", "2026-01-03"]),
    "home": (asked("address"), [ABSENT, {}, {"line_1": " "}, {"town": "Derby"}]),
    "people": (
        {**asked("group", max_items=2), "questions": {"name": asked("text")}},
        [ABSENT, [], [{"id": "ab12"}]],
    ),
    "hidden": (asked("yes_no", show_if="one_is_a"), [ABSENT, True, False]),
    "vague": (asked("yes_no", show_if="count_is_big"), [ABSENT, True]),
}
FIXED = {
    "one_is_a": {"label": LABEL, "logic": {"==": [{"var": "answers.one"}, "a"]}},
    "count_is_big": {"label": LABEL, "logic": {">": [{"var": "answers.count"}, 2]}},
}


def var(name: str) -> dict[str, str]:
    return {"var": f"answers.{name}"}


SAYABLE = {
    "constant": {"==": [var("one"), "a"]},
    "constant first": {"===": ["a", var("one")]},
    "not a constant": {"!=": [var("one"), "a"]},
    "strictly not": {"!==": [var("scale"), 1]},
    "number": {"==": [var("count"), 3]},
    "nought": {"==": [var("count"), 0]},
    "yes": {"==": [var("sure"), True]},
    "no": {"==": [var("sure"), False]},
    "day": {"==": [var("day"), "2026-01-02"]},
    "null": {"==": [var("one"), None]},
    "null, text": {"!=": [None, var("words")]},
    "null, number": {"==": [var("count"), None]},
    "null, options": {"==": [var("many"), None]},
    "null, address": {"==": [var("home"), None]},
    "listed": {"in": [var("one"), ["a", "c"]]},
    "listed numbers": {"in": [var("scale"), [1, 2, "1", True]]},
    "listed, never": {"in": [var("one"), [1, True]]},
    "ticked": {"in": ["a", var("many")]},
    "present": {"!!": [var("one")]},
    "present number": {"!!": var("count")},
    "present text": var("words"),
    "present options": {"!!": [var("many")]},
    "present address": {"var": ["answers.home"]},
    "present rows": {"!": [var("people")]},
    "absent": {"!": [var("sure")]},
    "and": {"and": [var("sure"), {"==": [var("one"), "a"]}]},
    "or": {"or": [var("sure"), {"!": {"in": ["a", var("many")]}}]},
    "condition": {"!": [{"var": "conditions.one_is_a"}]},
    "hidden answer": {"!=": [var("hidden"), True]},
    "always": True,
    "never": False,
}
UNSAYABLE = {
    "greater": {">": [var("count"), 2]},
    "text": {"==": [var("words"), "a"]},
    "text in a list": {"in": [var("words"), ["a"]]},
    "part of a text": {"in": ["a", var("words")]},
    "part of a constant": {"in": [var("one"), "abc"]},
    "blank": {"==": [var("one"), ""]},
    "other type": {"==": [var("count"), "3"]},
    "true and one": {"==": [var("count"), True]},
    "null in a list": {"in": [var("one"), ["a", None]]},
    "rows and null": {"==": [var("people"), None]},
    "two answers": {"==": [var("one"), var("day")]},
    "part of an address": {"var": "answers.home.town"},
    "default": {"var": ["answers.one", "a"]},
    "nothing to join": {"and": []},
    "an unsayable part": {"and": [True, {">": [var("count"), 2]}]},
    "an unsayable condition": {"!": [{"var": "conditions.count_is_big"}]},
    "an answer whose showing is unsayable": {"!": [var("vague")]},
    "null of an answer whose showing is unsayable": {"==": [var("vague"), None]},
    "a constant text": "a",
    "the day": {"==": [{"var": "as_of"}, None]},
}


def names_in(logic: Any) -> set[str]:
    """The questions that matter: those read, and those that they hang on."""
    read = {name for name in QUESTIONS if f"answers.{name}" in str(logic)}
    read |= {"one"} if "hidden" in read or "one_is_a" in str(logic) else set()
    return read | ({"count"} if "vague" in read or "count_is_big" in str(logic) else set())


def submissions(logic: Any) -> list[dict[str, Any]]:
    names = sorted(names_in(logic))
    return [
        {name: value for name, value in zip(names, values, strict=True) if value is not ABSENT}
        for values in itertools.product(*(QUESTIONS[name][1] for name in names))
    ]


def published(make_form: Callable[..., Form], logic: Any, target: Any) -> tuple[Form, Any, set[str]]:
    conditions = {**FIXED, "c": {"label": LABEL, "logic": logic}}
    form = make_form({**{name: asked for name, (asked, _) in QUESTIONS.items()}, "target": target}, conditions)
    made = compile_form(form)
    unsaid = {one["where"] for one in made["x-frontdoor"]["not_in_schema"]}
    jsonschema.Draft202012Validator.check_schema(made["schema"])
    judge = jsonschema.Draft202012Validator(made["schema"], format_checker=jsonschema.FormatChecker())
    return form, judge, unsaid


def accepted(form: Form, answers: Any, as_of: date) -> bool:
    try:
        accept(form, answers, as_of=as_of)
    except AnswersRejected:
        return False
    return True


TARGETS = {
    "shown-and-required": asked("text", show_if="c", required=True),
    "shown": asked("number", show_if="c"),
    "required": asked("text", required_if="c"),
}


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
@pytest.mark.parametrize("logic", SAYABLE.values(), ids=SAYABLE)
def test_a_condition_of_the_dialect_is_said_exactly(
    make_form: Callable[..., Form], as_of: date, logic: Any, target: Any
) -> None:
    form, judge, unsaid = published(make_form, logic, target)
    assert "/properties/target" not in unsaid
    for answers in submissions(logic):
        for more in ({}, {"target": "x"}, {"target": 4}):
            sent = {**answers, **more}
            assert judge.is_valid(sent) == accepted(form, sent, as_of), sent


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
@pytest.mark.parametrize("logic", UNSAYABLE.values(), ids=UNSAYABLE)
def test_any_other_condition_is_listed_and_the_schema_refuses_no_more_than_the_server(
    make_form: Callable[..., Form], as_of: date, logic: Any, target: Any
) -> None:
    form, judge, unsaid = published(make_form, logic, target)
    assert "/properties/target" in unsaid
    for answers in submissions(logic):
        for more in ({}, {"target": "x"}, {"target": 4}):
            sent = {**answers, **more}
            assert judge.is_valid(sent) or not accepted(form, sent, as_of), sent


def test_what_is_required_in_some_cases_is_required_only_while_it_is_shown(
    make_form: Callable[..., Form], as_of: date
) -> None:
    target = asked("text", show_if="one_is_a", required_if="c")
    form, judge, _ = published(make_form, var("sure"), target)
    for one, sure, needed in itertools.product(("a", "b"), (True, False), ({}, {"target": "x"})):
        sent = {"one": one, "sure": sure, **needed}
        assert judge.is_valid(sent) == accepted(form, sent, as_of) == (bool(needed) or one == "b" or not sure)


def test_a_row_s_condition_that_reads_the_form_is_listed(make_form: Callable[..., Form]) -> None:
    rows = {
        "child": asked("yes_no"),
        "school": asked("text", show_if="both"),
        "nick": asked("text", show_if="one_is_a"),
        "year": asked("number", show_if="is_child"),
    }
    group = {**asked("group", max_items=2), "questions": rows}
    conditions = {
        "one_is_a": FIXED["one_is_a"],
        "both": {"label": LABEL, "over": "g", "logic": {"and": [{"var": "row.child"}, var("one")]}},
        "is_child": {"label": LABEL, "over": "g", "logic": {"var": "row.child"}},
    }
    form = make_form({"one": QUESTIONS["one"][0], "g": group}, conditions)
    unsaid = [(one["where"], one["keyword"]) for one in compile_form(form)["x-frontdoor"]["not_in_schema"]]
    assert unsaid == [
        ("/properties/g", "row_ids"),
        ("/properties/g/items/properties/nick", "show_if"),
        ("/properties/g/items/properties/school", "show_if"),
    ]
