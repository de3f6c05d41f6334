from datetime import timedelta

import pytest
from tests.services.builders import RECEIVED, nominated, partner, staff, the_case

from frontdoor.domain.errors import NotFound
from frontdoor.services import ask, filling, track
from frontdoor.store import submissions

TESS = partner()
LATER = RECEIVED + timedelta(hours=2)


def asks(reference, at=LATER):
    ask.ask(staff(), reference, "Which school?", at=at, revision=the_case(reference).revision)


def test_home_names_what_is_unfinished_asked_and_sent(shipped):
    filling.begin(TESS, "derby", filling.Purpose(), at=RECEIVED)
    done = nominated()
    asks(done.reference)
    home = track.home(partner(account="deputy"), at=LATER)
    assert [one.family for one in home.drafts] == [""]
    ((listed, question),) = home.asked
    assert (listed.family, question.text) == ("O'Brien-Nguyễn", "Which school?")
    assert [one.standing for one in home.sent] == ["The front door asked you a question."]
    assert [one.programme for one in home.programmes] == ["derby"]


def test_the_steps_are_told_in_their_order_and_in_the_packs_words(shipped):
    done = nominated()
    asks(done.reference)
    standing = track.standing(TESS, done.submission)
    assert [(when, words) for when, words in standing.steps] == [
        (RECEIVED, "Received. The front door is looking at it."),
        (LATER, "The front door asked you a question."),
    ]
    (question,) = standing.waiting
    ask.reply(TESS, done.submission, question.id, "Larkspur", at=LATER + timedelta(hours=1))
    standing = track.standing(TESS, done.submission)
    assert standing.steps[-1][1] == "You answered the question."
    assert standing.waiting == ()


def test_an_amended_submission_leads_to_the_latest(shipped):
    first = nominated()
    nominated(family_name="Nguyễn", received_at=LATER)
    standing = track.standing(TESS, first.submission)
    assert standing.submission.answers["family_name"] == "Nguyễn"
    assert [one.family for one in track.home(TESS, at=LATER).sent] == ["Nguyễn"]


def test_nothing_of_another_organisation_is_found(shipped):
    done = nominated()
    stranger = partner(organisation="police")
    assert track.home(stranger, at=LATER).sent == ()
    with pytest.raises(NotFound):
        track.standing(stranger, done.submission)
    with pytest.raises(NotFound):
        track.standing_of_case(stranger, done.reference)


def test_what_was_decided_shows_only_from_its_release_moment(shipped):
    done = nominated()
    (sent,) = submissions.by_case(staff(), done.reference)
    assert track.standing(TESS, done.submission).steps == ((RECEIVED, "Received. The front door is looking at it."),)
    assert sent.status == "received"


def test_what_was_sent_is_named_by_the_family_as_its_sender_named_it(shipped):
    done = nominated()
    assert track.standing(TESS, done.submission).family == "O'Brien-Nguyễn"
