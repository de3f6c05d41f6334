from datetime import timedelta

import pytest
from tests.store.conftest import NORTH, NOW, SOUTH, unindexed

from frontdoor.domain.case import Pin
from frontdoor.domain.change import Edit, Snapshot
from frontdoor.domain.errors import Conflict, FrontDoorError, NotFound
from frontdoor.store import snapshots

TREE = {"rules": {"r": {"when": {"in": [{"var": "a.b"}, [1, 2.5]]}, "$odd": None, "a.b": {"_cls": "X"}}}}


def publish(number: int, *, days: int = 0, authority: str = NORTH, **more) -> Snapshot:
    live_from = NOW + timedelta(days=days)
    edit = Edit("/rules/r/$odd", {"$set": 1}, [{"a.b": 2}], "board", "a", "A", NOW)
    fields = {"tree": TREE, "origins": {"/rules/r.x": {"by": "base"}}, "edits": (edit,), **more}
    made = Snapshot(
        authority, "early", number, str(number) * 64, live_from=live_from, published_at=NOW, published_by="a",
        because="board", **fields,
    )  # fmt: skip
    snapshots.add(made)
    return made


def test_a_published_tree_comes_back_exactly_whatever_its_keys(store):
    made = publish(1)
    assert snapshots.get(NORTH, "early", 1) == made


def test_a_number_is_published_once(store):
    publish(1)
    with pytest.raises(Conflict):
        publish(1, days=3)
    assert snapshots.newest(NORTH, "early").live_from == NOW


def test_the_greatest_number_whose_moment_has_come_is_live(store, queries):
    publish(1)
    publish(2, days=10)
    publish(3, days=5)
    live = {days: snapshots.live(NORTH, "early", NOW + timedelta(days=days)).number for days in (0, 4, 5, 9, 10, 99)}
    assert live == {0: 1, 4: 1, 5: 3, 9: 3, 10: 3, 99: 3}
    assert snapshots.live_pin(NORTH, "early", NOW + timedelta(days=5)) == Pin(3, "3" * 64)
    assert snapshots.newest(NORTH, "early").number == 3
    assert [one.number for one in snapshots.history(NORTH, "early")] == [3, 2, 1]
    assert unindexed(queries()) == []


def test_a_list_of_versions_reads_nothing_that_they_hold(store):
    publish(1)
    publish(2, change="c2", same_as=1, release="1.0")
    store.snapshots.update_many({}, {"$unset": {"text": "", "edits": ""}})
    second, first = snapshots.history(NORTH, "early")
    assert (second.change, second.same_as, second.release) == ("c2", 1, "1.0")
    assert (first.number, first.because, first.published_by, first.live_from) == (1, "board", "a", NOW)


def test_before_the_first_moment_nothing_is_live(store):
    publish(1)
    for authority, programme, at in (
        (NORTH, "early", NOW - timedelta(seconds=1)),
        (NORTH, "other", NOW),
        (SOUTH, "early", NOW),
    ):
        with pytest.raises(NotFound):
            snapshots.live(authority, programme, at)
        with pytest.raises(NotFound):
            snapshots.live_pin(authority, programme, at)


def test_authorities_and_their_programmes_are_those_that_published(store, queries):
    publish(1)
    publish(2)
    publish(1, authority=SOUTH)
    assert snapshots.authorities() == (NORTH, SOUTH)
    assert snapshots.programmes(NORTH) == ("early",)
    assert snapshots.programmes("eastshire") == ()
    assert unindexed(queries()) == []


def test_the_same_tree_is_parsed_once(store):
    publish(1)
    publish(2)
    first, second = (snapshots.get(NORTH, "early", number).tree["rules"] for number in (1, 2))
    assert first is second


def test_a_tree_that_was_altered_in_the_database_is_never_a_configuration(store):
    publish(1, tree={"only": "here"})
    store.snapshots.update_one({}, [{"$set": {"text": {"$concat": ["$text", " "]}}}])
    with pytest.raises(FrontDoorError, match="Restore"):
        snapshots.get(NORTH, "early", 1)
