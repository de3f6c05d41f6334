"""What is kept so that somebody can sign in, stay signed in and not try too often."""

import hashlib
from datetime import timedelta

import pytest
from tests.store.conftest import NOW, together, unindexed

from frontdoor.domain.errors import TooMany
from frontdoor.store import heartbeats, sessions, sign_in_links, throttles

HOUR = timedelta(hours=1)
COOKIE = hashlib.sha256(b"cookie").hexdigest()
OTHER = hashlib.sha256(b"other").hexdigest()


def keep(digest=COOKIE, account="ann", at=NOW, data=None, device="Firefox"):
    kept = data or {"_user_id": "ann", "csrf": "x", "a.b": [1, {"$x": None}]}
    sessions.keep(digest, kept, account=account, device=device, at=at, expires_at=at + HOUR)
    return kept


def test_a_session_remembers_whatever_keys_a_framework_gives_it(store):
    assert sessions.load(COOKIE, NOW) is None
    kept = keep()
    assert sessions.load(COOKIE, NOW) == kept


def test_a_session_ends_when_it_was_not_seen_for_its_time(store):
    keep()
    assert sessions.load(COOKIE, NOW + HOUR) is None
    keep(at=NOW + HOUR / 2)
    assert sessions.load(COOKIE, NOW + HOUR) is not None


def test_a_session_shows_when_it_began_and_was_seen_last_and_not_what_it_is_found_by(store, queries):
    keep()
    keep(at=NOW + HOUR / 2, device="another")
    keep(OTHER)
    keep("c" * 64, account="bob")
    first, second = sessions.of_account("ann", NOW + HOUR / 2)
    assert (first.started_at, first.seen_at, first.device) == (NOW, NOW + HOUR / 2, "Firefox")
    assert second.started_at == NOW
    assert COOKIE not in str(first)
    assert unindexed(queries()) == []


def test_sessions_are_ended_one_by_one_or_all_at_once_and_only_ones_own(store):
    for digest, account in ((COOKIE, "ann"), (OTHER, "ann"), ("c" * 64, "bob")):
        keep(digest, account)
    shown = {session.id for session in sessions.of_account("ann", NOW)}
    for session in shown:
        sessions.end_of_account("bob", session)
    assert len(sessions.of_account("ann", NOW)) == 2
    sessions.end_of_account("ann", COOKIE[:16])
    assert sessions.load(COOKIE, NOW) is None
    keep()
    assert sessions.end_all("ann") == 2
    assert sessions.load("c" * 64, NOW) is not None
    sessions.end("c" * 64)
    assert sessions.load("c" * 64, NOW) is None


def test_a_link_lets_in_once_for_its_purpose_and_in_its_time(store):
    sign_in_links.add("digest", "ann", "sign_in", NOW + HOUR)
    assert sign_in_links.use("digest", "enrol", NOW) is None
    assert sign_in_links.use("digest", "sign_in", NOW + HOUR) is None
    assert sign_in_links.peek("digest", "sign_in", NOW) == "ann"
    assert sign_in_links.use("digest", "sign_in", NOW) == "ann"
    assert sign_in_links.peek("digest", "sign_in", NOW) is None
    assert sign_in_links.use("digest", "sign_in", NOW) is None


def test_of_four_who_use_one_link_at_once_one_gets_in(store):
    sign_in_links.add("digest", "ann", "sign_in", NOW + HOUR)
    assert sorted(map(str, together(lambda: sign_in_links.use("digest", "sign_in", NOW), times=4))) == [
        "None", "None", "None", "ann",
    ]  # fmt: skip


def test_one_may_try_so_often_and_is_then_told_when_to_try_again(store):
    for _ in range(3):
        throttles.hit("password:ann@example.org", 3, HOUR, NOW)
    with pytest.raises(TooMany, match=r"Try again in 42 minutes\."):
        throttles.hit("password:ann@example.org", 3, HOUR, NOW + timedelta(minutes=18, seconds=30))
    with pytest.raises(TooMany, match=r"Try again in 1 minute\."):
        throttles.hit("password:ann@example.org", 3, HOUR, NOW + timedelta(minutes=59, seconds=30))
    throttles.hit("password:bob@example.org", 3, HOUR, NOW)
    throttles.hit("password:ann@example.org", 3, HOUR, NOW + HOUR)


def test_tries_at_the_same_moment_are_all_counted(store):
    results = together(lambda: throttles.hit("x", 4, HOUR, NOW), times=6)
    assert sorted(type(result).__name__ for result in results) == ["NoneType"] * 4 + ["TooMany"] * 2


def test_whom_a_try_was_for_is_not_stored(store):
    throttles.hit("password:ann@example.org", 3, HOUR, NOW)
    plain = hashlib.sha256(b"password:ann@example.org").hexdigest()
    assert "ann" not in str(store.throttles.find_one())
    assert plain not in str(store.throttles.find_one())


@pytest.mark.parametrize("module", [sessions, sign_in_links, throttles], ids=lambda module: module.__name__)
def test_what_has_expired_is_removed_by_the_database(store, module):
    found = store[module.COLLECTION].index_information()["expiry"]
    assert (found["key"], found["expireAfterSeconds"]) == ([("expires_at", 1)], 0)


def test_the_latest_heartbeat_of_any_worker_counts(store):
    assert heartbeats.latest() is None
    heartbeats.beat("b", NOW + HOUR)
    heartbeats.beat("a", NOW)
    assert heartbeats.latest() == NOW + HOUR
