"""Test mode: a form of a draft filled in for nobody, and the test families that come of it."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from pymongo.database import Database
from tests.services.builders import DERBY, answers
from tests.services.configuring import APPROVER, CONFIGURER, NOW, begun, edited, installed, somebody

from frontdoor.domain.access import Viewer, person_token
from frontdoor.domain.errors import AnswersRejected, Conflict, NotAllowed, NotFound, WrongState
from frontdoor.domain.programme import Programme
from frontdoor.domain.trial import Given
from frontdoor.services import change, check, edit_rules, keep_family, trial_families, trying
from frontdoor.services.save_page import Posted
from frontdoor.services.trial_families import TREE
from frontdoor.store import changes

__all__ = ["installed"]
FORM = "e_nomination"
DAY = date(2026, 11, 23)
PARTNER, OFFICER = trying.Part(FORM, "nominator"), trying.Part(FORM, "front_door_officer")
WORRY = {"concern": "being_harmed", "harm_details": "Bruises"}
# Crime and education and one local concern: as many as are asked for before the draft asks for two.
ON_THE_EDGE = {"absent": "yes", "absent_who": ["minh"], "absence_pct": 30, "benefits": "no"}
Store = Database[dict[str, Any]]


def person(account: str, *permissions: str, authority: str = DERBY) -> Viewer:
    viewer = somebody(account, *(permissions or ("edit_change",)), authority=authority)
    return replace(viewer, tokens=frozenset({person_token(account)}))


IONA = replace(CONFIGURER, tokens=frozenset({person_token("iona")}))


def tried(change_id: str, told: dict[str, Any] | None = None, *, part: trying.Part = PARTNER, **more: Any):
    given = Given(DAY, {FORM: told} if told else {}, **more)
    trial = trying.begin(IONA, change_id, part, trying.Purpose(given), at=NOW)
    return trying.opened(IONA, change_id, trial.id, at=NOW)


def expected(one: trying.Trying) -> dict[str, Any]:
    came = trying.came(one)
    return {
        "forms": {form: found.to_json() for form, found in came.seen.items()},
        "decisions": {receipt.code: receipt.outcome for receipt in came.receipts},
    }


def kept(told: dict[str, Any] | None = None, expect: dict[str, Any] | None = None) -> tuple[str, str]:
    """A change that has nothing but one test family, and the family's id."""
    draft = begun(IONA)
    one = tried(draft.id, told or answers())
    key = trying.keep(IONA, one, ("One local concern", expect or expected(one)), at=NOW, revision=draft.revision)
    return draft.id, key


def hashes(database: Store) -> dict[str, str]:
    found: dict[str, str] = database.command("dbHash")["collections"]
    return {name: digest for name, digest in found.items() if name != "trials"}


def test_a_form_is_filled_in_to_its_end_and_nothing_but_the_trial_is_stored(installed):
    draft = begun(IONA)
    before = hashes(installed)
    one = tried(draft.id)
    told = answers(**WORRY, agreement="sought_refused")
    for page in one.filling.form.pages:
        asked = {question.id: told.get(question.id) for question in one.filling.form.on_page(page)}
        one, _ = trying.post(IONA, one, Posted(page, asked, {}, one.trial.revision), at=NOW)
    came = trying.came(one)
    assert next(one for one in came.receipts if one.code == "S0").decision == "duty_now"
    assert hashes(installed) == before
    trying.end(IONA, draft.id, one.trial.id)
    assert hashes(installed) == before
    assert list(installed.trials.find()) == []


def test_what_is_wrong_on_a_page_is_told_and_kept(installed):
    one = tried(begun(IONA).id)
    one, problems = trying.post(IONA, one, Posted("safeguarding", {"concern": None}, {}, one.trial.revision), at=NOW)
    assert [problem.where for problem in problems] == ["/concern"]
    assert "safeguarding" in one.filling.missing


def test_the_same_page_from_two_windows_is_a_conflict_and_loses_nothing(installed):
    one = tried(begun(IONA).id)
    first = Posted("safeguarding", {"concern": "no"}, {}, one.trial.revision, "a")
    after, _ = trying.post(IONA, one, first, at=NOW)
    with pytest.raises(Conflict):
        trying.post(IONA, after, replace(first, writer="b", given={"concern": "not_sure"}), at=NOW)
    with pytest.raises(Conflict):  # from a window that was opened before
        trying.post(IONA, one, first, at=NOW)
    assert trying.opened(IONA, one.change.id, one.trial.id, at=NOW).trial.answers[FORM]["concern"] == "no"


def test_the_decisions_are_those_of_a_nomination_by_the_rules_of_the_draft(installed):
    draft = edited(begun(IONA), "2", viewer=IONA)
    before, after = (tried(one.id, answers(**ON_THE_EDGE)) for one in (begun(IONA), draft))
    outcomes = [{one.code: one.outcome for one in trying.came(each).receipts} for each in (before, after)]
    assert set(outcomes[0]) >= {"S0", "TFP1-E", "DEDUP"}
    assert outcomes[0]["TFP1-E"] != outcomes[1]["TFP1-E"]


def test_what_the_platform_and_a_source_know_is_taken_into_account(installed):
    one = tried(begun(IONA).id, answers())
    trying.know(IONA, one, {"open_episode": True, "contacts_12m": 3}, {}, at=NOW)
    again = trying.opened(IONA, one.change.id, one.trial.id, at=NOW)
    outcomes = {each.code: each.decision for each in trying.came(again).receipts}
    assert outcomes["DEDUP"] != {each.code: each.decision for each in trying.came(one).receipts}["DEDUP"]


def test_a_part_is_a_form_and_a_role_that_really_gets_it(installed):
    _, programme = trying.desk(IONA, begun(IONA).id, at=NOW)
    parts = trying.parts(programme)
    assert PARTNER in parts
    assert OFFICER in parts
    assert {part.role for part in trying.parts(programme, "closure")} == {"team_leader"}
    assert {part.form for part in parts} == set(programme.forms)


@pytest.mark.parametrize(
    ("part", "day", "where"),
    [
        pytest.param(trying.Part("closure", "nominator"), DAY, "/part", id="a-role-that-never-gets-the-form"),
        pytest.param(trying.Part("no_such_form", ""), DAY, "/part", id="a-form-that-is-not-there"),
        pytest.param(PARTNER, date(1601, 1, 1), "/as_of", id="a-day-long-ago"),
    ],
)
def test_a_trial_does_not_begin_with(installed, part, day, where):
    with pytest.raises(AnswersRejected) as refused:
        trying.begin(IONA, begun(IONA).id, part, trying.Purpose(Given(day)), at=NOW)
    assert [problem.where for problem in refused.value.problems] == [where]


REFUSED: dict[str, tuple[Viewer, type[Exception]]] = {
    "a-colleague": (person("olu"), NotFound),
    "another-authority": (person("iona", authority="northmoor"), NotFound),
    "an-officer": (person("iona", "see_case", "complete_form"), NotAllowed),
    "a-partner": (replace(person("iona", "see_case"), kind="partner"), NotAllowed),
}


@pytest.mark.parametrize(("viewer", "error"), REFUSED.values(), ids=REFUSED.keys())
def test_a_trial_is_its_writers_alone(installed, viewer, error):
    one = tried(begun(IONA).id)
    for act in (trying.opened, lambda *given, at: trying.end(*given)):
        with pytest.raises(error):
            act(viewer, one.change.id, one.trial.id, at=NOW)
    assert trying.mine(IONA, one.change.id, at=NOW) == (one.trial,)


def test_a_trial_is_gone_after_some_hours_and_finished_changes_have_none(installed):
    draft = begun(IONA)
    one = tried(draft.id)
    late = NOW + trying.LASTS
    assert trying.mine(IONA, draft.id, at=late) == ()
    with pytest.raises(NotFound):
        trying.opened(IONA, draft.id, one.trial.id, at=late)
    change.withdraw(IONA, draft.id, at=NOW, revision=draft.revision)
    with pytest.raises(WrongState):
        trying.opened(IONA, draft.id, one.trial.id, at=NOW)


def test_a_test_family_is_kept_in_the_change_runs_green_and_can_be_undone(installed):
    draft, key = kept()
    assert key == "one_local_concern"
    found = changes.get(IONA, draft)
    assert [edit.pointer for edit in found.edits] == [f"/{TREE}/{key}"]
    report = change.check(IONA, draft, at=NOW, revision=found.revision).report
    assert report is not None
    assert (report.families_passed, report.families_failed) == (1, ())
    assert report.green
    keep_family.remove(IONA, draft, key, at=NOW, revision=changes.get(IONA, draft).revision)
    assert changes.get(IONA, draft).edits == ()


def test_a_red_test_family_blocks_publishing_and_says_what_differs(installed):
    draft, _ = kept(answers(**ON_THE_EDGE))
    now = changes.get(IONA, draft)
    edited(now, "2", viewer=IONA)
    after = change.check(IONA, draft, at=NOW, revision=changes.get(IONA, draft).revision)
    assert after.report is not None
    (failed,) = after.report.families_failed
    assert {each["kind"] for each in failed["differences"]} == {"decision"}
    assert not after.report.green
    assert after.state == "draft"
    with pytest.raises(WrongState):
        change.submit(IONA, draft, on=None, at=NOW, revision=after.revision)


def test_a_published_family_is_tried_by_the_next_change_and_goes_with_the_snapshot(installed):
    draft, key = kept()
    now = change.check(IONA, draft, at=NOW, revision=changes.get(IONA, draft).revision)
    now = change.submit(IONA, draft, on=None, at=NOW, revision=now.revision)
    now = change.approve(APPROVER, draft, at=NOW, revision=now.revision)
    change.publish_change(IONA, draft, at=NOW, revision=now.revision)
    later = begun(IONA, at=NOW + timedelta(hours=1))
    _, programme = trying.desk(IONA, later.id, at=NOW)
    assert [(one.key, one.passed) for one in trial_families.tried(programme)] == [(key, True)]
    assert trial_families.tried(programme, code="DER-I")
    assert trial_families.tried(programme, form="closure") == []


WRONG: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "no-name": (" ", {}, {"decisions": {"S0": "none"}}),
    "no-expectation": ("Somebody", {}, {"forms": {}}),
    "a-file": ("Somebody", {"documents": ["0123456789abcdef01234567"]}, {"decisions": {"S0": "none"}}),
}


@pytest.mark.parametrize(("label", "told", "expect"), WRONG.values(), ids=WRONG.keys())
def test_no_family_is_kept_with(installed, label, told, expect):
    draft = begun(IONA)
    one = tried(draft.id, answers(**told))
    with pytest.raises(AnswersRejected):
        trying.keep(IONA, one, (label, expect), at=NOW, revision=draft.revision)
    assert changes.get(IONA, draft.id).edits == ()


def test_a_file_in_a_family_that_came_from_elsewhere_is_a_problem_of_the_tree(installed):
    draft, key = kept()
    tree = deepcopy(dict(edit_rules.shown(changes.get(IONA, draft), at=NOW).tree))
    assert check.tree_problems(tree) == []
    tree[TREE][key]["given"]["value"]["answers"][FORM]["documents"] = ["0123456789abcdef01234567"]
    (problem,) = check.tree_problems(tree)
    assert problem.where == f"/{TREE}/{key}/given/value/answers/{FORM}/documents"
    del tree[TREE][key]["given"]
    assert [one.code for one in check.tree_problems(tree)] == ["missing_key"]


Act = Callable[[dict[str, Any]], None]


def _asks(name: str, **ui: Any) -> Act:
    return lambda form: form["questions"][name]["ui"].update(ui)


def _drops(name: str) -> Act:
    return lambda form: form["questions"].pop(name)


DIFFERENT: dict[str, tuple[Act, str]] = {
    "a-question-that-is-optional-now": (_asks("family_name", required=False), "not_required"),
    "a-question-that-is-hidden-now": (_asks("referrer_role", show_if="offence_yes"), "not_shown"),
    "a-question-that-is-gone": (_drops("other_information"), "gone"),
    "a-question-that-asks-more": (_asks("other_information", required=True), "error_new"),
}


@pytest.mark.parametrize(("act", "kind"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_what_differs_in_a_form_is_told(installed, act, kind):
    draft, _ = kept(answers(offence="no", offence_who=None, offence_on=None, other_information=None))
    tree = deepcopy(dict(edit_rules.shown(changes.get(IONA, draft), at=NOW).tree))
    (name,) = (name for name, form in tree["forms"].items() if form["id"] == FORM)
    conditions = tree["forms"][name]["conditions"]
    conditions.setdefault(
        "offence_yes", {"label": {"en": "An offence"}, "logic": {"==": [{"var": "answers.offence"}, "yes"]}}
    )
    act(tree["forms"][name])
    programme = Programme.from_tree(tree, authority=DERBY, programme="derby", number=0, digest="")
    (one,) = trial_families.tried(programme)
    assert kind in {each.kind for each in one.differences}


def test_a_family_is_replaced_under_its_own_id_part_by_part(installed):
    draft, key = kept()
    now = changes.get(IONA, draft)
    given = Given.from_json(keep_family.held_in(now, at=NOW)[key]["given"]["value"])
    family = (key, "Another name", given, {"decisions": {"S0": "no_concern / NO_CONCERN"}})
    keep_family.save(IONA, draft, family, at=NOW, revision=now.revision)
    held = keep_family.held_in(changes.get(IONA, draft), at=NOW)
    assert [(name, one["label"]["en"]) for name, one in held.items()] == [(key, "Another name")]


def test_facts_of_a_trial_make_an_example(installed):
    one = tried(begun(IONA).id, answers(benefits="no"))
    _, facts, outcome = trying.facts_of(IONA, one.change.id, one.trial.id, "TFP1-E", at=NOW)
    assert outcome == next(each.outcome for each in trying.came(one).receipts if each.code == "TFP1-E")
    assert facts
    with pytest.raises(NotFound):
        trying.facts_of(IONA, one.change.id, one.trial.id, "NO-SUCH", at=NOW)
