"""English and Welsh: as the reader chose, else as the account says, else as the browser asks."""

from flask import Flask, request, session
from flask_babel import Babel

from frontdoor.web.access import viewer_or_none
from frontdoor.web.refusals import told

LANGUAGES = {"en": "English", "cy": "Cymraeg"}


def install(app: Flask) -> None:
    """Let flask_babel choose the reader's language; times are shown in the authority's zone."""
    app.config["BABEL_DEFAULT_LOCALE"] = "en"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/London"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, locale_selector=language)
    app.jinja_env.filters["told"] = told


def language() -> str:
    """Return the language of this page: `en` or `cy`."""
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    reader = viewer_or_none()
    if reader is not None and reader.language in LANGUAGES:
        return reader.language
    return request.accept_languages.best_match(list(LANGUAGES), "en")
