"""The rule API: who may ask, what is answered, and that nothing of it is kept."""

import json
import logging
from datetime import timedelta

import pytest
from tests.services.builders import DERBY, MOOR, answers, nominated, publish_shipped
from tests.web.desk import application
from tests.web.test_api import System

from frontdoor import clock
from frontdoor.domain.access import PERMISSIONS, Viewer, system_viewer
from frontdoor.domain.errors import AnswersRejected, NotAllowed, NotFound
from frontdoor.services import ask_rules, deliver, rule_systems
from frontdoor.store import api_tokens

PATH = "/api/v1/rules/derby/decisions/TFP1-E"
DEEP = "[" * 20_000 + "]" * 20_000
GIVEN = {"dependent_child": True, "c1": True, "c2": True, "c3": False, "local": 1}


def administrator(authority=DERBY):
    return Viewer("ada", "Ada", "staff", authority, frozenset(), frozenset(PERMISSIONS))


class RuleSystem:
    """A system of the authority's own with a token for its rules."""

    def __init__(self, app, authority=DERBY):
        self.client = app.test_client()
        self.token, self.secret = rule_systems.issue(administrator(authority), "Data warehouse", at=clock.now())

    def post(self, path, body=None, raw=None, **headers):
        told = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json", **headers}
        return self.client.post(path, data=json.dumps(body or {}) if raw is None else raw, headers=told)


@pytest.fixture(scope="module")
def app(mongo_uri, database_name):
    return application(mongo_uri, database_name)


@pytest.fixture
def warehouse(app, database):
    publish_shipped()
    return RuleSystem(app)


# ── What is answered ───────────────────────────────────────────────────────────────────────────────────────────────


def test_facts_come_in_and_a_receipt_goes_out(warehouse):
    answer = warehouse.post(f"{PATH}/decide", {"facts": GIVEN})
    assert answer.status_code == 200, answer.text
    assert (answer.json["decision"], answer.json["fired"]) == ("eligible", ["two_plus_local"])
    assert answer.json["snapshot"]["number"] == 1
    assert answer.json["parameters"]["criteria_min"] == 2


def test_answers_come_in_as_the_form_has_them_and_what_is_missing_is_told(warehouse):
    answer = warehouse.post(f"{PATH}/decide", {"answers": {"e_nomination": {}}, "as_of": "2026-11-23"})
    assert answer.status_code == 200, answer.text
    assert answer.json["as_of"] == "2026-11-23"
    assert answer.json["decision"] == "pending"
    assert answer.json["outstanding"]


def test_another_parameter_is_tried_for_one_decision(warehouse):
    answer = warehouse.post(f"{PATH}/decide", {"facts": GIVEN, "parameters": {"local_min": 2}})
    assert answer.json["decision"] == "panel_review"


@pytest.mark.parametrize(("language", "word"), [("en", "yes"), ("cy", "ydy")])
def test_a_decision_is_told_in_words_and_in_welsh_for_whoever_asks(warehouse, language, word):
    answer = warehouse.post(f"{PATH}/explain", {"facts": GIVEN}, **{"Accept-Language": language})
    assert answer.status_code == 200, answer.text
    (decided,) = [row for row in answer.json["rows"] if row["decided"]]
    assert decided["id"] == "two_plus_local"
    assert decided["clauses"]
    assert all(clause["words"] and clause["told"] for clause in decided["clauses"])
    assert word in json.dumps(answer.json["rows"], ensure_ascii=False)


def test_a_table_is_proved_in_a_process_of_its_own(warehouse):
    answer = warehouse.post(f"{PATH}/verify", {"seconds": 20})
    assert answer.status_code == 200, answer.text
    assert (answer.json["decision"], answer.json["proved"], answer.json["findings"]) == ("TFP1-E", True, [])


def test_a_proof_that_has_no_time_says_not_proved(warehouse, monkeypatch):
    monkeypatch.setattr(ask_rules, "LONGEST", 0.0)
    answer = warehouse.post(f"{PATH}/verify", {})
    assert (answer.status_code, answer.json["proved"]) == (200, False)
    assert answer.json["not_proved"]


def test_a_simulation_tells_counts_and_no_case_and_no_small_number(warehouse):
    reference = nominated(key="k", received_at=clock.now()).reference
    deliver.round_of_work(lambda message: None, at=clock.now(), worker="test")
    answer = warehouse.post(f"{PATH}/simulate", {"parameters": {"local_min": 2}})
    assert answer.status_code == 200, answer.text
    assert (answer.json["cases"], answer.json["moved"], answer.json["threshold"]) == (None, None, 5)
    assert all(cell["count"] is None for cell in answer.json["matrix"])
    assert reference not in answer.text


def test_nothing_that_is_sent_is_stored_or_logged(warehouse, database, caplog):
    before = {name: database[name].count_documents({}) for name in database.list_collection_names()}
    with caplog.at_level(logging.DEBUG):
        warehouse.post(f"{PATH}/decide", {"answers": {"e_nomination": answers(family_name="Zzyzx")}})
        warehouse.post(f"{PATH}/explain", {"answers": {"e_nomination": answers(family_name="Zzyzx")}})
    after = {name: database[name].count_documents({}) for name in database.list_collection_names()}
    assert {name for name in after if after[name] != before.get(name)} <= {"throttles"}
    assert "Zzyzx" not in caplog.text


# ── Who may ask ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("what", ["decide", "explain", "verify", "simulate"])
def test_a_partners_token_does_not_open_the_rules(app, warehouse, what):
    answer = System(app).post(f"{PATH}/{what}", {"facts": GIVEN})
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
    assert answer.json["code"] == "not_allowed"


@pytest.mark.parametrize("path", ["programmes/derby/nominations", "files", "nominations/DER-1/questions/q/reply"])
def test_a_token_for_the_rules_neither_nominates_nor_answers(warehouse, path):
    assert warehouse.post(f"/api/v1/{path}", {"reference": "R-1", "answers": {}}).status_code == 403


def test_a_token_for_the_rules_reads_no_nomination(warehouse):
    reference = nominated(key="k", received_at=clock.now()).reference
    told = {"Authorization": f"Bearer {warehouse.secret}"}
    assert warehouse.client.get(f"/api/v1/nominations/{reference}", headers=told).status_code == 403


def test_another_authoritys_token_finds_no_such_programme(app, warehouse):
    moor = RuleSystem(app, MOOR)
    answers_of = {what: moor.post(f"{PATH}/{what}", {"facts": GIVEN, "parameters": {}}) for what in ("decide",)}
    assert {one.status_code for one in answers_of.values()} == {404}
    assert moor.post(f"{PATH}/verify").status_code == 404
    assert moor.post(f"{PATH}/simulate", {"parameters": {}}).status_code == 404


@pytest.mark.parametrize("ended", ["revoked", "expired", "none", "wrong"])
def test_without_a_good_token_nothing_is_read(app, warehouse, ended):
    if ended == "revoked":
        rule_systems.revoke(administrator(), warehouse.token.id, at=clock.now())
    elif ended == "expired":
        late = clock.now() - timedelta(seconds=1)
        api_tokens.RECORDS.collection.update_one({"_id": warehouse.token.id}, {"$set": {"expires_at": late}})
    warehouse.secret = {"none": "", "wrong": "fd_wrong"}.get(ended, warehouse.secret)
    answer = warehouse.post(f"{PATH}/decide", raw="{")
    assert (answer.status_code, answer.json["code"]) == (401, "not_signed_in")


def test_a_browser_session_is_no_way_in(app, warehouse):
    assert app.test_client().post(f"{PATH}/decide", json={"facts": GIVEN}).status_code == 401


@pytest.mark.parametrize("act", ["issue", "list", "revoke"])
def test_only_who_keeps_organisations_issues_such_tokens(warehouse, act):
    nobody = Viewer("edna", "Edna", "staff", DERBY, frozenset(), frozenset(PERMISSIONS) - {"manage_organisations"})
    with pytest.raises(NotAllowed):
        {
            "issue": lambda: rule_systems.issue(nobody, "x", at=clock.now()),
            "list": lambda: rule_systems.all_of(nobody),
            "revoke": lambda: rule_systems.revoke(nobody, warehouse.token.id, at=clock.now()),
        }[act]()


def test_another_authoritys_administrator_neither_sees_nor_revokes_the_token(warehouse):
    other = administrator(MOOR)
    assert rule_systems.all_of(other) == ()
    with pytest.raises(NotFound):
        rule_systems.revoke(other, warehouse.token.id, at=clock.now())


def test_a_partners_token_is_not_revoked_from_the_page_for_our_own(app, warehouse):
    System(app)
    with pytest.raises(NotFound):
        rule_systems.revoke(administrator(), "token-school", at=clock.now())


def test_a_system_is_named(warehouse):
    with pytest.raises(AnswersRejected):
        rule_systems.issue(administrator(), " ", at=clock.now())


# ── Limits ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        pytest.param("{", 400, id="no-json"),
        pytest.param(f'{{"facts": {{"c1": {DEEP}}}}}', 400, id="deep"),
        pytest.param('{"facts": {"local": NaN}}', 400, id="nan"),
        pytest.param('{"facts": {"local": 1e999}}', 422, id="infinity"),
        pytest.param('{"facts": {"unauth_absence_pct_3t": 1e999}}', 422, id="infinity-for-any-number"),
        pytest.param('{"facts": {}, "parameters": {"unauth_pct": 1e999}}', 422, id="infinity-for-a-parameter"),
        pytest.param(json.dumps({"facts": {"local": "x" * 300_000}}), 413, id="huge"),
        pytest.param("[]", 422, id="list"),
        pytest.param("null", 422, id="null"),
        pytest.param("{}", 422, id="neither"),
        pytest.param('{"facts": {}, "answers": {}}', 422, id="both"),
        pytest.param('{"facts": []}', 422, id="facts-are-a-list"),
        pytest.param('{"facts": {"local": {"$ne": null}}}', 422, id="operator-as-value"),
        pytest.param('{"facts": {"local": "one"}}', 422, id="text-for-a-number"),
        pytest.param('{"facts": {"$where": "1"}}', 422, id="operator-as-name"),
        pytest.param('{"facts": {"local": 1}, "logic": {"method": []}}', 422, id="a-rule-of-their-own"),
        pytest.param('{"answers": {"e_nomination": []}}', 422, id="answers-are-a-list"),
        pytest.param('{"answers": {"Zzyzx": {}}}', 422, id="no-such-form"),
        pytest.param('{"answers": {"e_nomination": {"Zzyzx": 1}}}', 422, id="no-such-question"),
        pytest.param('{"facts": {"Zzyzx": 1}}', 422, id="no-such-fact"),
        pytest.param('{"facts": {}, "parameters": {"Zzyzx": 1}}', 422, id="no-such-parameter"),
        pytest.param('{"facts": {}, "parameters": {"local_min": null}}', 422, id="no-value-for-a-parameter"),
        pytest.param('{"facts": {}, "as_of": "20261123"}', 422, id="date-of-another-shape"),
        pytest.param('{"facts": {}, "as_of": "2026-02-30"}', 422, id="no-such-day"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("what", ["decide", "explain"])
def test_a_hostile_body_is_refused_with_a_problem_that_repeats_nothing(warehouse, what, raw, status):
    answer = warehouse.post(f"{PATH}/{what}", raw=raw)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), answer.text
    assert "Zzyzx" not in answer.text


@pytest.mark.parametrize(
    ("what", "body"),
    [
        pytest.param("verify", {"seconds": 31}, id="too-long"),
        pytest.param("verify", {"seconds": "20"}, id="text-for-seconds"),
        pytest.param("verify", {"rules": {}}, id="rules-of-their-own"),
        pytest.param("simulate", {}, id="nothing-to-try"),
        pytest.param("simulate", {"parameters": {"Zzyzx": 1}}, id="no-such-parameter"),
        pytest.param("simulate", {"parameters": {"local_min": "many"}}, id="text-for-a-number"),
        pytest.param("simulate", {"parameters": {"local_min": {"$gt": 0}}}, id="operator-for-a-number"),
    ],
)
def test_what_cannot_be_proved_or_tried_is_refused(warehouse, what, body):
    answer = warehouse.post(f"{PATH}/{what}", body)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json"), answer.text
    assert "Zzyzx" not in answer.text


@pytest.mark.parametrize("what", ["decide", "explain", "verify", "simulate"])
def test_a_decision_that_is_not_there_is_not_found(warehouse, what):
    body = {"parameters": {}} if what == "simulate" else {} if what == "verify" else {"facts": {}}
    answer = warehouse.post(f"/api/v1/rules/derby/decisions/Zzyzx/{what}", body)
    assert answer.status_code == 404
    assert "Zzyzx" not in answer.text


def test_heavy_questions_are_few_in_a_minute_whatever_the_token(app, warehouse, monkeypatch):
    monkeypatch.setattr(ask_rules, "_HEAVY", 1)
    at = clock.now()
    ask_rules.simulated(system_viewer(DERBY), "derby", "TFP1-E", {}, at=at)
    monkeypatch.setattr(clock, "now", lambda: at)
    answer = RuleSystem(app).post(f"{PATH}/simulate", {"parameters": {}})
    assert (answer.status_code, answer.json["code"]) == (429, "too_many")


def test_a_simulation_that_takes_too_long_is_ended(warehouse, monkeypatch):
    nominated(key="k", received_at=clock.now())
    deliver.round_of_work(lambda message: None, at=clock.now(), worker="test")
    monkeypatch.setattr(ask_rules, "LONGEST", 0.000001)
    answer = warehouse.post(f"{PATH}/simulate", {"parameters": {}})
    assert (answer.status_code, answer.json["code"]) == (409, "wrong_state")
