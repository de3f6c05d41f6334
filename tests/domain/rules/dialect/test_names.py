"""What a rule may name, where it stands: at the top, for a row, or inside a list."""

import pytest
from tests.domain.rules.dialect.generated import KIDS, NAMES
from tests.domain.rules.dialect.small_rules import RULES

from frontdoor.domain.forms.model import parse_form
from frontdoor.domain.rules.dialect.drafts import Draft
from frontdoor.domain.rules.dialect.names import subjects
from frontdoor.domain.rules.dialect.outline import outline


def text(words):
    return {"en": words, "cy": f"{words} (cy)"}


def ui(order, widget, label, **more):
    return {"order": order, "widget": widget, "label": text(label), **more}


FORM = parse_form(
    {
        "id": "f",
        "title": text("Nomination"),
        "pages": {"about": {"order": 10, "title": text("About")}},
        "questions": {
            "reply": {"type": "string", "ui": ui(10, "radios", "Reply", page="about", options={
                "yes": {"order": 10, "label": text("Yes")}, "no": {"order": 20, "label": text("No")}})},
            "read_this": {"ui": ui(20, "info", "Read this", page="about")},
            "kids": {"type": "array", "ui": ui(30, "group", "Children", page="about", max_items=9), "questions": {
                "dob": {"type": "string", "format": "date", "ui": ui(10, "date", "Date of birth")}}},
        },
    },
    {},
    lambda logic: lambda data: logic,
)  # fmt: skip
SETS = {
    "route": RULES,
    "more": {"id": "more", "title": text("More"), "facts": {
        "reply": {"order": 10, "label": text("They said"), "type": "string", "logic": {"var": "answers.f.reply"}}}},
    "clocks": {"clocks": {}},
}  # fmt: skip
FOUND = subjects([FORM], SETS)


@pytest.mark.parametrize(
    ("path", "kind", "label"),
    [
        ("answers.f.reply", "string", "Reply"),
        ("answers.f.kids", "rows", "Children"),
        ("facts.score", "number", "Score"),
        ("facts.any_late", "boolean", "Any late"),
        ("parameters.least", "number", "Least score"),
        ("decisions.ROUTE.decision", "string", "Route"),
        ("family.open_episode", "boolean", "The family has an open episode"),
        ("family.contacts_12m", "number", "Contacts in the last 12 months"),
        ("capacity.free.north", "number", "Free places by base: north"),
        ("as_of", "date", "Day of the decision"),
    ],
)
def test_everything_that_rules_read_has_a_kind_and_words(path, kind, label):
    found = FOUND.find(path)
    assert (found.kind, found.label["en"]) == (kind, label)
    assert FOUND.kind(path) == kind


@pytest.mark.parametrize(
    "path", ["answers.f.read_this", "answers.f.kids.dob", "facts.late", "row.dob", "facts", "", "x"]
)
def test_what_cannot_be_read_here_has_no_name(path):
    assert FOUND.find(path) is None
    assert FOUND.kind(path) == "any"


def test_a_fact_of_rows_reads_its_row():
    names = FOUND.of_row("answers.f.kids")
    assert names.find("row.dob").path == "answers.f.kids.dob"
    assert names.find("row.late").kind == "boolean"
    assert names.find("row.id").kind == "string"
    assert [path for _, choices in names.offered() for path, _ in choices][:1] == ["row.id"]


def test_inside_a_list_only_what_is_in_it_can_be_named():
    inside = NAMES.within(KIDS)
    assert [path for _, choices in inside.offered() for path, _ in choices] == ["dob", "out", "days"]
    codes = NAMES.within("answers.f.needs")
    assert codes.find("").options.keys() == {"a", "b", "none"}
    assert [path for _, choices in codes.offered() for path, _ in choices] == [""]
    assert NAMES.within("nowhere").offered() == ()


def test_names_are_offered_by_form_and_page():
    offered = {group["en"]: [path for path, _ in choices] for group, choices in FOUND.offered()}
    assert offered["Nomination: About"] == ["answers.f.reply", "answers.f.kids"]
    assert offered["Facts: Route"][:2] == ["facts.met", "facts.score"]
    assert "Facts: More" in offered
    assert "Known to the platform" in offered


def test_options_are_those_of_the_question_that_a_fact_passes_on_or_of_its_sources():
    assert FOUND.find("facts.reply").options["no"]["cy"] == "No (cy)"
    assert FOUND.find("facts.benefit").options.keys() == {"A", "B"}
    assert FOUND.find("decisions.ROUTE.decision").options.keys() == {"help", "none", "spare"}
    assert FOUND.find("parameters.least").value == 2


def test_the_page_of_a_clause_says_what_can_be_chosen_there():
    rows = Draft("rows", {"quantifier": ("any",), "of": (KIDS,)}, (Draft("test", {"subject": ("days",)}),))
    clause = outline(Draft("group", {"join": ("all",)}, (rows,)), NAMES)
    days = clause.parts[0].parts[0]
    assert days.at == "c.1.1"
    assert days.subject_kind == "number"
    assert days.subject.label["en"] == "Days missed"
    assert "at_least" in {operator.code for operator in days.operators}
    assert clause.parts[0].adds == ("test", "group")
    assert days.adds == ()


def test_the_page_of_a_value_knows_what_kind_is_wanted():
    case = Draft("case", {}, (Draft("test"), Draft("value")))
    cases = outline(Draft("cases", {}, (case, Draft("value"))), NAMES, "number")
    assert [part.kind for part in cases.parts] == ["number", "number"]
    assert [part.kind for part in cases.parts[0].parts] == ["boolean", "number"]
    assert outline(Draft("value", {"subject": ("*count",)}), NAMES, "number").adds == ("test", "group", "rows")
    assert outline(Draft("test", {"subject": ("*those",), "of": ("answers.f.needs",)}), NAMES).subject_kind == "list"
    assert outline(Draft("test", {"subject": ("*each",)}), NAMES.within("answers.f.needs")).subject.kind == "string"
