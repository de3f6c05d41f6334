"""The authority's own systems that may ask its rules by the API: their tokens, issued and revoked."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.services import rule_systems
from frontdoor.web import forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp


@bp.get("/rule-systems")
@allow("staff", "manage_organisations")
def rule_tokens() -> str:
    """List the systems that may ask the rules."""
    return _page()


@bp.post("/rule-systems")
@allow("staff", "manage_organisations")
def issue_rule_token() -> ResponseReturnValue:
    """Issue a token. Its secret is on this one page and nowhere else."""
    try:
        token, secret = rule_systems.issue(viewer(), forms.text("label"), at=clock.now())
    except AnswersRejected as rejected:
        return _page(problems=rejected.problems), 422
    page = render_template("admin/token.html", token=token, secret=secret, onwards=url_for("admin.rule_tokens"))
    return page, 201


@bp.post("/rule-systems/<token_id>/revoke")
@allow("staff", "manage_organisations")
def revoke_rule_token(token_id: str) -> ResponseReturnValue:
    """Revoke a token at once."""
    rule_systems.revoke(viewer(), token_id, at=clock.now())
    flash(_("Revoked. That system can no longer come in."))
    return redirect(url_for("admin.rule_tokens"), 303)


def _page(*, problems: tuple[Problem, ...] = ()) -> str:
    found = rule_systems.all_of(viewer())
    return render_template("admin/rule_systems.html", tokens=found, problems=problems, typed=request.form)
