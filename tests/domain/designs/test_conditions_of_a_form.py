"""Named conditions of a form: their words, their uses, their edits, and ways through a form."""

import json
from copy import deepcopy
from datetime import date

import pytest

from frontdoor import packs_dir
from frontdoor.domain.designs.circles import circle
from frontdoor.domain.designs.conditions import group_of, place_at, places, put, remove, uses
from frontdoor.domain.designs.vocabulary import vocabulary
from frontdoor.domain.designs.ways import ways
from frontdoor.domain.errors import AnswersRejected, NotFound
from frontdoor.domain.forms.model import sketch_form
from frontdoor.domain.packs import gather, resolve
from frontdoor.domain.rules.dialect import tree
from frontdoor.domain.rules.dialect.check import check
from frontdoor.domain.rules.dialect.drafting import draft
from frontdoor.domain.rules.dialect.finishing import finish
from frontdoor.domain.rules.dialect.reading import read
from frontdoor.domain.rules.dialect.sentences import sentence
from frontdoor.domain.rules.engine import compile_rule
from frontdoor.store import shipped

DAY = date(2026, 12, 1)
PACKS = gather(shipped.read(packs_dir()).sources)
TREES = {programme: resolve(PACKS, programme, None).tree for programme in ("derby", "families-first")}
FORMS = [(programme, name) for programme, found in TREES.items() for name in found["forms"]]


def yes_or_no(order, page="one", **ui):
    return {
        "type": "boolean",
        "ui": {"page": page, "order": order, "widget": "yes_no", "label": {"en": f"Q{order}"}, **ui},
    }


def small():
    """Two pages; the second and a question of it depend on the first, and a group has a condition of its own."""
    return {
        "id": "small",
        "title": {"en": "Small"},
        "pages": {
            "one": {"order": 1, "title": {"en": "First"}},
            "two": {"order": 2, "title": {"en": "Second"}, "show_if": "worried"},
            "three": {"order": 3, "title": {"en": "Third"}},
        },
        "conditions": {
            "worried": {"order": 10, "label": {"en": "Somebody worries"}, "logic": {"var": "answers.worry"}},
            "both": {
                "order": 20,
                "label": {"en": "Both"},
                "logic": {"and": [{"var": "conditions.worried"}, {"var": "answers.more"}]},
            },
        },
        "questions": {
            "worry": yes_or_no(1, required=True),
            "more": yes_or_no(2, "two"),
            "last": yes_or_no(3, "two", show_if="both", required_if="worried"),
            "people": {
                "type": "array",
                "ui": {"page": "three", "order": 4, "widget": "group", "label": {"en": "People"}, "max_items": 5},
                "conditions": {
                    "adult": {"order": 10, "label": {"en": "An adult"}, "logic": {">=": [{"var": "row.age"}, 18]}},
                    "worried": {"order": 20, "label": {"en": "Own"}, "logic": {"!": [{"var": "row.age"}]}},
                },
                "questions": {
                    "age": {"type": "integer", "ui": {"order": 1, "widget": "number", "label": {"en": "Age"}}},
                    "job": yes_or_no(2, show_if="adult") | {},
                },
            },
        },
    }


def read_form(document):
    return sketch_form(document, {}, compile_rule)[0]


@pytest.mark.parametrize(("programme", "name"), FORMS)
def test_every_shipped_condition_is_a_sentence_that_reads_back_the_same(programme, name):
    document = TREES[programme]["forms"][name]
    lists = TREES[programme]["rules"]["codes"]["lists"]
    form, problems = sketch_form(document, lists, compile_rule)
    assert not problems
    for place in places(document):
        held = document
        for step in place:
            held = held[step]
        names = vocabulary(form, group_of(document, place), place[-1])
        rule = read(held["logic"])
        assert not isinstance(rule, tree.Advanced), place
        assert check(rule, names) == [], place
        assert finish(draft(rule, names), names) == rule
        told = sentence(rule, names)
        assert "answers." not in told
        assert "conditions." not in told


def test_a_condition_of_rows_may_name_the_row_the_form_s_answers_its_conditions_and_the_day():
    names = vocabulary(read_form(small()), "people", "adult")
    offered = {path for _, some in names.offered() for path, _ in some}
    assert {"row.age", "row.job", "row.id", "answers.worry", "conditions.both", "as_of"} <= offered
    assert "conditions.adult" not in offered
    assert names.find("conditions.worried").label == {"en": "Own"}
    assert vocabulary(read_form(small())).find("row.age") is None


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param(
            "/conditions/worried",
            ["/pages/two", "/questions/last/ui/required_if", "/conditions/both"],
            id="page-question-condition",
        ),
        pytest.param("/conditions/both", ["/questions/last/ui/show_if"], id="one-question"),
        pytest.param("/questions/people/conditions/adult", ["/questions/people/questions/job/ui/show_if"], id="row"),
        pytest.param("/questions/people/conditions/worried", [], id="hides-the-form-s-own-but-is-unused"),
    ],
)
def test_every_use_is_found_and_what_is_used_is_not_removed(at, expected):
    document = small()
    place = place_at(document, at)
    assert [use.pointer for use in uses(document, place)] == expected
    if expected:
        with pytest.raises(AnswersRejected) as refused:
            remove(document, place)
        assert [one.where for one in refused.value.problems] == expected
    else:
        made = remove(document, place)
        assert place not in places(made)
        assert place in places(document)


def test_a_row_s_name_is_its_group_s_condition_before_the_form_s():
    document = small()
    document["questions"]["people"]["questions"]["job"]["ui"]["show_if"] = "worried"
    own, whole = ("questions", "people", "conditions", "worried"), ("conditions", "worried")
    at = "/questions/people/questions/job/ui/show_if"
    assert [use.pointer for use in uses(document, own)] == [at]
    assert at not in [use.pointer for use in uses(document, whole)]
    del document["questions"]["people"]["conditions"]["worried"]
    assert at in [use.pointer for use in uses(document, whole)]


def test_a_new_condition_stands_last_and_an_old_one_keeps_its_place_and_group():
    before = small()
    copy = deepcopy(before)
    made = put(before, ("conditions", "new"), {"en": "New"}, True)
    assert made["conditions"]["new"] == {"order": 30, "label": {"en": "New"}, "logic": True}
    before["conditions"]["worried"]["over"] = "people"
    again = put(before, ("conditions", "worried"), {"en": "Other", "cy": "Arall"}, False)
    assert again["conditions"]["worried"] == {
        "order": 10, "over": "people", "label": {"en": "Other", "cy": "Arall"}, "logic": False,
    }  # fmt: skip
    del before["conditions"]["worried"]["over"]
    assert before == copy


@pytest.mark.parametrize("key", ["Bad", "", "constructor", "a-b"])
def test_an_id_that_cannot_be_one_is_refused(key):
    with pytest.raises(AnswersRejected):
        put(small(), ("conditions", key), {"en": "x"}, True)


def test_a_condition_needs_a_label_and_a_group_that_is_there():
    with pytest.raises(AnswersRejected):
        put(small(), ("conditions", "new"), {"cy": "x"}, True)
    for group in ("nobody", "worry"):
        with pytest.raises(NotFound):
            put(small(), ("questions", group, "conditions", "new"), {"en": "x"}, True)
    with pytest.raises(NotFound):
        place_at(small(), "/conditions/none")


def test_a_circle_is_told_by_labels_all_the_way_round():
    document = small()
    document["conditions"]["worried"]["logic"] = {"var": "answers.last"}
    told = circle(read_form(document))
    round_trip = told.split(" → ")
    assert round_trip[0] == round_trip[-1]
    assert {"“Somebody worries”", "“Second”", "“Q3”"} <= set(round_trip)
    assert circle(read_form(small())) == ""


def test_the_default_way_is_counted_and_shows_when_each_thing_is_asked():
    found = ways(read_form(small()), DAY)
    assert found.known
    assert (found.pages_by_default, len(found.stops)) == (2, 3)
    assert (found.questions_by_default, found.questions) == (3, 6)
    first, second, third = found.stops
    assert (first.shown, second.shown.label, second.decided_by) == (None, "Somebody worries", ("one",))
    assert second.questions[1].asked.sentence == "“Somebody worries” is true and “Q2” is true"
    assert (second.questions[1].required, second.questions[1].required_when.label) == ("when", "Somebody worries")
    assert (first.questions[0].required, first.questions[0].required_when) == ("always", None)
    assert third.questions[0].rows[1].asked.sentence == "“Age” is at least 18"
    assert [one.by_default for one in third.asked] == [True, True, False]


def test_a_form_that_cannot_be_followed_has_no_default_way():
    document = small()
    document["conditions"]["worried"]["logic"] = {"var": "answers.last"}
    found = ways(read_form(document), DAY)
    assert not found.known
    assert found.questions_by_default == 0
    assert found.questions == 6


def test_nothing_is_changed_by_looking():
    before = json.dumps(small())
    document = json.loads(before)
    ways(read_form(document), DAY)
    assert json.dumps(document) == before
