"""Forms on paper: blank, or with what a draft holds so far, to fill in by hand where there is no signal.

The page is HTML that prints well, so that it can also be read aloud; what is written on it is typed back in one go
(`web/filling_whole`).
"""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from frontdoor import clock
from frontdoor.services import paper as papers
from frontdoor.web.access import allow, viewer
from frontdoor.web.languages import language
from frontdoor.web.open_draft import draft_opened, to_what_was_sent
from frontdoor.web.pages import look_like
from frontdoor.web.paper_form import on_paper

bp = Blueprint("paper", __name__)


@bp.get("/paper")
@allow("signed_in")
def forms() -> str:
    """List the forms that the reader may print blank."""
    return render_template("paper/forms.html", programmes=papers.printable(viewer(), at=clock.now()))


@bp.get("/paper/<programme>/<form>")
@allow("signed_in")
def blank(programme: str, form: str) -> str:
    """Show a blank form, to print."""
    found = papers.blank(viewer(), programme, form, at=clock.now())
    look_like(found.programme)
    pages = on_paper(found.form, {}, language(), as_of=found.as_of)
    return render_template("paper/form.html", form=found.form, pages=pages, draft=None)


@bp.get("/forms/<draft_id>/on-paper")
@allow("signed_in")
def draft(draft_id: str) -> ResponseReturnValue:
    """Show a draft as a form to print: what was answered stands in it, the rest is left to write on."""
    opened = draft_opened(draft_id)
    if opened.draft.sent_as is not None:
        return to_what_was_sent(opened)
    pages = on_paper(opened.form, opened.draft.answers, language(), as_of=opened.as_of)
    return render_template("paper/form.html", form=opened.form, pages=pages, draft=opened.draft)
