"""The designer of forms over HTTP: whole forms built from nothing, arranged, refused, and changed by two at once."""

import pytest
from tests.web.administering import INSIDE, application, hidden, people, problems_shown, site
from tests.web.form_builder import EDITOR, WHY, Builder, told

from frontdoor import clock, packs_dir
from frontdoor.domain.forms.design.widgets import WIDGETS as TABLE
from frontdoor.domain.forms.questions import WIDGETS
from frontdoor.domain.packs import gather
from frontdoor.services import edit_forms
from frontdoor.services.examples import programme_of
from frontdoor.store import changes, shipped

__all__ = ["application", "people", "site"]


@pytest.fixture
def irena(people):
    return people("configurer", "Irena")


@pytest.fixture
def builder(irena):
    irena.post("/changes/new", programme="derby", title="Forms of our own")
    made = Builder(irena, changes.all_of(INSIDE)[0].id)
    made.says_why()
    return made


def shipped_form(programme, name):
    return dict(programme_of(gather(shipped.read(packs_dir()).sources), programme).tree["forms"][name])


@pytest.mark.parametrize(
    ("programme", "name"),
    [
        pytest.param("families-first", "eh-assessment", id="early-help-assessment"),
        pytest.param("families-first", "visit-record", id="visit-with-rows"),
        pytest.param("families-first", "planning-meeting", id="planning-meeting"),
        pytest.param("derby", "six-month-review", id="six-month-review"),
    ],
)
def test_a_shipped_form_is_built_from_nothing_question_by_question(builder, programme, name):
    wanted = shipped_form(programme, name)
    wanted = {**wanted, "conditions": {}, "questions": {key: _always(one) for key, one in wanted["questions"].items()}}
    builder.begins("A form of our own")
    builder.copies(wanted)
    made = builder.document
    assert list(made["questions"]) != []
    for key, question in wanted["questions"].items():
        assert told(made["questions"][key]) == told(question), key
    assert told({**made, "id": ""}) == told({**wanted, "id": ""})


def _always(question):
    """The question as it is asked of everybody: conditions are written on a page of their own."""
    ui = {key: one for key, one in question["ui"].items() if key not in ("show_if", "required_if")}
    inner = {key: _always(one) for key, one in (question.get("questions") or {}).items()}
    whole = {key: one for key, one in question.items() if key != "conditions"}
    return {**whole, "ui": ui, **({"questions": inner} if inner else {})}


def test_the_order_of_questions_is_what_somebody_made_it(builder):
    small(builder)
    arranges(builder, "second", do="up")
    assert order_of(builder) == ["second", "first", "third"]
    builder.person.post(
        f"{builder.here}/arrange", page=builder.here, at="/questions/second", do="position", position="3"
    )
    assert order_of(builder) == ["first", "third", "second"]
    builder.person.post(f"{builder.here}/arrange", page=builder.here, at="/questions/first", do="duplicate")
    assert order_of(builder)[:2] == [
        "first",
        next(one for one in order_of(builder) if one not in ("first", "third", "second")),
    ]
    builder.person.post(f"{builder.home}/undo", page=builder.here)
    assert order_of(builder) == ["first", "third", "second"]


def test_a_question_moves_to_another_page_with_everything_it_has(builder):
    small(builder)
    builder.enters(("pages", "later"), {"title": {"en": "Later"}}, new=True)
    before = builder.document["questions"]["second"]
    arranges(builder, "second", do="page", page="later")
    after = builder.document["questions"]["second"]
    assert after["ui"]["page"] == "later"
    assert told({**after, "ui": {**after["ui"], "page": "only"}}) == told(before)


def test_many_options_come_from_lines_and_a_line_that_is_wrong_is_named(builder):
    small(builder)
    builder.enters(("questions", "how"), _question("radios", "How often?"), new=True)
    page = f"{builder.here}/entry?at=/questions/how"
    answer = builder.person.post(
        f"{builder.here}/options", page=page, at="/questions/how", paste="Often\nnow | Sometimes | Once a month\nNever"
    )
    assert answer.status_code == 303
    options = builder.document["questions"]["how"]["ui"]["options"]
    assert {code: one["label"]["en"] for code, one in options.items()} == {
        "often": "Often",
        "now": "Sometimes",
        "never": "Never",
    }
    assert options["now"]["hint"] == {"en": "Once a month"}
    wrong = builder.person.post(f"{builder.here}/options", page=page, at="/questions/how", paste="now | Again")
    assert wrong.status_code == 422
    assert problems_shown(wrong.text)["paste"].startswith("Line 1:")


def test_a_question_that_rules_read_stays_and_each_use_is_named(irena, builder):
    builder.form = "e-nomination"
    page = f"{builder.here}/remove?at=/questions/benefits"
    shown = irena.get(page).text
    assert "It cannot go while these use it" in shown
    assert "Remove it" not in shown
    forced = irena.post(f"{builder.here}/remove", page=builder.here, at="/questions/benefits", seen="")
    assert forced.status_code in (409, 422)
    assert "benefits" in builder.document["questions"]


def test_an_option_that_people_were_offered_is_switched_off_and_not_removed(irena, builder):
    builder.form = "e-nomination"
    code = next(iter(builder.document["questions"]["local_criteria"]["ui"]["options"]))
    at = f"/questions/local_criteria/ui/options/{code}"
    assert "Switch it off instead" in irena.get(f"{builder.here}/remove?at={at}").text
    refused = irena.post(f"{builder.here}/remove", page=builder.here, at=at, seen="")
    assert refused.status_code in (409, 422)


def test_a_question_shows_as_people_get_it_with_what_they_are_told(irena, builder):
    small(builder)
    shown = irena.get(f"{builder.here}/entry?at=/questions/first").text
    assert "As people get it" in shown
    assert "When it is left empty" in shown
    fields = {"at": "/questions/first", "ui/widget": "text", "ui/label.en": "What is the cat called?", "ui/needed": "*"}
    drawn = irena.post(f"{builder.here}/preview", page=f"{builder.here}/entry?at=/questions/first", **fields)
    assert drawn.status_code == 200
    assert "What is the cat called?" in drawn.text
    assert builder.document["questions"]["first"]["ui"]["label"]["en"] == "First"


def test_what_was_typed_and_not_saved_is_there_again_and_can_be_forgotten(irena, builder):
    small(builder)
    page = f"{builder.here}/entry?at=/questions/first"
    assert (
        irena.post(
            f"{builder.here}/typed", page=page, **{"at": "/questions/first", "ui/label.en": "Half a"}
        ).status_code
        == 200
    )
    assert "Half a" in irena.get(page).text
    assert "is back" in irena.get(page).text
    irena.post(f"{builder.here}/entry", page=page, at="/questions/first", forget="yes")
    assert "Half a" not in irena.get(page).text


def test_two_designers_on_two_questions_lose_nothing_and_on_one_see_both(irena, builder, people):
    small(builder)
    feliks = people("configurer", "Feliks")
    page = f"{builder.here}/entry?at=/questions/first"
    begun = irena.get(page).text
    other = Builder(feliks, builder.change, builder.form)
    feliks.post(f"{builder.home}/why", because=WHY)
    other.enters(
        ("questions", "second"),
        {
            **_question("text", "Second, again"),
            "ui": {"page": "only", "widget": "text", "label": {"en": "Second, again"}, "order": 20},
        },
        new=False,
    )
    from tests.web.administering import hidden

    fields = {
        **hidden(begun, f"{builder.here}/entry"),
        "ui/widget": "text",
        "ui/label.en": "First, again",
        "save": "yes",
        "at": "/questions/first",
    }
    assert irena.browser.post(f"{builder.here}/entry", data=fields).status_code == 303
    made = builder.document["questions"]
    assert (made["first"]["ui"]["label"]["en"], made["second"]["ui"]["label"]["en"]) == (
        "First, again",
        "Second, again",
    )
    clash = irena.browser.post(f"{builder.here}/entry", data={**fields, "ui/label.en": "Mine"})
    assert clash.status_code == 409
    assert "What is saved" in clash.text
    assert "First, again" in clash.text
    assert "Mine" in clash.text


@pytest.mark.parametrize("role", ["front_door_officer", "approver", "key_worker"])
def test_only_somebody_who_edits_changes_comes_to_the_designer(builder, people, role):
    stranger = people(role, "Stranger")
    for address in (
        builder.home,
        f"{builder.home}/e-nomination",
        f"{builder.home}/new",
        f"{builder.home}/e-nomination/add?page=family",
    ):
        assert stranger.get(address).status_code == 403, address


def test_an_address_that_is_no_part_of_a_form_is_not_found(irena, builder):
    builder.form = "e-nomination"
    for at in (
        "/nonsense",
        "/questions/nobody",
        "/pages/__proto__",
        "/questions/members/questions/x/ui/options/y",
        "%2E%2E",
    ):
        assert irena.get(f"{builder.here}/entry?at={at}").status_code == 404, at
    assert irena.get(f"{builder.here}/entry?in=/questions&widget=nothing&page=family").status_code == 404
    assert irena.get(f"{builder.home}/no-such-form").status_code == 404


def test_what_the_designer_may_not_read_is_told_at_its_box(irena, builder):
    small(builder)
    page = f"{builder.here}/entry?at=/questions/first"
    answer = irena.post(
        f"{builder.here}/entry",
        page=page,
        **{"at": "/questions/first", "ui/widget": "text", "ui/label.en": "", "maxLength": "0", "save": "yes"},
    )
    assert answer.status_code == 422
    assert set(problems_shown(answer.text)) == {"ui-label.en", "maxLength"}


def test_every_kind_of_question_is_offered_with_an_example(irena, builder):
    small(builder)
    shown = irena.get(f"{builder.here}/add?page=only").text
    offered = {widget for widget in WIDGETS if f"widget={widget}" in shown}
    assert WIDGETS - offered == {"matrix", "calculated"}, "their statements and logic have no boxes yet"
    assert set(TABLE) == set(WIDGETS)


def arranges(builder, question, **how):
    shown = builder.person.get(builder.here).text
    fields = {**hidden(shown, f"{builder.here}/arrange"), "at": f"/questions/{question}", **how}
    assert builder.person.browser.post(f"{builder.here}/arrange", data=fields).status_code == 303


def _question(widget, label):
    return {"ui": {"page": "only", "widget": widget, "label": {"en": label}}}


def small(builder):
    builder.begins("Small")
    builder.enters(("pages", "only"), {"title": {"en": "Only page"}}, new=True)
    for name in ("first", "second", "third"):
        builder.enters(("questions", name), _question("text", name.title()), new=True)


def order_of(builder):
    questions = builder.document["questions"]
    return sorted(questions, key=lambda key: (questions[key]["ui"]["order"], key))


def test_the_form_of_a_change_is_not_live(builder):
    small(builder)
    desk = edit_forms.opened(EDITOR, builder.change, builder.form, at=clock.now())
    assert builder.form not in desk.under.tree["forms"]


def test_what_is_worth_a_second_look_is_said_at_the_question(irena, builder):
    small(builder)
    builder.enters(
        ("questions", "story"), {"ui": {**_question("textarea", "What happened?")["ui"], "rows": 4}}, new=True
    )
    assert "Say in a hint what to write" in irena.get(builder.here).text
    assert "Say in a hint what to write" in irena.get(f"{builder.here}/entry?at=/questions/story").text
    assert "Say in a hint what to write" not in irena.get(f"{builder.here}/entry?at=/questions/first").text
