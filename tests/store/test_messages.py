from dataclasses import replace
from datetime import timedelta

from tests.store.conftest import NORTH, NOW, staff, together, unindexed

from frontdoor.domain.message import Message
from frontdoor.store import messages
from frontdoor.store.client import in_transaction

MINUTE = timedelta(minutes=1)


def make_message(message: str = "m1", key: str = "k1", **more) -> Message:
    return replace(Message(message, NORTH, key, "to@example.org", "Subject", "Body", NOW, NOW), **more)


def test_a_repeat_of_the_same_event_writes_one_message(store):
    assert messages.add(make_message())
    assert not messages.add(make_message("m2", body="Other"))
    assert [message.id for message in messages.outbox(staff())] == ["m1"]


def test_a_repeat_inside_a_transaction_does_not_undo_it(store):
    messages.add(make_message())
    in_transaction(lambda: (messages.add(make_message("m2")), messages.add(make_message("m3", "k3"))))
    assert {message.id for message in messages.outbox(staff())} == {"m1", "m3"}


def test_a_message_leaves_at_its_moment_longest_due_first(store, queries):
    messages.add(make_message("later", "1", release_at=NOW + MINUTE))
    messages.add(make_message("due", "2"))
    messages.add(make_message("longest", "3", release_at=NOW - MINUTE))
    assert messages.due(NOW) == 2
    assert [messages.claim(NOW, "w").id for _ in range(2)] == ["longest", "due"]
    assert messages.claim(NOW, "w") is None
    assert unindexed(queries()) == []


def test_of_four_workers_one_claims_a_message(store):
    messages.add(make_message())
    claimed = together(lambda: messages.claim(NOW, "w"), times=4)
    assert sorted(type(message).__name__ for message in claimed) == ["Message", "NoneType", "NoneType", "NoneType"]


def test_a_message_whose_worker_died_is_claimed_again_after_its_lease(store):
    messages.add(make_message())
    messages.claim(NOW, "w")
    assert messages.claim(NOW + messages.LEASE - MINUTE, "w2") is None
    assert messages.claim(NOW + messages.LEASE, "w2").tries == 2


def test_a_sent_message_is_never_claimed_again(store):
    messages.add(make_message())
    messages.mark_sent(messages.claim(NOW, "w"), NOW)
    assert messages.claim(NOW + timedelta(days=999), "w") is None
    assert messages.outbox(staff())[0].sent_at == NOW


def test_a_failed_message_waits_longer_each_time_and_is_given_up_in_the_end(store):
    messages.add(make_message())
    at, pauses = NOW, []
    while (claimed := messages.claim(at, "w")) is not None:
        messages.mark_failed(claimed, at)
        again = store.messages.find_one()["next_at"]
        pauses.append(again - at)
        at = again if again.year < 9999 else at + timedelta(days=99)
    assert pauses[:4] == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]
    assert max(pauses[:-1]) == timedelta(hours=6)
    assert len(pauses) == 12
    assert messages.outbox(staff())[0].failed_at is not None


def test_a_message_that_failed_and_was_sent_after_all_no_longer_shows_as_failed(store):
    messages.add(make_message())
    messages.mark_failed(messages.claim(NOW, "w"), NOW)
    messages.mark_sent(messages.claim(NOW + MINUTE, "w"), NOW + MINUTE)
    assert messages.outbox(staff())[0].failed_at is None
