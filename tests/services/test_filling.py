from dataclasses import replace
from datetime import timedelta

import pytest
from tests.services.builders import DERBY, MEMBERS, RECEIVED, answers, partner, programme_of, staff
from tests.store.conftest import together

from frontdoor.domain.access import system_viewer
from frontdoor.domain.change import Snapshot
from frontdoor.domain.errors import AnswersRejected, Conflict, NotFound, WrongState
from frontdoor.services import filling, save_page
from frontdoor.services.send import send
from frontdoor.store import alerts, drafts, snapshots, submissions

TESS = partner()
LATER = RECEIVED + timedelta(minutes=5)


@pytest.fixture
def draft(shipped):
    return begun()


def begun(viewer=TESS, **purpose):
    return filling.begin(viewer, "derby", filling.Purpose(**purpose), at=RECEIVED)


def full(viewer=TESS, **more):
    draft = begun(viewer)
    return filling.rewritten(viewer, draft.id, lambda before: replace(before, answers=answers(**more)))


def posted(page="family", *, revision=99, writer="w1", turn=0, **given):
    return save_page.Posted(page, given, {"shown": [*given]}, revision, writer, turn)


def resumed(draft):
    return filling.resume(TESS, draft.id, at=LATER)


def save(draft, sent, viewer=TESS):
    opened = filling.resume(viewer, draft.id, at=LATER)
    return save_page.save_page(viewer, opened, sent, at=LATER)


def test_a_draft_begins_with_who_its_sender_is(draft):
    assert draft.answers["referrer_name"] == "Tess Teacher"


def test_pressing_start_again_before_writing_anything_leads_to_the_same_draft(draft):
    again = filling.begin(TESS, "derby", filling.Purpose(language="cy"), at=LATER)
    assert (again.id, again.language, again.started_at) == (draft.id, "cy", LATER)
    assert [one.id for one in drafts.mine(TESS)] == [draft.id]


@pytest.mark.parametrize("keep", [save, lambda draft, sent: save_page.autosave(TESS, resumed(draft), sent, at=LATER)])
def test_a_draft_that_was_written_in_is_left_alone(draft, keep):
    keep(draft, posted(family_name="Nguyễn"))
    assert begun().id != draft.id
    assert len(drafts.mine(TESS)) == 2


def test_a_colleagues_untouched_draft_is_theirs(draft):
    assert begun(partner(account="deputy")).id != draft.id


def test_another_call_is_another_draft(shipped):
    call = {"channel": "phone", "received_at": RECEIVED, "caller": {}}
    officer = staff()
    assert begun(officer, arrival=call).id != begun(officer, arrival=call).id


def test_new_answers_to_something_sent_are_begun_once(shipped):
    sent = send(TESS, full().id, at=LATER).submission
    first = begun(amends=sent)
    assert begun(amends=sent).id == first.id
    assert begun().id != first.id


def test_two_presses_at_the_same_moment_make_one_submission(shipped):
    draft = full()
    first, second = together(lambda: send(TESS, draft.id, at=LATER), times=2)
    assert first == second
    assert drafts.get(TESS, draft.id).sent_as == first.submission
    assert len(submissions.mine(TESS)) == 1


def test_sending_again_days_later_gets_the_first_reference_and_receipt(shipped):
    draft = full()
    done = send(TESS, draft.id, at=LATER)
    assert send(TESS, draft.id, at=LATER + timedelta(days=3)) == done


def test_the_clock_of_a_resumed_draft_runs_from_its_receipt(shipped):
    draft = full()
    assert send(TESS, draft.id, at=RECEIVED + timedelta(days=3)).received_at == RECEIVED + timedelta(days=3)


def test_what_is_missing_is_refused_with_its_place_and_the_draft_stays(shipped):
    draft = full(family_name=None)
    with pytest.raises(AnswersRejected) as refused:
        send(TESS, draft.id, at=LATER)
    assert [one.where for one in refused.value.problems] == ["/family_name"]
    assert drafts.get(TESS, draft.id).sent_as is None


def test_saves_at_the_same_moment_on_different_pages_are_all_kept(draft):
    acts = [
        lambda: save(draft, posted("family", family_name="O'Brien", writer="a")),
        lambda: save(draft, posted("work", benefits="no", writer="b")),
        lambda: save(draft, posted("agreement", agreement="not_sought", writer="c")),
    ]
    together(*acts)
    kept = drafts.get(TESS, draft.id).answers
    assert (kept["family_name"], kept["benefits"], kept["agreement"]) == ("O'Brien", "no", "not_sought")


def test_a_page_that_somebody_else_saved_since_is_a_conflict_with_their_version(draft):
    save(draft, posted(family_name="Theirs", revision=0, writer="a"))
    with pytest.raises(Conflict) as conflict:
        save(draft, posted(family_name="Mine", revision=0, writer="b"))
    assert conflict.value.theirs.answers["family_name"] == "Theirs"


def test_the_same_open_page_may_be_saved_again(draft):
    save(draft, posted(family_name="One", revision=0, writer="a"))
    save(draft, posted(family_name="Two", revision=0, writer="a"))
    assert drafts.get(TESS, draft.id).answers["family_name"] == "Two"


def test_what_a_page_did_not_ask_stays_as_it_was(draft):
    save(draft, posted("agreement", family_aware="no", not_told_because="It could harm her"))
    save(draft, posted("agreement", family_aware="dont_know"))
    assert drafts.get(TESS, draft.id).answers["not_told_because"] == "It could harm her"


def test_a_row_keeps_what_it_was_not_asked(draft):
    save(draft, posted("members", members=MEMBERS))
    save(draft, posted("members", members=[{"id": "aoif", "given_name": "Eve"}, {"id": "minh", "dob": None}]))
    aoife, minh = drafts.get(TESS, draft.id).answers["members"]
    assert (aoife["given_name"], aoife["dob"]) == ("Eve", "2014-03-09")
    assert "dob" not in minh


@pytest.mark.parametrize(
    ("first", "then", "kept"),
    [
        pytest.param("not_sure", "danger_now", ("danger_now", 3), id="graver"),
        pytest.param("danger_now", "not_sure", ("danger_now", 3), id="less-grave"),
        pytest.param("danger_now", "no", ("danger_now", 3), id="taken-back"),
    ],
)
def test_a_draft_keeps_the_gravest_answer_ever_given(draft, first, then, kept):
    save(draft, posted("safeguarding", concern=first, harm_details="Bruises"))
    save(draft, posted("safeguarding", concern=then))
    concern = drafts.get(TESS, draft.id).concern
    assert (concern["answer"], concern["gravity"]) == kept
    (alert,) = alerts.open(staff("duty_social_worker"))
    assert (alert.concern, alert.gravity) == kept


def test_a_concern_reaches_duty_though_the_page_is_in_conflict(draft):
    save(draft, posted("safeguarding", concern="no", revision=0, writer="a"))
    with pytest.raises(Conflict):
        save(draft, posted("safeguarding", concern="danger_now", revision=0, writer="b"))
    (alert,) = alerts.open(staff("duty_social_worker"))
    assert alert.gravity == 3


def test_an_amendment_that_says_the_same_of_the_concern_raises_nothing_new(shipped):
    told = {"concern": "not_sure", "harm_details": "Bruises", "actions_taken": "Rang"}
    done = send(TESS, full(**told).id, at=LATER)
    before = len(alerts.open(staff("duty_social_worker")))
    draft = begun(amends=done.submission)
    save(draft, posted(family_name="Nguyễn"))
    assert len(alerts.open(staff("duty_social_worker"))) == before


def test_a_draft_that_was_sent_takes_nothing_more(shipped):
    draft = full()
    send(TESS, draft.id, at=LATER)
    opened = filling.resume(TESS, draft.id, at=LATER)
    with pytest.raises(WrongState):
        save_page.save_page(TESS, opened, posted(family_name="Other"), at=LATER)
    with pytest.raises(WrongState):
        save_page.autosave(TESS, opened, posted(family_name="Other"), at=LATER)


def test_an_unknown_page_is_not_found(draft):
    with pytest.raises(NotFound):
        save(draft, posted("nowhere"))


def test_more_text_than_a_page_may_hold_is_refused(draft):
    opened = filling.resume(TESS, draft.id, at=LATER)
    long = save_page.Posted("family", {}, {"family_name": ["x" * 500_000]}, 0)
    with pytest.raises(AnswersRejected):
        save_page.autosave(TESS, opened, long, at=LATER)
    assert drafts.get(TESS, draft.id).revision == draft.revision


def test_a_colleague_may_finish_it_and_a_stranger_may_not(draft):
    colleague = partner(account="deputy")
    assert filling.resume(colleague, draft.id, at=LATER).draft.id == draft.id
    with pytest.raises(NotFound):
        filling.resume(partner(organisation="police", account="constable"), draft.id, at=LATER)


def newer_form(change):
    """Publish the programme again with something changed in its intake form."""
    before = snapshots.live(DERBY, "derby", LATER)
    tree = {**before.tree, "forms": {**before.tree["forms"]}}
    form = tree["forms"]["e-nomination"]
    tree["forms"]["e-nomination"] = change(form)
    newer: Snapshot = replace(before, number=2, digest="sha256:newer", tree=tree, live_from=RECEIVED)
    snapshots.add(newer)


def test_a_draft_follows_a_newer_form_that_takes_all_its_answers(draft):
    newer_form(lambda form: {**form, "title": {"en": "Nominate"}})
    assert filling.resume(TESS, draft.id, at=LATER).form.title == {"en": "Nominate"}
    assert drafts.get(TESS, draft.id).pin.number == 2


def test_a_draft_stays_with_its_form_where_the_newer_one_has_no_place_for_an_answer(draft):
    save(draft, posted(family_name="O'Brien"))
    newer_form(lambda form: {**form, "questions": {k: q for k, q in form["questions"].items() if k != "family_name"}})
    assert "family_name" in filling.resume(TESS, draft.id, at=LATER).form.questions


def test_an_amendment_starts_from_what_was_sent_under_the_form_it_was_sent_by(shipped):
    done = send(TESS, full().id, at=LATER)
    newer_form(lambda form: {**form, "title": {"en": "Nominate"}})
    draft = begun(amends=done.submission)
    assert draft.answers["family_name"] == "O'Brien-Nguyễn"
    assert filling.resume(TESS, draft.id, at=LATER).form.title == {"en": "Nominate a family"}
    changed = filling.rewritten(TESS, draft.id, lambda one: replace(one, answers={**one.answers, "family_name": "Ngu"}))
    again = send(TESS, changed.id, at=LATER)
    assert (again.reference, again.amended) == (done.reference, True)
    assert len(submissions.by_case(system_viewer(DERBY), done.reference)) == 2


def test_a_contact_that_an_officer_takes_down_counts_from_when_it_came(shipped):
    came = RECEIVED - timedelta(days=3)
    officer = staff()
    how = {"channel": "phone", "received_at": came, "caller": {"name": "A grandmother"}}
    draft = begun(officer, arrival=how)
    opened = filling.resume(officer, draft.id, at=LATER)
    assert opened.as_of == programme_of().calendar.local_date(came)
    filling.rewritten(officer, draft.id, lambda one: replace(one, answers=answers()))
    assert send(officer, draft.id, at=LATER).received_at == came
