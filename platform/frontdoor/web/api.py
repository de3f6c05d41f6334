"""`/api/v1`: nominations from partners' own systems, described by OpenAPI 3.1 at `/api/v1/openapi.json`."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, Response, abort, request, url_for
from flask_smorest import Api, Blueprint
from flask_wtf import CSRFProtect

from frontdoor import clock
from frontdoor.domain.forms.compile import compile_form
from frontdoor.services import ask, nominate_by_system, programmes, track, uploads
from frontdoor.web import errors, payloads
from frontdoor.web.access import allow, api, viewer
from frontdoor.web.languages import language
from frontdoor.web.pages import spoken

bp = Blueprint("api", "api", url_prefix="/api/v1", description="Nominations from partners' own systems")

_WRAPPING = 1024 * 1024  # of multipart/form-data around a file
View = TypeVar("View", bound=Callable[..., Any])
_REFUSALS = {
    400: "The body is not JSON",
    401: "No access token, or one that is not right, has expired or was revoked",
    404: "There is no such thing, or not for this token",
    409: "Something else has happened first: the message says what to do",
    413: "The body is larger than 1 MB, or than 11 MB where a file is sent",
    422: "Some of it has to be put right: `problems` lists every field; nothing was stored",
    429: "Too many tries: the message says when to try again",
}


class ProblemApi(Api):  # type: ignore[misc]  # flask_smorest has no types
    """flask_smorest with our problem documents in place of its own."""

    ERROR_SCHEMA = payloads.ProblemDocument
    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Leave errors to `web/errors.py`: flask_smorest would answer those of every page as JSON."""


def well_formed(view: View) -> View:
    """Refuse a body that is no JSON, NaN included, or is nested until a reader gives up, before anything reads it."""

    @wraps(view)
    def checking(*args: Any, **kwargs: Any) -> Any:
        try:
            json.loads(request.get_data(), parse_constant=_no_number)
        except (ValueError, RecursionError):
            abort(400)
        return view(*args, **kwargs)

    return cast("View", checking)


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")


def with_room(view: View) -> View:
    """Let a body be as large as a file with its wrapping, before anything reads it."""

    @wraps(view)
    def making_room(*args: Any, **kwargs: Any) -> Any:
        request.max_content_length = uploads.LARGEST + _WRAPPING
        return view(*args, **kwargs)

    return cast("View", making_room)


def operation(
    method: str, path: str, *refused: int, answers: Any, status: int = 200, takes: Any = None, where: str = "json"
) -> Callable[[View], View]:
    """Register an operation with all that its description says: what it takes and answers, and every refusal.

    `where` is `json` for a body of JSON and `files` for a form with a file (multipart/form-data).
    """

    def registering(view: View) -> View:
        taking = view
        if takes is not None:
            reading = bp.arguments(takes, location=where, error_status_code=422)(view)
            taking = with_room(reading) if where == "files" else well_formed(reading)
        documented: Any = bp.response(status, answers)(api(taking))  # nothing is read before the token is known
        for one in (401, *refused, 429):
            documented = bp.alt_response(
                one,
                schema=payloads.ProblemDocument,
                description=_REFUSALS[one],
                content_type=errors.PROBLEM_TYPE,
                success=False,
            )(documented)
        return cast("View", bp.route(path, methods=[method])(bp.doc(security=[{"token": []}])(documented)))

    return registering


@operation("GET", "/programmes", answers=payloads.RunProgramme(many=True))
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


@operation("GET", "/programmes/<programme>/form", 404, answers=payloads.CompiledForm)
def show_form(programme: str) -> dict[str, Any]:
    """Return the intake form as JSON Schema and UI schema: the same questions and rules as on the pages."""
    found = programmes.live(viewer().authority, programme, clock.now())
    compiled = compile_form(found.forms[found.pathway.intake.form], language())
    return {"schema": compiled["schema"], "uischema": compiled["uischema"], "outside": compiled["x-frontdoor"]}


@operation(
    "POST",
    "/programmes/<programme>/nominations",
    *(400, 404, 409, 413, 422),
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
    "POST", "/files", *(400, 413, 422), takes=payloads.SentFile, answers=payloads.KeptFile, status=201, where="files"
)
def keep_file(sent: dict[str, Any]) -> dict[str, str]:
    """Take a file that a nomination will name: its id is an answer to a question that asks for files."""
    return {"id": uploads.keep_for_system(viewer(), sent["file"], at=clock.now())}


@operation("GET", "/nominations/<reference>", 404, answers=payloads.Standing)
def show_nomination(reference: str) -> dict[str, Any]:
    """Return how a nomination of the token's organisation stands, in the same words for every family."""
    return _standing(track.standing_of_case(viewer(), reference))


@operation(
    "POST",
    "/nominations/<reference>/questions/<question_id>/reply",
    *(400, 404, 409, 413, 422),
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
                "description": "Nominate families to a council's support programmes and follow them, as the pages do.",
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
