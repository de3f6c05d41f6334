from dataclasses import replace
from datetime import timedelta

import pytest
from tests.store.conftest import NORTH, NOW, SYSTEM, partner, staff

from frontdoor.domain.access import authority_token, organisation_token
from frontdoor.domain.case import Pin
from frontdoor.domain.errors import Conflict
from frontdoor.domain.submission import Question, Submission
from frontdoor.store import submissions

TEACHER = partner(organisation="pta")


def make_submission(submission: str = "s1", key: str = "k1", **more) -> Submission:
    made = Submission(
        id=submission,
        authority=NORTH,
        programme="early",
        form="intake",
        key=key,
        digest="d" * 64,
        answers={"members": [{"id": "m1", "dob": "2011-05"}]},
        pin=Pin(1, "d" * 64),
        tokens=(authority_token(NORTH), organisation_token(NORTH, "pta")),
        case="NOR-1",
        organisation="pta",
        account="teacher",
        account_name="Teacher",
        received_at=NOW,
        channel="e_form",
        pending_status="decided",
        release_at=NOW,
    )
    return replace(made, **more)


def test_a_key_is_used_once_in_an_authority_and_again_in_another(store):
    submissions.add(TEACHER, make_submission())
    with pytest.raises(Conflict):
        submissions.add(TEACHER, make_submission("s2"))
    elsewhere = make_submission("s3", authority="southshire", tokens=(authority_token("southshire"),))
    submissions.add(staff("southshire"), elsewhere)
    assert submissions.by_key(staff("southshire"), "k1") == elsewhere
    assert submissions.by_key(TEACHER, "k1").id == "s1"


def test_a_submission_comes_back_as_it_was_sent_with_its_questions(store):
    sent = make_submission(questions=(Question("q", NOW, "a", "Which school?", NOW, "b", "St Mary's"),))
    submissions.add(TEACHER, sent)
    assert submissions.get(TEACHER, "s1") == sent


def test_an_amendment_is_found_from_the_first_and_the_first_from_the_amendment(store):
    submissions.add(TEACHER, make_submission(amended_by="s2"))
    submissions.add(TEACHER, make_submission("s2", "k1#2", amends="s1", amended_by="s3"))
    submissions.add(TEACHER, make_submission("s3", "k1#3", amends="s2"))
    first = submissions.get(TEACHER, "s1")
    assert submissions.latest_of(TEACHER, first).id == "s3"
    assert submissions.first_key(TEACHER, "s3") == "k1"


def test_an_organisation_finds_what_it_sent_newest_first_and_no_other_does(store):
    submissions.add(TEACHER, make_submission("old", "k1", received_at=NOW - timedelta(days=1)))
    submissions.add(TEACHER, make_submission("new", "k2"))
    assert [one.id for one in submissions.mine(TEACHER)] == ["new", "old"]
    assert submissions.mine(partner(organisation="police")) == ()


def test_a_case_finds_its_submissions_in_the_order_of_receipt(store):
    submissions.add(TEACHER, make_submission("second", "k2"))
    submissions.add(TEACHER, make_submission("first", "k1", received_at=NOW - timedelta(days=1)))
    assert [one.id for one in submissions.by_case(staff(), "NOR-1")] == ["first", "second"]


def test_a_held_back_status_is_due_from_its_moment_until_it_was_told(store):
    submissions.add(TEACHER, make_submission())
    submissions.add(TEACHER, make_submission("s2", "k2", pending_status=None))
    assert submissions.due_releases(SYSTEM, NOW - timedelta(seconds=1)) == ()
    (due,) = submissions.due_releases(SYSTEM, NOW)
    submissions.replace(SYSTEM, replace(due, status="decided", pending_status=None), expected_revision=0)
    assert submissions.due_releases(SYSTEM, NOW + timedelta(days=9)) == ()
