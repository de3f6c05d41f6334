from dataclasses import replace
from datetime import timedelta

import pytest
from tests.store.conftest import NORTH, NOW, SOUTH, partner, staff, together

from frontdoor.domain.access import Viewer
from frontdoor.domain.account import Account, ApiToken, Organisation
from frontdoor.domain.change import Change, CheckReport, Edit, Step
from frontdoor.domain.errors import AnswersRejected, Conflict, NotFound
from frontdoor.store import accounts, api_tokens, changes, organisations

OFFICER = staff()


def make_change(change: str = "ch1", **more) -> Change:
    return replace(Change(change, NORTH, "early", "A change", "change", "draft", 1, NOW, "editor"), **more)


def make_account(account: str = "a1", **more) -> Account:
    return replace(Account(account, NORTH, "staff", f"{account}@example.org", "A Person", created_at=NOW), **more)


def test_an_account_comes_back_as_it_was_stored(store):
    whole = make_account(
        roles=("officer",), teams=("west", "east"), password_hash="argon2", totp_secret="x", active=False
    )  # fmt: skip
    assert accounts.add(OFFICER, whole) == whole
    assert accounts.get(OFFICER, "a1") == whole


def test_an_address_is_used_once_in_an_authority_whatever_its_case(store):
    accounts.add(OFFICER, make_account(email="Ann@Example.org"))
    with pytest.raises(AnswersRejected) as refused:
        accounts.add(OFFICER, make_account("a2", email=" ann@example.ORG"))
    assert [problem.where for problem in refused.value.problems] == ["/email"]
    assert "ann" not in str(refused.value.problems[0]).lower()
    accounts.add(staff(SOUTH), make_account("a3", authority=SOUTH, email="ann@example.org"))


def test_somebody_signs_in_by_address_and_kind(store):
    accounts.add(OFFICER, make_account(email="ann@example.org"))
    accounts.add(OFFICER, make_account("closed", active=False))
    assert accounts.by_email_for_sign_in(" ANN@example.org ", "staff").id == "a1"
    assert accounts.by_email_for_sign_in("ann@example.org", "partner") is None
    assert accounts.by_email_for_sign_in("closed@example.org", "staff") is None
    assert accounts.by_id_for_sign_in("a1").email == "ann@example.org"
    assert accounts.by_id_for_sign_in("a2") is None


def test_an_address_open_in_two_authorities_signs_in_to_neither(store):
    accounts.add(OFFICER, make_account(email="ann@example.org"))
    accounts.add(staff(SOUTH), make_account("a2", authority=SOUTH, email="ann@example.org"))
    assert accounts.by_email_for_sign_in("ann@example.org", "staff") is None


def test_a_one_time_code_works_once_even_after_the_account_was_changed(store):
    accounts.add(OFFICER, make_account())
    assert accounts.use_code("a1", 100)
    accounts.replace(OFFICER, make_account(name="Renamed"), expected_revision=0)
    assert not accounts.use_code("a1", 100)
    assert not accounts.use_code("a1", 99)
    assert accounts.use_code("a1", 101)
    assert not accounts.use_code("nobody", 1)


def test_of_four_who_use_one_code_at_once_one_gets_in(store):
    accounts.add(OFFICER, make_account())
    assert sorted(together(lambda: accounts.use_code("a1", 7), times=4)) == [False, False, False, True]


def test_enrolling_sets_what_one_signs_in_with_and_outdates_open_pages(store):
    accounts.add(OFFICER, make_account())
    enrolled = accounts.enrol("a1", password_hash="hash", totp_secret="secret")
    assert (enrolled.password_hash, enrolled.totp_secret, enrolled.revision) == ("hash", "secret", 1)
    with pytest.raises(Conflict):
        accounts.replace(OFFICER, make_account(name="Stale"), expected_revision=0)
    with pytest.raises(NotFound):
        accounts.enrol("nobody", password_hash="hash", totp_secret="secret")


def test_a_stale_change_to_an_account_is_a_conflict_with_both_versions(store):
    accounts.add(OFFICER, make_account())
    theirs = accounts.replace(OFFICER, make_account(name="Theirs"), expected_revision=0)
    with pytest.raises(Conflict) as stale:
        accounts.replace(OFFICER, make_account(name="Mine"), expected_revision=0)
    assert (stale.value.theirs, stale.value.mine.name) == (theirs, "Mine")


def test_moving_to_a_taken_address_is_refused(store):
    accounts.add(OFFICER, make_account())
    accounts.add(OFFICER, make_account("a2"))
    with pytest.raises(AnswersRejected):
        accounts.replace(OFFICER, make_account("a2", email="a1@example.org"), expected_revision=0)
    assert accounts.get(OFFICER, "a2").email == "a2@example.org"


def test_partners_know_their_colleagues_and_nobody_else(store):
    accounts.add(OFFICER, make_account("ann", kind="partner", organisation="school"))
    accounts.add(OFFICER, make_account("bob", kind="partner", organisation="police"))
    assert [account.id for account in accounts.of_organisation(partner(), "school")] == ["ann"]
    assert accounts.of_organisation(partner(), "police") == ()
    assert [account.id for account in accounts.everybody(OFFICER)] == ["ann", "bob"]
    assert accounts.email_of(OFFICER, "ann") == "ann@example.org"
    assert accounts.any_of(NORTH)
    assert not accounts.any_of(SOUTH)


def test_a_partner_knows_their_own_organisation_and_whoever_reads_a_case_knows_all(store):
    for one in ("school", "police"):
        organisations.add(OFFICER, Organisation(one, NORTH, one.title(), one))
    assert [one.id for one in organisations.all_of(partner())] == ["school"]
    reader = Viewer("r", "R", "staff", NORTH, permissions=frozenset({"see_case"}))
    assert [one.id for one in organisations.all_of(reader)] == ["police", "school"]
    assert not organisations.close(OFFICER, "police").active


def test_a_token_is_found_by_its_digest_and_keeps_the_first_moment_of_its_revocation(store):
    token = ApiToken("t1", NORTH, "school", "Their system", "digest", ("nominate",), NOW, NOW + timedelta(days=9))
    assert api_tokens.add(OFFICER, token) == token
    assert api_tokens.by_digest("digest") == token
    assert api_tokens.by_digest("other") is None
    api_tokens.revoke(OFFICER, "t1", NOW)
    api_tokens.revoke(OFFICER, "t1", NOW + timedelta(days=1))
    assert api_tokens.by_digest("digest").revoked_at == NOW
    assert [one.id for one in api_tokens.of_organisation(OFFICER, "school")] == ["t1"]


def test_a_change_comes_back_as_it_was_stored_whatever_its_edits_hold(store):
    hostile = {"$where": "1", "a.b": [{"_cls": "ChangeDocument"}], "_id": None}
    whole = make_change(
        edits=(Edit("/rules/r/when", hostile, {"in": [1.5, [True]]}, "board", "e", "E", NOW),),
        report=CheckReport(NOW, ("p",), 3, (), 5, ({"case": "NOR-1", "was": "a", "now": "b"},)),
        steps=(Step(NOW, "e", "E", "begun"),),
    )
    assert changes.add(OFFICER, whole) == whole
    assert changes.get(OFFICER, "ch1") == whole
    again = changes.replace(OFFICER, replace(whole, report=None, submitted_by="e"), expected_revision=0)
    assert changes.get(OFFICER, "ch1") == again == replace(whole, report=None, submitted_by="e", revision=1)


def test_what_was_withdrawn_from_a_change_is_gone(store):
    changes.add(OFFICER, make_change(approved_by="b", approved_name="B"))
    changes.replace(OFFICER, make_change(), expected_revision=0)
    assert changes.get(OFFICER, "ch1").approved_by is None


def test_a_stale_step_of_a_change_is_a_conflict(store):
    changes.add(OFFICER, make_change())
    changes.replace(OFFICER, make_change(state="checked"), expected_revision=0)
    with pytest.raises(Conflict):
        changes.replace(OFFICER, make_change(state="withdrawn"), expected_revision=0)


def test_changes_come_newest_first_and_those_published_at_once_until_they_are_reviewed(store):
    changes.add(OFFICER, make_change("old", created_at=NOW - timedelta(days=1), review_due_at=NOW))
    changes.add(OFFICER, make_change("new"))
    changes.add(OFFICER, make_change("reviewed", review_due_at=NOW, reviewed_by="b"))
    assert [change.id for change in changes.all_of(OFFICER)] == ["reviewed", "new", "old"]
    assert [change.id for change in changes.to_review(OFFICER, NOW)] == ["old"]
