"""Sessions are kept on the server, so that they can be ended from anywhere; the cookie holds a random name only."""

import secrets
from datetime import timedelta
from typing import Any

from flask import Flask, Request, Response, request
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from frontdoor import clock
from frontdoor.services import signed_in

COOKIE = "front_door"
FILES = ("static", "public.theme", "public.logo")
_KEPT_AT = "kept_at"


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """What is remembered about one browser between its clicks."""

    def __init__(self, name: str | None, kept: dict[str, Any]) -> None:
        def changed(this: "ServerSession") -> None:
            this.modified = True

        super().__init__(kept, changed)
        self.name = name
        self.new = name is None
        self.modified = False


class StoredSessions(SessionInterface):
    """Loads and saves sessions through the store. A session that was idle too long is gone; drafts are kept."""

    def __init__(self, idle: timedelta, *, secure: bool) -> None:
        self.idle = idle
        self.secure = secure

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        """Return the browser's session, an empty one where it has none."""
        if request.path.startswith("/static/"):
            return ServerSession(None, {})  # the same for everybody: no need to ask the database who this is
        name = request.cookies.get(COOKIE)
        kept = signed_in.recall(name, clock.now()) if name else None
        return ServerSession(name, kept) if kept is not None else ServerSession(None, {})

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what the request changed, and put off the moment when the session ends.

        What it did not change is not written: two requests at once would undo each other's. A file that is fetched
        beside a page may be answered after somebody has signed in or out, so it changes nothing.
        """
        if not isinstance(session, ServerSession):
            raise TypeError("only sessions of this class are opened")
        if not session:
            self._forget(session, response)
        elif session.modified or session.name is None:
            self._keep(session, response)
        elif request.endpoint not in FILES:
            self._renew(session)

    def _renew(self, session: ServerSession) -> None:
        now = clock.now()
        if now.timestamp() - session.get(_KEPT_AT, 0) >= self.idle.total_seconds() / 10:
            # Not at every click: one more need not wait for the database's disk.
            signed_in.renew(str(session.name), at=now, expires_at=now + self.idle)

    def _keep(self, session: ServerSession, response: Response) -> None:
        now, before = clock.now(), session.name
        fresh = session.pop("fresh_id", False) or before is None
        name = secrets.token_urlsafe(32) if fresh else str(before)
        session.name = name
        session[_KEPT_AT] = int(now.timestamp())
        signed_in.remember(
            name,
            session,
            account=session.get("_user_id"),
            device=request.user_agent.string[:200],
            at=now,
            expires_at=now + self.idle,
        )
        if not fresh:
            return
        if before is not None:
            signed_in.forget(before)
        response.set_cookie(COOKIE, name, httponly=True, secure=self.secure, samesite="Lax", path="/")
        response.headers.add("Vary", "Cookie")

    def _forget(self, session: ServerSession, response: Response) -> None:
        if session.name is not None:
            signed_in.forget(session.name)
            response.delete_cookie(COOKIE, httponly=True, secure=self.secure, samesite="Lax", path="/")
