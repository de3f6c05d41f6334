from datetime import UTC, datetime, timedelta

import pytest
from tests.services.builders import MOOR, nominated, partner, staff, the_case

from frontdoor.domain.family import Person
from frontdoor.services import queue, recognise

# Story 3: a grandmother phones on Friday 18 December at 16:50; it is typed on Monday at 08:40.
PHONED = datetime(2026, 12, 18, 16, 50, tzinfo=UTC)
TYPED = datetime(2026, 12, 21, 8, 40, tzinfo=UTC)


def members(given: str, dob: str = "2015-06-01"):
    return [{"id": "girl", "relationship": "child", "given_name": given, "family_name": "Marsh", "dob": dob}]


@pytest.fixture
def twice_before(shipped):
    said = {"authority": MOOR, "family_name": "Marsh"}
    who = partner(MOOR)
    first = nominated(who, key="a", received_at=PHONED - timedelta(days=90), members=members("Kaylee"), **said)
    second = nominated(who, key="b", received_at=PHONED - timedelta(days=30), members=members("Kaylee"), **said)
    return first.reference, second.reference


@pytest.fixture
def phoned(twice_before):
    return nominated(
        staff(authority=MOOR),
        authority=MOOR,
        key="c",
        received_at=PHONED,
        recorded_at=TYPED,
        channel="phone",
        family_name="Marsh",
        members=members("Kayleigh"),
    ).reference


def test_the_day_and_night_clock_is_overdue_at_birth(phoned):
    case = the_case(phoned, MOOR)
    clock = next(one for one in case.clocks if one.code == "FF-K1")
    assert clock.due_at == PHONED + timedelta(hours=24)
    assert clock.due_at < case.recorded_at
    shown = {row.reference: row for row in queue.look(staff(authority=MOOR), queue.Wanted(), at=TYPED).page.rows}
    assert shown[phoned].state(TYPED) == "overdue"


def test_kayleigh_is_found_under_kaylee_with_both_earlier_contacts(phoned, twice_before):
    assert set(the_case(phoned, MOOR).earlier) == set(twice_before)
    found = queue.find(staff(authority=MOOR), "Kayleigh Marsh", at=TYPED).page
    assert {row.reference for row in found.rows} == {phoned, *twice_before}


def test_the_third_contact_calls_for_a_manager(phoned):
    proposed = the_case(phoned, MOOR).decisions["REPEAT"].proposed
    assert (proposed.decision, proposed.reason_code) == ("manager_review", "REPEAT_CONTACTS")


def test_the_first_and_second_contact_did_not(twice_before):
    for reference in twice_before:
        assert the_case(reference, MOOR).decisions["REPEAT"].proposed.decision == "none"


def test_another_child_of_that_name_is_another_family(twice_before):
    elsewhere = {"line_1": "9 Far Lane", "town": "Moor", "postcode": "ZZ99 9ZZ"}
    other = nominated(
        partner(MOOR), authority=MOOR, key="d", received_at=PHONED, family_name="Marsh", address=elsewhere,
        members=members("Kaylee", "2009-01-01"),
    )  # fmt: skip
    assert the_case(other.reference, MOOR).earlier == ()


def test_a_reference_is_found_however_it_is_typed(phoned):
    typed = phoned.replace("-", " ").lower().replace("0", "o")
    assert [row.reference for row in queue.find(staff(authority=MOOR), typed, at=TYPED).page.rows] == [phoned]


def test_nothing_is_found_from_another_authority(phoned):
    assert queue.find(staff(), "Kayleigh Marsh", at=TYPED).page.rows == ()
    assert queue.find(staff(), phoned, at=TYPED).page.rows == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Kayleigh", "Kaylee", id="spelling"),
        pytest.param("Nguyễn", "Nguyen", id="accents"),
        pytest.param("O'Brien", "OBrien", id="apostrophe"),
        pytest.param("Katharine", "Catherine", id="first-letter"),
    ],
)
def test_names_that_sound_alike_give_the_same_tokens(one, other):
    assert recognise.search_tokens(one) == recognise.search_tokens(other)


def test_a_person_without_a_full_birth_date_or_home_has_no_key_of_name_alone():
    told = Person("p", MOOR, "Kaylee", "Marsh", dob="2015")
    assert recognise.match_keys(told, ("marsh",), "") == []
