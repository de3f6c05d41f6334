import os
from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from mongoengine.errors import OperationError
from pymongo.errors import PyMongoError
from tests.store.conftest import NORTH, NOW, make_case, staff, together
from tests.store.test_drafts import make_draft
from tests.store.test_snapshots import publish

from frontdoor.cli import local_mongod
from frontdoor.domain.account import Account
from frontdoor.domain.errors import Conflict, FrontDoorError, NotFound
from frontdoor.store import accounts, cases, client, connection, drafts, snapshots
from frontdoor.store.client import in_transaction

OFFICER = staff()


def test_a_transaction_that_fails_leaves_nothing_behind(store):
    def half():
        cases.add(OFFICER, make_case("NOR-1"))
        accounts.add(OFFICER, Account("a", NORTH, "staff", "a@example.org", "A"))
        raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        in_transaction(half)
    assert (store.cases.count_documents({}), store.accounts.count_documents({})) == (0, 0)


def test_what_a_transaction_wrote_is_seen_by_nobody_else_before_its_end(store):
    seen = []

    def act():
        cases.add(OFFICER, make_case("NOR-1"))
        together(lambda: seen.append(cases.several(OFFICER, ["NOR-1"])))
        return "done"

    assert in_transaction(act) == "done"
    assert seen == [()]
    assert cases.get(OFFICER, "NOR-1")


def test_a_transaction_inside_another_is_part_of_it(store):
    def outer():
        in_transaction(lambda: cases.add(OFFICER, make_case("NOR-1")))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        in_transaction(outer)
    assert store.cases.count_documents({}) == 0


def test_an_error_after_a_transaction_leaves_the_thread_outside_of_it(store):
    with pytest.raises(Conflict):
        in_transaction(lambda: (cases.add(OFFICER, make_case()), cases.add(OFFICER, make_case())))
    cases.add(OFFICER, make_case())
    assert store.cases.count_documents({}) == 1


def test_of_four_that_add_the_same_key_at_once_exactly_one_does(store):
    results = together(lambda: cases.add(OFFICER, make_case()), times=4)
    assert sorted(type(result).__name__ for result in results) == ["Case", "Conflict", "Conflict", "Conflict"]


def test_of_four_transactions_that_add_the_same_key_at_once_exactly_one_does(store):
    def act():
        return in_transaction(lambda: cases.add(OFFICER, make_case()))

    results = together(act, times=4)
    assert sorted(type(result).__name__ for result in results) == ["Case", "Conflict", "Conflict", "Conflict"]


def test_four_transactions_that_change_one_case_all_get_their_turn(store):
    cases.add(OFFICER, make_case())

    def act():
        def longer():
            before = cases.get(OFFICER, "NOR-1")
            after = replace(before, search=(*before.search, str(before.revision)))
            return cases.replace(OFFICER, after, expected_revision=before.revision)

        return in_transaction(longer)

    together(act, times=4)
    assert cases.get(OFFICER, "NOR-1").search == ("0", "1", "2", "3")


def test_write_conflicts_inside_mongoengine_are_tried_again(store):
    accounts.add(OFFICER, Account("a", NORTH, "staff", "a@example.org", "A"))

    def act():
        def rename():
            before = accounts.get(OFFICER, "a")
            after = replace(before, name=before.name + "a")
            return accounts.replace(OFFICER, after, expected_revision=before.revision)

        return in_transaction(rename)

    together(act, times=4)
    assert accounts.get(OFFICER, "a").name == "Aaaaa"


def test_what_mongoengine_wraps_is_unwrapped_so_that_pymongo_knows_it_again():
    def wrapped():
        raise OperationError("outer") from PyMongoError("inner")

    with pytest.raises(PyMongoError, match="inner"):
        client._run(wrapped)


def test_writes_wait_for_a_majority_and_the_journal_whatever_the_address_says(store, mongo_uri, database_name):
    connection.open_database(f"{mongo_uri}&w=1&journal=false&readPreference=secondary", database_name)
    try:
        assert client.database().write_concern.document == {"w": "majority", "j": True}
        assert client.database().client.read_preference.name == "Primary"
        store.command("profile", 2)
        accounts.add(OFFICER, Account("a", NORTH, "staff", "a@example.org", "A"))
        cases.add(OFFICER, make_case())
        in_transaction(lambda: accounts.replace(OFFICER, accounts.get(OFFICER, "a"), expected_revision=0))
        store.command("profile", 0)
        inserts = store["system.profile"].find({"op": "insert"})
        concerns = [insert["command"]["writeConcern"] for insert in inserts]
        assert [(concern["w"], concern["j"]) for concern in concerns] == [("majority", True)] * 2
    finally:
        store.command("profile", 0)
        store["system.profile"].drop()
        connection.open_database(mongo_uri, database_name)


def test_instants_come_back_with_their_time_zone(store):
    cases.add(OFFICER, make_case())
    assert cases.get(OFFICER, "NOR-1").received_at.tzinfo is UTC


def test_a_server_that_runs_alone_is_refused_with_the_command_that_mends_it(tmp_path):
    data = tmp_path / "db"
    data.mkdir()
    port = local_mongod._free_port()
    child = local_mongod._launch(tmp_path, data, port)
    try:
        with pytest.raises(FrontDoorError, match="mongod --replSet"):
            client._checked(client._client(f"mongodb://127.0.0.1:{port}", 5))
    finally:
        child.stop()
    child = local_mongod._launch(tmp_path, data, port, "--replSet", "rs0")
    try:
        with pytest.raises(FrontDoorError, match=r"rs\.initiate"):
            client._checked(client._client(f"mongodb://127.0.0.1:{port}", 1))
    finally:
        child.stop()
    with pytest.raises(FrontDoorError, match="Start it"):
        client._checked(client._client(f"mongodb://name:secret@127.0.0.1:{port}", 0.3))


@pytest.mark.parametrize("uri", ["", "http://127.0.0.1", "mongodb://", "mongodb://a:b:c@x"])
def test_an_address_that_is_none_is_refused_without_being_repeated(uri):
    with pytest.raises(FrontDoorError, match="mongodb://HOST"):
        client._client(uri, 1)


def test_a_forked_child_has_a_client_of_its_own_and_the_parent_keeps_its(store):
    cases.add(OFFICER, make_case())
    accounts.add(OFFICER, Account("a", NORTH, "staff", "a@example.org", "A"))
    parent = client.database().client
    child = os.fork()
    if child == 0:
        failed = 1
        try:
            found = accounts.get(OFFICER, "a"), cases.get(OFFICER, "NOR-1")
            in_transaction(lambda: cases.add(OFFICER, make_case("NOR-2")))
            failed = 0 if all(found) and client.database().client is not parent else 2
        finally:
            os._exit(failed)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert cases.get(OFFICER, "NOR-2")
    assert client.database().client is parent


def test_it_answers_a_ping(opened):
    assert connection.ping()


def test_in_memory_a_draft_is_written_read_and_changed_without_transactions(opened, mongo_uri, database_name):
    connection.open_database("", "demo", mock=True)
    try:
        connection.ensure_indexes()
        assert connection.in_memory()
        assert connection.ping()
        in_transaction(lambda: drafts.add(OFFICER, make_draft()))
        saved = drafts.save(OFFICER, replace(make_draft(), answers={"a": 1}), expected_revision=0)
        assert drafts.get(OFFICER, "d1") == saved
        cases.add(OFFICER, make_case())
        assert cases.queue(OFFICER, at=NOW).total == 1
        accounts.add(OFFICER, Account("a", NORTH, "staff", "a@example.org", "A"))
        assert accounts.by_email_for_sign_in("A@example.org", "staff").id == "a"
        publish(1)
        assert snapshots.live(NORTH, "early", NOW + timedelta(days=9)).number == 1
        with pytest.raises(NotFound):
            drafts.get(OFFICER, "d2")
    finally:
        connection.open_database(mongo_uri, database_name)


def test_an_unopened_database_says_so(opened, mongo_uri, database_name):
    connection.close()
    try:
        with pytest.raises(FrontDoorError, match="not open"):
            client.database()
    finally:
        connection.open_database(mongo_uri, database_name)
