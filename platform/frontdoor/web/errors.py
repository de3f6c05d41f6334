"""One table from what services raise to what a person or a system is told. No view has a `try`."""

from collections.abc import Iterator
from typing import Any

from flask import Flask, Response, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from frontdoor.domain import errors
from frontdoor.domain.printout import TooLongToPrint
from frontdoor.web import held_page
from frontdoor.web.refusals import told


class NotSignedIn(errors.FrontDoorError):
    """Nobody is known behind a request: no session, or no token that is good."""

    code = "not_signed_in"


_FIELDS = frozenset({"reference", "answers", "text", "file", "facts", "as_of", "parameters", "seconds"})
PROBLEM_TYPE = "application/problem+json"
STATUS: dict[type[errors.FrontDoorError], int] = {
    NotSignedIn: 401,
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.AnswersRejected: 422,
    errors.DocumentRejected: 422,
    errors.RuleRefused: 422,
    errors.RuleFailed: 422,
    errors.Conflict: 409,
    errors.WrongState: 409,
    errors.TooMany: 429,
    TooLongToPrint: 413,
}


def install(app: Flask) -> None:
    """Answer domain errors, refused requests and faults of ours in the form that the caller reads."""
    app.register_error_handler(errors.FrontDoorError, _domain)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)


def status_of(error: errors.FrontDoorError) -> int:
    """Return the HTTP status of a domain error; an unlisted kind is a fault of ours."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def problem(status: int, code: str, message: str, problems: tuple[errors.Problem, ...] = ()) -> Response:
    """Return `application/problem+json` (RFC 9457) with our stable code and every problem's field."""
    body: dict[str, Any] = {"type": f"urn:frontdoor:problem:{code}", "title": told(message)}
    body |= {"status": status, "code": code}
    if problems:
        body["problems"] = [{"field": one.where, "code": one.code, "message": told(one.message)} for one in problems]
    response = jsonify(body)
    response.status_code = status
    response.mimetype = PROBLEM_TYPE
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Front Door"'
    return response


def wants_problem() -> bool:
    """Return whether the caller is a system or a script rather than a person reading a page."""
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def _domain(error: errors.FrontDoorError) -> tuple[str, int] | Response:
    status = status_of(error)
    if wants_problem():
        return problem(status, error.code, error.message, error.problems)
    return render_template("errors/refused.html", error=error, status=status), status


def _stale_form(error: CSRFError) -> ResponseReturnValue:
    """Refuse a form whose token has gone with its session; a page of a form comes back with its words still in it."""
    if request.endpoint == "filling.post_page" and held_page.hold():
        return redirect(request.full_path.rstrip("?"), 303)
    message = _("This page was open for too long to be sent. Go back, reload it and send it again.")
    if wants_problem():
        return problem(400, "stale_form", message)
    return render_template("errors/refused.html", error=errors.WrongState(message), status=400), 400


def _http(error: HTTPException) -> tuple[str, int] | Response | HTTPException:
    status = error.code or 500
    if status < 400:
        return error
    if not wants_problem():
        return render_template("errors/http.html", status=status), status
    found = tuple(_in_request(error))
    if found:
        return problem(status, "request_rejected", _("Some of the request has to be put right"), found)
    return problem(status, f"http_{status}", _said(status))


def _in_request(error: HTTPException) -> Iterator[errors.Problem]:
    """Yield what the payloads refuse, from marshmallow's messages: {"json": {"reference": ["Missing data …"]}}."""
    told = (getattr(error, "data", None) or {}).get("messages", {})
    for fields in told.values() if isinstance(told, dict) else ():
        for name, words in (fields if isinstance(fields, dict) else {"": fields}).items():
            message = "; ".join(map(str, words)) if isinstance(words, list) else _("Give this in the shape described")
            # What is no field of ours is not repeated: it may hold anything.
            yield errors.Problem(f"/{name}" if name in _FIELDS else "", "request", message)


def _said(status: int) -> str:
    told = {
        400: _("The body is not JSON. Send JSON with `Content-Type: application/json`."),
        404: _("There is no such address. /api/v1/openapi.json lists those there are."),
        405: _("This address takes other methods. /api/v1/openapi.json lists them."),
        413: _("The body is too large. Send less."),
        415: _("The body is not JSON. Send JSON with `Content-Type: application/json`."),
    }
    return str(told.get(status) or _("Something went wrong here. Nothing was stored: try again in a minute."))
