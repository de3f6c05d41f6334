"""What a second engine and a solver say of a change: what is shown, what is acknowledged, what stands in its way."""

from collections import OrderedDict
from dataclasses import replace
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from pymongo.errors import AutoReconnect
from tests.services.configuring import APPROVER, BOARD, CONFIGURER, NOW, begun, checked, edited, installed, screened

from frontdoor import worker
from frontdoor.domain.access import system_viewer
from frontdoor.domain.change import Change, Edit
from frontdoor.domain.errors import AnswersRejected, WrongState
from frontdoor.services import change, change_edits, change_proofs, proposed
from frontdoor.services.proofs.findings import Findings
from frontdoor.store import changes, jobs, snapshots

__all__ = ["installed"]
pytestmark = pytest.mark.usefixtures("installed")
ROWS = "/rules/intensity/decisions/DER-I/rows"
ROW = "partner_lead"
INSIDE = system_viewer("derby-city")
LEADS, FEW = {"var": "facts.partner_lead_worker"}, {"<=": [{"var": "facts.local"}, {"var": "parameters.low_local_max"}]}
# The remainder of a negative number keeps its sign here and in every browser; json-logic-qubit's does not.
MEETS_A_CLASS = {"and": [LEADS, FEW, {"<=": [{"%": [{"-": [{"var": "facts.local"}, 4]}, 3]}, 0]}]}
NEVER_TRUE = {"and": [LEADS, FEW, {"!": [LEADS]}]}
COVERED = {"and": [{"var": "facts.high_trigger"}, FEW]}


def with_rule(row: str, when: Any, draft: Change | None = None) -> Change:
    """A draft in which a row's rule is another one, as an editor of rows leaves it."""
    draft = draft or begun()
    pointer = f"{ROWS}/{row}/when"
    was = proposed.value_at(snapshots.get(draft.authority, draft.programme, draft.base), pointer)
    one = Edit(pointer, was, when, BOARD, CONFIGURER.account, CONFIGURER.name, NOW)
    return changes.replace(INSIDE, replace(draft, edits=(*draft.edits, one)), expected_revision=draft.revision)


def found_in(draft: Change) -> dict[str, Any]:
    assert draft.report is not None
    (proof,) = draft.report.proofs
    return dict(proof)


def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be proved while somebody waits for the page."""
    monkeypatch.setattr(change_proofs, "_AT_ONCE", 0.0)
    monkeypatch.setattr(change_proofs, "_LEAST", 0.0)
    monkeypatch.setattr(change_proofs, "_known", OrderedDict())  # what an earlier test found


# ── The second engine ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_documented_difference_is_named_with_its_place_and_waits_for_somebody_to_have_looked_at_it():
    draft = checked(with_rule(ROW, MEETS_A_CLASS))
    assert draft.report is not None
    assert draft.report.compared > 100
    assert draft.report.to_acknowledge == {"remainder_of_negative"}
    (opinion,) = [one for one in draft.report.opinions if one["kind"] == "remainder_of_negative"]
    assert opinion["where"] == f"DER-I/{ROW}"
    assert opinion["name"]["en"]
    assert opinion["count"] > 0
    draft = screened(draft)
    with pytest.raises(AnswersRejected) as refused:
        change.submit(CONFIGURER, draft.id, on=None, at=NOW, revision=draft.revision)
    assert [one.where for one in refused.value.problems] == ["/acknowledged/remainder_of_negative"]
    done = change.submit(
        CONFIGURER,
        draft.id,
        on=None,
        at=NOW,
        revision=draft.revision,
        acknowledged=frozenset({"remainder_of_negative"}),
    )
    assert done.state == "submitted"


def test_a_change_of_a_number_asks_for_no_acknowledgement():
    draft = checked()
    assert draft.report is not None
    assert draft.report.compared > 100
    assert draft.report.opinions == ()


def test_a_difference_that_nobody_documented_keeps_the_change_a_draft(monkeypatch):
    monkeypatch.setattr("frontdoor.services.second_opinion.class_of", lambda part, values: "")
    draft = checked(with_rule(ROW, MEETS_A_CLASS))
    assert draft.state == "draft"
    assert draft.report is not None
    assert any(f"DER-I/{ROW}" in problem for problem in draft.report.problems)


# ── The proof ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("when", "kind"),
    [
        pytest.param(NEVER_TRUE, "contradictory", id="never-true"),
        pytest.param(COVERED, "dead", id="covered-by-a-row-before"),
    ],
)
def test_a_row_that_never_decides_keeps_the_change_a_draft_and_says_why(when, kind):
    draft = checked(with_rule(ROW, when))
    assert draft.state == "draft"
    (finding,) = [one for one in found_in(draft)["findings"] if one["kind"] == kind]
    assert (finding["rows"], finding["blocks"]) == ([ROW], True)
    assert set(finding["told"]) == {"en", "cy"}
    assert draft.report is not None
    assert draft.report.blocking == (finding,)
    with pytest.raises(WrongState):
        change.submit(CONFIGURER, draft.id, on=None, at=NOW, revision=draft.revision)


def test_one_family_is_told_for_each_pair_of_decisions_that_a_change_makes():
    draft = checked()
    table = found_in(draft)
    assert table["decision"] == "TFP1-E"
    assert table["findings"] == []
    told = [one["told"]["en"] for one in table["differences"]]
    assert len(told) == 2
    assert all("was “Eligible”" in one for one in told)
    assert draft.state == "checked"


def test_words_alone_are_not_proved():
    words = f"{ROWS}/support_worker/texts/staff/en"
    draft = checked(edited(pointer=words, typed="A support worker"))
    assert draft.report is not None
    assert (draft.report.proofs, draft.report.proving, draft.state) == ((), (), "checked")


def test_only_the_tables_that_a_change_touches_are_proved():
    draft = checked(edited(typed="3"))
    assert draft.report is not None
    assert [one["decision"] for one in draft.report.proofs] == ["TFP1-E"]


# ── Where it takes long ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_long_proof_is_left_to_the_worker_and_the_change_waits_for_it(monkeypatch):
    slow(monkeypatch)
    draft = checked(edited(typed="4"))
    assert draft.state == "draft"
    assert draft.report is not None
    assert draft.report.proving == ("TFP1-E",)
    waiting = change_proofs.progress(draft)
    assert waiting is not None
    assert (waiting.state, waiting.done, waiting.total) == ("waiting", 0, 1)
    with pytest.raises(WrongState, match="proof still runs"):
        change.submit(CONFIGURER, draft.id, on=None, at=NOW, revision=draft.revision)
    assert change_proofs.work_off("w", lambda: NOW)
    done = changes.get(CONFIGURER, draft.id)
    assert done.state == "checked"
    assert done.report is not None
    assert (done.report.proving, found_in(done)["not_proved"]) == ((), [])
    assert jobs.get(INSIDE, waiting.id).state == "done"
    assert not change_proofs.work_off("w", lambda: NOW)


def test_what_the_worker_finds_keeps_the_change_a_draft_too(monkeypatch):
    slow(monkeypatch)
    draft = checked(with_rule(ROW, NEVER_TRUE))
    assert change_proofs.work_off("w", lambda: NOW)
    done = changes.get(CONFIGURER, draft.id)
    assert done.state == "draft"
    assert done.report is not None
    assert done.report.blocking


def test_what_was_not_proved_in_time_is_told_and_does_not_stand_in_the_way(monkeypatch):
    slow(monkeypatch)
    monkeypatch.setattr(change_proofs, "prove_apart", lambda now, codes, **_: _nothing(codes))
    monkeypatch.setattr(change_proofs, "differences_apart", lambda was, now, codes, **_: _nothing(codes))
    draft = checked(edited(typed="5"))
    change_proofs.work_off("w", lambda: NOW)
    done = screened(changes.get(CONFIGURER, draft.id))
    assert (done.state, found_in(done)["not_proved"]) == ("checked", ["every question"])
    sent = change.submit(CONFIGURER, done.id, on=None, at=NOW, revision=done.revision)
    assert found_in(change.approve(APPROVER, sent.id, at=NOW, revision=sent.revision))["not_proved"]


def _nothing(codes):
    return tuple(Findings(code, NOW.date(), not_proved=("every question",)) for code in codes)


@pytest.mark.parametrize("meanwhile", ["edited", "checked-again", "given-up"])
def test_a_proof_that_nobody_waits_for_any_more_changes_nothing(monkeypatch, meanwhile):
    slow(monkeypatch)
    draft = checked(edited(typed="6"))
    if meanwhile == "edited":
        draft = change_edits.undo(CONFIGURER, draft.id, draft.edits[0].pointer, at=NOW, revision=draft.revision)
    elif meanwhile == "checked-again":
        draft = checked(draft, at=NOW + timedelta(seconds=1))
    else:
        draft = change.withdraw(CONFIGURER, draft.id, at=NOW, revision=draft.revision)
    assert change_proofs.work_off("w", lambda: NOW)
    assert changes.get(CONFIGURER, draft.id) == draft


def test_a_worker_that_died_half_way_leaves_the_proof_to_the_next(monkeypatch):
    slow(monkeypatch)
    draft = checked(edited(typed="7"))
    assert jobs.claim([change_proofs.KIND], "dead", NOW, timedelta(minutes=3)) is not None
    assert not change_proofs.work_off("w", lambda: NOW)
    assert change_proofs.work_off("w", lambda: NOW + timedelta(minutes=4))
    assert changes.get(CONFIGURER, draft.id).state == "checked"


def test_the_worker_proves_until_it_is_told_to_stop_and_outlives_a_database_that_is_away(monkeypatch):
    slow(monkeypatch)
    draft = checked(edited(typed="3"))
    stop, rounds = Event(), []
    monkeypatch.setattr(worker, "_PAUSE_AFTER_FAULT", 0.0)

    def now():
        rounds.append(1)
        if len(rounds) == 1:
            raise AutoReconnect("away")
        if len(rounds) > 9 or changes.get(CONFIGURER, draft.id).state == "checked":
            stop.set()
        return NOW

    worker.prove(now, stop)
    assert changes.get(CONFIGURER, draft.id).state == "checked"
