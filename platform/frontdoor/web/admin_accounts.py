"""Staff accounts: who may come in, as what, in which teams."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.account import Account
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.services import people
from frontdoor.web import forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp


@bp.get("/accounts")
@allow("staff", "manage_accounts")
def accounts() -> str:
    """List the staff of the authority."""
    roles, teams = people.roles_and_teams(viewer(), clock.now())
    return render_template(
        "admin/accounts.html", staff=people.staff(viewer()), roles={one.id: one for one in roles},
        teams={one.id: one for one in teams},
    )  # fmt: skip


@bp.route("/accounts/new", methods=["GET", "POST"])
@allow("staff", "manage_accounts")
def new_account() -> ResponseReturnValue:
    """Add somebody and send them a set-up link."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            added = people.add_staff(viewer(), _person(), at=clock.now(), base_url=current_app.config["BASE_URL"])
            flash(_("Added. A set-up link is on its way to %(address)s.", address=added.email))
            return redirect(url_for("admin.accounts"), 303)
        except AnswersRejected as rejected:
            problems = rejected.problems
    return _page(None, _person(), problems)


@bp.route("/accounts/<account_id>", methods=["GET", "POST"])
@allow("staff", "manage_accounts")
def account(account_id: str) -> ResponseReturnValue:
    """Change somebody's name, roles and teams."""
    problems: tuple[Problem, ...] = ()
    kept = people.staff_account(viewer(), account_id)
    person = people.Person(kept.name, kept.email, kept.roles, kept.teams)
    if request.method == "POST":
        person = _person()
        try:
            people.change_staff(viewer(), account_id, person, at=clock.now(), revision=forms.revision())
            flash(_("Saved."))
            return redirect(url_for("admin.accounts"), 303)
        except AnswersRejected as rejected:
            problems = rejected.problems
    return _page(kept, person, problems)


@bp.post("/accounts/<account_id>/<any(close,open):what>")
@allow("staff", "manage_accounts")
def open_or_close_account(account_id: str, what: str) -> ResponseReturnValue:
    """Close an account, which signs its person out everywhere, or open it again."""
    people.set_active(viewer(), account_id, active=what == "open", revision=forms.revision())
    flash(_("The account is open again.") if what == "open" else _("Closed, and signed out everywhere."))
    return redirect(url_for("admin.account", account_id=account_id), 303)


@bp.post("/accounts/<account_id>/invite")
@allow("staff", "manage_accounts")
def invite_account(account_id: str) -> ResponseReturnValue:
    """Send a new set-up link, for a lost telephone or a forgotten password."""
    people.invite_again(viewer(), account_id, at=clock.now(), base_url=current_app.config["BASE_URL"])
    flash(_("A new set-up link is on its way."))
    return redirect(url_for("admin.account", account_id=account_id), 303)


def _page(kept: Account | None, person: people.Person, problems: tuple[Problem, ...]) -> ResponseReturnValue:
    roles, teams = people.roles_and_teams(viewer(), clock.now())
    page = render_template("admin/account.html", kept=kept, person=person, roles=roles, teams=teams, problems=problems)
    return page, 422 if problems else 200


def _person() -> people.Person:
    return people.Person(
        forms.text("name"),
        forms.text("email"),
        tuple(request.form.getlist("roles")),
        tuple(request.form.getlist("teams")),
    )
