import json
from datetime import timedelta

import pytest
from tests.services.builders import MOOR, RECEIVED, education_says, nominated, staff, the_case

from frontdoor.domain.errors import NotAllowed, NotFound
from frontdoor.services.replay import replay_all, replay_one
from frontdoor.services.verify import decide_on_what_is_known
from frontdoor.store import receipts

LATER = RECEIVED + timedelta(hours=1)


@pytest.fixture
def reference(shipped):
    done = nominated().reference
    decide_on_what_is_known(staff(), done, "TFP1-E", reason="No answer", at=LATER, revision=0)
    education_says(staff(), done, 15.0, at=LATER + timedelta(minutes=1))
    return done


def test_every_stored_receipt_replays_to_the_same_answer(reference):
    nominated(authority=MOOR, key="elsewhere")
    replayed = list(replay_all(staff("auditor")))
    assert len(replayed) == 5
    assert not [one for one in replayed if one.differences]
    assert {one.reference for one in replayed} == {reference}, "an auditor replays their own authority's"


@pytest.mark.parametrize(
    ("part", "value"),
    [
        pytest.param("decision", "not_eligible", id="the-outcome"),
        pytest.param("reason_code", "OTHER", id="the-reason"),
        pytest.param("fired", ["all_three"], id="the-row"),
    ],
)
def test_whatever_was_altered_is_named(reference, shipped, part, value):
    receipt = the_case(reference).decisions["TFP1-E"].proposed.receipt
    stored = shipped[receipts.COLLECTION].find_one({"_id": receipt})
    text = json.dumps({**json.loads(stored["text"]), part: value})
    shipped[receipts.COLLECTION].update_one({"_id": receipt}, {"$set": {"text": text}})
    assert any(f"/{part}" in one for one in replay_one(staff(), reference, receipt, at=LATER).differences)


def test_an_officer_replays_one_receipt_and_not_all(reference):
    receipt = the_case(reference).decisions["DEDUP"].proposed.receipt
    assert replay_one(staff(), reference, receipt, at=LATER).differences == ()
    with pytest.raises(NotAllowed):
        list(replay_all(staff()))


def test_another_authoritys_receipt_is_not_there(reference):
    receipt = the_case(reference).decisions["DEDUP"].proposed.receipt
    with pytest.raises(NotFound):
        replay_one(staff(authority=MOOR), reference, receipt, at=LATER)
