from datetime import timedelta

import pytest
from tests.services.builders import MOOR, RECEIVED, nominated, partner, partner_with_address, staff, the_case

from frontdoor.domain.errors import AnswersRejected, Conflict, NotAllowed, NotFound, WrongState
from frontdoor.services.ask import ask, reply
from frontdoor.store import messages, submissions

LATER = RECEIVED + timedelta(hours=3)
QUESTION = "Which school is Minh at?"


@pytest.fixture
def asked(shipped):
    done = nominated(partner_with_address())
    ask(staff(), done.reference, QUESTION, at=LATER, revision=0)
    return done


def question(done):
    return submissions.get(partner(), done.submission).questions[0]


def test_a_deputy_of_the_organisation_answers_and_the_case_waits_to_be_read(asked):
    deputy = partner(account="deputy")
    reply(deputy, asked.submission, question(asked).id, "Markeaton", at=LATER)
    assert question(asked).reply == "Markeaton"
    (task,) = the_case(asked.reference).tasks
    assert (task.kind, task.role) == ("reply", "front_door_officer")


def test_the_notice_names_the_reference_and_not_the_question(asked):
    seen = []
    while (message := messages.claim(LATER, "w")) is not None:
        seen.append(message.subject + message.body)
    assert len(seen) == 2, "the acknowledgement and the notice"
    assert all(asked.reference in text for text in seen)
    assert not [text for text in seen if "Minh" in text]


def test_somebody_of_another_organisation_may_not_even_know_of_it(asked):
    with pytest.raises(NotFound):
        reply(partner(organisation="police"), asked.submission, question(asked).id, "x", at=LATER)
    with pytest.raises(NotFound):
        ask(staff(authority=MOOR), asked.reference, QUESTION, at=LATER, revision=0)


def test_a_second_reply_is_told_that_there_is_one(asked):
    reply(partner(), asked.submission, question(asked).id, "Markeaton", at=LATER)
    with pytest.raises(WrongState):
        reply(partner(account="deputy"), asked.submission, question(asked).id, "Larkspur", at=LATER)


@pytest.mark.parametrize("text", ["", " \n ", "x" * 5001], ids=["nothing", "blank", "too-long"])
def test_a_question_and_a_reply_have_words_and_not_too_many(asked, text):
    with pytest.raises(AnswersRejected):
        ask(staff(), asked.reference, text, at=LATER, revision=1)
    with pytest.raises(AnswersRejected):
        reply(partner(), asked.submission, question(asked).id, text, at=LATER)


def test_a_stale_page_asks_nothing_twice(asked):
    with pytest.raises(Conflict):
        ask(staff(), asked.reference, QUESTION, at=LATER, revision=0)
    assert len(submissions.get(partner(), asked.submission).questions) == 1


def test_a_contact_that_staff_took_down_has_nobody_to_ask(shipped):
    done = nominated(staff(), channel="phone")
    with pytest.raises(WrongState):
        ask(staff(), done.reference, QUESTION, at=LATER, revision=0)


def test_an_auditor_asks_nothing(asked):
    with pytest.raises(NotAllowed):
        ask(staff("auditor"), asked.reference, QUESTION, at=LATER, revision=1)
