"""Both shipped authorities with their demonstration, everybody who works there signed in, and a record of each kind."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from pymongo.database import Database
from werkzeug.test import TestResponse

from frontdoor import clock, packs_dir
from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.submission import Draft
from frontdoor.domain.trial import Given
from frontdoor.services import ask, change, demo, filling, load, partners, programmes, replay_all, sign_in, trying
from frontdoor.store import accounts, connection, files, snapshots
from frontdoor.store.records import within
from frontdoor.web.sessions import COOKIE

Store = Database[dict[str, Any]]
# Written by reading; no test's answer depends on them.
PASSING = frozenset({"views", "throttles", "heartbeats"})


@dataclass
class Caller:
    """Somebody, or some system, that calls: `label` is the role; `viewer` is None for nobody in particular."""

    label: str
    viewer: Viewer | None
    client: FlaskClient
    secret: str = ""
    session: str = ""  # the cookie that it was signed in with: some routes end or renew a session

    @property
    def authority(self) -> str:
        return self.viewer.authority if self.viewer else ""

    def call(self, method: str, path: str, **more: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        if self.session:
            self.client.set_cookie(COOKIE, self.session)
        else:
            self.client.delete_cookie(COOKIE)
        return self.client.open(path, method=method, headers=headers, buffered=True, **more)


@dataclass
class Records:
    """One authority's records by the name of the parameter that an address holds."""

    authority: str
    ids: dict[str, str] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)  # by account


@dataclass
class World:
    """Everything that the walk needs. `records` by authority."""

    app: Flask
    database: Store
    callers: list[Caller]
    records: dict[str, Records]
    kept: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    def keep(self) -> None:
        """Remember all that is stored, to be put back after every request that changes some of it."""
        names = [name for name in self.database.list_collection_names() if name not in PASSING]
        self.kept = {name: list(self.database[name].find()) for name in names if not name.startswith("system.")}
        self.digests = self.hashes()

    def hashes(self) -> dict[str, str]:
        """Return the server's own digest of each collection."""
        found: dict[str, str] = self.database.command("dbHash")["collections"]
        return {name: digest for name, digest in found.items() if name not in PASSING}

    def restore(self) -> set[str]:
        """Put back what has changed; return the names of the collections that had."""
        now = self.hashes()
        changed = {name for name in {*now, *self.digests} if now.get(name) != self.digests.get(name)}
        for name in changed:
            self.database[name].delete_many({})
            if self.kept.get(name):
                self.database[name].insert_many(self.kept[name])
        return changed

    @contextmanager
    def unchanged_after(self) -> Iterator[None]:
        """Whatever happens within, the database is as before afterwards."""
        try:
            yield
        finally:
            self.restore()

    def reaches(self, viewer: Viewer, record: str) -> bool:
        """Return whether some collection holds this record within the viewer's reach."""
        return any(self.database[name].find_one(within(viewer, {"_id": record}), {"_id": 1}) for name in self.kept)


def build(app: Flask, database: Store) -> World:
    """Load packs and demonstration, and make what no demonstration has: tokens, drafts, questions, a change."""
    for name in database.list_collection_names(filter={"type": "collection"}):
        if not name.startswith("system."):
            database[name].delete_many({})
    connection.ensure_indexes()
    at = clock.now()
    load.load_shipped(packs_dir(), "1.0", at=at)
    demo.load_demo(at=at)
    callers = [Caller("anonymous", None, app.test_client())]
    records = {}
    for authority in snapshots.authorities():
        people = _people(app, authority)
        organisation = next(one.viewer.organisation for one in people if one.label == "partner administrator")
        with_system, token = _system(app, authority, str(organisation))
        records[authority] = _records(database, authority, [*people, with_system], str(organisation))
        records[authority].ids["token_id"] = token
        callers += [*people, with_system]
    world = World(app, database, callers, records)
    world.keep()
    return world


def _people(app: Flask, authority: str) -> list[Caller]:
    """Sign in one account of each role, one member and one administrator of each partner organisation."""
    found: list[Caller] = []
    for account in accounts.everybody(system_viewer(authority)):
        partner = "partner administrator" if account.organisation_admin else "partner member"
        label = " and ".join(account.roles) if account.kind == "staff" else partner
        if label in {one.label for one in found}:
            continue
        client = app.test_client()
        assert client.post(f"/sign-in/demo/{account.id}").status_code == 303
        cookie = client.get_cookie(COOKIE)
        assert cookie is not None
        found.append(Caller(label, sign_in.viewer_of(account, clock.now()), client, session=cookie.value))
    return found


def _system(app: Flask, authority: str, organisation: str) -> tuple[Caller, str]:
    manager = replace(system_viewer(authority), permissions=frozenset({"manage_organisations"}))
    token, secret = partners.issue_token(manager, organisation, "Pupil records", at=clock.now())
    door = sign_in.Doorstep("127.0.0.1", clock.now())
    return Caller("system", sign_in.viewer_of_token(secret, door)[0], app.test_client(), secret), token.id


def _records(database: Store, authority: str, callers: list[Caller], organisation: str) -> Records:
    """Choose a case that the organisation sent and somebody has decided on, and what hangs on it."""
    at = clock.now()
    made = Records(authority)
    (programme,) = programmes.running(authority, at)
    case = database.cases.find_one({"authority": authority, "organisation": organisation, "queue.open": True})
    assert case is not None
    reference = case["reference"]
    asker = next(one.viewer for one in callers if one.viewer and one.viewer.may("verify_fact"))
    inside = system_viewer(authority)
    ask.ask(
        replace(inside, permissions=asker.permissions), reference, "Which school?", at=at, revision=case["revision"]
    )
    submission = database.submissions.find_one({"_id": case["submissions"][0]})
    assert submission is not None
    editor = next(one.viewer for one in callers if one.viewer and one.viewer.may("edit_change"))
    intake = programme.pathway.intake
    others = [form for stage in programme.pathway.stages.values() for form in stage.forms]
    verified = next(fact.id for fact in programme.rules.facts.values() if fact.verify and not fact.of_row)
    receipt = database.receipts.find_one({"case": reference})
    organisations = database.organisations.find({"authority": authority, "_id": {"$ne": organisation}})
    member = next(one.viewer for one in callers if one.viewer and one.viewer.organisation == organisation)
    made.ids |= {
        "authority": authority,
        "programme": programme.programme,
        "reference": reference,
        "other_reference": str(database.cases.find_one({"authority": authority, "_id": {"$ne": reference}})["_id"]),  # type: ignore[index]
        "submission_id": submission["_id"],
        "question_id": submission["questions"][-1]["id"],
        "receipt_id": str(receipt["_id"]) if receipt else "",
        "code": intake.decisions[-1],
        "fact_id": verified,
        "rule_set": next(name for name, one in programme.tree["rules"].items() if "decisions" in one),
        "form": others[0],
        "page_id": next(iter(programme.forms[intake.form].pages)),
        "change_id": change.begin(editor, programme.programme, "A number to move", at=at).id,
        "alert_id": str(database.alerts.find_one({"authority": authority})["_id"]),  # type: ignore[index]
        "account_id": next(one.viewer.account for one in callers if one.viewer and one.label != "system"),
        "organisation_id": str(next(organisations)["_id"]),
        "person_id": member.account,
        "job_id": replay_all.ask(replace(inside, permissions=inside.permissions | {"replay_receipts"}), at=at).id,
        "trial_id": _trial(editor, database, authority),
        "task_id": next((task["id"] for task in case["tasks"]), "0" * 32),
    }
    for caller in callers:
        if caller.viewer and (caller.viewer.kind == "partner" or caller.viewer.may("record_contact")):
            made.drafts[caller.viewer.account] = _draft(caller.viewer, programme.programme).id
    draft = made.drafts[member.account]
    tokens = tuple(database.drafts.find_one({"_id": draft})["tokens"])  # type: ignore[index]
    made.ids |= {
        "draft_id": draft,
        "file_id": files.put(member, files.Upload("a.pdf", "application/pdf", b"%PDF-", tokens), at=at),
    }
    return made


def _trial(viewer: Viewer, database: Store, authority: str) -> str:
    """A form of a change in test mode, begun by whoever began the change."""
    at = clock.now()
    begun = str(database.changes.find_one({"authority": authority, "state": "draft"})["_id"])  # type: ignore[index]
    _, programme = trying.desk(viewer, begun, at=at)
    purpose = trying.Purpose(Given(programme.calendar.local_date(at)))
    return trying.begin(viewer, begun, trying.parts(programme)[0], purpose, at=at).id


def _draft(viewer: Viewer, programme: str) -> Draft:
    at = clock.now()
    arrival = {"channel": "phone", "received_at": at, "caller": {}} if viewer.kind == "staff" else None
    return filling.begin(viewer, programme, filling.Purpose(arrival=arrival), at=at)


_NEW_EACH_TIME = re.compile(
    r'name="csrf_token"[^>]*value="[^"]*"|value="[^"]*"[^>]*name="csrf_token"|nonce-[^\'"]*|[0-9a-f]{32,64}'
    r"|[A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]"
)


def said(response: TestResponse, *given: str) -> str:
    """Return what a page says, without ids, references, what is new in every page, and what was given to it."""
    words = response.get_data(as_text=True)
    for one in given:
        words = words.replace(one, "…")
    return _NEW_EACH_TIME.sub("…", words)
