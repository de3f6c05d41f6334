"""Nobody sees, counts, finds or changes a record that carries none of their tokens, or is another authority's."""

import inspect
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.store.conftest import NORTH, NOW, STRANGERS, decided, due, make_case, staff, unindexed
from tests.store.test_administration import make_change
from tests.store.test_alerts import make_alert
from tests.store.test_drafts import make_draft
from tests.store.test_jobs import make_job
from tests.store.test_submissions import make_submission

from frontdoor.domain.access import authority_token
from frontdoor.domain.account import Account, ApiToken, Organisation
from frontdoor.domain.consent import ConsentRecord
from frontdoor.domain.errors import FrontDoorError, NotFound
from frontdoor.domain.family import Family
from frontdoor.domain.message import Message
from frontdoor.store import (
    accounts,
    alerts,
    api_tokens,
    cases,
    changes,
    consents,
    drafts,
    families,
    files,
    jobs,
    messages,
    organisations,
    receipts,
    submissions,
    views,
)

OFFICER = staff()
HERE = (authority_token(NORTH),)
CASE = decided(due(make_case(search=("smith", "ref:nor-1")), 1), "elig", "eligible")


@pytest.fixture
def one_of_each(store) -> str:
    """One record of every kind, all readable by an officer of the authority; returns the file's id."""
    cases.add(OFFICER, CASE)
    submissions.add(OFFICER, make_submission())
    drafts.add(OFFICER, make_draft(tokens=HERE))
    families.add(OFFICER, Family("f1", NORTH, "Test", (), HERE, ("id:nhs:1",)))
    consents.add(OFFICER, ConsentRecord("c1", NORTH, "NOR-1", "f1", HERE, NOW, "public_task"))
    receipts.add(OFFICER, "NOR-1", "r-NOR-1", "elig", {"decision": "eligible"}, at=NOW)
    alerts.add(OFFICER, make_alert())
    alerts.add(OFFICER, make_alert("a2", draft=None))
    alerts.acknowledge(OFFICER, "a2", at=NOW)
    views.add(OFFICER, "case", "NOR-1", NOW)
    jobs.add(OFFICER, make_job())
    messages.add(Message("m1", NORTH, "k", "to@example.org", "S", "B", NOW, NOW))
    accounts.add(OFFICER, Account("acc", NORTH, "staff", "a@example.org", "A"))
    accounts.add(OFFICER, Account("pat", NORTH, "partner", "p@example.org", "P", organisation="org"))
    organisations.add(OFFICER, Organisation("org", NORTH, "School", "school"))
    api_tokens.add(OFFICER, ApiToken("t1", NORTH, "org", "T", "digest", ("nominate",), NOW))
    changes.add(OFFICER, make_change(review_due_at=NOW))
    return files.put(OFFICER, files.Upload("plan.pdf", "application/pdf", b"plan", HERE), at=NOW)


# Each returns one thing, or several, to whoever may see it.
READERS = {
    "cases.get": lambda viewer, _: cases.get(viewer, "NOR-1"),
    "cases.at_revision": lambda viewer, _: cases.at_revision(viewer, "NOR-1", 0),
    "cases.by_family": lambda viewer, _: cases.by_family(viewer, "f1"),
    "cases.latest": lambda viewer, _: cases.latest(viewer, "early", 9),
    "cases.past_decided": lambda viewer, _: cases.past_decided(viewer, "early", "elig", 9, confirmed=False),
    "cases.several": lambda viewer, _: cases.several(viewer, ["NOR-1"]),
    "cases.queue": lambda viewer, _: cases.queue(viewer, at=NOW).rows,
    "cases.queue.total": lambda viewer, _: cases.queue(viewer, at=NOW).total,
    "cases.tally": lambda viewer, _: cases.tally(viewer, at=NOW).total.number,
    "cases.tally.overdue": lambda viewer, _: cases.tally(viewer, at=NOW + timedelta(days=1)).overdue.number,
    "cases.search": lambda viewer, _: cases.search(viewer, "smith", ("smith",)).rows,
    "cases.search.reference": lambda viewer, _: cases.search(viewer, "NOR-1", ()).total,
    "cases.latest_receipt": lambda viewer, _: cases.latest_receipt(viewer, CASE, "elig"),
    "submissions.get": lambda viewer, _: submissions.get(viewer, "s1"),
    "submissions.by_key": lambda viewer, _: submissions.by_key(viewer, "k1"),
    "submissions.by_case": lambda viewer, _: submissions.by_case(viewer, "NOR-1"),
    "submissions.first_key": lambda viewer, _: submissions.first_key(viewer, "s1"),
    "submissions.mine": lambda viewer, _: submissions.mine(replace(viewer, organisation="pta")),
    "submissions.due_releases": lambda viewer, _: submissions.due_releases(viewer, NOW),
    "drafts.get": lambda viewer, _: drafts.get(viewer, "d1"),
    "drafts.mine": lambda viewer, _: drafts.mine(viewer),
    "drafts.untouched": lambda viewer, _: drafts.untouched(viewer, make_draft()),
    "families.get": lambda viewer, _: families.get(viewer, "f1"),
    "families.matching": lambda viewer, _: families.matching(viewer, ["id:nhs:1"]),
    "consents.of_case": lambda viewer, _: consents.of_case(viewer, "NOR-1"),
    "consents.of_family": lambda viewer, _: consents.of_family(viewer, "f1"),
    "receipts.get": lambda viewer, _: receipts.get(viewer, "r-NOR-1"),
    "receipts.of_case": lambda viewer, _: receipts.of_case(viewer, "NOR-1", "r-NOR-1"),
    "receipts.each": lambda viewer, _: list(receipts.each(viewer)),
    "receipts.each.of_case": lambda viewer, _: list(receipts.each(viewer, "NOR-1")),
    "alerts.get": lambda viewer, _: alerts.get(viewer, "a1"),
    "alerts.open": lambda viewer, _: alerts.open(viewer),
    "alerts.acknowledged": lambda viewer, _: alerts.acknowledged(viewer, 9),
    "alerts.of_case": lambda viewer, _: alerts.of_case(viewer, "NOR-1"),
    "alerts.of_draft": lambda viewer, _: alerts.of_draft(viewer, "d1"),
    "alerts.counts": lambda viewer, _: alerts.counts(viewer, NOW)["waiting"],
    "views.newest": lambda viewer, _: views.newest(viewer).rows,
    "views.of_record": lambda viewer, _: views.of_record(viewer, "case", "NOR-1").rows,
    "views.by_account": lambda viewer, _: views.by_account(viewer, "officer").total,
    "jobs.get": lambda viewer, _: jobs.get(viewer, "j1"),
    "jobs.latest": lambda viewer, _: jobs.latest(viewer, make_job().kind),
    "jobs.mine": lambda viewer, _: jobs.mine(replace(viewer, account="officer")),
    "messages.outbox": lambda viewer, _: messages.outbox(viewer),
    "accounts.get": lambda viewer, _: accounts.get(viewer, "acc"),
    "accounts.staff": lambda viewer, _: accounts.staff(viewer),
    "accounts.everybody": lambda viewer, _: accounts.everybody(viewer),
    "accounts.email_of": lambda viewer, _: accounts.email_of(viewer, "acc"),
    "accounts.of_organisation": lambda viewer, _: accounts.of_organisation(viewer, "org"),
    "organisations.get": lambda viewer, _: organisations.get(viewer, "org"),
    "organisations.all_of": lambda viewer, _: organisations.all_of(viewer),
    "api_tokens.of_organisation": lambda viewer, _: api_tokens.of_organisation(viewer, "org"),
    "changes.get": lambda viewer, _: changes.get(viewer, "ch1"),
    "changes.all_of": lambda viewer, _: changes.all_of(viewer),
    "changes.to_review": lambda viewer, _: changes.to_review(viewer, NOW),
    "files.described": lambda viewer, file_id: files.described(viewer, [file_id]),
    "files.get": lambda viewer, file_id: files.get(viewer, file_id),
}

# Each changes or removes something for whoever may see it.
WRITERS = {
    "cases.replace": lambda viewer, _: cases.replace(viewer, replace(CASE, title="X"), expected_revision=0),
    "submissions.replace": lambda viewer, _: submissions.replace(
        viewer, make_submission(status="X"), expected_revision=0
    ),
    "drafts.save": lambda viewer, _: drafts.save(viewer, make_draft(language="cy"), expected_revision=0),
    "drafts.discard": lambda viewer, _: drafts.discard(viewer, "d1"),
    "drafts.mark_sent": lambda viewer, _: drafts.mark_sent(viewer, "d1", "s1", NOW),
    "families.replace": lambda viewer, _: families.replace(
        viewer, Family("f1", NORTH, "X", (), HERE, ()), expected_revision=0
    ),
    "alerts.acknowledge": lambda viewer, _: alerts.acknowledge(viewer, "a1", at=NOW),
    "jobs.cancel": lambda viewer, _: jobs.cancel(viewer, "j1", NOW),
    "accounts.replace": lambda viewer, _: accounts.replace(
        viewer, Account("acc", NORTH, "staff", "x@example.org", "X"), expected_revision=0
    ),
    "organisations.close": lambda viewer, _: organisations.close(viewer, "org"),
    "api_tokens.revoke": lambda viewer, _: api_tokens.revoke(viewer, "t1", NOW),
    "changes.replace": lambda viewer, _: changes.replace(viewer, make_change(title="X"), expected_revision=0),
    "files.discard": lambda viewer, file_id: files.discard(viewer, file_id),
    "files.hand_over": lambda viewer, file_id: files.hand_over(viewer, [file_id], ["x"]),
}
QUIET = {"files.hand_over"}  # says nothing about what it passes over


@pytest.mark.parametrize("name", READERS)
def test_an_officer_of_the_authority_reads_by_an_index(one_of_each, queries, name):
    assert READERS[name](OFFICER, one_of_each)
    assert unindexed(queries()) == []


@pytest.mark.parametrize("name", READERS)
def test_a_stranger_reads_nothing(one_of_each, name):
    assert [whose for whose, stranger in STRANGERS.items() if found_by(stranger, name, one_of_each)] == []


def found_by(stranger, name, file_id):
    try:
        return READERS[name](stranger, file_id)
    except NotFound:
        return None


# Not here: what only adds (anybody may hand in what they may not read), and the worker's own, bounded by authority.
ELSEWHERE = {
    "submissions.latest_of",  # goes on from a submission by `get`
    "receipts.append",  # what `add` does for one receipt, for several
    "receipts.count",  # how many there are to replay, for whoever may replay them all; nothing of any
    "views.cases_of",  # asks for the permission to see the access log, and gives references alone
    "drafts.abandoned", "alerts.to_escalate", "alerts.mark_escalated", "alerts.mark_sent", "alerts.mark_abandoned",
    "drafts.saved_since", "submissions.received_since", "files.put", "files.on_trial", "files.keep_for_now",
    "files.forget",
}  # fmt: skip


def test_no_function_that_takes_a_viewer_is_left_out():
    nouns = (accounts, alerts, api_tokens, cases, changes, consents, drafts, families, files, jobs, messages)
    offered = {
        f"{noun.__name__.rpartition('.')[2]}.{name}"
        for noun in (*nouns, organisations, receipts, submissions, views)
        for name, function in vars(noun).items()
        if inspect.isfunction(function) and not name.startswith("_") and name != "add"
        if next(iter(inspect.signature(function).parameters), "") == "viewer"
        if function.__module__.startswith("frontdoor.store") and name not in {"within", "tokens_of"}
    }
    assert offered == {*READERS, *WRITERS, *ELSEWHERE} - {
        name for name in READERS if name.count(".") > 1 or "total" in name
    }


def everything(store) -> dict[str, list]:
    return {name: list(store[name].find().sort("_id")) for name in sorted(store.list_collection_names())}


@pytest.mark.parametrize("name", WRITERS)
def test_an_officer_of_the_authority_changes(one_of_each, store, name):
    before = everything(store)
    WRITERS[name](OFFICER, one_of_each)
    assert everything(store) != before


@pytest.mark.parametrize("name", WRITERS)
def test_a_stranger_changes_nothing_and_learns_nothing(one_of_each, store, name):
    before = everything(store)
    told = {whose: told_to(stranger, name, one_of_each) for whose, stranger in STRANGERS.items()}
    assert everything(store) == before
    # Whoever brings a record of another authority is told so before anything is looked up.
    assert set(told.values()) <= ({None} if name in QUIET else {"NotFound", "NotAllowed"})
    assert {told[whose] for whose in STRANGERS if STRANGERS[whose].authority == NORTH} <= {None, "NotFound"}


def told_to(stranger, name, file_id):
    try:
        WRITERS[name](stranger, file_id)
    except FrontDoorError as refused:
        return type(refused).__name__
    return None


def test_who_manages_accounts_reads_them_without_seeing_any_case(one_of_each):
    manager = replace(OFFICER, tokens=frozenset(), permissions=frozenset({"manage_accounts"}))
    assert [account.id for account in accounts.staff(manager)] == ["acc"]
    with pytest.raises(NotFound):
        cases.get(manager, "NOR-1")
    assert organisations.all_of(manager) == ()


def test_a_permission_in_one_authority_is_none_in_another(one_of_each):
    manager = replace(staff("southshire"), tokens=frozenset(), permissions=frozenset({"manage_accounts"}))
    assert accounts.staff(manager) == ()


def test_a_receipt_follows_its_case_when_the_case_becomes_restricted(one_of_each):
    manager = replace(OFFICER, tokens=frozenset({"person:manager"}))
    restricted = replace(CASE, tokens=("person:manager",), restricted=True)
    cases.replace(OFFICER, restricted, expected_revision=0)
    with pytest.raises(NotFound):
        receipts.get(OFFICER, "r-NOR-1")
    assert list(receipts.each(OFFICER)) == []
    assert receipts.get(manager, "r-NOR-1") == {"decision": "eligible"}


def test_the_worker_escalates_and_counts_what_nobody_may_read(store):
    alerts.add(OFFICER, make_alert(tokens=("person:nobody",)))
    (late,) = alerts.to_escalate(OFFICER, NOW + timedelta(hours=2))
    alerts.mark_escalated(OFFICER, replace(late, escalated_at=NOW))
    assert alerts.to_escalate(OFFICER, NOW + timedelta(hours=2)) == ()
