"""Answers as people read them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from frontdoor.domain.forms.display import display, labels
from frontdoor.domain.forms.model import Form

ANSWERS: dict[str, Any] = {
    "concern": "no",
    "family_name": "Okafor",
    "language": "cym",
    "nhs": "9434765919",
    "postcode": "DE1 2FS",
    "home": {"line_1": "1 High St", "postcode": "DE1 2FS", "uprn": "12"},
    "needs": ["crime", "work"],
    "tenant": True,
    "members": [{"id": "ab12", "name": "Jo", "dob": "2014-06", "child": True, "school": "Hill"}, {"id": "cd34"}],
    "main_carer": "ab12",
    "due": "2027-01-02",
    "rent_owed": 1250,
}


@pytest.fixture
def shown(nomination: Form, as_of: date) -> Callable[..., dict[str, str]]:
    """Printed answers by question."""

    def by_question(spoken: str = "en", /, **answers: Any) -> dict[str, str]:
        sections = display(nomination, answers, spoken, as_of=as_of)
        return {line.question: line.answer for section in sections for line in section.lines if not line.row}

    return by_question


@pytest.mark.parametrize(
    ("name", "english", "welsh"),
    [
        pytest.param("family_name", "Okafor", "Okafor", id="text"),
        pytest.param("language", "Welsh", "Cymraeg", id="option"),
        pytest.param("nhs", "943 476 5919", "943 476 5919", id="nhs-number"),
        pytest.param("home", "1 High St, DE1 2FS", "1 High St, DE1 2FS", id="address"),
        pytest.param("needs", "Crime, Work", "Crime, Work", id="options"),
        pytest.param("tenant", "Yes", "Ie", id="yes"),
        pytest.param("main_carer", "Jo", "Jo", id="row"),
        pytest.param("due", "2 January 2027", "2 Ionawr 2027", id="date"),
        pytest.param("rent_owed", "£1,250", "£1,250", id="number"),
        pytest.param("everybody", "Not answered", "Heb ei ateb", id="nothing"),
    ],
)
def test_an_answer_is_printed_by_its_kind(
    shown: Callable[..., dict[str, str]], name: str, english: str, welsh: str
) -> None:
    assert shown(**ANSWERS)[name] == english
    assert shown("cy", **ANSWERS)[name] == welsh


def test_sections_are_the_shown_pages_and_hold_the_shown_questions(nomination: Form, as_of: date) -> None:
    sections = display(nomination, {"concern": "no"}, "cy", as_of=as_of)
    assert [section.title for section in sections] == ["Safety", "Y teulu"]
    assert [(line.label, line.answer) for line in sections[0].lines] == [("A oes rhywun mewn perygl?", "No")]


def test_the_lines_of_a_row_carry_its_name_and_its_own_questions(nomination: Form, as_of: date) -> None:
    lines = [line for section in display(nomination, ANSWERS, as_of=as_of) for line in section.lines if line.row]
    assert [(line.row_title, line.label, line.answer, line.row) for line in lines] == [
        ("Person 1: Jo", "First name", "Jo", "ab12"),
        ("Person 1: Jo", "Date of birth", "June 2014", "ab12"),
        ("Person 1: Jo", "Child", "Yes", "ab12"),
        ("Person 1: Jo", "School", "Hill", "ab12"),
        ("Person 2", "First name", "Not answered", "cd34"),
        ("Person 2", "Date of birth", "Not answered", "cd34"),
        ("Person 2", "Child", "Not answered", "cd34"),
    ]
    assert {line.group for line in lines} == {"members"}
    assert [line.answered for line in lines] == [True] * 4 + [False] * 3


def test_a_confirmed_empty_group_says_none_and_a_blank_one_not_answered(shown: Callable[..., dict[str, str]]) -> None:
    assert shown(members=[])["members"] == "None"
    assert shown()["members"] == "Not answered"


def test_a_code_that_left_the_form_is_printed_as_it_was_stored(shown: Callable[..., dict[str, str]]) -> None:
    assert shown(language="xyz")["language"] == "xyz"


def test_files_are_counted_and_units_are_said(make_form: Callable[..., Form], as_of: date) -> None:
    label = {"en": "Label"}
    form = make_form(
        {
            "f": {"ui": {"page": "family", "widget": "file", "label": label}},
            "n": {"ui": {"page": "family", "widget": "number", "label": label, "suffix": {"en": "hours"}}},
        }
    )
    (section,) = display(form, {"f": ["f1", "f2"], "n": 2.5}, as_of=as_of)
    assert [line.answer for line in section.lines] == ["Files: 2", "2.5 hours"]


def test_a_line_says_whether_it_is_an_answer_and_whether_it_is_sensitive(nomination: Form, as_of: date) -> None:
    lines = {
        line.question: line
        for section in display(nomination, {"nhs": "9434765919"}, as_of=as_of)
        for line in section.lines
    }
    assert (lines["nhs"].answered, lines["nhs"].sensitive) == (True, True)
    assert (lines["due"].answered, lines["due"].sensitive) == (False, False)


def test_labels_are_given_by_path(nomination: Form) -> None:
    named = labels(nomination, "cy")
    assert named["family_name"] == "Enw teuluol"
    assert named["members/dob"] == "Date of birth"


HELD_BACK = {"line_1": "7 Heron Court", "postcode": "ZZ99 3VZ"}


@pytest.mark.parametrize(
    ("confidential", "leave", "told"),
    [
        pytest.param(False, False, True, id="open"),
        pytest.param(True, False, False, id="confidential"),
        pytest.param(None, False, False, id="nobody-said-whether"),
        pytest.param(True, True, True, id="confidential-and-with-leave"),
    ],
)
def test_an_address_is_told_without_leave_only_where_somebody_said_that_it_may_be(
    make_form: Callable[..., Form], as_of: date, confidential: bool | None, leave: bool, told: bool
) -> None:
    ui = {"page": "family", "widget": "addresses", "label": {"en": "Where they lived"}}
    said = {} if confidential is None else {"confidential": confidential}
    answers = {"lived": [{"id": "row1", "address": HELD_BACK, **said}]}
    sections = display(make_form({"lived": {"ui": ui}}), answers, as_of=as_of, confidential=leave)
    assert ("7 Heron Court" in repr(sections)) is told
