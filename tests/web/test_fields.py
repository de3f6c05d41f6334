from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from frontdoor.domain.forms import partial_dates
from frontdoor.domain.forms.model import parse_form
from frontdoor.domain.forms.tidy import tidied
from frontdoor.domain.forms.visibility import visible
from frontdoor.web import fields, posted

TODAY = date(2026, 11, 23)
WIDGETS = {
    "name": {"type": "string", "ui": {"widget": "text"}},
    "notes": {"type": "string", "ui": {"widget": "textarea"}},
    "number": {"type": "number", "ui": {"widget": "number"}},
    "on": {"type": "string", "format": "date", "ui": {"widget": "date"}},
    "born": {
        "type": "string",
        "format": "partial-date",
        "ui": {"widget": "partial_date", "age_bands": True, "allow_unknown": True},
    },
    "sure": {"type": "boolean", "ui": {"widget": "yes_no"}},
    "level": {
        "type": "integer",
        "ui": {"widget": "radios", "options": {"1": {"label": {"en": "One"}}, "2": {"label": {"en": "Two"}}}},
    },
    "needs": {
        "type": "array",
        "ui": {"widget": "checkboxes", "options": {
            "school": {"order": 1, "label": {"en": "School"}}, "home": {"order": 2, "label": {"en": "Home"}},
            "none": {"order": 3, "label": {"en": "None of these"}, "exclusive": True},
        }},
    },
    "where": {"type": "object", "ui": {"widget": "address"}},
    "told": {"ui": {"widget": "info"}},
    "papers": {"type": "array", "ui": {"widget": "file"}},
    "people": {
        "type": "array",
        "ui": {
            "widget": "group", "required": True, "max_items": 5, "row_title": ["given"], "row_label": {"en": "Person"},
        },
        "questions": {
            "given": {"type": "string", "ui": {"widget": "text", "order": 1, "label": {"en": "Name"}}},
            "adult": {"type": "boolean", "ui": {"widget": "yes_no", "order": 2, "label": {"en": "Adult?"}}},
        },
    },
    "who": {"type": "array", "ui": {"widget": "checkboxes", "options_from": "people", "max_items": 5}},
}  # fmt: skip


def form():
    questions = {
        name: {**question, "ui": {"page": "p", "order": place, "label": {"en": name.title()}, **question["ui"]}}
        for place, (name, question) in enumerate(WIDGETS.items())
    }
    document = {
        "id": "f",
        "title": {"en": "F"},
        "pages": {"p": {"order": 1, "title": {"en": "P"}}},
        "questions": questions,
    }
    return parse_form(document, {}, lambda logic: lambda data: True)


FORM = form()


def read(**sent):
    """What one posted page answers, every question that is sent being asked."""
    data = MultiDict()
    for name, value in sent.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    places = {"people"} | set(FORM.questions)
    data.setlist("shown", [*places, *(name for name in data if name.count("-") == 2)])
    return posted.given(FORM, "p", data, TODAY)


@pytest.mark.parametrize(
    ("sent", "name", "answer"),
    [
        pytest.param({"name": " Jo "}, "name", " Jo ", id="text-as-typed"),
        pytest.param({"name": "  "}, "name", None, id="blank-text"),
        pytest.param({"number": "1,250"}, "number", 1250, id="thousands"),
        pytest.param({"number": " 12.50 %"}, "number", 12.5, id="per-cent"),
        pytest.param({"number": "abc"}, "number", "abc", id="no-number-as-typed"),
        pytest.param({"number": "nan"}, "number", "nan", id="nan-is-no-number"),
        pytest.param({"number": "9" * 400}, "number", "9" * 400, id="endless"),
        pytest.param({"number": "1_0"}, "number", "1_0", id="underscore"),
        pytest.param({"on__day": "3", "on__month": "6", "on__year": "2014"}, "on", "2014-06-03", id="three-boxes"),
        pytest.param({"on__day": "31", "on__month": "2", "on__year": "2026"}, "on", "2026-02-31", id="no-such-day"),
        pytest.param({"on__day": "", "on__month": "", "on__year": ""}, "on", None, id="blank-date"),
        pytest.param({"born__year": "2014"}, "born", "2014", id="year"),
        pytest.param({"born__month": "6", "born__year": "2014"}, "born", "2014-06", id="month"),
        pytest.param({"born__band": "5-10"}, "born", "2015-11-24/2021-11-23", id="age-band"),
        pytest.param({"born__band": "26-"}, "born", "1895-11-24/2000-11-23", id="open-band"),
        pytest.param({"born__band": "2001-01-01/2003-01-01"}, "born", "2001-01-01/2003-01-01", id="kept-band"),
        pytest.param({"born__band": "x-y"}, "born", None, id="no-band"),
        pytest.param({"born__unknown": "yes"}, "born", "unknown", id="unknown"),
        pytest.param({"born__unknown": "yes", "born__year": "2014"}, "born", "2014", id="a-year-says-more"),
        pytest.param({"sure": "yes"}, "sure", True, id="yes"),
        pytest.param({"sure": "no"}, "sure", False, id="no"),
        pytest.param({}, "sure", None, id="neither"),
        pytest.param({"level": "2"}, "level", 2, id="whole-number-code"),
        pytest.param({"level": "7"}, "level", "7", id="stranger-as-sent"),
        pytest.param({"needs": ["school", "home", "home"]}, "needs", ["school", "home"], id="ticks"),
        pytest.param({}, "needs", None, id="no-ticks"),
        pytest.param({"where__postcode": "zz99 3vz"}, "where",
                     {"line_1": "", "line_2": "", "town": "", "postcode": "zz99 3vz"}, id="address"),
        pytest.param({"where__town": " "}, "where", None, id="blank-address"),
        pytest.param({"people-rows": []}, "people", None, id="no-rows"),
    ],
)  # fmt: skip
def test_a_posted_answer_is_read_in_the_shape_that_the_form_keeps(sent, name, answer):
    assert read(**sent)[name] == answer


def test_rows_are_read_in_their_order_with_what_each_asked():
    data = MultiDict([("people-rows", "bbbb"), ("people-rows", "aaaa"), ("people-rows", "$bad"), ("shown", "people")])
    data.setlist("shown", ["people", "people-bbbb-given", "people-aaaa-given", "people-aaaa-adult"])
    data["people-bbbb-given"], data["people-aaaa-adult"] = "Bo", "no"
    assert posted.given(FORM, "p", data, TODAY)["people"] == [
        {"id": "bbbb", "given": "Bo"},
        {"id": "aaaa", "given": None, "adult": False},
    ]


def test_what_was_not_asked_is_not_answered():
    data = MultiDict([("name", "Jo"), ("notes", "x"), ("shown", "name")])
    assert posted.given(FORM, "p", data, TODAY) == {"name": "Jo"}


def test_only_fields_of_the_page_are_kept_as_typed():
    data = MultiDict([("name", "Jo"), ("name-$ne", "1"), ("csrf_token", "t"), ("shown", "name"), ("shown", "$where")])
    assert posted.typed(FORM, "p", data) == {"name": ["Jo"], "people-rows": [], "shown": ["name"]}


@pytest.mark.parametrize(("youngest", "oldest"), fields.BANDS)
def test_every_age_band_comes_back_to_its_own_choice(youngest, oldest):
    code = fields.band_code(youngest, oldest)
    answer = read(born__band=code)["born"]
    assert fields.values(FORM, "p", {"born": answer}, {}, TODAY)["born-band"] == [code]


def test_an_age_band_of_an_earlier_day_is_kept_as_it_was():
    then = partial_dates.born_between(5, 10, date(2026, 1, 1))
    held = fields.values(FORM, "p", {"born": then}, {}, TODAY)["born-band"]
    assert read(born__band=held)["born"] == then


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "name": st.text("abc Ń'", min_size=1, max_size=9).filter(str.strip),
        "notes": st.text("ab\nc", min_size=1, max_size=20).filter(str.strip),
        "number": st.integers(-1000, 10**6) | st.decimals(0, 100, places=2).map(float),
        "on": st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(date.isoformat),
        "born": st.sampled_from(["2014", "2014-06", "2014-06-03", "unknown", "2015-11-24/2021-11-23"]),
        "sure": st.booleans(),
        "level": st.sampled_from([1, 2]),
        "needs": st.lists(st.sampled_from(["school", "home"]), unique=True, min_size=1),
        "where": st.just({"line_1": "1 Road", "postcode": "ZZ99 3VZ"}),
        "people": st.lists(
            st.fixed_dictionaries({"id": st.from_regex(r"\A[a-z0-9]{4,8}\Z")}, optional={"adult": st.booleans()}),
            unique_by=lambda row: row["id"],
            min_size=1,
            max_size=4,
        ),
    },
)


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_what_a_page_shows_and_what_it_posts_back_unchanged_is_the_same_answer(answers):
    kept = tidied(FORM, answers).answers
    shown = visible(FORM, kept, TODAY)
    found = fields.on_page(FORM, "p", shown, kept, language="en", as_of=TODAY)
    sent = {**fields.values(FORM, "p", kept, {}, TODAY), "shown": sorted(fields.places_shown(found))}
    sent["people-rows"] = [row["id"] for row in kept.get("people", ())]
    back = {
        name: value
        for name, value in posted.given(FORM, "p", posted.as_posted(sent), TODAY).items()
        if value is not None
    }
    for row in back.get("people", ()):
        for name in [name for name in row if row[name] is None]:
            del row[name]
    assert tidied(FORM, back).answers == kept


def test_nobody_starts_by_adding_a_row():
    (row,) = fields.with_first_row(FORM, "p", {})["people"]
    assert list(row) == ["id"]
    assert fields.with_first_row(FORM, "p", {"people": [{"id": "aaaa"}]})["people"] == [{"id": "aaaa"}]


def test_the_rows_of_a_group_are_the_choices_of_a_question_about_them():
    answers = {"people": [{"id": "aaaa", "given": "Aoife"}, {"id": "bbbb"}]}
    found = fields.on_page(FORM, "p", visible(FORM, answers, TODAY), answers, language="en", as_of=TODAY)
    who = next(one for one in found if one.name == "who")
    assert who.options == (("aaaa", "Aoife", ""), ("bbbb", "Person 2", ""))
    people = next(one for one in found if one.name == "people")
    assert [row.title for row in people.rows] == ["Person 1: Aoife", "Person 2"]
