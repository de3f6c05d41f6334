"""The published schema: it is a real one, and it says what the server does. Another validator is the judge."""

from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domain.forms.kinds import KINDS, SCALES, UNSAYABLE

from frontdoor.domain.errors import AnswersRejected
from frontdoor.domain.forms.accept import accept
from frontdoor.domain.forms.compile import compile_form
from frontdoor.domain.forms.model import Form

Draw = st.DrawFn

JUNK = [None, {"$set": 1}, {"a": [{"b.c": 1}]}, {"a": [1, {"b": None}]}, 0, "", [], {}, False, "x", 1e300]
ALWAYS_UNSAID = {"row_ids"}  # generated rows have ids of their own
EVERY = sorted(KINDS)
SAYABLE = sorted(set(KINDS) - UNSAYABLE)


def _question(kind: str, name: str, more: dict[str, Any]) -> dict[str, Any]:
    rest = dict(KINDS[kind][0])
    schema = rest.pop("schema", {})
    return {**schema, "ui": {"page": "one", "order": int(name[1:]), "label": {"en": name}, **rest, **more}}


@st.composite
def logics(draw: Draw, scope: str, asked: dict[str, str], named: list[str]) -> Any:
    """A condition in the dialect over what was asked before; now and then one outside it, a comparison of numbers."""
    name = draw(st.sampled_from(sorted(asked)))
    var = {"var": f"{scope}.{name}"}
    constants = [value for value in KINDS[asked[name]][1] if isinstance(value, str | int | float)]
    constant = draw(st.sampled_from([*constants, "a", "b", "none", 0, 1, True, False, None]))
    forms = [
        {draw(st.sampled_from(["==", "===", "!=", "!=="])): draw(st.permutations([var, constant]))},
        {"in": [var, draw(st.lists(st.sampled_from([*constants, "a", 1, True]), max_size=3))]},
        {"in": [draw(st.sampled_from(["a", "b"])), var]},
        {"!": [var]},
        {"!!": var},
        var,
    ]
    if asked[name] in {"integer", "scale"} and draw(st.integers(0, 3)) == 0:
        return {">": [var, 1]}
    chosen = draw(st.sampled_from(forms))
    if named and draw(st.booleans()):
        other = {"var": f"conditions.{draw(st.sampled_from(named))}"}
        return draw(st.sampled_from([{"and": [chosen, other]}, {"or": [other, chosen]}, {"!": [other]}, other]))
    return chosen


@st.composite
def questions(draw: Draw, scope: str, pool: list[str], conditions: dict[str, Any]) -> dict[str, Any]:
    """Questions that depend only on conditions over earlier ones; the conditions are added to `conditions`."""
    size, over = (4, {}) if scope == "answers" else (3, {"over": "people"})
    made: dict[str, Any] = {}
    asked: dict[str, str] = {}
    named: list[str] = []
    for place in range(size):
        name, kind = f"q{place}", draw(st.sampled_from(pool))
        more: dict[str, Any] = {"required": draw(st.booleans())} if kind != "calculated" else {}
        if named and draw(st.booleans()):
            more["show_if"] = draw(st.sampled_from(named))
        if named and kind != "calculated" and draw(st.booleans()):
            more["required_if"] = draw(st.sampled_from(named))
        made[name] = _question(kind, name, more)
        asked[name] = kind
        if draw(st.booleans()):
            condition = f"{scope[0]}c{place}"
            logic = draw(logics(scope, asked, named))
            conditions[condition] = {"label": {"en": condition}, "logic": logic, **over}
            named.append(condition)
    return made


@st.composite
def documents(draw: Draw) -> dict[str, Any]:
    """A form of two pages, the second perhaps conditional, with a group on it perhaps."""
    conditions: dict[str, Any] = {}
    pool = draw(st.sampled_from([EVERY, SAYABLE, SAYABLE]))
    asked = draw(questions("answers", pool, conditions))
    named = sorted(conditions)
    second: dict[str, Any] = {"order": 2, "title": {"en": "Two"}}
    if named and draw(st.booleans()):
        second["show_if"] = draw(st.sampled_from(named))
    if draw(st.booleans()):
        rows = draw(questions("row", pool, conditions))
        ui = {"page": "two", "order": 8, "widget": "group", "label": {"en": "People"}, "max_items": 2}
        ui |= {"required": draw(st.booleans()), "min_items": draw(st.sampled_from([0, 2]))}
        if named and draw(st.booleans()):
            ui["show_if"] = draw(st.sampled_from(named))
        asked["people"] = {"type": "array", "ui": ui, "questions": rows}
    kind = draw(st.sampled_from(sorted(KINDS)))
    last = {"required": draw(st.booleans())} if kind != "calculated" else {}
    asked["q9"] = _question(kind, "q9", {"page": "two", **last})
    return {"pages": {"one": {"order": 1, "title": {"en": "One"}}, "two": second}, "conditions": conditions,
            "questions": asked}  # fmt: skip


@st.composite
def submissions(draw: Draw, asked: dict[str, Any], kinds: dict[str, str]) -> dict[str, Any]:
    """Answers that are mostly good, so that many submissions as a whole are."""
    sent: dict[str, Any] = {}
    for name, question in asked.items():
        luck = draw(st.integers(0, 59))
        if luck < 9:
            continue
        if name == "people":
            rows = draw(st.lists(submissions(question["questions"], kinds_of(question["questions"])), max_size=3))
            sent[name] = [{"id": f"row{place}", **row} for place, row in enumerate(rows)] if luck < 59 else "people"
            continue
        good, wrong = KINDS[kinds[name]][1:]
        sent[name] = draw(st.sampled_from(good if luck < 55 else wrong if luck < 59 else JUNK))
    if draw(st.integers(0, 39)) == 0:
        sent["stranger"] = 1
    return sent


def kinds_of(asked: dict[str, Any]) -> dict[str, str]:
    """The kind that each question was made from, found again by its schema and widget."""
    found = {}
    for name, question in asked.items():
        for kind in KINDS:
            if name != "people" and question == {**_question(kind, "q0", {}), "ui": question["ui"]}:
                rest = {key: value for key, value in KINDS[kind][0].items() if key != "schema"}
                if rest.items() <= question["ui"].items():
                    found[name] = kind
    return found


@st.composite
def cases(draw: Draw) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    document = draw(documents())
    kinds = kinds_of(document["questions"])
    return document, draw(st.lists(submissions(document["questions"], kinds), min_size=1, max_size=6))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases())
def test_another_validator_agrees_within_the_dialect_and_never_refuses_more(
    make_form: Callable[..., Form], as_of: Any, case: tuple[dict[str, Any], list[dict[str, Any]]]
) -> None:
    document, sent = case
    form = make_form(document["questions"], document["conditions"], document["pages"])
    published = compile_form(form)
    judge = validator(published["schema"])
    exact = {one["keyword"] for one in published["x-frontdoor"]["not_in_schema"]} <= ALWAYS_UNSAID
    for answers in sent:
        accepted, valid = is_accepted(form, answers, as_of), judge.is_valid(answers)
        assert valid or not accepted, "the schema refuses what the server accepts"
        assert accepted or not valid or not exact, "the server refuses what the schema allows"


def is_accepted(form: Form, answers: Any, as_of: Any) -> bool:
    try:
        kept = accept(form, answers, as_of=as_of)
    except AnswersRejected:
        return False
    assert accept(form, kept, as_of=as_of) == kept, "what was accepted is accepted again, unchanged"
    return True


def validator(schema: Any) -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("required", [True, False], ids=["required", "optional"])
def test_every_answer_is_judged_alike_where_the_schema_can_say_it(
    make_form: Callable[..., Form], as_of: Any, kind: str, required: bool
) -> None:
    form = make_form(
        {"q0": {**_question(kind, "q0", {"required": required and kind != "calculated", "page": "family"})}}
    )
    published = compile_form(form)
    judge = validator(published["schema"])
    unsaid = published["x-frontdoor"]["not_in_schema"]
    for value in KINDS[kind][1]:
        assert judge.is_valid({"q0": value}), value
        assert is_accepted(form, {"q0": value}, as_of), value
    for value in [*KINDS[kind][2], *JUNK, "a$b", " ", "\n"]:
        accepted, valid = is_accepted(form, {"q0": value}, as_of), judge.is_valid({"q0": value})
        assert valid == accepted or (unsaid and valid), value


def test_a_hidden_question_may_hold_anything_because_the_server_drops_it(
    make_form: Callable[..., Form], as_of: Any
) -> None:
    conditions = {"shown": {"label": {"en": "x"}, "logic": {"==": [{"var": "answers.q0"}, True]}}}
    asked = {
        "q0": _question("yes_no", "q0", {"page": "family"}),
        "q1": _question("integer", "q1", {"page": "family", "show_if": "shown", "required": True}),
    }
    form = make_form(asked, conditions)
    published = compile_form(form)
    assert validator(published["schema"]).is_valid({"q0": False, "q1": "nonsense"})
    assert accept(form, {"q0": False, "q1": "nonsense"}, as_of=as_of) == {"q0": False}
    assert not validator(published["schema"]).is_valid({"q0": True, "q1": "nonsense"})
    assert not validator(published["schema"]).is_valid({"q0": True})
    assert published["x-frontdoor"]["not_in_schema"] == []


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        pytest.param(r"^[0-9]{2}$", True, id="anchored"),
        pytest.param(r"^(a|b)[$^|\d]\w\$$", True, id="alternatives-inside"),
        pytest.param(r"^[^0-9]+$", False, id="letters-not-written-out"),
        pytest.param(r"^[a-zŵ]+$", False, id="letters-beyond-ascii"),
        pytest.param(r"[0-9]", False, id="not-anchored"),
        pytest.param(r"^a|b$", False, id="alternatives-outside"),
        pytest.param(r"^a$|^b$", False, id="two-patterns"),
        pytest.param(r"^a\$", False, id="dollar-as-text"),
    ],
)
def test_a_pattern_is_said_when_the_spaces_around_it_can_be(
    make_form: Callable[..., Form], as_of: Any, pattern: str, said: bool
) -> None:
    form = make_form({"q": {"pattern": pattern, **_question("text", "q0", {"page": "family"})}})
    published = compile_form(form)
    assert (published["x-frontdoor"]["not_in_schema"] == []) == said
    for value in ("12", " 12", "a", "b ", "a$", "a|x$", "b7_$", "a٣x$", "1", ""):
        accepted, valid = is_accepted(form, {"q": value}, as_of), validator(published["schema"]).is_valid({"q": value})
        assert valid == accepted or (valid and not said), value


def test_ticked_options_have_a_least_and_a_most(make_form: Callable[..., Form], as_of: Any) -> None:
    more = {
        "page": "family",
        "min_items": 2,
        "max_items": 2,
        "options": SCALES,
        "widget": "checkboxes",
        "hint": {"en": "Two"},
    }
    form = make_form({"q": {"ui": {"label": {"en": "Q"}, **more}}})
    published = compile_form(form)
    assert published["uischema"]["elements"][0]["elements"][0]["options"]["hint"] == "Two"
    for value, good in ((["0"], False), (["0", "1"], True), (["0", "1", "2"], False), ([], True)):
        assert is_accepted(form, {"q": value}, as_of) == good
        assert validator(published["schema"]).is_valid({"q": value}) == good


def test_the_whole_nomination_is_published_with_what_its_schema_cannot_say(nomination: Form) -> None:
    published = compile_form(nomination)
    validator(published["schema"])
    unsaid = {(one["where"], one["keyword"]) for one in published["x-frontdoor"]["not_in_schema"]}
    assert unsaid == {
        ("/properties/language", "enum"),
        ("/properties/nhs", "format"),
        ("/properties/members", "row_ids"),
        ("/properties/members/items/properties/dob", "format"),
        ("/properties/members/items/properties/dob", "not_after"),
        ("/properties/main_carer", "options_from"),
        ("/properties/due", "not_before"),
        ("/properties/due", "not_after"),
        ("/properties/landlord", "required_if"),
    }


def test_the_schema_refers_only_to_its_own_definitions(nomination: Form) -> None:
    schema = compile_form(nomination)["schema"]
    assert references(schema) <= {f"#/$defs/{name}" for name in schema["$defs"]}
    assert "#/$defs/shown.harm" in references(schema)


def references(value: Any) -> set[str]:
    if isinstance(value, list):
        return {ref for one in value for ref in references(one)}
    if not isinstance(value, dict):
        return set()
    own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
    return own | {ref for one in value.values() for ref in references(one)}


def test_the_ui_schema_has_a_category_for_each_page_and_a_rule_a_reader_can_evaluate_alone(nomination: Form) -> None:
    published = compile_form(nomination, "cy")["uischema"]
    safety, family, housing = published["elements"]
    assert published["type"] == "Categorization"
    assert [page["type"] for page in published["elements"]] == ["Category"] * 3
    assert family["label"] == "Y teulu"
    assert safety["elements"][0]["scope"] == "#/properties/concern"
    rule = safety["elements"][1]["rule"]
    assert rule["effect"] == "SHOW"
    judge = validator(rule["condition"]["schema"])
    assert judge.is_valid({"concern": "danger"})
    assert not judge.is_valid({"concern": "no"})
    assert validator(housing["rule"]["condition"]["schema"]).is_valid({"tenant": True})
    assert housing["elements"][-1]["text"] == "We may ask the landlord"


def test_rows_have_their_own_layout_with_rules_over_the_row(nomination: Form) -> None:
    family = compile_form(nomination)["uischema"]["elements"][1]
    members = next(one for one in family["elements"] if one.get("scope") == "#/properties/members")
    school = members["options"]["detail"]["elements"][-1]
    assert school["scope"] == "#/allOf/1/then/properties/school"
    assert validator(school["rule"]["condition"]["schema"]).is_valid({"id": "ab12", "child": True})
    assert not validator(school["rule"]["condition"]["schema"]).is_valid({"id": "ab12", "child": False})
