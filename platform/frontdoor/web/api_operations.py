"""How an operation of `/api/v1` is registered: what it takes and answers, whose token may call it, every refusal."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import abort, request
from flask_smorest import Api, Blueprint

from frontdoor.services import sign_in, uploads
from frontdoor.web import errors, payloads
from frontdoor.web.access import api, presented_token

bp = Blueprint(
    "api",
    "api",
    url_prefix="/api/v1",
    description="Nominations from partners' own systems, and rules for an authority's own",
)

_WRAPPING = 1024 * 1024  # of multipart/form-data around a file
View = TypeVar("View", bound=Callable[..., Any])
_REFUSALS = {
    400: "The body is not JSON",
    401: "No access token, or one that is not right, has expired or was revoked",
    403: "The token is for something else",
    404: "There is no such thing, or not for this token",
    409: "Something else has happened first: the message says what to do",
    413: "The body is larger than 1 MB, or than 11 MB where a file is sent",
    422: "Some of it has to be put right: `problems` lists every field; nothing was stored",
    429: "Too many tries: the message says when to try again",
}


NOMINATE, READ_STATUS, RULES = "nominate", "read_status", "rules"  # scopes of tokens


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


def at_most(size: int) -> Callable[[View], View]:
    """Let a body have so many bytes, before anything reads it."""

    def limiting(view: View) -> View:
        @wraps(view)
        def making_room(*args: Any, **kwargs: Any) -> Any:
            request.max_content_length = size
            return view(*args, **kwargs)

        return cast("View", making_room)

    return limiting


def for_scopes(scopes: tuple[str, ...]) -> Callable[[View], View]:
    """Refuse a token that has none of these scopes, before anything is read."""

    def guarding(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            sign_in.need_scope(presented_token(), scopes)
            return view(*args, **kwargs)

        return cast("View", guarded)

    return guarding


def operation(
    method: str,
    path: str,
    *refused: int,
    scopes: tuple[str, ...],
    answers: Any,
    status: int = 200,
    takes: Any = None,
    where: str = "json",
    size: int = 0,
) -> Callable[[View], View]:
    """Register an operation with all that its description says: what it takes and answers, and every refusal.

    `where` is `json` for a body of JSON and `files` for a form with a file (multipart/form-data). `scopes` are those of
    which a token needs one; `size` is the most bytes of a body, where that is not 1 MB.
    """

    def registering(view: View) -> View:
        taking = view if takes is None else _reading(view, takes, where, size)
        guarded = api(for_scopes(scopes)(taking))
        documented: Any = bp.response(status, answers)(guarded)  # nothing is read before the token is known
        for one in (401, 403, *refused, 429):
            documented = bp.alt_response(
                one,
                schema=payloads.ProblemDocument,
                description=_REFUSALS[one],
                content_type=errors.PROBLEM_TYPE,
                success=False,
            )(documented)
        return cast("View", bp.route(path, methods=[method])(bp.doc(security=[{"token": []}])(documented)))

    return registering


def _reading(view: View, takes: Any, where: str, size: int) -> View:
    reading: View = bp.arguments(takes, location=where, error_status_code=422)(view)
    if where == "files":
        return at_most(uploads.LARGEST + _WRAPPING)(reading)
    return at_most(size)(well_formed(reading)) if size else well_formed(reading)
