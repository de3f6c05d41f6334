"""Who may call what. Every route states it; one that does not is never served.

The only importer of flask_login. A view asks for its reader with `viewer()` and never looks at the session itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from frontdoor import clock
from frontdoor.domain.access import PERMISSIONS, Viewer
from frontdoor.domain.account import Account, ApiToken
from frontdoor.domain.errors import NotAllowed
from frontdoor.services import sign_in
from frontdoor.web import held_page
from frontdoor.web.errors import NotSignedIn, wants_problem

P = ParamSpec("P")
R = TypeVar("R")
_MARK = "_front_door_access"
_LARGEST_BODY = 1024 * 1024  # of a partner system's request; pages may carry files, the API does not
KINDS = ("anyone", "signed_in", "staff", "partner", "api")


@dataclass(frozen=True)
class Access:
    """What a route asks of its caller: a kind of person and, for staff, any one of some `PERMISSIONS`."""

    kind: str
    permissions: tuple[str, ...] = ()


class SignedIn(UserMixin):  # type: ignore[misc]  # flask_login has no types
    """The person behind the session, as flask_login wants to see one."""

    def __init__(self, account: Account, viewer: Viewer) -> None:
        self.id = account.id
        self.account = account
        self.viewer = viewer

    @property
    def is_active(self) -> bool:
        """Whether the account is still open; a closed one is signed out at its next click."""
        return self.account.active


def allow(kind: str, *permissions: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """State who may call a view: anyone, signed_in, staff (with any of `permissions`), partner, or api (a token)."""
    if kind not in KINDS or not set(permissions) <= PERMISSIONS.keys():
        raise ValueError(f"no such access: {kind} {permissions}")

    def stating(view: Callable[P, R]) -> Callable[P, R]:
        setattr(view, _MARK, Access(kind, permissions))
        return view

    return stating


def access_of(app: Flask, endpoint: str) -> Access | None:
    """Return what a route asks of its caller; `None` where nothing was stated."""
    view: Any = app.view_functions.get(endpoint)
    stated = getattr(view, _MARK, None)
    if stated is None and hasattr(view, "view_class"):
        stated = getattr(view.view_class, _MARK, None)
    return cast("Access | None", stated)


def install(app: Flask) -> None:
    """Let flask_login load people from the store, and check every request against its route's statement."""
    manager = LoginManager(app)
    manager.session_protection = None  # the session is kept on the server and bound to one browser already
    manager.user_loader(_load)
    setattr(app.view_functions["static"], _MARK, Access("anyone"))
    app.before_request(check)


def assert_every_route_states_its_access(app: Flask) -> None:
    """Refuse to start with a route that has not said who may call it."""
    silent = [rule.endpoint for rule in app.url_map.iter_rules() if access_of(app, rule.endpoint) is None]
    if silent:
        raise RuntimeError(f"these routes do not state who may call them: {', '.join(sorted(set(silent)))}")


def check() -> Response | None:
    """Let the request through, send it to the sign-in page, or refuse it."""
    if request.endpoint is None:
        return None  # no such address: Flask answers 404
    stated = access_of(current_app, request.endpoint)
    if stated is None:
        raise NotAllowed("This page has not said who may see it, so nobody may.")
    if stated.kind in ("anyone", "api"):
        return None
    if not current_user.is_authenticated:
        return _to_sign_in()
    reader = viewer()
    if stated.kind in ("staff", "partner") and reader.kind != stated.kind:
        raise NotAllowed("This page is for other people. Go back to your own start page.")
    if stated.permissions and not any(reader.may(permission) for permission in stated.permissions):
        reader.need(stated.permissions[0])
    return None


def viewer() -> Viewer:
    """Return on whose behalf this request runs. Errors: `NotAllowed` when nobody is signed in."""
    if "api_viewer" in g:
        return cast("Viewer", g.api_viewer)
    if not current_user.is_authenticated:
        raise NotAllowed("Sign in first.")
    return cast("Viewer", current_user.viewer)


def viewer_or_none() -> Viewer | None:
    """Return the reader if somebody is signed in."""
    return viewer() if "api_viewer" in g or current_user.is_authenticated else None


def begin_session(account: Account) -> None:
    """Sign somebody in under a session id that did not exist before."""
    kept = {key: session[key] for key in ("language", held_page.KEY) if key in session}
    session.clear()
    session.update(kept)
    session["fresh_id"] = True
    login_user(SignedIn(account, sign_in.viewer_of(account, clock.now())))


def end_session() -> None:
    """Sign the person out and end the session on the server."""
    logout_user()
    session.clear()


def api(view: Callable[P, R]) -> Callable[P, R]:
    """Authenticate a partner's system by its bearer token, and state the route's access as `api`."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        request.max_content_length = _LARGEST_BODY
        kind, _, presented = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not presented.strip():
            raise NotSignedIn("Send your access token in the header `Authorization: Bearer …`.")
        try:
            g.api_viewer, g.api_token = sign_in.viewer_of_token(presented.strip(), door())
        except NotAllowed as refused:
            raise NotSignedIn(refused.message) from refused
        return view(*args, **kwargs)

    return allow("api")(guarded)


def presented_token() -> ApiToken:
    """Return the token that a system presented; within a view that `api` guards."""
    return cast("ApiToken", g.api_token)


def door() -> sign_in.Doorstep:
    """Return where this request comes from, and how often one may try to come in."""
    config = current_app.config
    wait = timedelta(seconds=config.get("SIGN_IN_WAIT", 900))
    return sign_in.Doorstep(request.remote_addr or "", clock.now(), config.get("SIGN_IN_TRIES", 5), wait)


def _load(account_id: str) -> SignedIn | None:
    account = sign_in.account_for_session(account_id)
    return SignedIn(account, sign_in.viewer_of(account, clock.now())) if account else None


def _to_sign_in() -> Response:
    """Send somebody to sign in and bring them back; a page of a form that was posted too late is held until then."""
    if wants_problem():
        raise NotSignedIn("You have been signed out. Sign in again.")
    here = request.full_path.rstrip("?")
    if request.method != "GET":
        if request.endpoint == "filling.post_page":
            held_page.hold()
        else:
            here = _posted_from()
    for_partners = request.blueprint in ("partner", "filling")  # most who fill in a form; staff find their way there
    way_in = "account.sign_in_partner" if for_partners else "account.sign_in"
    return cast("Response", redirect(url_for(way_in, next=here), 303))


def _posted_from() -> str:
    """Return the page of ours that a form was posted from; what only takes posts cannot be come back to."""
    page = urlsplit(request.referrer or "")
    return page._replace(scheme="", netloc="", fragment="").geturl() if page.netloc == request.host else "/"
