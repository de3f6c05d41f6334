"""Pages for anyone: the start, an authority's notices and looks, the language, and whether the service is well."""

from flask import Blueprint, Response, abort, current_app, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.errors import NotFound
from frontdoor.services import demo, health, programmes, signed_in
from frontdoor.web import looks
from frontdoor.web.access import allow, viewer_or_none
from frontdoor.web.languages import LANGUAGES, language
from frontdoor.web.pages import look_like

bp = Blueprint("public", __name__)
NOTICES = ("privacy", "accessibility", "cookies")


@bp.get("/")
@allow("anyone")
def start() -> ResponseReturnValue:
    """Show the programmes that families can be nominated for; in a demonstration also who can sign in."""
    reader = viewer_or_none()
    if reader is not None:
        return redirect(url_for("partner.home" if reader.kind == "partner" else "frontdesk.home"))
    at = clock.now()
    people = demo.sign_ins(at=at, language=language()) if current_app.config["DEMO"] else []
    return render_template("public/start.html", running=programmes.everywhere(at), people=people)


@bp.get("/start/<authority>/<programme>")
@allow("anyone")
def before_you_start(authority: str, programme: str) -> str:
    """Tell a partner what a nomination asks and what to do when somebody is in danger."""
    found = programmes.live(authority, programme, clock.now())
    look_like(found)
    return render_template("public/before_you_start.html", programme=found)


@bp.get("/notices/<authority>/<name>")
@allow("anyone")
def notice(authority: str, name: str) -> str:
    """Show an authority's privacy, accessibility or cookie notice."""
    if name not in NOTICES:
        raise NotFound(_("There is no such notice. The links at the foot of the page lead to those there are."))
    running = programmes.running(authority, clock.now())
    if not running:
        raise NotFound(_("There is no such authority here. Go back to the start page."))
    look_like(running[0])
    return render_template("public/notice.html", name=name, notice=running[0].notices[name])


@bp.get("/theme/<authority>/<programme>/<digest>.css")
@allow("anyone")
def theme(authority: str, programme: str, digest: str) -> Response:
    """Serve an authority's colours as a stylesheet; the digest in its address lets browsers keep it."""
    found = programmes.live(authority, programme, clock.now())
    return Response(looks.stylesheet(found), mimetype="text/css", headers={"Cache-Control": "public, max-age=86400"})


@bp.get("/logo/<authority>/<programme>/<digest>.svg")
@allow("anyone")
def logo(authority: str, programme: str, digest: str) -> Response:
    """Serve an authority's logo; inside an SVG nothing may run or load."""
    found = programmes.live(authority, programme, clock.now())
    drawing = looks.logo(found)
    if drawing is None:
        abort(404)
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
        "Cache-Control": "public, max-age=86400",
    }
    return Response(drawing, mimetype="image/svg+xml", headers=headers)


@bp.post("/language")
@allow("anyone")
def choose_language() -> ResponseReturnValue:
    """Remember the reader's language and return to the page they were on."""
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
        reader = viewer_or_none()
        if reader is not None:
            signed_in.reads(reader, chosen)
    here = request.form.get("here", "/")
    return redirect(here if here.startswith("/") and not here.startswith(("//", "/\\")) else "/", 303)


@bp.get("/health")
@allow("anyone")
def well() -> ResponseReturnValue:
    """Tell a monitor whether database and worker are well: 200, or 503 with what is not."""
    found = health.look(at=clock.now())
    return jsonify(database=found.database, worker=found.worker), 200 if found.database else 503
