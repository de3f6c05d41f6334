from datetime import date

from tests.domain.rules.rulesets import fact, text

from frontdoor.domain.forms.model import parse_form
from frontdoor.domain.forms.states import answer_states
from frontdoor.domain.rules.decide import Inputs, derive_facts
from frontdoor.domain.rules.engine import compile_rule
from frontdoor.domain.rules.kinds import form_kinds, form_labels
from frontdoor.domain.rules.model import parse_rules
from frontdoor.domain.rules.platform_values import platform_value
from frontdoor.domain.rules.prepare import Finding


def question(widget, order, **schema):
    shown = schema.pop("ui", {})
    return {**schema, "ui": {"page": "one", "order": order, "widget": widget, "label": text(widget), **shown}}


FORM = {
    "id": "nomination",
    "title": text("Nomination"),
    "pages": {"one": {"order": 1, "title": text("One")}},
    "conditions": {"gone": {"label": text("Never"), "logic": False}},
    "questions": {
        "told": question("yes_no", 1, type="boolean", ui={"show_if": "gone"}),
        "area": question("radios", 2, type="string", ui={"options": {"north": {"order": 1, "label": text("North")}}}),
        "level": question("radios", 3, type="integer", ui={"options": {"1": {"order": 1, "label": text("1")}}}),
        "name": question("text", 4, type="string"),
        "members": {
            **question("group", 5, type="array", ui={"max_items": 9}),
            "questions": {"dob": question("partial_date", 1, type="string", format="partial-date")},
        },
    },
}
AGE = {"age_on": [{"var": "row.dob"}, {"var": "as_of"}]}


def parsed():
    return parse_form(FORM, {}, compile_rule)


def test_the_forms_say_of_what_kind_answers_are():
    assert form_kinds([parsed()]) == {
        "answers.nomination.told": "boolean",
        "answers.nomination.area": "string",
        "answers.nomination.level": "number",
        "answers.nomination.name": "string",
        "answers.nomination.members": "list",
        "answers.nomination.members.id": "string",
        "answers.nomination.members.dob": "date",
    }


def test_a_hidden_yes_or_no_is_false_and_a_year_of_birth_is_between_two_days():
    form = parsed()
    facts = {
        "told": fact("Told", "boolean", {"==": [{"var": "answers.nomination.told"}, False]}),
        "minor": fact("Minor", "boolean", {"<": [AGE, 18]}, over="answers.nomination.members", roll_up="any"),
        "oldest": fact("Age", "integer", AGE, over="answers.nomination.members"),
    }
    known = parse_rules({"t": {"id": "t", "title": text("T"), "facts": facts}}, form_kinds([form]))
    today = date(2026, 11, 22)
    states = answer_states(form, {"members": [{"id": "m001", "dob": "2012"}]}, as_of=today)
    found = derive_facts(known, Inputs({"nomination": states}, today))
    assert found["told"].finding == Finding(True)
    assert found["minor"].finding == Finding(True)
    assert found["oldest"].rows == {"m001": Finding(low=13, high=14)}


def test_a_value_inside_a_platform_value_is_that_value():
    assert platform_value("capacity.free.north").path == "capacity.free"
    assert platform_value("weather.today") is None


def test_a_fact_calls_its_codes_what_the_question_and_the_source_call_them():
    asked = {"order": 10, "widget": "radios", "page": "p", "label": text("Who leads?")}
    form = parse_form(
        {
            "id": "check",
            "title": {"en": "Check"},
            "pages": {"p": {"order": 10, "title": {"en": "Check"}}},
            "questions": {
                "lead": {"type": "string", "ui": {**asked, "options": {"gp": {"order": 10, "label": text("GP")}}}},
                "level": {"type": "integer", "ui": {**asked, "options": {"1": {"order": 10, "label": text("One")}}}},
            },
        },
        {},
        compile_rule,
    )
    verify = {"sources": {}, "options": {"none": {"order": 10, "label": {"en": "Nobody"}}}}
    told = {"order": 10, "label": {"en": "Lead"}, "type": "string", "logic": {"var": "answers.check.lead"}}
    documents = {"d": {"facts": {"lead": {**told, "verify": verify}}}}
    rules = parse_rules(documents, form_kinds([form]), form_labels([form]))
    assert form_labels([form]) == {"answers.check.lead": {"gp": {"en": "GP"}}, "answers.check.level": {}}
    assert rules.facts["lead"].labels == {"gp": {"en": "GP"}, "none": {"en": "Nobody"}}
