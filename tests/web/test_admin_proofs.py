"""What a second engine and a solver found, on the pages of a change."""

from collections import OrderedDict

import pytest
from tests.services.test_change_proofs import COVERED, MEETS_A_CLASS, ROW, with_rule
from tests.web.administering import INSIDE, application, people, problems_shown, site
from tests.web.test_admin_changes import begin, edit, screen, take, tried

from frontdoor import clock
from frontdoor.services import change_proofs
from frontdoor.store import changes

__all__ = ["application", "people", "site"]
KIND = "remainder_of_negative"


def begun(iona, when):
    """A change in which a row has another rule; its address."""
    change = begin(iona)
    with_rule(ROW, when, changes.get(INSIDE, change.rpartition("/")[2]))
    return change


def main(page):
    return page.text.partition("<main")[2]


def test_a_documented_difference_is_shown_and_submitted_only_with_its_box_ticked(people):
    iona = people("configurer", "Iona")
    change = begun(iona, MEETS_A_CLASS)
    assert take(iona, change, "check").status_code == 303
    assert screen(iona, change).status_code == 303
    page = main(iona.get(change))
    assert "answers asked of a second engine too" in page
    assert "The remainder of a negative number" in page
    asked = main(iona.get(f"{change}/submit"))
    assert asked.count('name="acknowledged"') == 1
    assert "I have looked at this" in asked
    refused = iona.post(f"{change}/submit", when="approved")
    assert refused.status_code == 422
    assert list(problems_shown(refused.text)) == [f"acknowledged-{KIND}"]
    assert iona.post(f"{change}/submit", when="approved", acknowledged="order_of_text").status_code == 422
    assert iona.post(f"{change}/submit", when="approved", acknowledged=KIND).status_code == 303


def test_a_ticked_box_stays_ticked_when_something_else_is_missing(people):
    iona = people("configurer", "Iona")
    change = begun(iona, MEETS_A_CLASS)
    tried(iona, change)
    shown = iona.post(f"{change}/submit", acknowledged=KIND)
    assert list(problems_shown(shown.text)) == ["when"]
    assert f'value="{KIND}" checked' in shown.text


def test_where_the_engines_agree_there_is_no_box(people):
    iona = people("configurer", "Iona")
    change = begin(iona)
    edit(iona, change)
    take(iona, change, "check")
    assert "answers asked of a second engine too" in main(iona.get(change))
    assert "acknowledged" not in main(iona.get(f"{change}/submit"))


def test_a_dead_row_is_told_in_words_and_there_is_no_way_to_submit(people):
    iona = people("configurer", "Iona")
    change = begun(iona, COVERED)
    take(iona, change, "check")
    page = main(iona.get(change))
    assert "never decides: whoever it is true of comes under" in page
    assert "Put this right before the change can be submitted." in page
    assert f"{change}/submit" not in page
    assert "tables proved" not in page


def test_the_approver_reads_who_would_be_decided_differently(people):
    iona, feliks = people("configurer", "Iona"), people("approver", "Feliks")
    change = begin(iona)
    edit(iona, change)
    take(iona, change, "check")
    page = main(feliks.get(change))
    assert "1 table proved over every family" in page
    assert "Who would be decided differently" in page
    assert "A family where" in page


def test_a_long_proof_is_left_and_come_back_to(people, monkeypatch):
    monkeypatch.setattr(change_proofs, "_AT_ONCE", 0.0)
    monkeypatch.setattr(change_proofs, "_LEAST", 0.0)
    monkeypatch.setattr(change_proofs, "_known", OrderedDict())
    iona = people("configurer", "Iona")
    change = begin(iona)
    edit(iona, change)
    take(iona, change, "check")
    page = main(iona.get(change))
    assert "Proving…" in page
    assert "0 of 1 tables are done." in page
    assert f"{change}/submit" not in page
    assert iona.post(f"{change}/submit", page=change, when="approved").status_code == 409
    assert change_proofs.work_off("w", clock.now)
    screen(iona, change)
    page = main(iona.get(change))
    assert "Proving…" not in page
    assert f"{change}/submit" in page


def test_what_was_not_proved_is_shown_to_the_approver(people):
    iona, feliks = people("configurer", "Iona"), people("approver", "Feliks")
    change = begin(iona)
    edit(iona, change)
    tried(iona, change)
    stored = changes.get(INSIDE, change.rpartition("/")[2])
    (proof,) = stored.report.proofs
    changes.RECORDS.collection.update_one(
        {"_id": stored.id}, {"$set": {"report.proofs": [{**proof, "not_proved": ["row all_three"]}]}}
    )
    page = main(feliks.get(change))
    assert "1 table not proved" in page
    assert "1 question had no answer in time." in page
    assert iona.post(f"{change}/submit", when="approved").status_code == 303


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_findings_are_told_in_the_readers_language(people, language):
    iona = people("configurer", "Iona")
    change = begun(iona, COVERED)
    take(iona, change, "check")
    assert iona.post("/language", page=change, language=language).status_code == 303
    told = {"en": "never decides", "cy": "byth yn penderfynu"}
    assert told[language] in main(iona.get(change))
