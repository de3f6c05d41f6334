import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pymongo.database import Database
from tests.services.builders import DERBY, MOOR
from tests.services.configuring import NOW, installed

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.account import Account
from frontdoor.domain.errors import AnswersRejected, Conflict, NotAllowed, NotFound, WrongState
from frontdoor.domain.message import Message
from frontdoor.services import oversight, partners, people, programmes, sign_in, signed_in
from frontdoor.services.people import Person
from frontdoor.store import accounts, messages, views

__all__ = ["installed"]
pytestmark = pytest.mark.usefixtures("installed")
BASE_URL = "https://frontdoor.example"
INSIDE = system_viewer(DERBY)
NADIA = Person("Nadia  Voss\n", "Nadia.Voss@council.example", ("configurer",), ("front_door",))


def may(*permissions: str, account: str = "sam", authority: str = DERBY) -> Viewer:
    return Viewer(account, "Samuel Osei", "staff", authority, frozenset(), frozenset(permissions))


ADMINISTRATOR = may("manage_accounts", "manage_organisations")


def added(person: Person = NADIA) -> Account:
    return people.add_staff(ADMINISTRATOR, person, at=NOW, base_url=BASE_URL)


def signed_in_somewhere(account: Account) -> None:
    signed_in.remember(
        account.id, {}, account=account.id, device="Firefox", at=NOW, expires_at=NOW + timedelta(hours=1)
    )


def sessions_of(account: Account) -> int:
    return len(signed_in.mine(may(account=account.id), NOW))


def organisation(name: str = "Larkspur School", kind: str = "school") -> partners.Kept:
    first = Person("Tess Teacher", "tess@school.example")
    made = partners.add(ADMINISTRATOR, name, kind, first, at=NOW, base_url=BASE_URL)
    return partners.one(ADMINISTRATOR, made.id)


def test_somebody_added_gets_a_set_up_link_and_a_tidy_name():
    nadia = added()
    assert (nadia.name, nadia.email, nadia.password_hash) == ("Nadia Voss", "nadia.voss@council.example", None)
    (message,) = messages.outbox(INSIDE)
    assert message.to == nadia.email
    assert f"{BASE_URL}/enrol/" in message.body


@pytest.mark.parametrize(
    ("person", "where"),
    [
        pytest.param(replace(NADIA, name=" "), "/name", id="no-name"),
        pytest.param(replace(NADIA, name="x" * 121), "/name", id="endless-name"),
        pytest.param(replace(NADIA, email="nadia"), "/email", id="no-address"),
        pytest.param(replace(NADIA, email="nadia@council.example\nBcc: x@y.example"), "/email", id="header-smuggling"),
        pytest.param(replace(NADIA, roles=()), "/roles", id="no-role"),
        pytest.param(replace(NADIA, roles=("configurer", "emperor")), "/roles", id="unknown-role"),
        pytest.param(replace(NADIA, teams=("nowhere",)), "/teams", id="unknown-team"),
    ],
)
def test_what_will_not_do_is_told_where_and_nothing_is_stored(installed: Database[dict[str, Any]], person, where):
    with pytest.raises(AnswersRejected) as refused:
        added(person)
    assert [problem.where for problem in refused.value.problems] == [where]
    assert installed.accounts.count_documents({}) == 0


def test_an_address_in_use_is_refused_and_no_second_link_leaves():
    added()
    with pytest.raises(AnswersRejected):
        added(replace(NADIA, email="NADIA.voss@council.example "))
    assert len(messages.outbox(INSIDE)) == 1


def test_other_roles_sign_a_person_out_and_another_name_does_not():
    nadia = added()
    signed_in_somewhere(nadia)
    renamed = people.change_staff(
        ADMINISTRATOR, nadia.id, replace(NADIA, name="Nadia Kaur"), at=NOW, revision=nadia.revision
    )
    assert (renamed.name, sessions_of(nadia)) == ("Nadia Kaur", 1)
    people.change_staff(ADMINISTRATOR, nadia.id, replace(NADIA, roles=("approver",)), at=NOW, revision=renamed.revision)
    assert sessions_of(nadia) == 0


def test_closing_signs_out_at_once_and_opening_lets_in_again():
    nadia = added()
    signed_in_somewhere(nadia)
    closed = people.set_active(ADMINISTRATOR, nadia.id, active=False, revision=nadia.revision)
    assert (sessions_of(nadia), sign_in.account_for_session(nadia.id)) == (0, None)
    with pytest.raises(WrongState):
        people.invite_again(ADMINISTRATOR, nadia.id, at=NOW, base_url=BASE_URL)
    assert people.set_active(ADMINISTRATOR, nadia.id, active=True, revision=closed.revision).active


def test_nobody_changes_their_own_roles_or_closes_themselves():
    me = added()
    myself = may("manage_accounts", account=me.id)
    with pytest.raises(NotAllowed):
        people.change_staff(myself, me.id, replace(NADIA, roles=("approver",)), at=NOW, revision=me.revision)
    with pytest.raises(NotAllowed):
        people.set_active(myself, me.id, active=False, revision=me.revision)


def test_a_stale_page_is_a_conflict():
    nadia = added()
    people.set_active(ADMINISTRATOR, nadia.id, active=False, revision=nadia.revision)
    with pytest.raises(Conflict):
        people.change_staff(ADMINISTRATOR, nadia.id, NADIA, at=NOW, revision=nadia.revision)


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda viewer, at: people.staff(viewer), id="list"),
        pytest.param(lambda viewer, at: people.add_staff(viewer, NADIA, at=at, base_url=BASE_URL), id="add"),
        pytest.param(lambda viewer, at: people.set_active(viewer, "x", active=False, revision=0), id="close"),
        pytest.param(lambda viewer, at: people.invite_again(viewer, "x", at=at, base_url=BASE_URL), id="invite"),
        pytest.param(lambda viewer, at: partners.all_of(viewer), id="list-organisations"),
        pytest.param(lambda viewer, at: partners.one(viewer, "x"), id="see-organisation"),
        pytest.param(lambda viewer, at: partners.close(viewer, "x", at=at), id="close-organisation"),
        pytest.param(lambda viewer, at: partners.issue_token(viewer, "x", "Y", at=at), id="issue-token"),
        pytest.param(lambda viewer, at: partners.revoke_token(viewer, "x", "y", at=at), id="revoke-token"),
        pytest.param(lambda viewer, at: oversight.access_log(viewer), id="access-log"),
        pytest.param(lambda viewer, at: oversight.readers(viewer), id="readers"),
        pytest.param(lambda viewer, at: oversight.outbox(viewer, at=at, demo=False), id="outbox"),
    ],
)
def test_each_asks_for_its_permission(act):
    with pytest.raises(NotAllowed):
        act(may("edit_change", "see_case"), NOW)


def test_another_authoritys_administrator_finds_nobody():
    nadia, kept = added(), organisation()
    other = may("manage_accounts", "manage_organisations", authority=MOOR)
    assert people.staff(other) == ()
    assert partners.all_of(other) == ()
    with pytest.raises(NotFound):
        people.set_active(other, nadia.id, active=False, revision=nadia.revision)
    with pytest.raises(NotFound):
        partners.close(other, kept.organisation.id, at=NOW)


def test_a_partners_account_is_no_staff_account():
    (tess,) = organisation().people
    with pytest.raises(NotFound):
        people.change_staff(ADMINISTRATOR, tess.id, NADIA, at=NOW, revision=tess.revision)


def test_an_organisation_begins_with_a_person_who_keeps_its_people_and_is_told():
    kept = organisation()
    (tess,) = kept.people
    assert (tess.kind, tess.organisation, tess.organisation_admin) == ("partner", kept.organisation.id, True)
    (message,) = messages.outbox(INSIDE)
    assert (message.to, "/sign-in/partner" in message.body) == (tess.email, True)
    keeper = sign_in.viewer_of(tess, NOW)
    colleague = people.add_colleague(keeper, Person("Del Deputy", "del@school.example"), at=NOW, base_url=BASE_URL)
    assert colleague.organisation == kept.organisation.id
    other = Person("X", "x@school.example")
    with pytest.raises(NotAllowed):
        people.add_colleague(sign_in.viewer_of(colleague, NOW), other, at=NOW, base_url=BASE_URL)
    with pytest.raises(NotAllowed):
        people.close_colleague(keeper, tess.id)
    assert not people.close_colleague(keeper, colleague.id).active


@pytest.mark.parametrize("by", ["administrator", "keeper"])
def test_a_colleague_is_told_where_to_sign_in_by_a_mail_that_holds_no_secret(by):
    kept = organisation()
    viewer = ADMINISTRATOR if by == "administrator" else sign_in.viewer_of(kept.people[0], NOW)
    del_ = Person("Del Deputy", "del@school.example", organisation=kept.organisation.id)
    people.add_colleague(viewer, del_, at=NOW, base_url=BASE_URL)
    (told,) = [one for one in messages.outbox(INSIDE) if one.to == "del@school.example"]
    assert re.findall(r"https://\S+", told.body) == [f"{BASE_URL}/sign-in/partner"]


def test_a_colleague_whose_address_is_taken_gets_no_mail():
    kept = organisation()
    again = Person("Tess Teacher", "tess@school.example", organisation=kept.organisation.id)
    with pytest.raises(AnswersRejected):
        people.add_colleague(ADMINISTRATOR, again, at=NOW, base_url=BASE_URL)
    assert len(messages.outbox(INSIDE)) == 1


def test_only_roles_that_staff_can_hold_are_offered_and_taken():
    offered = {role.id for role in people.roles_and_teams(ADMINISTRATOR, NOW)[0]}
    everyone = {role.id: role.kind for one in programmes.running(DERBY, NOW) for role in one.roles.values()}
    assert offered == {role for role, kind in everyone.items() if kind == "staff"}
    (partners_role,) = set(everyone) - offered
    with pytest.raises(AnswersRejected) as refused:
        added(replace(NADIA, roles=(partners_role,)))
    assert [one.where for one in refused.value.problems] == ["/roles"]


def test_the_kinds_of_organisation_are_those_of_the_list_that_says_so():
    codes = programmes.running(DERBY, NOW)[0].codes
    (listed,) = [one["codes"] for one in codes.values() if one.get("of") == "organisations"]
    assert partners.kinds(ADMINISTRATOR, NOW).keys() == listed.keys()


@pytest.mark.parametrize(
    ("name", "kind", "email", "where"),
    [
        pytest.param(" ", "school", "a@b.example", "/name", id="no-name"),
        pytest.param("Larkspur", "circus", "a@b.example", "/kind", id="unknown-kind"),
        pytest.param("Larkspur", "school", "a", "/first_email", id="no-address"),
        pytest.param("Larkspur", "school", "nadia.voss@council.example", "/first_email", id="address-in-use"),
    ],
)
def test_an_organisation_that_will_not_do_leaves_nothing_behind(name, kind, email, where):
    added()
    with pytest.raises(AnswersRejected) as refused:
        partners.add(ADMINISTRATOR, name, kind, Person("Tess", email), at=NOW, base_url=BASE_URL)
    assert [problem.where for problem in refused.value.problems] == [where]
    assert partners.all_of(ADMINISTRATOR) == ()


def test_closing_an_organisation_closes_its_people_sessions_and_tokens_and_leaves_others_alone():
    kept = organisation()
    other = people.add_staff(ADMINISTRATOR, NADIA, at=NOW, base_url=BASE_URL)
    signed_in_somewhere(kept.people[0])
    _, secret = partners.issue_token(ADMINISTRATOR, kept.organisation.id, "Records", at=NOW)
    partners.close(ADMINISTRATOR, kept.organisation.id, at=NOW)
    closed = partners.one(ADMINISTRATOR, kept.organisation.id)
    assert (closed.organisation.active, closed.people[0].active, closed.tokens[0].revoked_at) == (False, False, NOW)
    assert sessions_of(kept.people[0]) == 0
    with pytest.raises(NotAllowed):
        sign_in.viewer_of_token(secret, sign_in.Doorstep("192.0.2.1", NOW))
    with pytest.raises(WrongState):
        partners.issue_token(ADMINISTRATOR, kept.organisation.id, "Records", at=NOW)
    assert accounts.get(ADMINISTRATOR, other.id).active


def test_a_tokens_secret_is_nowhere_in_the_database(installed: Database[dict[str, Any]]):
    _, secret = partners.issue_token(ADMINISTRATOR, organisation().organisation.id, "Records", at=NOW)
    assert secret not in str(list(installed.api_tokens.find()))


def test_who_else_may_do_something_counts_open_accounts_of_the_authority_alone():
    nadia = added(replace(NADIA, roles=("approver",)))
    viewer = may(account="somebody")
    assert [one.id for one in people.others_who_may(viewer, "approve_change", NOW)] == [nadia.id]
    assert people.others_who_may(may(account=nadia.id), "approve_change", NOW) == []
    assert people.others_who_may(viewer, "edit_change", NOW) == []
    assert people.others_who_may(may(authority=MOOR), "approve_change", NOW) == []
    people.set_active(ADMINISTRATOR, nadia.id, active=False, revision=nadia.revision)
    assert people.others_who_may(viewer, "approve_change", NOW) == []


def message(number: int, **more: Any) -> Message:
    key = f"m{number}"
    return Message(
        key, DERBY, key, "tess@school.example", "Your sign-in link", "…/sign-in/link/secret", NOW, NOW, **more
    )


def test_the_outbox_tells_states_and_outside_a_demonstration_no_contents():
    messages.add(message(1))
    messages.add(replace(message(2), release_at=NOW + timedelta(hours=1)))
    messages.add(message(3))
    messages.mark_sent(message(3), NOW)
    messages.add(message(4))
    messages.mark_failed(message(4), NOW)
    operator = may("see_outbox")
    told = oversight.outbox(operator, at=NOW, demo=False)
    assert sorted(one.state for one in told) == ["failed", "held", "sent", "waiting"]
    assert {one.body for one in told} == {""}
    assert {one.body for one in oversight.outbox(operator, at=NOW, demo=True)} == {"…/sign-in/link/secret"}
    assert oversight.outbox(may("see_outbox", authority=MOOR), at=NOW, demo=False) == []


def test_the_access_log_is_asked_by_case_or_by_person():
    for account, record in (("yusuf", "DER-1"), ("yusuf", "DER-2"), ("leila", "DER-1")):
        views.add(may(account=account), "case", record, NOW)
    officer = may("see_access_log")
    assert oversight.access_log(officer).total == 3
    assert {row.account for row in oversight.access_log(officer, record=" der-1 ").rows} == {"yusuf", "leila"}
    assert {row.record for row in oversight.access_log(officer, account="yusuf").rows} == {"DER-1", "DER-2"}
    with pytest.raises(AnswersRejected):
        oversight.access_log(officer, record="DER-1", account="yusuf")
    assert oversight.access_log(may("see_access_log", authority=MOOR)).total == 0
