import pytest
from tests.store.conftest import NORTH, NOW, make_case, staff

from frontdoor.domain.access import authority_token
from frontdoor.domain.errors import Conflict, NotFound
from frontdoor.domain.family import Family, Person
from frontdoor.store import cases, connection, families, receipts, views

OFFICER = staff()


def add(receipt: str, case: str, code: str = "elig", **document) -> None:
    receipts.add(OFFICER, case, receipt, code, {"decision": "eligible", **document}, at=NOW)


def test_a_receipt_comes_back_word_for_word_whatever_was_answered(store):
    cases.add(OFFICER, make_case())
    told = {"facts": {"a.b": {"$in": [1, 2.5, None, True]}, "_cls": "Case"}}
    add("r1", "NOR-1", **told)
    assert receipts.get(OFFICER, "r1") == {"decision": "eligible", **told}


def test_a_receipt_is_written_once(store):
    cases.add(OFFICER, make_case())
    add("r1", "NOR-1")
    with pytest.raises(Conflict):
        add("r1", "NOR-1", decision="other")
    assert receipts.get(OFFICER, "r1") == {"decision": "eligible"}


def test_several_receipts_are_written_at_once_or_none_of_those_after_one_that_is_there(store):
    cases.add(OFFICER, make_case())
    several = [receipts.Written(f"r{number}", "elig", '{"decision":"eligible"}') for number in (1, 2)]
    receipts.append(OFFICER, "NOR-1", several, at=NOW)
    assert [(one.id, one.document) for one in receipts.each(OFFICER)] == [
        ("r1", {"decision": "eligible"}),
        ("r2", {"decision": "eligible"}),
    ]
    with pytest.raises(Conflict):
        receipts.append(OFFICER, "NOR-1", [several[1], receipts.Written("r3", "elig", "{}")], at=NOW)
    receipts.append(OFFICER, "NOR-1", [], at=NOW)
    assert [one.id for one in receipts.each(OFFICER)] == ["r1", "r2"]


def test_receipts_that_are_refused_undo_the_transaction_they_stand_in(store):
    add("r1", "NOR-1")

    def act():
        cases.add(OFFICER, make_case())
        receipts.append(OFFICER, "NOR-1", [receipts.Written("r1", "elig", "{}")], at=NOW)

    with pytest.raises(Conflict):
        connection.in_transaction(act)
    assert store.cases.count_documents({}) == 0


def test_a_receipt_of_another_case_is_not_found_under_this_one(store):
    cases.add(OFFICER, make_case("NOR-1"))
    cases.add(OFFICER, make_case("NOR-2"))
    add("r1", "NOR-1")
    with pytest.raises(NotFound):
        receipts.of_case(OFFICER, "NOR-2", "r1")


def test_receipts_are_gone_through_by_case_with_those_out_of_reach_left_out(store, monkeypatch):
    monkeypatch.setattr(receipts, "_BATCH", 2)
    for number in range(5):
        seen = (authority_token(NORTH),) if number != 2 else ("person:other",)
        cases.add(OFFICER, make_case(f"NOR-{number}", tokens=seen))
        add(f"r{number}", f"NOR-{number}")
    add("r9", "NOR-0", code="other")
    assert [one.id for one in receipts.each(OFFICER)] == ["r0", "r9", "r1", "r3", "r4"]
    assert [one.id for one in receipts.each(OFFICER, "NOR-0")] == ["r0", "r9"]
    assert [(one.case, one.code, one.at) for one in receipts.each(OFFICER, code="other")] == [("NOR-0", "other", NOW)]


def test_a_family_is_matched_by_any_key_and_the_one_that_shares_most_comes_first(store):
    here = (authority_token(NORTH),)
    person = Person("p1", NORTH, "Ann", "Test", "2011-05", {"nhs": "digest"})
    one = Family("one", NORTH, "One", (person,), here, ("id:nhs:1",), contacts=(NOW,))
    both = Family("two", NORTH, "Two", (), here, ("id:nhs:1", "born:2"))
    for family in (one, both, Family("three", NORTH, "Three", (), here, ("born:3",))):
        families.add(OFFICER, family)
    assert families.matching(OFFICER, ["born:2", "id:nhs:1"]) == [both, one]
    assert families.matching(OFFICER, []) == []


def test_who_read_what_is_kept_newest_first(store):
    for number in range(3):
        views.add(staff(account=f"a{number}"), "case", "NOR-1", NOW.replace(hour=number))
    page = views.of_record(OFFICER, "case", "NOR-1", size=2)
    assert ([view.account for view in page.rows], page.total, page.pages) == (["a2", "a1"], 3, 2)
    assert views.by_account(OFFICER, "a0").rows[0].name == "A0"
    assert len(views.newest(OFFICER).rows) == 3


def test_every_collection_has_its_indexes_and_making_them_again_changes_nothing(store):
    connection.ensure_indexes()
    for name, models in connection.indexes().items():
        wanted = {model.document["name"] for model in models}
        assert wanted <= set(store[name].index_information()), name
