"""What was published: the history of a programme, what differs between two numbers, and going back to one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.services import history as published
from frontdoor.services import programmes, publish
from frontdoor.web import forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import CONCERNED, bp
from frontdoor.web.languages import language


@bp.get("/history/<programme>")
@allow("staff", *CONCERNED)
def history(programme: str) -> str:
    """List what was published and, for two chosen numbers, what differs."""
    at = clock.now()
    rows = published.of_programme(viewer(), programme, at=at)
    numbers = [row.snapshot.number for row in rows]
    older, newer = _chosen("from", numbers[1:2]), _chosen("to", numbers[:1])
    differing = None
    if "to" in request.args and older in numbers and newer in numbers:
        differing = published.differences(viewer(), programme, older, newer, language())
    return render_template(
        "admin/history.html", rows=rows, older=older, newer=newer, differing=differing,
        programme=programmes.live(viewer().authority, programme, at),
    )  # fmt: skip


@bp.route("/history/<programme>/roll-back/<int:number>", methods=["GET", "POST"])
@allow("staff", "roll_back")
def roll_back(programme: str, number: int) -> ResponseReturnValue:
    """Publish an earlier snapshot again, at once, after showing what that changes."""
    at = clock.now()
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            done = publish.roll_back(viewer(), programme, number, forms.text("because"), at=at)
            flash(_("Rolled back. Somebody else reviews it within a working day."))
            return redirect(url_for("admin.change", change_id=done.id), 303)
        except AnswersRejected as rejected:
            problems = rejected.problems
    rows = published.of_programme(viewer(), programme, at=at)
    live = next(row.snapshot.number for row in rows if row.state == "live")
    page = render_template(
        "admin/roll_back.html", number=number, live=live, problems=problems, because=forms.text("because"),
        differing=published.differences(viewer(), programme, live, number, language()),
        planned=[row.snapshot for row in rows if row.state == "planned"],
        programme=programmes.live(viewer().authority, programme, at),
    )  # fmt: skip
    return page, 422 if problems else 200


def _chosen(name: str, otherwise: list[int]) -> int:
    typed = request.args.get(name, "")
    if typed.isascii() and typed.isdigit() and len(typed) < 10:
        return int(typed)
    return otherwise[0] if otherwise else 0
