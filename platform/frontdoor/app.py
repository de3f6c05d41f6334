"""The only place where the parts are joined. Settings come in as values; nothing below reads the environment."""

from datetime import timedelta

from flask import Flask
from flask_wtf import CSRFProtect

from frontdoor import settings as environment
from frontdoor.settings import Settings
from frontdoor.store import connection, secrets
from frontdoor.web import access, errors, headers, languages, pages, sessions
from frontdoor.web.account import bp as account
from frontdoor.web.admin import bp as admin
from frontdoor.web.api import install as install_api
from frontdoor.web.casework import bp as casework
from frontdoor.web.filling import bp as filling
from frontdoor.web.filling_whole import bp as filling_whole
from frontdoor.web.frontdesk import bp as frontdesk
from frontdoor.web.paper import bp as paper
from frontdoor.web.partner import bp as partner
from frontdoor.web.public import bp as public

# Larger than the largest file: one that is too large gets its message at the field, and the other answers are kept.
_LARGEST_REQUEST = 32 * 1024 * 1024
_LARGEST_TEXT = 2 * 1024 * 1024


def create_app(settings: Settings) -> Flask:
    """Return the web application for these settings, with its database opened."""
    connection.open_database(settings.mongodb_uri, settings.database)
    secrets.configure(settings.encryption_key)
    secure = settings.base_url.startswith("https://")
    app = Flask("frontdoor.web")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=_LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=_LARGEST_TEXT,
        MAX_FORM_PARTS=4_000,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        BASE_URL=settings.base_url,
        DEMO=settings.demo,
        SIGN_IN_TRIES=settings.sign_in_tries,
        SIGN_IN_WAIT=settings.sign_in_wait,
    )
    app.session_interface = sessions.StoredSessions(timedelta(seconds=settings.session_idle), secure=secure)
    access.install(app)
    csrf = CSRFProtect(app)  # after access: who is signed out is sent to sign in, not told that the form is stale
    headers.install(app, secure=secure)
    errors.install(app)
    languages.install(app)
    pages.install(app)
    for blueprint in (public, account, partner, filling, filling_whole, paper, frontdesk, casework, admin):
        app.register_blueprint(blueprint)
    install_api(app, csrf)
    access.assert_every_route_states_its_access(app)
    return app


def create_wsgi() -> Flask:
    """Return the application as a WSGI server loads it, from the environment."""
    return create_app(environment.read())
