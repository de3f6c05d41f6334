"""Signing in and out, setting an account up, and the page about oneself."""

from datetime import datetime, timedelta

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.account import Account
from frontdoor.domain.errors import AnswersRejected, NotFound
from frontdoor.services import codes, people, sign_in, signed_in
from frontdoor.web import forms
from frontdoor.web.access import allow, begin_session, door, end_session, viewer
from frontdoor.web.languages import language

bp = Blueprint("account", __name__)
_PENDING = "signing_in"
_CODE_WITHIN = timedelta(minutes=10)


@bp.route("/sign-in", endpoint="sign_in", methods=["GET", "POST"])
@allow("anyone")
def sign_in_staff() -> ResponseReturnValue:
    """Ask staff for e-mail and password; the code comes next."""
    if request.method == "GET":
        return render_template("account/sign_in.html", problems=(), email="", next=_next())
    try:
        account = sign_in.with_password(forms.text("email"), request.form.get("password", ""), door())
    except AnswersRejected as rejected:
        page = render_template(
            "account/sign_in.html", problems=rejected.problems, email=forms.text("email"), next=_next()
        )
        return page, 422
    session[_PENDING] = {"account": account.id, "until": (clock.now() + _CODE_WITHIN).isoformat()}
    session["fresh_id"] = True
    return redirect(url_for("account.sign_in_code", next=_next()), 303)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@allow("anyone")
def sign_in_code() -> ResponseReturnValue:
    """Ask for the six digits that the person's app shows."""
    pending = session.get(_PENDING)
    if pending is None or datetime.fromisoformat(pending["until"]) <= clock.now():
        return redirect(url_for("account.sign_in", next=_next()))
    if request.method == "GET":
        return render_template("account/code.html", problems=(), next=_next())
    try:
        account = sign_in.with_code(pending["account"], forms.text("code"), door())
    except AnswersRejected as rejected:
        return render_template("account/code.html", problems=rejected.problems, next=_next()), 422
    begin_session(account)
    return _onwards()


@bp.route("/sign-in/partner", methods=["GET", "POST"])
@allow("anyone")
def sign_in_partner() -> ResponseReturnValue:
    """Send a partner a link; the answer is the same whether or not the address has an account."""
    if request.method == "GET":
        return render_template("account/partner.html", problems=(), email="", next=_next())
    email = forms.text("email")
    try:
        sign_in.send_link(email, door(), current_app.config["BASE_URL"], onwards=_next(), language=language())
    except AnswersRejected as rejected:
        return render_template("account/partner.html", problems=rejected.problems, email=email, next=_next()), 422
    return redirect(url_for("account.sign_in_sent"), 303)


@bp.get("/sign-in/sent")
@allow("anyone")
def sign_in_sent() -> str:
    """Say that a link is on its way if the address is known."""
    return render_template("account/sent.html")


@bp.route("/sign-in/link/<token>", methods=["GET", "POST"])
@allow("anyone")
def sign_in_link(token: str) -> ResponseReturnValue:
    """Use a link: a person presses a button, so that mail scanners that open links do not use it up."""
    if request.method == "GET":
        return render_template("account/link.html", token=token, next=_next())
    begin_session(sign_in.with_link(token, door()))
    return _onwards()


@bp.post("/sign-in/demo/<account_id>")
@allow("anyone")
def sign_in_demo(account_id: str) -> ResponseReturnValue:
    """Sign in as a made-up person; there is no such address outside a demonstration."""
    if not current_app.config["DEMO"]:
        raise NotFound(_("There is no such page."))
    account = sign_in.account_for_session(account_id)
    if account is None:
        raise NotFound(_("There is no such person. Choose one of those on the start page."))
    begin_session(account)
    return redirect(url_for("public.start"), 303)


@bp.post("/sign-out")
@allow("anyone")
def sign_out() -> ResponseReturnValue:
    """End the session on the server and in the browser."""
    end_session()
    return redirect(url_for("public.start"), 303)


@bp.get("/account")
@allow("signed_in")
def me() -> str:
    """Show the reader who they are here and where they are signed in."""
    return render_template("account/me.html", sessions=signed_in.mine(viewer(), clock.now()))


@bp.post("/account/sessions/<session_id>/end")
@allow("signed_in")
def end_other(session_id: str) -> ResponseReturnValue:
    """End one of the reader's own sessions elsewhere."""
    signed_in.end_mine(viewer(), session_id)
    flash(_("That browser is signed out."))
    return redirect(url_for("account.me"), 303)


@bp.route("/enrol/<token>", methods=["GET", "POST"])
@allow("anyone")
def enrol(token: str) -> ResponseReturnValue:
    """Let new staff set a password and a code app; the secret is kept in the session until the code proves it."""
    at = clock.now()
    account = people.enrolling(token, at)
    secret = session.setdefault("enrolling", codes.new_secret())
    if request.method == "GET":
        return render_template(
            "account/enrol.html", account=account, token=token, code=_shown(account, secret), problems=()
        )
    try:
        people.enrol(token, password=request.form.get("password", ""), secret=secret, code=forms.text("code"), at=at)
    except AnswersRejected as rejected:
        shown = _shown(account, secret)
        page = render_template(
            "account/enrol.html", account=account, token=token, code=shown, problems=rejected.problems
        )
        return page, 422
    session.pop("enrolling")
    flash(_("Your account is set up. Sign in with your password and a code."))
    return redirect(url_for("account.sign_in"), 303)


def _shown(account: Account, secret: str) -> codes.Shown:
    return codes.shown(secret, account.email)


def _next() -> str:
    """Return where to go afterwards: an address of ours, or the start page."""
    wanted = request.values.get("next", "")
    return wanted if wanted.startswith("/") and not wanted.startswith(("//", "/\\")) else ""


def _onwards() -> ResponseReturnValue:
    return redirect(_next() or url_for("public.start"), 303)
