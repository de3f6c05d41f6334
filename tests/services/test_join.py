from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.services.builders import MEMBERS, MOOR, RECEIVED, nominated, partner, staff, the_case

from frontdoor.domain.access import system_viewer
from frontdoor.domain.case import Case
from frontdoor.domain.errors import AnswersRejected, Conflict, NotAllowed, NotFound, WrongState
from frontdoor.services import casefile, deliver, join, queue
from frontdoor.services.confirm import Otherwise, override
from frontdoor.store import families, ledger, views

LATER = RECEIVED + timedelta(days=3)
# The same child by another name, at another address, without full birth date: only how the family is called agrees.
_CHILD = {"id": "aoif", "relationship": "child", "given_name": "Eefa", "family_name": "Obrien Nguyen", "dob": "2014"}
APART: dict[str, Any] = {"members": [_CHILD], "address": {"line_1": "Refuge", "town": "Derby", "postcode": "ZZ99 9ZZ"}}
BECAUSE = "The aunt told me on the telephone"


@pytest.fixture
def two(shipped: object) -> tuple[str, str]:
    """The references of two contacts of one family that nothing told of them joins: the earlier, the later."""
    first = nominated(received_at=RECEIVED, concern="no").reference
    second = nominated(
        key="key-2", received_at=LATER, **{**APART, "offence_who": None, "offence": "no", "offence_on": None}
    ).reference
    return first, second


def said(viewer: Any, one: str, other: str, because: str = BECAUSE, *, say: Any = join.join) -> Case:
    found: Case = say(viewer, one, other, because, at=LATER, revision=the_case(one).revision)
    return found


def known(reference: str) -> tuple[int, list[str]]:
    file = casefile.open_file(staff(), reference, at=LATER)
    return file.known.contacts_12m, [one.reference for one in file.earlier]


def test_a_contact_called_alike_is_offered_and_is_no_earlier_contact_yet(two):
    first, second = two
    assert known(second) == (1, [])
    kin = join.kin(staff(), second, at=LATER)
    assert (kin.known, [row.reference for row in kin.alike]) == ((), [first])


def test_joined_each_shows_the_other_and_the_later_counts_both(two):
    first, second = two
    said(staff(), second, first)
    assert known(second) == (2, [first])
    assert known(first) == (1, [second])
    kin = join.kin(staff(), second, at=LATER)
    assert ([(one.reference, by_hand) for one, by_hand in kin.known], kin.alike) == ([(first, True)], ())


@pytest.mark.parametrize("at", [0, 1], ids=["from-the-earlier", "from-the-later"])
def test_the_later_contact_is_decided_afresh_on_what_is_known_of_the_family(two, at):
    first, second = two
    before = {reference: the_case(reference).decisions["DEDUP"].receipts for reference in two}
    supported(first)
    said(staff(), two[at], two[1 - at])
    after = the_case(second).decisions["DEDUP"]
    assert len(after.receipts) == len(before[second]) + 1
    assert after.proposed.decision != "new"
    assert the_case(first).decisions["DEDUP"].receipts == before[first]


def supported(reference: str) -> None:
    """Open an episode of support for the family of a case, as a stage that opens one does."""
    inside = system_viewer("derby-city")
    family = families.get(inside, the_case(reference).family or "")
    families.replace(inside, replace(family, open_cases=(reference,)), expected_revision=family.revision)


def test_taken_back_everything_is_as_it_was(two):
    first, second = two
    said(staff(), second, first)
    said(staff(), second, first, "It was another aunt", say=join.part)
    assert (known(second), known(first)) == ((1, []), (1, []))
    inside = system_viewer("derby-city")
    keys = [families.get(inside, the_case(one).family or "").keys for one in two]
    assert not [key for one in keys for key in one if key.startswith(families.BY_HAND)]


def test_both_timelines_and_the_ledger_tell_who_said_so_and_how_they_knew(two):
    first, second = two
    said(staff(), second, first)
    for one, other in ((first, second), (second, first)):
        entry = next(entry for entry in the_case(one).history if entry.what == "family_joined")
        assert (entry.by_name, entry.note, entry.detail) == ("Front Door Officer", BECAUSE, {"case": other})
    deliver.round_of_work(lambda _: None, at=LATER, worker="w")
    kept = [entry for one in two for entry in ledger.of_case("derby-city", one) if entry.kind == "family_joined"]
    assert len(kept) == 2
    assert BECAUSE not in str(kept)


def test_a_next_contact_that_agrees_with_one_of_them_is_known_to_be_of_both(two):
    first, second = two
    said(staff(), second, first)
    third = nominated(key="key-3", received_at=LATER + timedelta(days=1)).reference
    assert known(third) == (3, [first, second])
    assert the_case(third).earlier == (first, second)


def test_a_contact_of_the_same_record_was_not_joined_by_a_person(two):
    first, second = two
    said(staff(), second, first)
    third = nominated(key="key-3", received_at=LATER + timedelta(days=1)).reference
    kin = join.kin(staff(), third, at=LATER)
    assert {one.reference: by_hand for one, by_hand in kin.known} == {first: False, second: True}
    with pytest.raises(WrongState, match="by hand"):
        said(staff(), third, first, say=join.part)


def test_only_what_a_person_joined_can_be_parted(shipped):
    first = nominated().reference
    second = nominated(key="key-2", received_at=LATER).reference
    with pytest.raises(WrongState, match="by hand"):
        said(staff(), second, first, say=join.part)
    with pytest.raises(WrongState, match="already"):
        said(staff(), second, first)


def test_a_case_is_not_joined_with_itself_or_without_saying_how_one_knows(two):
    first, second = two
    with pytest.raises(WrongState):
        said(staff(), second, second)
    for because in (" ", "x" * 2001):
        with pytest.raises(AnswersRejected):
            said(staff(), second, first, because)
    assert the_case(second).history[-1].what != "family_joined"


def test_a_stale_page_joins_nothing(two):
    first, second = two
    revision = the_case(second).revision
    override(staff(), second, "S0", Otherwise("duty_now", "She rang"), at=LATER, revision=revision)
    with pytest.raises(Conflict):
        join.join(staff(), second, first, BECAUSE, at=LATER, revision=revision)
    assert known(second) == (1, [])


@pytest.mark.parametrize(
    ("viewer", "error"),
    [
        pytest.param(lambda: staff("business_support"), NotAllowed, id="business-support"),
        pytest.param(lambda: staff("auditor"), NotAllowed, id="auditor"),
        pytest.param(lambda: staff(authority=MOOR), NotFound, id="another-authority"),
        pytest.param(partner, NotAllowed, id="its-sender"),
    ],
)
def test_who_may_not_learns_and_changes_nothing(two, viewer, error):
    first, second = two
    for act in (
        lambda: said(viewer(), second, first),
        lambda: join.compare(viewer(), second, first, at=LATER),
        lambda: join.kin(viewer(), second, at=LATER),
    ):
        with pytest.raises(error):
            act()
    assert known(second) == (1, [])


def test_comparing_two_contacts_is_recorded_for_both(two):
    first, second = two
    pair = join.compare(staff(), second, first, at=LATER)
    assert [person.given_name for person in pair.theirs.people] == [one["given_name"] for one in MEMBERS]
    governance = staff("information_governance_officer")
    assert [views.of_record(governance, "case", one).total for one in two] == [1, 1]


def test_the_queue_is_not_changed_by_a_word_about_a_family(two):
    first, second = two
    said(staff(), second, first)
    assert {row.reference for row in queue.look(staff(), queue.Wanted(), at=LATER).page.rows} == {first, second}
