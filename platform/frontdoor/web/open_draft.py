"""A draft at the edge: opened for its reader, the files that come with a page, two versions, and where it leads."""

import secrets

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.errors import Conflict, NotFound
from frontdoor.domain.submission import Draft
from frontdoor.services import filling, save_page, uploads
from frontdoor.web import posted
from frontdoor.web.access import viewer
from frontdoor.web.filling_page import Way, differences
from frontdoor.web.languages import language
from frontdoor.web.pages import look_like


def draft_opened(draft_id: str, page_id: str | None = None) -> filling.Filling:
    """Return a draft opened for the reader, in its authority's look. Errors: `NotFound`, also for a page it has not."""
    found = filling.resume(viewer(), draft_id, at=clock.now())
    if page_id is not None and page_id not in found.form.pages:
        raise NotFound(_("There is no such page in this form. Go back to the list of what you are filling in."))
    look_like(found.programme)
    return found


def both(opened: filling.Filling, page_id: str, mine: posted.Posted, conflict: Conflict, way: Way | None = None) -> str:
    """Show a page that was saved elsewhere meanwhile: both versions, and nothing lost."""
    theirs = conflict.theirs if isinstance(conflict.theirs, Draft) else opened.draft
    opened = opened.with_draft(theirs)
    answers = save_page.merged(opened.form, theirs.answers, posted.given(opened.form, page_id, mine, opened.as_of))
    return render_template(
        "filling/conflict.html",
        filling=opened,
        way=way or way_of(opened),
        page=opened.form.pages[page_id],
        differences=differences(opened, page_id, answers, language()),
        typed=posted.typed(opened.form, page_id, mine),
        revision=theirs.revision,
        writer=secrets.token_urlsafe(9),
    )


def files_of(opened: filling.Filling, page_id: str) -> dict[str, list[uploads.Sent]]:
    """Return the files that were sent with a page, by question."""
    questions = [question.id for question in opened.form.on_page(page_id) if question.widget == "file"]
    return {one: [sent for sent in request.files.getlist(one) if sent.filename] for one in questions}


def to_what_was_sent(opened: filling.Filling) -> ResponseReturnValue:
    """Lead to what a sent draft became: its case, or the page that thanks its sender."""
    if viewer().kind == "staff":
        reference = filling.acknowledgement(viewer(), opened.draft).case
        return redirect(url_for("casework.case", reference=reference), 303)
    return redirect(url_for("filling.sent", draft_id=opened.draft.id), 303)


def way_of(opened: filling.Filling) -> Way:
    """Return where the pages of a draft stand."""
    return Way(values={"draft_id": opened.draft.id})
