"""Which changes are asked about equality and data protection: every one that may move a decision, and no other."""

from dataclasses import replace
from typing import Any

import pytest
from tests.services.configuring import (
    BOARD,
    CONFIGURER,
    DUTY_NUMBER,
    LOCAL_MIN,
    NOW,
    SCREENED,
    begun,
    checked,
    edited,
    installed,
    screened,
    somebody,
)  # fmt: skip
from tests.services.test_change_proofs import MEETS_A_CLASS, ROW, ROWS

from frontdoor.domain.change import Change, Edit
from frontdoor.domain.errors import AnswersRejected, NotAllowed, WrongState
from frontdoor.services import change, change_proofs, change_screening, lab_record, proposed, reached
from frontdoor.services.change_proofs import compiled
from frontdoor.store import changes, snapshots

__all__ = ["installed"]
pytestmark = pytest.mark.usefixtures("installed")
FORM = "/forms/e-nomination"
TABLE = "/rules/eligibility/decisions/TFP1-E"


@pytest.fixture(autouse=True)
def unproved(monkeypatch):
    """Leave the solver out: what it finds is not what is asked here, and takes its time."""
    monkeypatch.setattr(change_proofs, "at_once", lambda *_, **__: ((), ()))


def with_value(pointer: str, value: Any, draft: Change | None = None) -> Change:
    """A draft in which something is another value, as any editor leaves it."""
    draft = draft or begun()
    was = proposed.value_at(snapshots.get(draft.authority, draft.programme, draft.base), pointer)
    one = Edit(pointer, was, value, BOARD, CONFIGURER.account, CONFIGURER.name, NOW)
    return changes.replace(CONFIGURER, replace(draft, edits=(*draft.edits, one)), expected_revision=draft.revision)


def reached_by(pointer: str, value: Any) -> tuple[str, ...]:
    base = snapshots.get("derby-city", "derby", 1)
    one = Edit(pointer, proposed.value_at(base, pointer), value, BOARD, "iona", "Iona", NOW)
    then = replace(base, tree=proposed.draft_of(base, (one,)), digest="another")
    return reached.touched(compiled(base), compiled(then))


MOVING = [
    pytest.param(LOCAL_MIN, 2, id="a-number"),
    pytest.param(f"{TABLE}/rows/all_three/when", {"var": "facts.c1"}, id="a-row"),
    pytest.param("/rules/eligibility/facts/c3/logic", {"==": [{"var": "row.benefit"}, "UC"]}, id="a-fact"),
    pytest.param(f"{FORM}/questions/absence_pct/maximum", 50, id="what-a-question-takes"),
    pytest.param(f"{FORM}/questions/absent/ui/show_if", "offence_yes", id="when-a-question-is-asked"),
    pytest.param(f"{FORM}/conditions/absent_yes/logic", {"var": "answers.excluded"}, id="a-condition-of-a-question"),
]
STILL = [
    pytest.param(DUTY_NUMBER, "01632 960119", id="a-contact-number"),
    pytest.param("/themes/theme/colours/accent", "#123456", id="a-colour"),
    pytest.param(f"{TABLE}/rows/all_three/label/en", "Two and local", id="what-a-row-is-called"),
    pytest.param(f"{FORM}/questions/absent/ui/label/en", "Away without leave?", id="the-words-of-a-question"),
    pytest.param(f"{FORM}/questions/other_information/maxLength", 900, id="a-question-that-no-rule-reads"),
    pytest.param(f"{FORM}/questions/absent/ui/order", 7, id="where-a-question-stands"),
]


@pytest.mark.parametrize(("pointer", "value"), MOVING)
def test_whatever_may_move_a_decision_is_found(pointer, value):
    assert "TFP1-E" in reached_by(pointer, value)


@pytest.mark.parametrize(("pointer", "value"), STILL)
def test_words_looks_and_what_no_rule_reads_move_none(pointer, value):
    assert reached_by(pointer, value) == ()


def test_a_change_of_a_row_cannot_be_submitted_before_its_questions_are_answered():
    draft = checked(with_value(f"{ROWS}/{ROW}/when", MEETS_A_CLASS))
    assert (draft.state, draft.to_screen) == ("checked", True)
    with pytest.raises(WrongState, match="equality"):
        change.submit(CONFIGURER, draft.id, on=None, at=NOW, revision=draft.revision)
    done, seen = screened(draft), draft.report.to_acknowledge
    sent = change.submit(CONFIGURER, done.id, on=None, at=NOW, revision=done.revision, acknowledged=seen)
    assert sent.state == "submitted"


def test_nobody_publishes_alone_what_was_not_looked_at():
    draft = checked()
    with pytest.raises(WrongState, match="equality"):
        change.publish_alone(CONFIGURER, draft.id, at=NOW, revision=draft.revision)


def test_a_change_of_words_alone_is_asked_nothing():
    draft = checked(edited(typed="01632 960119", pointer=DUTY_NUMBER))
    assert (draft.report.reaches, draft.to_screen) == ((), False)
    assert change.submit(CONFIGURER, draft.id, on=None, at=NOW, revision=draft.revision).state == "submitted"


def test_another_value_asks_again_and_another_word_does_not():
    done = screened(checked())
    words = checked(edited(done, "01632 960119", pointer=DUTY_NUMBER))
    assert not words.to_screen
    assert checked(edited(words, "3")).to_screen


def test_only_who_edits_changes_answers_and_each_question_wants_an_answer():
    draft = checked()
    with pytest.raises(NotAllowed):
        change_screening.screen(
            somebody("feliks", "approve_change"), draft.id, SCREENED, at=NOW, revision=draft.revision
        )
    with pytest.raises(AnswersRejected) as refused:
        change_screening.screen(CONFIGURER, draft.id, {}, at=NOW, revision=draft.revision)
    wanted = {f"/{one.id}" for one in change_screening.SCREENING if one.needed}
    assert {one.where for one in refused.value.problems} == wanted


def test_each_decision_that_a_change_reaches_has_its_record():
    draft = screened(checked(with_value(f"{ROWS}/{ROW}/when", MEETS_A_CLASS)))
    record = lab_record.of(CONFIGURER, draft.id, at=NOW, decision="DER-I")
    assert (record.code, record.screening["answers"]["equality"]) == ("DER-I", "watched")
    with pytest.raises(WrongState, match="touches no decision"):
        lab_record.of(CONFIGURER, draft.id, at=NOW, decision="TFP1-E")
