from dataclasses import replace
from datetime import timedelta

import pytest
from tests.store.conftest import NORTH, NOW, SYSTEM, partner, staff, unindexed

from frontdoor.domain.access import organisation_token
from frontdoor.domain.case import Pin
from frontdoor.domain.errors import Conflict, NotFound
from frontdoor.domain.submission import Draft
from frontdoor.store import drafts

TEACHER = partner()


def make_draft(draft_id: str = "d1", **more) -> Draft:
    tokens = (organisation_token(NORTH, "school"), f"authority:{NORTH}")
    pin = Pin(1, "d" * 64)
    return replace(Draft(draft_id, NORTH, "early", "intake", pin, tokens, "school", "teacher", {}, NOW, NOW), **more)


def test_a_save_over_what_was_read_is_kept_and_a_stale_one_shows_both(store):
    drafts.add(TEACHER, make_draft())
    phone = drafts.save(TEACHER, make_draft(answers={"name": "From the phone"}), expected_revision=0)
    with pytest.raises(Conflict) as stale:
        drafts.save(TEACHER, make_draft(answers={"name": "From the desk"}), expected_revision=0)
    assert stale.value.theirs == phone
    assert stale.value.mine.answers == {"name": "From the desk"}
    assert drafts.get(TEACHER, "d1") == phone


def test_mine_are_the_unsent_ones_of_my_organisation_last_saved_first(store, queries):
    drafts.add(TEACHER, make_draft("old", saved_at=NOW - timedelta(days=1)))
    drafts.add(TEACHER, make_draft("new", account="head"))
    drafts.add(TEACHER, make_draft("sent", sent_as="s1"))
    elsewhere = make_draft("theirs", tokens=(organisation_token(NORTH, "police"),))
    drafts.add(TEACHER, elsewhere)
    assert [draft.id for draft in drafts.mine(TEACHER)] == ["new", "old"]
    assert unindexed(queries()) == []


def test_a_discarded_draft_is_gone_and_a_sent_one_stays(store):
    drafts.add(TEACHER, make_draft())
    drafts.discard(TEACHER, "d1")
    with pytest.raises(NotFound):
        drafts.get(TEACHER, "d1")
    drafts.add(TEACHER, make_draft("sent"))
    drafts.mark_sent(TEACHER, "sent", "s1", NOW)
    with pytest.raises(Conflict):
        drafts.discard(TEACHER, "sent")
    assert drafts.get(TEACHER, "sent").sent_as == "s1"


def test_a_draft_becomes_one_submission_only(store):
    drafts.add(TEACHER, make_draft())
    drafts.mark_sent(TEACHER, "d1", "s1", NOW)
    drafts.mark_sent(TEACHER, "d1", "s1", NOW)
    with pytest.raises(Conflict):
        drafts.mark_sent(TEACHER, "d1", "s2", NOW)
    assert (drafts.get(TEACHER, "d1").sent_as, drafts.get(TEACHER, "d1").revision) == ("s1", 1)


def test_a_page_that_was_open_when_the_draft_was_sent_cannot_bring_it_back(store):
    before = drafts.add(TEACHER, make_draft())
    drafts.mark_sent(TEACHER, "d1", "s1", NOW)
    with pytest.raises(Conflict):
        drafts.save(TEACHER, before, expected_revision=0)


def test_abandoned_are_unsent_drafts_with_a_concern_even_where_only_their_writer_may_read(store, queries):
    worry = {"answer": "not_sure"}
    own = (organisation_token(NORTH, "school"),)
    hour_ago = NOW - timedelta(hours=1)
    for draft in (
        make_draft("left", concern=worry, saved_at=hour_ago, tokens=own),
        make_draft("calm", saved_at=hour_ago),
        make_draft("sent", concern=worry, saved_at=hour_ago, sent_as="s"),
        make_draft("writing", concern=worry),
        make_draft("long-ago", concern=worry, saved_at=NOW - timedelta(days=40)),
    ):
        drafts.add(TEACHER, draft)
    assert [draft.id for draft in drafts.abandoned(SYSTEM, NOW - timedelta(minutes=30))] == ["left"]
    assert drafts.abandoned(staff("southshire"), NOW) == ()
    assert unindexed(queries()) == []
