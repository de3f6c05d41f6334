"""Hostile input from every side: refused with something to act on, nothing stored, nobody named in any log."""

import json
import logging
import re
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from tests.services.builders import answers
from tests.web import desk
from tests.web.world import Caller, World, build
from werkzeug.test import TestResponse

from frontdoor import clock, packs_dir
from frontdoor.domain.errors import DocumentRejected
from frontdoor.services import load
from frontdoor.store import connection

NAME, DIAGNOSIS = "Quillfeather", "a bruise the shape of a buckle"
DEEP = 10_000
MEGABYTE = "Quillfeather " * 80_000
HERE = "derby-city"
RULE = ("rules", "eligibility", "decisions", "TFP1-E", "rows", "two_plus_local", "when")


@pytest.fixture(scope="session")
def opened() -> Iterator[None]:
    yield
    connection.close()


@pytest.fixture(scope="module")
def built(opened, mongo_uri: str, mongo_client, database_name: str) -> World:
    app = desk.application(mongo_uri, database_name)
    app.config["WTF_CSRF_ENABLED"] = False
    app.testing = False
    return build(app, mongo_client[database_name])


@pytest.fixture
def world(built: World, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Iterator[World]:
    """The world, which has to be as before afterwards; whatever was printed or logged meanwhile names nobody."""
    caplog.set_level(logging.DEBUG)
    for caller in built.callers:
        caller.client.get("/health")
    built.restore()
    yield built
    changed = built.restore() - {"sessions"}
    printed = capfd.readouterr()
    logged = "\n".join(
        [printed.out, printed.err, *(record.getMessage() + str(record.exc_text) for record in caplog.records)]
    )
    assert changed == set()
    assert [word for word in (NAME, DIAGNOSIS, "Larkspur Walk") if word in logged] == []


def system(world: World, authority: str = HERE) -> Caller:
    return next(one for one in world.callers if one.label == "system" and one.authority == authority)


def person(world: World, label: str, authority: str = HERE) -> Caller:
    return next(one for one in world.callers if one.label == label and one.authority == authority)


def refused(answer: TestResponse, *allowed: int) -> None:
    """It is a refusal; to a system in few words that repeat nothing personal (a page shows what was typed again)."""
    assert answer.status_code in (allowed or (400, 404, 409, 413, 415, 422)), answer.get_data(as_text=True)[:300]
    words = answer.get_data(as_text=True)
    assert "Traceback" not in words
    if answer.mimetype == "application/problem+json":
        assert NAME not in words
        assert DIAGNOSIS not in words
        assert len(words) < 50_000
        told = json.loads(words)
        assert told["title"]
        assert all(problem["message"] for problem in told.get("problems", ()))


def told(**more: Any) -> str:
    return json.dumps({"reference": "R-1", "answers": answers(family_name=NAME, **more)})


def deep(opening: str, closing: str) -> str:
    return (
        f'{{"reference": "R-1", "answers": {{"family_name": "{NAME}", "members": {opening * DEEP}1{closing * DEEP}}}}}'
    )


BODIES: dict[str, str] = {
    "objects nested ten thousand deep": deep('{"a":', "}"),
    "lists nested ten thousand deep": deep("[", "]"),
    "an answer of a megabyte": told(local_details=MEGABYTE),
    "a name of a megabyte": json.dumps({"reference": "R-1", "answers": answers(family_name=MEGABYTE)}),
    "a reference of a megabyte": json.dumps({"reference": MEGABYTE, "answers": answers(family_name=NAME)}),
    "a key of a megabyte": told(**{MEGABYTE: 1}),
    "twenty thousand questions that nobody asks": told(**{f"q{number}": NAME for number in range(20_000)}),
    "five thousand members": told(members=[{"id": f"row{number:05}", "given_name": NAME} for number in range(5_000)]),
    "$ne": told(**{"$ne": 1}),
    "$where beside the answers": json.dumps({"reference": "R-1", "answers": answers(family_name=NAME), "$where": "1"}),
    "a dotted key": told(**{"members.0.given_name": NAME}),
    "_cls": told(_cls="Account"),
    "_id": told(_id="1"),
    "__proto__": told(__proto__={"admin": True}),
    "an empty key": told(**{"": NAME}),
    "$ne in a row": told(members=[{"id": "aoif", "given_name": {"$ne": NAME}}]),
    "_cls in a row": told(members=[{"id": "aoif", "_cls": NAME}]),
    "an operator in an address": told(address={"line_1": "14 Larkspur Walk", "$gt": ""}),
    "a dot in an address": told(address={"line_1": "14 Larkspur Walk", "a.b": NAME}),
    "an object for a text": told(referrer_role={"$ne": NAME}),
    "a list for a text": told(referrer_role=[NAME]),
    "a number for a text": told(referrer_role=7),
    "a text for a list": told(members=NAME),
    "a number for a choice": told(concern=1),
    "true for a choice": told(concern=True),
    "an unknown choice": told(concern=f"maybe {NAME}"),
    "a list for a choice": told(concern=["no"]),
    "the same row twice": told(members=[{"id": "aoif", "given_name": NAME}] * 2),
    "a row id that is an operator": told(members=[{"id": "$set", "given_name": NAME}]),
    "a date that does not exist": told(offence_on="2026-02-30"),
    "a number beyond any": '{"reference": "R-1", "answers": {"suspensions": 1e999}}',
    "a whole number of four thousand digits": f'{{"reference": "R-1", "answers": {{"suspensions": {"9" * 4_000}}}}}',
    "a whole number of five thousand digits": f'{{"reference": "R-1", "answers": {{"suspensions": {"9" * 5_000}}}}}',
    "NaN": '{"reference": "R-1", "answers": {"suspensions": NaN}}',
    "somebody else's file": told(documents=["FILE"]),
    "a file that is not there": told(documents=["f" * 32]),
    "no object at all": f'["{NAME}"]',
    "half a document": f'{{"reference": "R-1", "answers": {{"family_name": "{NAME}"',
    "not UTF-8": '{"reference": "R-1", "answers": {"family_name": "\udcff"}}',
}


@pytest.mark.parametrize("body", [pytest.param(body, id=name.replace(" ", "-")) for name, body in BODIES.items()])
def test_a_system_that_sends_it_is_told_and_nothing_is_stored(world: World, body: str):
    theirs = world.records["northmoor"].ids["file_id"]
    sent = body.replace('"FILE"', f'"{theirs}"').encode(errors="surrogateescape")
    answer = system(world).call(
        "POST", "/api/v1/programmes/derby/nominations", data=sent, content_type="application/json"
    )
    refused(answer)
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    "programme", ["families-first", "northmoor", "base", "$ne", "..%2F..%2Fetc", "derby%00", NAME * 200]
)
def test_a_programme_that_is_not_run_here_is_not_found(world: World, programme: str):
    answer = system(world).call(
        "POST", f"/api/v1/programmes/{programme}/nominations", data=told(), content_type="application/json"
    )
    refused(answer, 404)


@pytest.mark.parametrize("kind", ["reference", "submission_id"])
def test_another_authoritys_nomination_is_not_found_by_any_of_its_ids(world: World, kind: str):
    theirs = world.records["northmoor"].ids[kind]
    refused(system(world).call("GET", f"/api/v1/nominations/{theirs}"), 404)
    reply = system(world).call("POST", f"/api/v1/nominations/{theirs}/questions/{'f' * 32}/reply", json={"text": NAME})
    refused(reply, 404)


FIELDS: dict[str, dict[str, str]] = {
    "a name of a megabyte": {"family_name": MEGABYTE},
    "an unknown choice": {"address_confidential": f"maybe {NAME}"},
    "an operator as a choice": {"safe_to_call": '{"$ne": null}'},
    "a number that is none": {"revision": NAME},
    "a postcode that is none": {"address-postcode": NAME},
}


@pytest.mark.parametrize("fields", [pytest.param(fields, id=name.replace(" ", "-")) for name, fields in FIELDS.items()])
def test_a_page_that_cannot_be_taken_is_shown_again_and_not_kept_as_an_answer(built: World, fields: dict[str, str]):
    member = person(built, "partner member")
    draft = built.records[HERE].drafts[member.viewer.account]
    shown = _hidden(member.call("GET", f"/forms/{draft}/family").get_data(as_text=True))
    answer = member.call("POST", f"/forms/{draft}/family", data={**shown, **fields})
    kept = built.database.drafts.find_one({"_id": draft})["answers"]
    built.restore()
    assert answer.status_code in (400, 409, 413, 422)
    assert not kept.get("address_confidential", "yes").startswith("maybe")
    assert len(json.dumps(kept)) < 10_000


@pytest.mark.parametrize("name", ["$ne", "$where", "a.b", "members.0.given_name", "_cls", "_id", "__proto__", "tokens"])
def test_a_field_that_the_page_does_not_ask_is_never_kept(built: World, name: str):
    member = person(built, "partner member")
    draft = built.records[HERE].drafts[member.viewer.account]
    before = built.database.drafts.find_one({"_id": draft})
    shown = _hidden(member.call("GET", f"/forms/{draft}/family").get_data(as_text=True))
    answer = member.call("POST", f"/forms/{draft}/family", data={**shown, "family_name": "Achterberg", name: NAME})
    after = built.database.drafts.find_one({"_id": draft})
    built.restore()
    assert answer.status_code < 500
    assert NAME not in json.dumps(after, default=str)
    assert {key: after[key] for key in ("tokens", "organisation", "account")} == {
        key: before[key] for key in ("tokens", "organisation", "account")
    }


@pytest.mark.parametrize(
    ("file", "content"),
    [
        pytest.param("virus.exe", b"MZ\x90\x00", id="a-program"),
        pytest.param("page.pdf", b"<script>alert(1)</script>", id="a-page-that-calls-itself-pdf"),
        pytest.param("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", id="svg"),
        pytest.param("empty.pdf", b"", id="nothing"),
        pytest.param("large.pdf", b"%PDF-" + b"x" * (11 * 1024 * 1024), id="eleven-megabytes"),
    ],
)
def test_a_file_of_another_kind_than_it_says_is_not_kept(built: World, file: str, content: bytes):
    member = person(built, "partner member")
    draft = built.records[HERE].drafts[member.viewer.account]
    kept = built.database["uploads.files"].count_documents({})
    shown = _hidden(member.call("GET", f"/forms/{draft}/documents").get_data(as_text=True))
    data = {**shown, "documents": (BytesIO(content), file)}
    answer = member.call("POST", f"/forms/{draft}/documents", data=data, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # the test client keeps what is large in a file of its own
    stored = built.database["uploads.files"].count_documents({})
    built.restore()
    if content:
        assert answer.status_code in (413, 422)
    assert stored == kept


POINTERS = {
    "a rule": "/rules/eligibility/decisions/TFP1-E/rows/two_plus_local/when",
    "a fact": "/rules/eligibility/facts/c1/logic",
    "a locked table": "/rules/eligibility/decisions/TFP1-E/hit",
    "a permission": "/rules/roles/roles/business_support/may/manage_accounts",
    "a condition": "/forms/e-nomination/conditions/concern_raised/logic",
    "nothing": "/rules/eligibility/parameters/nothing/value",
    "the whole tree": "",
    "a prototype": "/__proto__/admin",
    "an operator": "/$where",
    "bounds": "/rules/eligibility/parameters/local_min/bounds/max",
}
VALUES = {
    "method": '{"method": ["", "__class__"]}',
    "log": '{"log": "x"}',
    "deep": '{"!":' * DEEP + "1" + "}" * DEEP,
    "megabyte": "9" * 1_000_000,
    "number": "2",
    "words": NAME,
}


@pytest.mark.parametrize("value", [pytest.param(value, id=name) for name, value in VALUES.items()])
@pytest.mark.parametrize("pointer", [pytest.param(at, id=name.replace(" ", "-")) for name, at in POINTERS.items()])
def test_no_rule_gets_into_a_change_by_its_page(world: World, pointer: str, value: str):
    """Rules are edited in documents and checked there; a change moves numbers, words and looks."""
    editor, change = person(world, "configurer"), world.records[HERE].ids["change_id"]
    typed = {"at": pointer, "value": value, "because": "Board, item 3", "revision": "0"}
    refused(editor.call("POST", f"/changes/{change}/edit", data=typed), 400, 403, 404, 413, 422)


@pytest.mark.parametrize("value", [pytest.param(value, id=name) for name, value in VALUES.items() if name != "number"])
def test_a_number_takes_nothing_but_a_number_within_its_bounds(world: World, value: str):
    editor, change = person(world, "configurer"), world.records[HERE].ids["change_id"]
    at = "/rules/eligibility/parameters/local_min/value"
    for each in (value, "8", "-1", "1e3", "NaN", "٣", ""):
        typed = {"at": at, "value": each, "because": "Board, item 3", "revision": "0"}
        refused(editor.call("POST", f"/changes/{change}/edit", data=typed), 413, 422)


def nested(rule: str, levels: int) -> str:
    return f'{{"{rule}":' * levels + "1" + "}" * levels


RULES: dict[str, str] = {
    "an operator that runs Python": '{"method": [{"var": "facts.c1"}, "__reduce_ex__", [4]]}',
    "a dotted operator": '{"datetime.sys.exit": [3]}',
    "log": '{"log": {"var": "facts.c1"}}',
    "an operator that nobody has": '{"frobnicate": [1, 2]}',
    "two operators in one object": '{"==": [1, 1], "or": [true]}',
    "no operator": "{}",
    "a regular expression": '{"regexTest": ["(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]}',
    "the constructor of all": '{"!!": [{"var": "constructor.constructor"}]}',
    "a computed path": '{"!!": [{"var": {"cat": ["facts.", "c1"]}}]}',
    "a fact that nobody has": '{"!!": [{"var": "facts.nobody_has_this"}]}',
    "a number beyond 2 to the 53rd": '{"==": [{"var": "facts.local"}, 9007199254740993]}',
    "a number beyond any": '{"==": [{"var": "facts.local"}, 1e999]}',
    "nested maps over long lists": json.dumps(
        {"map": [[*range(1000)], {"map": [[*range(1000)], {"map": [[*range(1000)], {"var": ""}]}]}]}
    ),
    "an outer name inside an iterator": '{"some": [{"var": "facts.local_named"}, {"var": "facts.c1"}]}',
    "deeper than forty": nested("!", 60),
    "ten thousand deep": nested("!", DEEP),
    "ten thousand lists": '{"or": ' + "[" * DEEP + "]" * DEEP + "}",
    "a million characters": json.dumps({"==": [{"var": "facts.local"}, "x" * 900_000]}),
    "the same key twice": '{"==": [1, 1], "==": [1, 2]}',
}


@pytest.mark.parametrize("rule", [pytest.param(rule, id=name.replace(" ", "-")) for name, rule in RULES.items()])
def test_packs_with_a_hostile_rule_are_not_loaded_and_name_the_file(world: World, tmp_path: Path, rule: str):
    _with_rule(tmp_path, lambda text: text.replace('"a rule goes here"', rule))
    with pytest.raises(DocumentRejected) as said:
        load.load_shipped(tmp_path, "2.0", at=clock.now())
    assert all("eligibility" in problem.file + problem.where for problem in said.value.problems)
    assert said.value.problems
    assert all(problem.message and len(str(problem)) < 2_000 for problem in said.value.problems)


def test_the_same_packs_with_a_decent_rule_are_loaded(built: World, tmp_path: Path):
    """So that it is the rule, and not the copying, that the test before is refused for."""
    _with_rule(
        tmp_path,
        lambda text: text.replace(
            '"a rule goes here"', '{"==": [{"var": "facts.local"}, {"var": "parameters.local_min"}]}'
        ),
    )
    loaded = {one.authority: one.outcome for one in load.load_shipped(tmp_path, "2.0", at=clock.now())}
    built.restore()
    assert loaded[HERE] == "drafted"


def _with_rule(root: Path, written: Callable[[str], str]) -> None:
    for section in ("forms", "rules", "themes"):
        shutil.copytree(packs_dir() / section, root / section)
    path = root / "rules" / "derby" / "eligibility.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["decisions"][RULE[3]]["rows"][RULE[5]]["when"] = "a rule goes here"
    path.write_text(written(json.dumps(document)), encoding="utf-8")


def _hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of a page's form: a person's browser sends them along."""
    found = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            found[name[1]] = value[1] if value else ""
    return found
