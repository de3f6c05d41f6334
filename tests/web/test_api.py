import json
from datetime import timedelta

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from tests.services.builders import DERBY, answers, publish_shipped
from tests.services.builders import staff as viewer_of
from tests.web.desk import application
from tests.web.partners import Partner

from frontdoor import clock
from frontdoor.domain.access import system_viewer
from frontdoor.domain.account import ApiToken, Organisation
from frontdoor.services import ask, sign_in
from frontdoor.store import alerts, api_tokens, cases, files, organisations, submissions

INSIDE = system_viewer(DERBY)
NOMINATIONS = "/api/v1/programmes/derby/nominations"


@pytest.fixture(scope="module")
def app(mongo_uri, database_name):
    return application(mongo_uri, database_name)


class System:
    """A partner's own system and its token."""

    def __init__(self, app, organisation="school", *, secret="", **more):
        secret = secret or f"fd_{organisation}_secret"
        self.client = app.test_client()
        self.headers = {"Authorization": f"Bearer {secret}"}
        if organisation not in {one.id for one in organisations.all_of(INSIDE)}:
            organisations.add(INSIDE, Organisation(organisation, DERBY, organisation.title(), "school"))
        digest, at = sign_in.digest_of(secret), clock.now()
        token = {"id": f"token-{organisation}", "scopes": ("nominate", "read_status"), "created_at": at, **more}
        api_tokens.add(
            INSIDE, ApiToken(authority=DERBY, organisation=organisation, label="SIMS", digest=digest, **token)
        )

    def get(self, path):
        return self.client.get(path, headers=self.headers)

    def post(self, path, body):
        return self.client.post(path, json=body, headers=self.headers)

    def nominates(self, reference="SIMS-1", **more):
        return self.post(NOMINATIONS, {"reference": reference, "answers": answers(**more)})


@pytest.fixture
def sims(app, database):
    publish_shipped()
    return System(app)


@pytest.fixture(scope="module")
def description(app):
    return app.test_client().get("/api/v1/openapi.json").json


def test_the_description_is_valid_openapi_3_1(description):
    assert description["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(description).validate()


def test_every_operation_names_its_security_and_its_problems(description):
    operations = [one for path in description["paths"].values() for name, one in path.items() if name != "parameters"]
    assert len(operations) == 10
    for one in operations:
        assert one["security"] == [{"token": []}]
        refusals = {status: told for status, told in one["responses"].items() if status >= "400"}
        assert {"401", "403", "429"} <= set(refusals)
        assert ("422" in refusals) == ("requestBody" in one)
        assert all(list(told["content"]) == ["application/problem+json"] for told in refusals.values())
        assert all(told["description"] for told in refusals.values())


def test_a_system_finds_the_programmes_and_their_forms(sims):
    (programme,) = sims.get("/api/v1/programmes").json
    assert (programme["id"], programme["title"]) == ("derby", "Priority Families")
    form = sims.get(programme["form"].removeprefix("http://localhost")).json
    assert form["schema"]["properties"]["family_name"]["type"] == "string"
    assert form["uischema"]["type"] == "Categorization"
    assert form["x-frontdoor"]["form"] == "e_nomination"


def test_a_nomination_is_received_once_however_often_it_is_sent(sims):
    first, again = sims.nominates(), sims.nominates()
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert first.json["amended"] is False
    assert cases.get(viewer_of(), first.json["reference"]).title == "O'Brien-Nguyễn"
    assert len(submissions.by_case(INSIDE, first.json["reference"])) == 1


def test_the_same_reference_with_other_answers_is_an_amendment(sims):
    first, then = sims.nominates(), sims.nominates(family_name="Nguyễn")
    assert (then.json["reference"], then.json["amended"]) == (first.json["reference"], True)
    assert [one.answers["family_name"] for one in submissions.by_case(INSIDE, then.json["reference"])] == [
        "O'Brien-Nguyễn",
        "Nguyễn",
    ]


def test_two_partners_may_use_the_same_reference(sims, app):
    police = System(app, "police")
    assert sims.nominates().json["reference"] != police.nominates().json["reference"]


def test_a_concern_is_with_duty_when_the_call_is_answered(sims):
    sims.nominates(concern="being_harmed", harm_details="Bruises", actions_taken="Rang 01632")
    (alert,) = alerts.open(viewer_of("duty_social_worker"))
    assert (alert.concern, alert.source) == ("being_harmed", "api")


def test_the_same_form_on_the_page_and_by_api_stores_the_same_answers(sims, app):
    tess = Partner(app)
    draft = tess.begins()
    tess.fills(draft)
    (by_page,) = submissions.by_case(INSIDE, tess.sends())
    done = sims.post(NOMINATIONS, {"reference": "P-1", "answers": dict(by_page.answers)})
    (by_system,) = submissions.by_case(INSIDE, done.json["reference"])
    assert by_system.digest == by_page.digest


def test_how_it_stands_and_a_question_back_answered_by_the_system(sims):
    reference = sims.nominates().json["reference"]
    standing = sims.get(f"/api/v1/nominations/{reference}").json
    assert (standing["status"], standing["status_text"]) == ("received", "Received. The front door is looking at it.")
    revision = cases.get(viewer_of(), reference).revision
    ask.ask(viewer_of(), reference, "Which school?", at=clock.now(), revision=revision)
    standing = sims.get(f"/api/v1/nominations/{reference}").json
    (question,) = standing["questions"]
    assert (standing["status"], question["text"], question["replied_at"]) == ("question", "Which school?", None)
    path = f"/api/v1/nominations/{reference}/questions/{question['id']}/reply"
    assert sims.post(path, {"text": " "}).json["problems"] == [
        {"field": "/text", "code": "request", "message": "Enter your reply"}
    ]
    assert sims.post(path, {"text": "Larkspur"}).json["status"] == "received"
    assert sims.post(path, {"text": "Larkspur"}).status_code == 409


def test_another_organisation_finds_nothing_under_a_reference(sims, app):
    reference = sims.nominates().json["reference"]
    other = System(app, "police").get(f"/api/v1/nominations/{reference}")
    never = System(app, "health").get("/api/v1/nominations/DER-0000-0000-0")
    assert (other.status_code, other.json) == (404, never.json)


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="none"),
        pytest.param({"Authorization": "Bearer "}, id="empty"),
        pytest.param({"Authorization": "Bearer fd_wrong"}, id="unknown"),
        pytest.param({"Authorization": "Basic ZmQ6ZmQ="}, id="another-scheme"),
    ],
)
def test_without_a_good_token_nothing_is_even_read(sims, headers):
    answer = sims.client.post(NOMINATIONS, data=b"{", content_type="application/json", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.content_type == "application/problem+json"
    assert answer.json["code"] == "not_signed_in"


@pytest.mark.parametrize("ended", ["expires_at", "revoked_at"])
def test_a_token_that_ended_is_refused(sims, app, ended):
    late = System(app, "late", **{ended: clock.now() - timedelta(minutes=1)})
    assert late.get("/api/v1/programmes").status_code == 401


DEEP = "[" * 100_000 + "]" * 100_000
_USUAL = json.dumps(answers())


def body(reference='"R-1"', told=_USUAL):
    return f'{{"reference": {reference}, "answers": {told}}}'


def answering(**more):
    return body(told=json.dumps({**answers(), **more}))


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(body(told='{"$ne": null}'), 422, id="operator-as-key"),
        pytest.param(answering(**{"$where": "1"}), 422, id="operator-beside-answers"),
        pytest.param(answering(family_name={"$ne": ""}), 422, id="operator-as-answer"),
        pytest.param(answering(**{"a.b": 1}), 422, id="dotted-key"),
        pytest.param(answering(_cls="Account"), 422, id="class-key"),
        pytest.param(answering(members=[{"id": "aaaa", "_cls": "x"}]), 422, id="class-key-in-a-row"),
        pytest.param(answering(members={"id": "aaaa"}), 422, id="group-that-is-no-list"),
        pytest.param(answering(members=[{"id": "a.b"}]), 422, id="row-id"),
        pytest.param(answering(family_name=["x"]), 422, id="list-for-text"),
        pytest.param(answering(family_name="\x00"), 422, id="control-character"),
        pytest.param(answering(family_name="\ud800"), 422, id="half-a-character"),
        pytest.param(answering(concern=True), 422, id="boolean-for-a-code"),
        pytest.param(answering(nobody_asks_this=1), 422, id="unknown-question"),
        pytest.param(body(told="[]"), 422, id="answers-are-a-list"),
        pytest.param(body(reference='{"$gt": ""}'), 422, id="reference-is-an-object"),
        pytest.param(body(reference='"a#b"'), 422, id="reference-with-a-sign-of-ours"),
        pytest.param(body(reference='""'), 422, id="reference-is-empty"),
        pytest.param('{"reference": "R-1", "answers": {}, "tokens": ["authority:derby-city"]}', 422, id="extra-field"),
        pytest.param("[1, 2]", 422, id="list"),
        pytest.param("null", 422, id="null"),
        pytest.param(f'{{"reference": "R-1", "answers": {{"family_name": {DEEP}}}}}', 400, id="deep"),
        pytest.param(body(told='{"absence_pct": NaN}'), 400, id="nan"),
        pytest.param(body(told='{"absence_pct": 1e999}'), 422, id="infinity"),
        pytest.param("{", 400, id="no-json"),
        pytest.param(body(told=json.dumps({"family_name": "x" * 2_000_000})), 413, id="huge"),
        pytest.param(answering(family_name="x" * 900_000), 422, id="long"),
    ],
)
def test_a_hostile_body_is_refused_with_a_problem_and_nothing_is_stored(sims, sent, status):
    answer = sims.client.post(NOMINATIONS, data=sent, content_type="application/json", headers=sims.headers)
    assert answer.status_code == status, answer.text[:500]
    assert answer.content_type == "application/problem+json"
    assert {"type", "title", "status", "code"} <= set(answer.json)
    assert len(answer.text) < 50_000
    assert "$ne" not in answer.text
    assert "$where" not in answer.text, "what was sent is not repeated"
    assert not submissions.RECORDS.many(INSIDE, {})
    assert not alerts.open(viewer_of("duty_social_worker"))


def test_another_media_type_is_refused(sims):
    answer = sims.client.post(NOMINATIONS, data=body(), content_type="text/plain", headers=sims.headers)
    assert answer.status_code in (400, 415, 422)
    assert answer.content_type == "application/problem+json"


def test_every_problem_of_the_answers_is_named_at_its_place(sims):
    answer = sims.nominates(family_name="", concern="perhaps", members=[{"id": "aaaa"}])
    told = {one["field"]: one["message"] for one in answer.json["problems"]}
    assert answer.json["code"] == "answers_rejected"
    assert {"/family_name", "/concern", "/members/aaaa/relationship", "/members/aaaa/family_name"} <= set(told)


def test_an_address_that_is_not_there_is_a_problem_too(sims):
    for path, status in (("/api/v1/nothing", 404), ("/api/v1/programmes/nothing/form", 404), (NOMINATIONS, 405)):
        answer = sims.get(path)
        assert (answer.status_code, answer.content_type) == (status, "application/problem+json")


def test_a_browser_session_is_no_way_in_to_the_api(sims, app):
    tess = Partner(app)
    assert tess.client.get("/api/v1/programmes").status_code == 401


PDF = b"%PDF-1.7 and what follows"


def sends_file(system, content=PDF, name="report.pdf"):
    head = f'--fd\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body, kind = head.encode() + content + b"\r\n--fd--\r\n", "multipart/form-data; boundary=fd"
    return system.client.post("/api/v1/files", data=body, headers=system.headers, content_type=kind)


def test_a_file_is_sent_first_and_named_in_the_nomination(sims):
    kept = sends_file(sims)
    assert (kept.status_code, list(kept.json)) == (201, ["id"])
    nominated = sims.nominates(documents=[kept.json["id"]])
    assert nominated.status_code == 201
    officer = viewer_of()
    assert files.get(officer, kept.json["id"]).content == PDF
    again = sims.nominates(documents=[kept.json["id"]])
    assert (again.status_code, again.json["reference"]) == (201, nominated.json["reference"])


def test_another_partners_file_is_no_file(app, sims):
    theirs = sends_file(System(app, "police")).json["id"]
    refused = sims.nominates(documents=[theirs])
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json["problems"]] == ["/documents"]


def test_a_file_of_another_system_of_the_same_organisation_is_no_file(app, sims):
    other = System(app, "school", secret="fd_other", id="token-other")
    assert sims.nominates(documents=[sends_file(other).json["id"]]).status_code == 422


@pytest.mark.parametrize(
    ("content", "status"),
    [
        pytest.param(b"<html>", 422, id="kind"),
        pytest.param(b"", 422, id="empty"),
        pytest.param(b"%PDF-" + b"0" * (10 * 1024 * 1024), 422, id="too-large"),
        pytest.param(b"%PDF-" + b"0" * (12 * 1024 * 1024), 413, id="far-too-large"),
    ],
)
def test_a_file_is_refused_by_the_same_limits_as_on_the_pages(sims, content, status):
    refused = sends_file(sims, content, "jo-bloggs.pdf")
    assert (refused.status_code, refused.mimetype) == (status, "application/problem+json")
    assert "bloggs" not in refused.text


def test_a_form_without_a_file_is_told_so(sims):
    refused = sims.client.post("/api/v1/files", data={}, headers=sims.headers, content_type="multipart/form-data")
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json["problems"]] == ["/file"]


def test_the_description_says_how_a_file_is_sent(description):
    taken = description["paths"]["/api/v1/files"]["post"]["requestBody"]["content"]
    assert list(taken) == ["multipart/form-data"]
