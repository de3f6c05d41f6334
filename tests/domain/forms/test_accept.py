"""Taking answers in: what is kept, what is refused, and in which words."""

import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.domain.forms.accept import accept, check_page, kept, missing_pages
from frontdoor.domain.forms.model import Form
from frontdoor.domain.forms.options import codes_in

LABEL = {"en": "Label"}


def asked(widget: str = "text", **ui: Any) -> dict[str, Any]:
    schema = ui.pop("schema", {})
    return {**schema, "ui": {"page": "family", "widget": widget, "label": LABEL, **ui}}


@pytest.fixture
def taken(nomination: Form, good: dict[str, Any], as_of: date) -> Callable[..., dict[str, Any]]:
    """Send the fewest good answers, and these."""
    return lambda **answers: accept(nomination, {**good, **answers}, as_of=as_of)


@pytest.fixture
def problems(nomination: Form, good: dict[str, Any], as_of: date) -> Callable[..., list[Problem]]:
    """Send the fewest good answers, and these, and return what is wrong with them."""

    def send(spoken: str = "en", **answers: Any) -> list[Problem]:
        with pytest.raises(AnswersRejected) as refused:
            accept(nomination, {**good, **answers}, as_of=as_of, language=spoken)
        return list(refused.value.problems)

    return send


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param({"family_name": "  Okafor\t"}, "Okafor", id="spaces"),
        pytest.param({"family_name": "Sia\u0302n"}, "Siân", id="composed"),
        pytest.param({"nhs": "943 476 5919"}, "9434765919", id="nhs-number"),
        pytest.param({"postcode": " sw1a1aa"}, "SW1A 1AA", id="postcode"),
        pytest.param({"concern": "danger", "harm": "one\r\ntwo\rthree "}, "one\ntwo\nthree", id="line-ends"),
        pytest.param({"tenant": True, "rent_owed": 0.0}, 0, id="whole-number"),
        pytest.param({"home": {"line_1": " 1 High St", "line_2": "", "postcode": "de12fs"}},
                     {"line_1": "1 High St", "postcode": "DE1 2FS"}, id="address"),
    ],
)  # fmt: skip
def test_answers_are_kept_in_one_spelling(taken: Callable[..., dict[str, Any]], answers: Any, expected: Any) -> None:
    got = taken(**answers)[list(answers)[-1]]
    assert got == expected
    assert type(got) is type(expected)


@pytest.mark.parametrize("blank", ["", " \n"], ids=["empty", "spaces"])
def test_blank_text_is_no_answer(taken: Callable[..., dict[str, Any]], blank: str) -> None:
    assert taken(postcode=blank, home={"line_1": blank}, needs=[], language="") == {
        "concern": "no",
        "family_name": "Okafor",
    }


def test_hidden_answers_are_dropped_and_what_depends_on_them_goes_too(taken: Callable[..., dict[str, Any]]) -> None:
    got = taken(harm="bruises", tenant=False, rent_owed=900, landlord="A. Landlord")
    assert got == {"concern": "no", "family_name": "Okafor", "tenant": False}


def test_a_hidden_answer_is_dropped_even_when_it_is_nonsense(taken: Callable[..., dict[str, Any]]) -> None:
    assert "rent_owed" not in taken(rent_owed=["x"])


def test_answers_come_back_in_the_order_of_the_form(nomination: Form, as_of: date) -> None:
    got = accept(nomination, {"tenant": False, "family_name": "Okafor", "concern": "no"}, as_of=as_of)
    assert list(got) == ["concern", "family_name", "tenant"]


@pytest.mark.parametrize(
    ("answers", "where", "code", "message"),
    [
        pytest.param({"family_name": " "}, "/family_name", "required", "Enter the family name", id="required"),
        pytest.param({"concern": ""}, "/concern", "required", "Select one option for “Is anyone in danger?”",
                     id="radio"),
        pytest.param({"concern": "x"}, "/concern", "enum", "Select one of the options for “Is anyone in danger?”",
                     id="no-such-option"),
        pytest.param({"concern": 1}, "/concern", "type", "Select one of the options for “Is anyone in danger?”",
                     id="option-of-wrong-type"),
        pytest.param({"concern": "danger"}, "/harm", "required", "Enter “What happened”", id="required-when-shown"),
        pytest.param({"family_name": ["x"]}, "/family_name", "type", "Enter the family name as text", id="text-type"),
        pytest.param({"family_name": "x" * 201}, "/family_name", "maxLength",
                     "Family name must be 200 characters or fewer", id="too-long"),
        pytest.param({"family_name": "a\nb"}, "/family_name", "one_line", "Write the family name on one line",
                     id="line"),
        pytest.param({"family_name": "a\x1bb"}, "/family_name", "characters",
                     "Type the family name again: it holds characters that cannot be stored", id="control-character"),
        pytest.param({"family_name": "a\ud800"}, "/family_name", "characters",
                     "Type the family name again: it holds characters that cannot be stored", id="half-a-character"),
        pytest.param({"nhs": "9434765918"}, "/nhs", "format",
                     "NHS number must be 10 figures: check each of them against a letter or card", id="nhs"),
        pytest.param({"postcode": "DE1"}, "/postcode", "format", "Postcode must be a full UK postcode, like DE1 2FS",
                     id="postcode"),
        pytest.param({"home": {"postcode": "DE1"}}, "/home/postcode", "format",
                     "Postcode must be a full UK postcode, like DE1 2FS", id="postcode-of-address"),
        pytest.param({"home": {"line_1": "x" * 201}}, "/home/line_1", "maxLength",
                     "First line of the address must be 200 characters or fewer", id="line-of-address"),
        pytest.param({"home": {"country": "x"}}, "/home", "address_part",
                     "Use only line_1, line_2, town, postcode and uprn for the home address", id="part-of-address"),
        pytest.param({"needs": ["crime", "none"]}, "/needs", "exclusive",
                     "Select either “None” or the other options for the needs, not both", id="exclusive"),
        pytest.param({"needs": ["gone"]}, "/needs", "enum", "Select one of the options for the needs", id="disabled"),
        pytest.param({"needs": ["work", "work"]}, "/needs", "uniqueItems",
                     "Select each option for the needs only once", id="twice"),
        pytest.param({"language": "old"}, "/language", "enum", "Select one of the options for the first language",
                     id="code-out-of-date"),
        pytest.param({"tenant": "yes"}, "/tenant", "type", "Select yes or no for “Do they rent their home?”",
                     id="yes-no"),
        pytest.param({"tenant": True, "rent_owed": "5"}, "/rent_owed", "type",
                     "Rent owed must be a whole number, like 4", id="number-as-text"),
        pytest.param({"tenant": True, "rent_owed": float("nan")}, "/rent_owed", "type",
                     "Rent owed must be a whole number, like 4", id="not-a-number"),
        pytest.param({"tenant": True, "rent_owed": -1}, "/rent_owed", "minimum", "Rent owed must be 0 or more",
                     id="min"),
        pytest.param({"tenant": True, "rent_owed": 10**400}, "/rent_owed", "maximum",
                     "Rent owed must be 9007199254740992 or less", id="beyond-a-browser"),
        pytest.param({"tenant": True, "rent_owed": 5}, "/landlord", "required", "Enter the landlord", id="required-if"),
        pytest.param({"due": "2026-02-30"}, "/due", "format",
                     "Due date must be a real date: that month has no such day", id="no-such-day"),
        pytest.param({"due": "2026-13-01"}, "/due", "format", "Due date must have a month from 1 to 12", id="month"),
        pytest.param({"due": "26-01-01"}, "/due", "format", "Due date must have a year of 4 figures, like 2014",
                     id="year"),
        pytest.param({"due": "2026-01"}, "/due", "format", "Due date must include a day", id="no-day"),
        pytest.param({"due": "-01-02"}, "/due", "format", "Due date must include a year", id="no-year"),
        pytest.param({"due": "2027-09-14"}, "/due", "not_after", "Due date must be 13 September 2027 or earlier",
                     id="after-42-weeks"),
        pytest.param({"due": "2025-12-31"}, "/due", "not_before", "Due date must be 1 January 2026 or later",
                     id="early"),
        pytest.param({"members": {}}, "/members", "type", "Send the family members as a list", id="group-type"),
        pytest.param({"members": [{"id": f"row{n}"} for n in range(4)]}, "/members", "maxItems",
                     "Give no more than 3 for the family members", id="too-many-rows"),
        pytest.param({"members": [{"name": "Jo"}]}, "/members/0", "row_id",
                     "Give each row of the family members an id of 4 to 32 small letters and figures", id="no-row-id"),
        pytest.param({"members": [{"id": "../etc", "name": "Jo"}]}, "/members/0", "row_id",
                     "Give each row of the family members an id of 4 to 32 small letters and figures", id="bad-row-id"),
        pytest.param({"members": [{"id": "ab12"}, {"id": "ab12"}]}, "/members", "row_ids",
                     "Give each row of the family members an id of its own", id="same-row-id"),
        pytest.param({"members": [{"id": "ab12"}]}, "/members/ab12/name", "required", "Enter the first name", id="row"),
        pytest.param({"members": [{"id": "ab12", "name": "Jo", "dob": "2026-11-24"}]}, "/members/ab12/dob", "not_after",
                     "Date of birth must be today or earlier", id="born-tomorrow"),
        pytest.param({"members": [{"id": "ab12", "name": "Jo", "dob": "2014-02-30"}]}, "/members/ab12/dob", "format",
                     "Date of birth must be a real date: that month has no such day", id="row-date"),
        pytest.param({"members": [{"id": "ab12", "name": "Jo", "child": True}]}, "/members/ab12/school", "required",
                     "Enter the school", id="row-condition"),
        pytest.param({"main_carer": "ab12"}, "/main_carer", "options_from",
                     "Select somebody or something that is on the list for the main carer", id="row-that-is-not-there"),
        pytest.param({"stranger": 1}, "/stranger", "unknown_question",
                     "Leave this out: the form has no such question", id="unknown-key"),
        pytest.param({"note": 1}, "/note", "unknown_question", "Leave this out: the form has no such question",
                     id="answer-to-information"),
        pytest.param({"members": [{"id": "ab12", "name": "Jo", "age": 1}]}, "/members/ab12/age", "unknown_question",
                     "Leave this out: the form has no such question", id="unknown-key-in-a-row"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_where_it_is_in_the_question_s_own_words(
    problems: Callable[..., list[Problem]], answers: Any, where: str, code: str, message: str
) -> None:
    assert problems(**answers) == [Problem(where, code, message)]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        pytest.param({"family_name": ""}, "Rhowch “Enw teuluol”", id="required"),
        pytest.param({"concern": ""}, "Dewiswch un opsiwn ar gyfer “A oes rhywun mewn perygl?”", id="select"),
        pytest.param({"due": "26-01-01"}, "“Due date”: rhaid i'r flwyddyn fod yn 4 ffigur, fel 2014", id="date"),
    ],
)  # fmt: skip
def test_problems_are_said_in_welsh(problems: Callable[..., list[Problem]], answers: Any, message: str) -> None:
    assert [problem.message for problem in problems(spoken="cy", **answers)] == [message]


def test_the_author_s_own_words_come_first(make_form: Callable[..., Form], as_of: date) -> None:
    words = {"required": {"en": "Tell us their name"}, "maxLength": {"en": "Shorten it"}}
    form = make_form({"q": asked(required=True, messages=words, schema={"maxLength": 3})})
    for sent, message in (({}, "Tell us their name"), ({"q": "long"}, "Shorten it")):
        assert [problem.message for problem in check_page(form, "family", sent, as_of=as_of)] == [message]


def test_every_problem_comes_at_once_in_the_order_of_the_form(problems: Callable[..., list[Problem]]) -> None:
    found = problems(
        due="x", family_name="", concern="danger", members=[{"id": "ab12"}, {"id": "ab13", "dob": "x", "name": "Jo"}]
    )
    assert [problem.where for problem in found] == [
        "/harm", "/family_name", "/members/ab12/name", "/members/ab13/dob", "/due"
    ]  # fmt: skip


def test_no_message_repeats_what_was_sent(problems: Callable[..., list[Problem]]) -> None:
    secret = "Xyzzy99"
    found = problems(
        family_name=[secret], nhs=secret, postcode=secret, home={secret: secret}, needs=[secret], due=secret,
        concern=secret, members=[{"id": "ab12", "name": secret, "dob": secret}], **{f"{secret} {secret}": secret},
    )  # fmt: skip
    assert len(found) == 9
    assert secret not in str(found)


HOSTILE: list[Any] = [
    pytest.param({"$where": "1"}, "key", id="dollar"),
    pytest.param({"_id": 1}, "key", id="underscore"),
    pytest.param({"_cls": "Account"}, "key", id="class"),
    pytest.param({"a.b": 1}, "key", id="dot"),
    pytest.param({"": 1}, "key", id="empty-key"),
    pytest.param({"a\x00b": 1}, "key", id="nul"),
    pytest.param({1: 2}, "key", id="number-as-key"),
    pytest.param({"harm": {"$ne": None}}, "key", id="inside-a-hidden-answer"),
    pytest.param({"members": [{"id": "ab12", "_cls": "x"}]}, "key", id="inside-a-row"),
    pytest.param({"harm": [[[[[[[[[[]]]]]]]]]]}, "too_deep", id="deep"),
    pytest.param({"harm": [0] * 30_000}, "too_large", id="wide"),
    pytest.param({"harm": "x" * 1_000_001}, "too_large", id="long"),
    pytest.param([], "type", id="list"),
    pytest.param("answers", "type", id="text"),
    pytest.param(None, "type", id="nothing"),
]


@pytest.mark.parametrize(("raw", "code"), HOSTILE)
def test_what_no_form_may_be_sent_is_refused_before_anything_looks_at_it(
    nomination: Form, as_of: date, raw: Any, code: str
) -> None:
    with pytest.raises(AnswersRejected) as refused:
        accept(nomination, raw, as_of=as_of)
    assert [(problem.where, problem.code) for problem in refused.value.problems] == [("", code)]


def test_very_deep_payloads_neither_crash_nor_pass(nomination: Form, as_of: date) -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(AnswersRejected):
        accept(nomination, {"harm": deep}, as_of=as_of)


def test_a_thousand_strangers_are_not_a_thousand_problems(problems: Callable[..., list[Problem]]) -> None:
    assert len(problems(**{f"stranger{n}": n for n in range(1_000)})) == 200


def test_an_option_that_is_no_longer_offered_is_kept_when_an_older_answer_is_sent_again(
    nomination: Form, good: dict[str, Any], as_of: date
) -> None:
    older = {**good, "needs": ["gone"], "language": "old"}
    again = accept(nomination, older, as_of=as_of, known_codes=codes_in(nomination, older))
    assert again == older
    with pytest.raises(AnswersRejected):
        accept(
            nomination, {**older, "needs": ["gone", "stranger"]}, as_of=as_of, known_codes=codes_in(nomination, older)
        )


def test_options_of_rows_are_known_too(make_form: Callable[..., Form], as_of: date) -> None:
    gone = {"gone": {"label": LABEL, "disabled": True}, "here": {"label": LABEL}}
    group = {**asked("group", max_items=2), "questions": {"role": asked("radios", options=gone)}}
    form = make_form({"g": group})
    older = {"g": [{"id": "ab12", "role": "gone"}]}
    assert codes_in(form, older) == {"g/role": {"gone"}}
    assert accept(form, older, as_of=as_of, known_codes=codes_in(form, older)) == older
    assert [option.code for option in form.questions["g"].questions["role"].live_options(as_of)] == ["here"]


def test_strangers_and_faults_inside_a_hidden_group_do_not_matter(make_form: Callable[..., Form], as_of: date) -> None:
    never = {"never": {"label": LABEL, "logic": False}}
    group = {**asked("group", max_items=2, show_if="never"), "questions": {"name": asked()}}
    form = make_form({"g": group}, never)
    assert accept(form, {"g": [{"id": "ab12", "stranger": 1, "name": 5}]}, as_of=as_of) == {}


def test_a_limit_beyond_the_calendar_limits_nothing(make_form: Callable[..., Form], as_of: date) -> None:
    form = make_form({"q": asked("date", not_after="as_of+99999d")})
    assert accept(form, {"q": "2299-01-01"}, as_of=as_of)
    assert accept(form, {"q": "2026-01-01"}, as_of=date(9999, 1, 1)) == {"q": "2026-01-01"}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        pytest.param("2026", "", id="year-that-holds-both-limits"),
        pytest.param("2025", "not_before", id="year-before"),
        pytest.param("2027", "not_after", id="year-after"),
        pytest.param("2025-12-01/2026-02-01", "", id="band-over-the-first-day"),
        pytest.param("2026-11-01/2027-02-01", "", id="band-over-the-last-day"),
        pytest.param("unknown", "", id="unknown"),
    ],
)
def test_a_partial_date_is_refused_only_when_all_of_it_is_outside(
    make_form: Callable[..., Form], as_of: date, value: str, code: str
) -> None:
    limits = {"not_before": "2026-01-01", "not_after": "as_of", "age_bands": True, "allow_unknown": True}
    form = make_form({"q": asked("partial_date", **limits)})
    assert [problem.code for problem in check_page(form, "family", {"q": value}, as_of=as_of)] == [code][: len(code)]


def test_many_rows_with_many_conditions_take_no_time_to_speak_of(make_form: Callable[..., Form], as_of: date) -> None:
    conditions = {
        f"c{n}": {"label": LABEL, "over": "g", "logic": {"==": [{"var": "row.name"}, f"{n}"]}} for n in range(40)
    }
    shown = {f"q{n}": asked(show_if=f"c{n}") for n in range(40)}
    form = make_form({"g": {**asked("group", max_items=200), "questions": {"name": asked(), **shown}}}, conditions)
    rows = [{"id": f"row{n:03}", "name": f"{n % 40}", f"q{n % 40}": "x"} for n in range(200)]
    started = time.process_time()
    assert accept(form, {"g": rows}, as_of=as_of) == {"g": rows}
    assert time.process_time() - started < 5


def test_blank_answers_of_a_row_are_absent(make_form: Callable[..., Form], as_of: date) -> None:
    group = {**asked("group", max_items=2), "questions": {"name": asked(), "nick": asked()}}
    sent = {"g": [{"id": "ab12", "name": " ", "nick": "Jo"}]}
    assert accept(make_form({"g": group}), sent, as_of=as_of) == {"g": [{"id": "ab12", "nick": "Jo"}]}


def test_a_row_s_condition_may_read_the_row_s_id(make_form: Callable[..., Form], as_of: date) -> None:
    carer = {"label": LABEL, "over": "g", "logic": {"==": [{"var": "row.id"}, {"var": "answers.first"}]}}
    group = {**asked("group", max_items=2), "questions": {"name": asked(show_if="carer")}}
    form = make_form({"first": asked(), "g": group}, {"carer": carer})
    rows = [{"id": "ab12", "name": "Jo"}, {"id": "cd34", "name": "Al"}]
    assert accept(form, {"first": "cd34", "g": rows}, as_of=as_of)["g"] == [{"id": "ab12"}, rows[1]]


def test_an_integer_scale_keeps_numbers_and_knows_them_from_true(make_form: Callable[..., Form], as_of: date) -> None:
    scale = {str(n): {"order": n, "label": {"en": str(n)}} for n in range(1, 11)}
    form = make_form({"q": asked("radios", schema={"type": "integer"}, options=scale)})
    assert accept(form, {"q": 7}, as_of=as_of) == {"q": 7}
    for wrong in ("7", True, 11, 1.5):
        with pytest.raises(AnswersRejected):
            accept(form, {"q": wrong}, as_of=as_of)


def test_a_required_address_needs_its_first_line_or_its_postcode(make_form: Callable[..., Form], as_of: date) -> None:
    form = make_form({"q": asked("address", required=True, label={"en": "Home address"})})
    (problem,) = check_page(form, "family", {"q": {"town": "Derby"}}, as_of=as_of)
    assert problem.message == "Enter the first line or the postcode of the home address"
    assert check_page(form, "family", {"q": {"postcode": "DE1 2FS"}}, as_of=as_of) == []


def test_a_group_may_be_empty_unless_it_is_required(make_form: Callable[..., Form], as_of: date) -> None:
    rows = {"questions": {"name": asked()}}
    group = {**asked("group", max_items=5, min_items=2), **rows}
    assert accept(make_form({"g": group}), {"g": []}, as_of=as_of) == {"g": []}
    required = make_form({"g": {**asked("group", max_items=5, required=True, label={"en": "Children"}), **rows}})
    assert [p.message for p in check_page(required, "family", {"g": []}, as_of=as_of)] == [
        "Add at least one to the children"
    ]
    few = check_page(make_form({"g": group}), "family", {"g": [{"id": "ab12"}]}, as_of=as_of)
    assert [problem.code for problem in few] == ["minItems"]


def test_one_page_is_checked_by_itself_with_conditions_that_read_the_others(nomination: Form, as_of: date) -> None:
    assert [p.where for p in check_page(nomination, "safety", {"concern": "danger"}, as_of=as_of)] == ["/harm"]
    assert [p.where for p in check_page(nomination, "family", {"concern": "danger"}, as_of=as_of)] == ["/family_name"]


def test_a_page_that_is_not_shown_has_no_problems(nomination: Form, as_of: date) -> None:
    answers = {"rent_owed": "x"}
    assert check_page(nomination, "housing", answers, as_of=as_of) == []
    assert check_page(nomination, "housing", {**answers, "tenant": True}, as_of=as_of) != []


def test_the_pages_with_problems_are_where_a_draft_is_taken_up_again(
    nomination: Form, good: dict[str, Any], as_of: date
) -> None:
    assert missing_pages(nomination, {}, as_of) == ("safety", "family")
    assert missing_pages(nomination, {**good, "tenant": True, "rent_owed": 1}, as_of) == ("housing",)
    assert missing_pages(nomination, good, as_of) == ()


def test_a_draft_keeps_what_can_be_kept(nomination: Form, as_of: date) -> None:
    raw = {"harm": "hidden", "stranger": 1, "family_name": " Okafor ", "postcode": "not yet", "tenant": "yes"}
    assert kept(nomination, raw, as_of) == {"family_name": "Okafor", "postcode": "not yet"}


def test_nothing_that_was_sent_is_changed(nomination: Form, as_of: date, good: dict[str, Any]) -> None:
    raw = {**good, "family_name": " A ", "members": [{"id": "ab12", "name": " Jo ", "child": False, "school": "x"}]}
    before = {**raw, "members": [dict(raw["members"][0])]}
    accept(nomination, raw, as_of=as_of)
    assert raw == before
