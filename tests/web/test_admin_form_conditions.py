"""The conditions of a form over HTTP: written as sentences, used, refused; and the ways through a form."""

import re
from dataclasses import replace

import pytest
from tests.web.administering import INSIDE, application, people, site
from tests.web.rule_typist import Typist

from frontdoor import clock
from frontdoor.domain.canonical import canonical, find
from frontdoor.domain.designs.conditions import places
from frontdoor.domain.rules.dialect.drafting import draft as drafted
from frontdoor.domain.rules.dialect.reading import read
from frontdoor.services import edit_conditions
from frontdoor.store import changes

__all__ = ["application", "people", "site"]
WHY = "Partnership board, 12 March 2026, item 4"
FORM = "e-nomination"
EDITOR = replace(INSIDE, account="editor", kind="staff", permissions=frozenset({"edit_change"}))


@pytest.fixture
def irena(people):
    return people("configurer", "Irena")


@pytest.fixture
def typist(irena):
    irena.post("/changes/new", programme="derby", title="Conditions of our own")
    return Typist(irena, changes.all_of(INSIDE)[0].id)


def design_of(typist):
    return edit_conditions.design(changes.get(INSIDE, typist.change), FORM, at=clock.now())


def edits_of(typist):
    return changes.get(INSIDE, typist.change).edits


def home(typist):
    return f"/changes/{typist.change}/forms/{FORM}/conditions"


def types_anew(typist, logic, group="", **boxes):
    """Write a condition that is on paper, clause by clause, as the page offers it."""
    typist.opens(f"{home(typist)}/entry?rows={group}")
    typist.types_clause(drafted(read(logic), design_of(typist).names((), group)))
    typist.sends(("save", "yes"), {"because": [WHY], **{name: [value] for name, value in boxes.items()}})


def test_every_condition_of_the_largest_form_is_typed_anew_to_the_same_rule(typist):
    shipped = design_of(typist).document
    for number, place in enumerate(places(shipped)):
        held = find(shipped, place, {})
        group = place[1] if len(place) > 2 else ""
        types_anew(typist, held["logic"], group, id=f"again_{number}", **{"label.en": f"Again {number}"})
        assert typist.status == 200, (place, re.findall(r"error-message.*", typist.page)[:5])
        made = find(design_of(typist).document, (*place[:-1], f"again_{number}"), {})
        assert canonical(made["logic"]) == canonical(held["logic"]), place
    assert all(one.because == WHY and one.pointer.startswith(f"/forms/{FORM}/") for one in edits_of(typist))


def test_label_and_id_are_proposed_from_the_sentence(typist):
    types_anew(typist, {"==": [{"var": "answers.offence"}, "dont_know"]})
    made = design_of(typist).document["conditions"]
    key = next(iter(set(made) - set(design_of(typist).under.tree["forms"][FORM]["conditions"])))
    assert made[key]["label"]["en"].startswith("“Has anybody under 18 in the family been found guilty")
    assert key.startswith("has_anybody_under_18")


def test_saving_what_was_only_looked_at_changes_nothing(typist):
    design = design_of(typist)
    for place in places(design.document):
        typist.opens(f"{home(typist)}/entry?at=/{'/'.join(place)}")
        typist.sends(("save", "yes"), {"because": [WHY]})
        assert typist.status == 200
    assert edits_of(typist) == ()


def test_the_list_tells_each_in_a_sentence_with_its_uses_and_who_can_check_it(typist):
    page = typist.opens(home(typist))
    assert "When “Has anybody under 18 in the family been found guilty" in page
    assert "In each row of “Who is in the family?”" in page
    assert "Other systems can check this too" in page
    assert "Only this product can check this" in page
    assert "It is asked when this holds" in page


def test_what_is_used_stays_and_every_use_is_named(typist):
    typist.opens(f"{home(typist)}/entry?at=/conditions/offence_yes")
    typist.sends(("remove", "yes"), {"because": [WHY]})
    assert typist.status == 422
    assert "First take it out of the question “Who was it?”: it is asked when this holds" in typist.page
    assert edits_of(typist) == ()


def test_what_nothing_uses_is_removed_and_undone(typist):
    types_anew(typist, True, id="spare", **{"label.en": "Spare"})
    typist.opens(f"{home(typist)}/entry?at=/conditions/spare")
    typist.sends(("remove", "yes"), {"because": [WHY]})
    assert typist.status == 200
    assert edits_of(typist) == ()
    typist.opens(home(typist))
    typist.person.post(f"/changes/{typist.change}/rules/undo", page=f"/changes/{typist.change}/rules")
    assert "spare" in design_of(typist).document["conditions"]


def test_a_circle_is_refused_with_the_way_round(typist):
    typist.opens(f"{home(typist)}/entry?at=/conditions/offence_yes")
    typist.sends(("press", ""), {"c.subject": ["answers.offence_who"], "because": [WHY]})
    typist.sends(("press", ""), {"c.operator": ["answered"]})
    typist.sends(("save", "yes"))
    assert typist.status == 422
    assert "These would wait for each other: “" in typist.page
    assert "“Who was it?”" in typist.page
    assert edits_of(typist) == ()


@pytest.mark.parametrize(
    ("boxes", "message"),
    [
        pytest.param({"because": [WHY]}, "Choose", id="unfinished"),
        pytest.param({"id": ["Not an id"], "because": [WHY], "label.en": ["x"]}, "Choose", id="unfinished-first"),
    ],
)
def test_what_is_missing_is_told_at_its_clause_and_nothing_typed_is_lost(typist, boxes, message):
    typist.opens(f"{home(typist)}/entry?rows=")
    typist.sends(("save", "yes"), boxes)
    assert typist.status == 422
    assert "There is a problem" in typist.page
    assert message in typist.page
    for name, values in boxes.items():
        assert values[0] in typist.page, name


def test_a_taken_id_and_a_missing_why_are_refused(typist):
    types_anew(typist, True, id="offence_yes", **{"label.en": "Taken"})
    assert typist.status == 422
    assert "This id is taken: type another" in typist.page
    typist.opens(f"{home(typist)}/entry?rows=")
    typist.sends(("press", "c:as_fixed"))
    typist.sends(("save", "yes"), {"because": [""], "label.en": ["No why"]})
    assert typist.status == 422
    assert "Enter why, and who decided it" in typist.page


def test_an_advanced_condition_is_shown_and_kept_until_it_is_replaced(typist):
    advanced = {"==": [{"+": [{"var": "answers.offence"}, 1]}, 2]}

    def act(now):
        return {
            **now.document,
            "conditions": {
                **now.document["conditions"],
                "odd": {"order": 200, "label": {"en": "Odd"}, "logic": advanced},
            },
        }

    change = changes.get(INSIDE, typist.change)
    edit_conditions.save(EDITOR, change.id, FORM, act, WHY, at=clock.now(), revision=change.revision)
    page = typist.opens(f"{home(typist)}/entry?at=/conditions/odd")
    assert "An advanced rule, which reads" in page
    assert "&#34;+&#34;" in page or '"+"' in page
    typist.sends(("save", "yes"), {"label.en": ["Odder"], "because": [WHY]})
    held = design_of(typist).document["conditions"]["odd"]
    assert (held["logic"], held["label"]) == (advanced, {"en": "Odder"})
    typist.opens(f"{home(typist)}/entry?at=/conditions/odd")
    typist.sends(("press", "rule"))
    typist.sends(("press", "c:as_fixed"))
    typist.sends(("save", "yes"))
    assert design_of(typist).document["conditions"]["odd"]["logic"] is True


@pytest.mark.parametrize("at", ["at=/conditions/none", "at=/pages/family", "rows=nobody", "at=/questions/members"])
def test_what_is_not_there_is_not_found(typist, at):
    assert typist.person.get(f"{home(typist)}/entry?{at}").status_code == 404


def test_a_form_that_is_not_there_is_not_found(typist):
    for address in (f"/changes/{typist.change}/forms/none/conditions", f"/changes/{typist.change}/forms/none/map",
                    "/programmes/derby/forms/none/map", "/programmes/none/forms"):  # fmt: skip
        assert typist.person.get(address).status_code == 404, address


def test_the_map_has_every_question_once_and_the_default_way_counted(typist):
    for address in (f"/changes/{typist.change}/forms/{FORM}/map", f"/programmes/derby/forms/{FORM}/map"):
        page = typist.opens(address)
        form = design_of(typist).form
        asked = [
            one
            for question in form.questions.values()
            for one in (question, *question.questions.values())
            if one.answers
        ]
        assert page.count('role="rowheader"') == len(asked)
        told = re.search(r"(\d+) of (\d+) pages and (\d+) of (\d+) questions", page)
        pages, all_pages, questions, all_questions = map(int, told.groups())
        assert (all_pages, all_questions) == (len(form.pages), len(asked))
        assert page.count('fd-tag--done">asked') == questions
        assert page.count('form-map__page"') == pages
        assert re.search(r"<svg[^>]*role=\"img\"", page)


def test_the_map_shows_what_the_change_makes_of_the_form_and_the_live_one_does_not(typist):
    types_anew(typist, {"==": [{"var": "answers.offence"}, "no"]}, id="no_offence", **{"label.en": "Nobody offended"})
    change = changes.get(INSIDE, typist.change)

    def act(now):
        asked = dict(now.document["questions"]["asb"])
        asked["ui"] = {**asked["ui"], "show_if": "no_offence"}
        return {**now.document, "questions": {**now.document["questions"], "asb": asked}}

    edit_conditions.save(EDITOR, change.id, FORM, act, WHY, at=clock.now(), revision=change.revision)
    assert "Nobody offended" in typist.opens(f"/changes/{typist.change}/forms/{FORM}/map")
    assert "Nobody offended" not in typist.opens(f"/programmes/derby/forms/{FORM}/map")


def test_others_keep_their_edits_and_whys(typist, people):
    types_anew(typist, True, id="mine", **{"label.en": "Mine"})
    change = changes.get(INSIDE, typist.change)

    def act(now):
        return {**now.document, "title": {"en": "Another title"}}

    edit_conditions.save(EDITOR, change.id, FORM, act, "Another why", at=clock.now(), revision=change.revision)
    assert {one.pointer: one.because for one in edits_of(typist)} == {
        f"/forms/{FORM}/conditions/mine": WHY, f"/forms/{FORM}/title/en": "Another why",
    }  # fmt: skip
    before = changes.get(INSIDE, typist.change).revision
    sent = {"c.kind": "fixed", "c.holds": "no", "label.en": "Late"}
    stale = typist.person.post(
        f"{home(typist)}/entry", page=f"{home(typist)}/entry?at=/conditions/mine", revision=str(before - 1),
        because=WHY, save="yes", **sent,
    )  # fmt: skip
    assert stale.status_code == 409
    assert "Late" not in str(edits_of(typist))
