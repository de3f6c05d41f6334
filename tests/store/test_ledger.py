from dataclasses import asdict

import pytest
from tests.store.conftest import NORTH, NOW, SOUTH, event, together, unindexed

from frontdoor.domain.case import Event
from frontdoor.store import ledger


def append(*names: str, authority: str = NORTH, case: str = "NOR-1") -> int:
    return ledger.append(authority, case, [event(name, digest=name) for name in names])


@pytest.fixture
def five(store):
    append("a", "b")
    append("c", case="NOR-2")
    append("d", "e")
    return store.ledger


def test_entries_are_numbered_from_one_each_sealed_with_the_one_before(five):
    entries = ledger.of_case(NORTH, "NOR-1")
    assert [(entry.n, entry.event) for entry in entries] == [(1, "a"), (2, "b"), (4, "d"), (5, "e")]
    assert entries[0].prev == "0" * 64
    assert entries[1].prev == entries[0].hash
    assert ledger.head(NORTH) == (5, entries[-1].hash)
    assert ledger.verify(NORTH) is None


def test_an_event_is_entered_once_however_often_it_is_delivered(store):
    assert [append("a", "b"), append("b", "c"), append("a"), append("d", "d")] == [2, 1, 0, 1]
    assert ledger.head(NORTH)[0] == 4
    assert ledger.verify(NORTH) is None


def test_four_that_append_at_once_make_one_chain_without_gaps(store):
    added = together(*(lambda lot=lot: append(f"{lot}-1", f"{lot}-2", "shared") for lot in "wxyz"))
    assert sum(added) == 9
    assert ledger.head(NORTH)[0] == 9
    assert ledger.verify(NORTH) is None


def test_each_authority_has_a_chain_of_its_own(store):
    append("a", "b")
    append("a", authority=SOUTH)
    assert (ledger.head(NORTH)[0], ledger.head(SOUTH)[0]) == (2, 1)
    assert ledger.verify(SOUTH) is None
    assert ledger.head("eastshire") == (0, "0" * 64)
    assert ledger.verify("eastshire") is None


def test_neither_names_nor_answers_reach_the_ledger(store):
    ledger.append(NORTH, "NOR-1", [Event("a", "received", NOW, {"digest": "d", "at": NOW, "ids": ["x"]})])
    (entry,) = ledger.of_case(NORTH, "NOR-1")
    assert "ids" not in str(store.ledger.find_one())
    assert len(entry.data) == 64


@pytest.mark.parametrize("field", ["event", "kind", "case", "data", "prev", "hash", "at"])
def test_an_altered_entry_is_found(five, field):
    five.update_one({"n": 3}, {"$set": {field: NOW.replace(year=2020) if field == "at" else "x"}})
    assert ledger.verify(NORTH) == ledger.Broken(3, "altered")


def test_an_entry_that_was_altered_and_sealed_anew_is_found_at_the_next(five):
    third = next(entry for entry in ledger._entries({"authority": NORTH}) if entry.n == 3)
    forged = ledger.LedgerEntry(**{**asdict(third), "kind": "forged"})
    five.update_one({"n": 3}, {"$set": {"kind": "forged", "hash": forged.sealed()}})
    assert ledger.verify(NORTH) == ledger.Broken(4, "altered")


@pytest.mark.parametrize(
    ("gone", "first"),
    [
        pytest.param([1], 1, id="the-first"),
        pytest.param([3], 3, id="one-between"),
        pytest.param([4, 5], 4, id="the-last-two"),
        pytest.param([1, 2, 3, 4, 5], 1, id="all"),
    ],
)
def test_removed_entries_are_found(five, gone, first):
    five.delete_many({"n": {"$in": gone}})
    assert ledger.verify(NORTH) == ledger.Broken(first, "missing")


def test_an_entry_smuggled_in_behind_the_head_is_found(five):
    last = five.find_one({"n": 5})
    entry = ledger._entry(NORTH, "NOR-1", event("forged"), 6, last["hash"])
    five.insert_one(asdict(entry))
    assert ledger.verify(NORTH) == ledger.Broken(6, "altered")


def test_the_ledger_is_read_and_verified_by_an_index(five, queries):
    ledger.verify(NORTH)
    ledger.of_case(NORTH, "NOR-1")
    append("a", "f")
    assert unindexed(queries()) == []
