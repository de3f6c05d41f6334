"""Every route by everybody who might call it, on their own record and on others': it answers as it stated.

The walk is taken from `app.url_map`; a parameter that it has no record for fails it, so that a new kind of record is
thought of here before it is served.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from tests.web import desk
from tests.web.world import Caller, World, build, said
from werkzeug.routing import AnyConverter, Rule
from werkzeug.test import TestResponse

from frontdoor.store import connection
from frontdoor.web.access import Access, access_of

MISSING = "f" * 32
# What an address may hold that is no record of anybody's: words of a form or a table, and the public parts.
WORDS = {
    "authority", "code", "decision", "digest", "fact_id", "filename", "form", "name", "number", "page_id", "rule_set",
    "session_id", "step", "token", "what",
}  # fmt: skip
FIXED = {
    "decision": "TFP1-E",
    "digest": MISSING,
    "filename": "manifest.json",
    "name": "privacy",
    "number": "1",
    "token": MISSING,
}
RECORDS = {
    "account_id", "alert_id", "change_id", "draft_id", "file_id", "job_id", "organisation_id", "other_reference",
    "programme", "question_id", "receipt_id", "reference", "submission_id", "task_id", "token_id",
    "trial_id",
}  # fmt: skip
WELL = {200, 302, 303}
PUT_RIGHT = {400, 409, 422}  # it came in, and something about what was sent has to be put right


@dataclass(frozen=True)
class Step:
    """One rule by one method, with the words that its address may hold chosen."""

    rule: Rule
    method: str
    words: tuple[tuple[str, str], ...]
    access: Access

    @property
    def records(self) -> set[str]:
        return set(self.rule.arguments) & RECORDS

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}{''.join(f' {word}' for _, word in self.words)}"


@pytest.fixture(scope="session")
def opened() -> Iterator[None]:
    yield
    connection.close()


@pytest.fixture(scope="module")
def world(opened, mongo_uri: str, mongo_client, database_name: str) -> World:
    app = desk.application(mongo_uri, database_name)
    app.config["WTF_CSRF_ENABLED"] = False  # the walk has no pages to take tokens from; that is a test of its own
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.testing = False
    return build(app, mongo_client[database_name])


def test_every_route_states_who_may_call_it_and_every_parameter_is_known_here(world: World):
    assert [rule.rule for rule in world.app.url_map.iter_rules() if access_of(world.app, rule.endpoint) is None] == []
    held = {name for rule in world.app.url_map.iter_rules() for name in rule.arguments}
    assert held <= WORDS | RECORDS, "give the walk a record for these, or say that they are words"


def test_every_role_of_both_authorities_a_member_an_administrator_and_a_system_take_part(world: World):
    for authority in world.records:
        labels = {caller.label for caller in world.callers if caller.authority == authority}
        programme = world.records[authority].ids["programme"]
        tree = world.database.snapshots.find_one(
            {"authority": authority, "programme": programme}, sort=[("number", -1)]
        )
        roles = set(_roles(world, authority))
        assert tree is not None
        assert labels == roles | {"partner member", "partner administrator", "system"}


def test_the_walk(world: World):
    """Every answer is the one that the route's statement and the record's readers ask for."""
    wrong: list[str] = []
    counted: Counter[str] = Counter()
    for step in steps(world.app):
        for caller in world.callers:
            for where, wanted, answer in _walked(world, step, caller):
                counted[where] += 1
                if wanted is not None:
                    by = f"{caller.label} of {caller.authority or 'nowhere'}"
                    wrong.append(f"{step} by {by}, {where}: {wanted}, got {answer}")
        changed = world.restore() - {"sessions"}
        if changed and step.method != "GET":
            wrong.append(f"{step}: a request that was refused changed {changed}")
    routes = len({step.rule.rule for step in steps(world.app)})
    print(f"\n{routes} routes by {len(world.callers)} callers: {counted.total()} requests {dict(counted)}")  # noqa: T201
    assert not wrong, "\n".join([f"{len(wrong)} of {counted.total()}", *wrong])
    assert counted["of another authority"] > 300
    assert counted["of another organisation"] > 20


def steps(app: Flask) -> Iterator[Step]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        stated = access_of(app, rule.endpoint)
        assert stated is not None
        for words in _chosen(rule):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield Step(rule, method, words, stated)


def _chosen(rule: Rule) -> Iterator[tuple[tuple[str, str], ...]]:
    listed = {name: converter for name, converter in rule._converters.items() if isinstance(converter, AnyConverter)}
    if not listed:
        yield ()
    for name, converter in listed.items():
        yield from (((name, item),) for item in sorted(converter.items))


def _walked(world: World, step: Step, caller: Caller) -> Iterator[tuple[str, str | None, str]]:
    """Yield (whose record, what was wrong or None, the answer) of each request."""
    own = _own(world, step, caller)
    answer = _asked(world, step, caller, own)
    turned_away = _turned_away(step.access, caller)
    if turned_away is None and step.method != "GET":
        world.restore()  # so that the next one finds all as it was
    wanted = _wanted(world, step, caller, own, answer) if turned_away is None else turned_away(answer)
    yield "own", wanted, _brief(answer)
    if turned_away is not None or not step.records or step.access.kind == "anyone":
        return
    other = next(records for authority, records in world.records.items() if authority != caller.authority)
    for name in sorted(step.records):
        for where, foreign in (
            ("of another authority", other.ids[name]),
            *_of_another_organisation(world, caller, name),
        ):
            theirs = _asked(world, step, caller, {**own, name: foreign})
            none = _asked(world, step, caller, {**own, name: MISSING})
            yield where, _told_apart(step, name, (theirs, foreign), none), _brief(theirs)


def _told_apart(step: Step, name: str, theirs: tuple[TestResponse, str], none: TestResponse) -> str | None:
    """Return what is wrong unless a record of somebody else's looks exactly like one that is not there.

    A post that is refused before its record is looked up is refused for both alike.
    """
    answer, foreign = theirs
    if answer.status_code != none.status_code or said(answer, foreign) != said(none, MISSING):
        return f"{name} should look like one that is not there ({_brief(none)})"
    refused = {404} if step.method == "GET" else {403, 404, *PUT_RIGHT}
    return None if answer.status_code in refused else f"{name} asks for 404"


def _turned_away(access: Access, caller: Caller) -> Any:
    """Return what judges the answer to somebody whom the route's statement keeps out, None for whom it lets in."""
    signed_in = caller.viewer is not None and not caller.secret
    if access.kind == "anyone":
        return None
    if access.kind == "api":
        return None if caller.secret else lambda answer: None if answer.status_code == 401 else "asks for a token (401)"
    if not signed_in:
        return lambda answer: None if _to_sign_in(answer) else "asks to sign in (303, or 401 for a system)"
    viewer = caller.viewer
    assert viewer is not None
    kind = access.kind not in ("staff", "partner") or access.kind == viewer.kind
    allowed = not access.permissions or any(map(viewer.may, access.permissions))
    return None if kind and allowed else lambda answer: None if answer.status_code == 403 else "is not for them (403)"


def _wanted(world: World, step: Step, caller: Caller, own: dict[str, str], answer: TestResponse) -> str | None:
    """Return what is wrong with the answer to somebody whom the statement lets in, asking for what is their own."""
    status = answer.status_code
    if status >= 500 or status == 401:
        return "is for them"
    if step.access.kind == "anyone":
        return None
    within_reach = step.access.kind == "api" or all(_there(world, caller, name, own[name]) for name in step.records)
    if not within_reach:
        return None if status in {404, *PUT_RIGHT} else "asks for 404: no such record is within their reach"
    if step.method == "GET" and status == 403:
        return "lets them in by its statement, so the page has to open"
    if step.method == "GET" and not step.records:
        return None if status in {*WELL, 404} else "asks for a page"
    return None if status in {*WELL, 201, 403, 404, *PUT_RIGHT} else "is for them"


def _there(world: World, caller: Caller, name: str, record: str) -> bool:
    viewer = caller.viewer
    assert viewer is not None
    if name in ("programme", "question_id", "task_id", "file_id", "receipt_id"):
        return True  # they are reached through what they belong to, if at all
    return world.reaches(viewer, record)


def _own(world: World, step: Step, caller: Caller) -> dict[str, str]:
    records = world.records.get(caller.authority) or next(iter(world.records.values()))
    ids = {**records.ids, **FIXED, **dict(step.words), "session_id": MISSING, "tokens": ""}
    if caller.viewer is not None:
        ids["draft_id"] = records.drafts.get(caller.viewer.account, ids["draft_id"])
        if step.access.kind == "partner" or "people" in step.rule.rule:
            ids["account_id"] = ids["person_id"]
    return {name: ids[name] for name in step.rule.arguments}


def _of_another_organisation(world: World, caller: Caller, name: str) -> Iterator[tuple[str, str]]:
    """Yield a record of the same authority that another organisation holds, where the caller belongs to one."""
    viewer = caller.viewer
    collection = {"draft_id": "drafts", "submission_id": "submissions", "reference": "cases", "account_id": "accounts"}
    if viewer is None or viewer.organisation is None or name not in collection:
        return
    theirs = {"authority": viewer.authority, "organisation": {"$nin": [viewer.organisation, None]}}
    found = world.database[collection[name]].find_one(theirs, sort=[("_id", 1)])
    if found is not None:
        yield "of another organisation", str(found["_id"])


def _asked(world: World, step: Step, caller: Caller, ids: dict[str, str]) -> TestResponse:
    with world.app.test_request_context():
        _, address = step.rule.build({**ids, **({"number": 1} if "number" in ids else {})}) or ("", "")
    body = {"json": {}} if step.method == "POST" and step.rule.rule.startswith("/api/") else {}
    return caller.call(step.method, address, **body)


def _to_sign_in(answer: TestResponse) -> bool:
    return (answer.status_code == 303 and "/sign-in" in answer.location) or answer.status_code == 401


def _brief(answer: TestResponse) -> str:
    return f"{answer.status_code} {answer.location or ''}".strip()


def _roles(world: World, authority: str) -> set[str]:
    held = world.database.accounts.find({"authority": authority, "kind": "staff"})
    return {role for account in held for role in account["roles"]}


def test_no_post_is_taken_without_the_token_of_a_page(world: World):
    """Cookies alone prove nothing: only systems, by their bearer tokens, post without."""
    world.app.config["WTF_CSRF_ENABLED"] = True
    try:
        taken = []
        for step in steps(world.app):
            if step.method != "POST" or step.access.kind == "api":
                continue
            callers = [one for one in world.callers if not one.secret and _turned_away(step.access, one) is None]
            answer = _asked(world, step, callers[-1], _own(world, step, callers[-1]))
            world.restore()
            if answer.status_code != 400:
                taken.append(f"{step}: {_brief(answer)}")
        assert not taken, "\n".join(taken)
    finally:
        world.app.config["WTF_CSRF_ENABLED"] = False
