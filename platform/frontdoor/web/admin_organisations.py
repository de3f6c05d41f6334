"""Partner organisations: who they are, their people, and the tokens of their systems."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.services import partners, people
from frontdoor.web import forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp


@bp.get("/organisations")
@allow("staff", "manage_organisations")
def organisations() -> str:
    """List the partner organisations of the authority."""
    found = partners.all_of(viewer())
    return render_template("admin/organisations.html", found=found, kinds=partners.kinds(viewer(), clock.now()))


@bp.route("/organisations/new", methods=["GET", "POST"])
@allow("staff", "manage_organisations")
def new_organisation() -> ResponseReturnValue:
    """Add an organisation with the person who will administer it."""
    problems: tuple[Problem, ...] = ()
    at, base_url = clock.now(), current_app.config["BASE_URL"]
    if request.method == "POST":
        first = people.Person(forms.text("first_name"), forms.text("first_email"))
        try:
            added = partners.add(viewer(), forms.text("name"), forms.text("kind"), first, at=at, base_url=base_url)
            flash(_("Added. Its administrator is told by e-mail."))
            return redirect(url_for("admin.organisation", organisation_id=added.id), 303)
        except AnswersRejected as rejected:
            problems = rejected.problems
    page = render_template("admin/new_organisation.html", problems=problems, kinds=partners.kinds(viewer(), at))
    return page, 422 if problems else 200


@bp.get("/organisations/<organisation_id>")
@allow("staff", "manage_organisations")
def organisation(organisation_id: str) -> str:
    """Show one organisation with its people and its systems' tokens."""
    return _page(organisation_id)


@bp.post("/organisations/<organisation_id>/people")
@allow("staff", "manage_organisations")
def add_person(organisation_id: str) -> ResponseReturnValue:
    """Add somebody to an organisation."""
    person = people.Person(
        forms.text("name"), forms.text("email"), organisation=organisation_id,
        organisation_admin=bool(request.form.get("administers")),
    )  # fmt: skip
    try:
        people.add_colleague(viewer(), person, at=clock.now(), base_url=current_app.config["BASE_URL"])
    except AnswersRejected as rejected:
        return _page(organisation_id, problems=rejected.problems), 422
    flash(_("Added. They are told by e-mail where to sign in."))
    return redirect(url_for("admin.organisation", organisation_id=organisation_id), 303)


@bp.post("/organisations/<organisation_id>/people/<account_id>/close")
@allow("staff", "manage_organisations")
def close_person(organisation_id: str, account_id: str) -> ResponseReturnValue:
    """Close the account of one of an organisation's people."""
    people.close_colleague(viewer(), account_id, organisation_id)
    flash(_("Closed, and signed out everywhere."))
    return redirect(url_for("admin.organisation", organisation_id=organisation_id), 303)


@bp.post("/organisations/<organisation_id>/tokens")
@allow("staff", "manage_organisations")
def issue_token(organisation_id: str) -> ResponseReturnValue:
    """Issue a token for an organisation's system. Its secret is on this one page and nowhere else."""
    try:
        token, secret = partners.issue_token(viewer(), organisation_id, forms.text("label"), at=clock.now())
    except AnswersRejected as rejected:
        return _page(organisation_id, problems=rejected.problems), 422
    return render_template("admin/token.html", token=token, secret=secret, organisation_id=organisation_id), 201


@bp.post("/organisations/<organisation_id>/tokens/<token_id>/revoke")
@allow("staff", "manage_organisations")
def revoke_token(organisation_id: str, token_id: str) -> ResponseReturnValue:
    """Revoke a token at once."""
    partners.revoke_token(viewer(), organisation_id, token_id, at=clock.now())
    flash(_("Revoked. That system can no longer come in."))
    return redirect(url_for("admin.organisation", organisation_id=organisation_id), 303)


@bp.route("/organisations/<organisation_id>/close", methods=["GET", "POST"])
@allow("staff", "manage_organisations")
def close_organisation(organisation_id: str) -> ResponseReturnValue:
    """Close an organisation, after saying what that does."""
    if request.method == "GET":
        return render_template("admin/close_organisation.html", kept=partners.one(viewer(), organisation_id))
    partners.close(viewer(), organisation_id, at=clock.now())
    flash(_("Closed. What it sent stays."))
    return redirect(url_for("admin.organisation", organisation_id=organisation_id), 303)


def _page(organisation_id: str, *, problems: tuple[Problem, ...] = ()) -> str:
    kept = partners.one(viewer(), organisation_id)
    kinds = partners.kinds(viewer(), clock.now())
    return render_template("admin/organisation.html", kept=kept, kinds=kinds, problems=problems, typed=request.form)
