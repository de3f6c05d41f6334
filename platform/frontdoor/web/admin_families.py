"""The test families of a change: tried on every look, red or green in words, with what is not as expected."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.change import Change
from frontdoor.domain.errors import WrongState
from frontdoor.domain.trial import Difference
from frontdoor.services import drafted, keep_family, trial_families, trying
from frontdoor.services.trial_families import FamilyTried
from frontdoor.web import forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp
from frontdoor.web.case_words import form_title
from frontdoor.web.languages import language


@bp.get("/changes/<change_id>/families")
@allow("staff", "edit_change")
def test_families(change_id: str) -> str:
    """List the test families of a change, each tried on its draft."""
    change, programme = trying.desk(viewer(), change_id, at=clock.now())
    tried = trial_families.tried(programme, language=language())
    titles = {form: form_title(programme, form) for one in tried for form in one.forms}
    return render_template("admin/trials/families.html", change=change, tried=tried, titles=titles)


@bp.post("/changes/<change_id>/families/remove")
@allow("staff", "edit_change")
def remove_test_family(change_id: str) -> ResponseReturnValue:
    """Take a test family out of the draft."""
    keep_family.remove(viewer(), change_id, forms.text("family"), at=clock.now(), revision=forms.revision())
    flash(_("Removed. “Undo the last step” brings it back."))
    return redirect(url_for("admin.test_families", change_id=change_id), 303)


def families_tried(change: Change, form: str = "", code: str = "") -> list[FamilyTried] | None:
    """Return the test families that a form or a table of a draft touches, tried; None while it cannot be run."""
    try:
        programme = drafted.programme(change, at=clock.now())
    except WrongState:
        return None
    return trial_families.tried(programme, form=form, code=code, language=language())


def difference_in_words(found: Difference | Mapping[str, str]) -> str:
    """Return one thing that is not as expected, as a sentence; a report holds its parts alone."""
    one = found if isinstance(found, Difference) else Difference(**found)
    told = {"about": one.about, "expected": one.expected, "says": one.says}
    words = {
        "not_shown": _("“%(about)s” is not shown any more.", **told),
        "not_hidden": _("“%(about)s” is shown, and was not.", **told),
        "not_required": _("“%(about)s” need not be answered any more.", **told),
        "gone": _("“%(about)s” is no longer in the form.", **told),
        "error_gone": _("“%(about)s” no longer says that anything is wrong with “%(expected)s”.", **told),
        "error_new": _("“%(about)s” now says: %(says)s", **told),
        "form_gone": _("The form “%(about)s” is no longer there.", **told),
        "decision": _("“%(about)s” should be %(expected)s, and is %(says)s.", **told),
        "decision_gone": _("“%(about)s” is not decided any more; it should be %(expected)s.", **told),
        "refused": _("It cannot be tried: %(says)s", **told),
    }
    return str(words[one.kind])


@bp.app_context_processor
def words() -> dict[str, object]:
    """Give the templates what they need to show test families."""
    return {"families_tried": families_tried, "difference_in_words": difference_in_words}
