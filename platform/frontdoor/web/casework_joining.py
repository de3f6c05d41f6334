"""Saying that another contact is from the same family, and taking it back."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, Conflict, Problem, WrongState
from frontdoor.services import casefile, programmes
from frontdoor.services import join as joining
from frontdoor.web import forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.case_words import stage_label
from frontdoor.web.casework_clash import Meant, clash, typed
from frontdoor.web.pages import look_like


@allow("staff", "join_families")
def family(reference: str) -> ResponseReturnValue:
    """List the contacts of the family and those called alike; take the reference of any other."""
    problems: Sequence[Problem] = ()
    written = request.args.get("reference", "").strip()[:40]
    if written:
        try:
            other = joining.found(written)
            return redirect(url_for("casework.join", reference=reference, other_reference=other, what="join"), 303)
        except AnswersRejected as rejected:
            problems = rejected.problems
    kin = joining.kin(viewer(), reference, at=clock.now())
    look_like(kin.file.programme)
    page = render_template(
        "casework/family.html", file=kin.file, kin=kin, written=written,
        problems=forms.summary(problems), errors=forms.errors(problems),
    )  # fmt: skip
    return page, 422 if problems else 200


@allow("staff", "join_families")
def join(reference: str, other_reference: str, what: str) -> ResponseReturnValue:
    """Show two contacts side by side; join them, or part them again, with how the officer knows."""
    at = clock.now()
    if request.method == "GET":
        return _page(reference, other_reference, what)
    say = joining.join if what == "join" else joining.part
    try:
        say(viewer(), reference, other_reference, forms.text("because"), at=at, revision=forms.revision())
    except AnswersRejected as rejected:
        return _page(reference, other_reference, what, rejected.problems), 422
    except (Conflict, WrongState) as stale:
        file = casefile.open_file(viewer(), reference, at=at)
        told = [(_("The other contact"), other_reference), (_("How you know"), typed("because"))]
        return clash(file, stale, Meant(_words(what), told, _words(what)))
    flash(
        _("Joined. What is known of the family counts from now on.")
        if what == "join"
        else _("Parted. Each contact stands by itself again.")
    )
    return redirect(url_for("casework.case", reference=reference), 303)


def _words(what: str) -> str:
    return str(_("This is the same family") if what == "join" else _("This is not the same family"))


def _page(reference: str, other: str, what: str, problems: Sequence[Problem] = ()) -> str:
    pair = joining.compare(viewer(), reference, other, at=clock.now())
    look_like(pair.file.programme)
    both = [(pair.file.case, pair.mine), (pair.other, pair.theirs)]
    return render_template(
        "casework/join.html",
        file=pair.file,
        pair=pair,
        both=[(case, household, stage_label(programmes.of_case(case), case.stage)) for case, household in both],
        what=what,
        heading=_words(what),
        possible=pair.by_hand if what == "part" else not pair.one,
        typed=request.form,
        problems=forms.summary(problems),
        errors=forms.errors(problems),
    )
