"""The rule editors over HTTP: a rule set from nothing, an edit of one that is there, and what is refused."""

import json
import re

import pytest
from tests.web.administering import INSIDE, application, people, site
from tests.web.rule_typist import Configurer, Typist

from frontdoor import clock, packs_dir
from frontdoor.domain.canonical import canonical, digest
from frontdoor.domain.rules.dialect.names import subjects
from frontdoor.services import desk, edit_rules
from frontdoor.store import changes

__all__ = ["application", "people", "site"]
WHY = "Partnership board, 12 March 2026, item 4"


def begun(person, title="A table of our own"):
    person.post("/changes/new", programme="derby", title=title)
    return changes.all_of(INSIDE)[0].id


@pytest.fixture
def irena(people):
    return people("configurer", "Irena")


@pytest.fixture
def typist(irena):
    typing = Typist(irena, begun(irena))
    typing.says_why(WHY)
    return typing


def desk_of(change, name=""):
    return desk.desk_of(edit_rules.Desk, changes.get(INSIDE, change), name, clock.now())


def test_the_whole_shipped_rule_set_is_built_from_nothing_to_the_same_hash(typist):
    paper = json.loads((packs_dir() / "rules/derby/eligibility.json").read_text("utf-8"))
    shipped = desk_of(typist.change).rule_sets["eligibility"]
    name = typist.begins(paper["title"])

    def names(over=""):
        desk = desk_of(typist.change, name)
        return subjects(desk.forms, desk.rule_sets).of_row(over)

    typist.types_entries(paper, ("parameters",))
    typist.types_entries(paper, ("facts",), names)
    for key in paper["facts"]:
        typist.types_checks(paper, key)
    for code in paper["decisions"]:
        typist.types_table(paper, code, names)
    made = dict(desk_of(typist.change, name).document)
    assert digest(made["decisions"]["TFP1-E"]) == digest(shipped["decisions"]["TFP1-E"])
    assert digest({**made, "id": paper["id"]}) == digest(shipped)


PARAMETER = {
    "label.en": ["Suspensions that count"], "type": ["integer"], "value": ["3"], "unit.en": ["suspensions"],
    "bounds/min": ["1"], "bounds/max": ["10"], "source": ["Board, item 4"],
}  # fmt: skip
TEXTS = {f"texts/{reader}.en": ["We will write to you."] for reader in ("staff", "referrer", "family")}


def tabled(typist):
    """A rule set with two parameters and a table with two outcomes, two rows and an otherwise."""
    name = typist.begins({"en": "Suspensions"})
    entry = f"{typist.rules}/entry"

    def add(inside, boxes):
        typist.opens(f"{entry}?in={inside}")
        typist.sends(("save", "yes"), boxes)
        assert "<title>Error" not in typist.page.replace("\n", ""), typist.page[:3000]

    add("/parameters", PARAMETER)
    add("/decisions", {"title.en": ["Suspended"], "id": ["SUSP-1"]})
    at = "/decisions/SUSP-1"
    for label in ("Help", "No help"):
        add(f"{at}/outcomes", {"label.en": [label], "final": ["yes"]})
    for label in ("Many", "Any"):
        typist.opens(f"{entry}?in={at}/rows")
        typist.sends(("press", "c:as_fixed"), {"label.en": [label], "decision": ["help"], **TEXTS})
        typist.sends(("save", "yes"))
    typist.opens(f"{entry}?at={at}/otherwise")
    typist.sends(("save", "yes"), {"decision": ["no_help"], "reason_code": ["NONE"], "intended": ["no"], **TEXTS})
    return name


def rows_of(typist, name):
    table = desk_of(typist.change, name).document["decisions"]["SUSP-1"]["rows"]
    return sorted(table, key=lambda key: table[key]["order"])


def test_ids_and_reason_codes_are_proposed_from_labels_and_rows_can_be_arranged_and_brought_back(typist):
    name = tabled(typist)
    table = f"{typist.rules}/table?at=SUSP-1"
    assert rows_of(typist, name) == ["many", "any"]
    assert desk_of(typist.change, name).document["decisions"]["SUSP-1"]["rows"]["many"]["reason_code"] == "MANY"
    assert "Otherwise" in typist.opens(table)
    assert "Not intended" in typist.page
    typist.presses_in_list("/decisions/SUSP-1/rows/any", "up", table)
    assert rows_of(typist, name) == ["any", "many"]
    typist.presses_in_list("/decisions/SUSP-1/rows/many", "duplicate", table)
    assert rows_of(typist, name) == ["any", "many", "many_2"]
    typist.presses_in_list("/decisions/SUSP-1/rows/any", "remove", table)
    assert rows_of(typist, name) == ["many", "many_2"]
    steps = f"/changes/{typist.change}/rules"
    typist.person.post(f"{steps}/undo", page=table)
    assert rows_of(typist, name) == ["any", "many", "many_2"]
    typist.person.post(f"{steps}/redo", page=table)
    assert rows_of(typist, name) == ["many", "many_2"]


def test_an_outcome_that_rows_come_to_is_not_removed_and_every_use_is_named(typist):
    name = tabled(typist)
    typist.presses_in_list("/decisions/SUSP-1/outcomes/help", "remove", f"{typist.rules}/table?at=SUSP-1")
    assert typist.status == 422
    assert typist.page.count("First take it out of") == 2
    assert "“Many”" in typist.page
    assert "help" in desk_of(typist.change, name).document["decisions"]["SUSP-1"]["outcomes"]


def test_an_unfinished_clause_is_kept_through_every_button_and_nothing_is_saved(typist):
    tabled(typist)
    before = changes.get(INSIDE, typist.change)
    typist.opens(f"{typist.rules}/entry?in=/decisions/SUSP-1/rows")
    typist.sends(("press", "c:as_group"), {"label.en": ["Half"], "c.subject": ["facts.c1"]})
    typist.sends(("press", "c:add_rows"))
    typist.sends(("press", "c.2:up"))
    held = dict(typist.form["fields"])
    assert (held["label.en"], held["c.2.subject"], held["c.1.kind"]) == ("Half", "facts.c1", "rows")
    assert changes.get(INSIDE, typist.change) == before
    typist.sends(("save", "yes"))
    assert typist.status == 422
    assert re.search(r'href="#c.1-of">Choose the list to go through', typist.page)
    assert re.search(r'href="#texts-family.en">Write this', typist.page), "what is missing elsewhere is told at once"
    assert dict(typist.form["fields"])["c.2.subject"] == "facts.c1"


def test_a_condition_is_told_in_a_sentence_before_it_is_saved(typist):
    tabled(typist)
    typist.opens(f"{typist.rules}/entry?in=/decisions/SUSP-1/rows")
    typist.sends(("press", ""), {"c.subject": ["facts.local"]})
    typist.sends(("press", ""), {"c.operator": ["at_least"]})
    typist.sends(("press", ""), {"c.with": ["parameters.suspensions_that_count"]})
    assert "is at least “Suspensions that count” (3 suspensions)" in typist.page


def test_what_another_keeps_is_not_offered_and_is_refused(typist):
    page = typist.opens(f"/changes/{typist.change}/rules/eligibility/table?at=TFP1-E")
    assert "keeps this the same for everybody" in page
    assert "/entry?" not in page
    typist.opens(f"/changes/{typist.change}/rules/eligibility/entry?in=/facts")
    forged = {**dict(typist.form["fields"]), "at": "/decisions/TFP1-E/rows/all_three", "do": "remove"}
    answer = typist.person.browser.post(f"/changes/{typist.change}/rules/eligibility/arrange", data=forged)
    assert answer.status_code == 422
    assert "locked by derby" in answer.text
    assert not changes.get(INSIDE, typist.change).edits


@pytest.mark.parametrize("boxes", [
    {"c.subject": "x" * 501}, {"c.evil": "1"}, {"c." + "1." * 14 + "kind": "test"}, {"press": "c.9:remove"},
], ids=["long", "unknown box", "deep", "no such button"])  # fmt: skip
def test_what_our_own_page_never_sends_is_refused(typist, boxes):
    tabled(typist)
    typist.opens(f"{typist.rules}/entry?in=/decisions/SUSP-1/rows")
    answer = typist.person.browser.post(f"{typist.rules}/entry", data={**dict(typist.form["fields"]), **boxes})
    assert answer.status_code == 422
    assert "x" * 501 not in answer.text


def test_a_page_that_was_overtaken_is_a_conflict(typist):
    name = tabled(typist)
    typist.opens(f"{typist.rules}/entry?at=/parameters/suspensions_that_count")
    stale = dict(typist.form["fields"]) | {"value": "4", "save": "yes"}
    typist.presses_in_list("/decisions/SUSP-1/rows/any", "up", f"{typist.rules}/table?at=SUSP-1")
    answer = typist.person.browser.post(f"{typist.rules}/entry", data=stale)
    assert answer.status_code == 409
    assert desk_of(typist.change, name).document["parameters"]["suspensions_that_count"]["value"] == 3


def test_the_change_tells_what_differs_in_sentences_with_why_and_who(typist):
    tabled(typist)
    page = typist.opens(f"/changes/{typist.change}")
    assert "Decision table “Suspended”, Row “Many”" in page or "Decision table “Suspended”" in page
    assert "Parameter “Suspensions that count”" in page
    assert WHY in page
    assert "Irena" in page


def test_without_a_why_nothing_is_edited(irena):
    someone = Configurer(irena, begun(irena))
    someone.opens(f"/changes/{someone.change}/rules/eligibility/entry?in=/facts")
    assert "Why do you change the rules?" in someone.page


def test_an_advanced_rule_is_told_whole_and_only_replaced(typist):
    name = tabled(typist)
    logic = {"==": [{"+": [{"var": "facts.local"}, 1]}, 3]}
    desk = desk_of(typist.change, name)
    document = json.loads(canonical(desk.document))
    document["decisions"]["SUSP-1"]["rows"]["many"]["when"] = logic
    viewer = INSIDE.__class__(**{**INSIDE.__dict__, "permissions": frozenset({"edit_change"})})
    edit_rules.save(viewer, typist.change, name, lambda _: document, WHY, at=clock.now(), revision=desk.change.revision)
    page = typist.opens(f"{typist.rules}/entry?at=/decisions/SUSP-1/rows/many")
    assert "An advanced rule" in page
    assert "c.kind" not in dict(typist.form["fields"])
    typist.sends(("save", "yes"), {"label.en": ["Very many"]})
    row = desk_of(typist.change, name).document["decisions"]["SUSP-1"]["rows"]["many"]
    assert (row["label"]["en"], row["when"]) == ("Very many", logic)
    typist.opens(f"{typist.rules}/entry?at=/decisions/SUSP-1/rows/many")
    typist.sends(("press", "rule"))
    typist.sends(("press", "c:as_fixed"))
    typist.sends(("save", "yes"))
    assert desk_of(typist.change, name).document["decisions"]["SUSP-1"]["rows"]["many"]["when"] is True


def test_an_example_is_tried_kept_shown_red_or_green_and_stops_the_check(typist):
    name = tabled(typist)
    typist.opens(f"{typist.rules}/entry?at=/decisions/SUSP-1/rows/many")
    typist.sends(("press", "c:as_test"))
    typist.sends(("press", ""), {"c.subject": ["facts.local"]})
    typist.sends(("press", ""), {"c.operator": ["at_least"]})
    typist.sends(("save", "yes"), {"c.value": ["2"]})
    example = f"{typist.rules}/example?table=SUSP-1"
    typist.opens(example)
    typist.sends(("try", "yes"), {"label": ["Two concerns"], "fact-local": ["2"]})
    assert "help / MANY" in typist.page
    typist.sends(("save", "yes"))
    assert "All as expected" in typist.page, typist.page
    typist.opens(example)
    typist.sends(("save", "yes"), {"label": ["Not known"], "fact-local": ["?"], "expect": ["no_help / NONE"]})
    assert "Not as expected" in typist.page
    assert desk_of(typist.change, name).tree["examples"]["SUSP-1"]["not_known"]["given"] == {"value": {"local": None}}
    typist.person.post(f"/changes/{typist.change}/check", page=f"/changes/{typist.change}")
    checked = changes.get(INSIDE, typist.change)
    assert checked.state == "draft"
    assert not checked.report.green
    typist.opens(f"{example}&id=not_known")
    typist.sends(("save", "yes"), {"expect": ["help / ANY"]})
    assert "All as expected" in typist.page
    assert "Not as expected" not in typist.page
    typist.person.post(
        f"{typist.rules}/example/remove", page=f"{typist.rules}/table?at=SUSP-1", table="SUSP-1", id="not_known"
    )
    assert set(desk_of(typist.change, name).tree["examples"]["SUSP-1"]) == {"two_concerns"}
