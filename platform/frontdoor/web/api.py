"""`/api/v1`: nominations from partners' own systems, described by OpenAPI 3.1 at `/api/v1/openapi.json`."""

from datetime import datetime
from typing import Any

from flask import Flask, Response, url_for
from flask_wtf import CSRFProtect

from frontdoor import clock
from frontdoor.domain.forms.compile import compile_form
from frontdoor.services import ask, nominate_by_system, programmes, track, uploads
from frontdoor.web import api_rules, payloads
from frontdoor.web.access import allow, viewer
from frontdoor.web.api_operations import NOMINATE, READ_STATUS, RULES, ProblemApi, bp, operation
from frontdoor.web.languages import language
from frontdoor.web.pages import spoken

__all__ = ["api_rules", "install"]


@operation("GET", "/programmes", scopes=(NOMINATE, READ_STATUS, RULES), answers=payloads.RunProgramme(many=True))
def list_programmes() -> list[dict[str, str]]:
    """List the programmes that the token's authority runs."""
    return [
        {
            "id": one.programme,
            "title": spoken(one.title),
            "form": url_for("api.show_form", programme=one.programme, _external=True),
        }
        for one in programmes.running(viewer().authority, clock.now())
    ]


@operation(
    "GET", "/programmes/<programme>/form", 404, scopes=(NOMINATE, READ_STATUS, RULES), answers=payloads.CompiledForm
)
def show_form(programme: str) -> dict[str, Any]:
    """Return the intake form as JSON Schema and UI schema: the same questions and rules as on the pages."""
    found = programmes.live(viewer().authority, programme, clock.now())
    compiled = compile_form(found.forms[found.pathway.intake.form], language())
    return {"schema": compiled["schema"], "uischema": compiled["uischema"], "outside": compiled["x-frontdoor"]}


@operation(
    "POST",
    "/programmes/<programme>/nominations",
    *(400, 404, 409, 413, 422),
    scopes=(NOMINATE,),
    takes=payloads.Nomination,
    answers=payloads.Acknowledged,
    status=201,
)
def nominate(sent: dict[str, Any], programme: str) -> dict[str, Any]:
    """Receive a nomination; safe to repeat: the same reference with the same answers is the same nomination."""
    done = nominate_by_system.nominate(
        viewer(), programme, sent["answers"], reference=sent["reference"], at=clock.now()
    )
    return {"reference": done.reference, "received_at": done.received_at, "amended": done.amended}


@operation(
    "POST",
    "/files",
    *(400, 413, 422),
    scopes=(NOMINATE,),
    takes=payloads.SentFile,
    answers=payloads.KeptFile,
    status=201,
    where="files",
)
def keep_file(sent: dict[str, Any]) -> dict[str, str]:
    """Take a file that a nomination will name: its id is an answer to a question that asks for files."""
    return {"id": uploads.keep_for_system(viewer(), sent["file"], at=clock.now())}


@operation("GET", "/nominations/<reference>", 404, scopes=(READ_STATUS,), answers=payloads.Standing)
def show_nomination(reference: str) -> dict[str, Any]:
    """Return how a nomination of the token's organisation stands, in the same words for every family."""
    return _standing(track.standing_of_case(viewer(), reference))


@operation(
    "POST",
    "/nominations/<reference>/questions/<question_id>/reply",
    *(400, 404, 409, 413, 422),
    scopes=(NOMINATE,),
    takes=payloads.Reply,
    answers=payloads.Standing,
)
def reply(sent: dict[str, str], reference: str, question_id: str) -> dict[str, Any]:
    """Answer a question that the front door asked."""
    standing = track.standing_of_case(viewer(), reference)
    ask.reply(viewer(), standing.submission.id, question_id, sent["text"], at=clock.now())
    return _standing(track.standing_of_case(viewer(), reference))


def install(app: Flask, csrf: CSRFProtect) -> None:
    """Register the API and its description. Bearer tokens stand in for the protection that cookies need."""
    app.config.update(
        API_TITLE="Front Door",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "info": {
                "description": "Nominate families to a council's support programmes and follow them; ask its rules.",
                "license": {"name": "MIT", "identifier": "MIT"},
            }
        },
    )
    described = ProblemApi(app)
    described.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    described.register_blueprint(bp)
    csrf.exempt(bp)
    app.view_functions["api-docs.openapi_json"] = _open_to_anyone(app.view_functions["api-docs.openapi_json"])


def _open_to_anyone(describe: Any) -> Any:
    """The description holds nothing about anybody; flask_smorest's own view cannot carry a statement."""

    @allow("anyone")
    def openapi_json() -> Response:
        """Serve the description of this API."""
        described: Response = describe()
        return described

    return openapi_json


def _standing(standing: track.Standing) -> dict[str, Any]:
    submission = standing.submission
    told: tuple[datetime, str] = standing.steps[-1]
    return {
        "reference": submission.case,
        "received_at": submission.received_at,
        "status": submission.status,
        "status_text": told[1],
        "questions": [
            {"id": one.id, "asked_at": one.asked_at, "text": one.text, "replied_at": one.replied_at}
            for one in submission.questions
        ],
    }
