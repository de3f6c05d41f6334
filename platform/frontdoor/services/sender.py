"""Who a partner is, so that nobody types their own name and telephone number twice."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.errors import NotFound
from frontdoor.domain.forms.accept import kept
from frontdoor.domain.programme import Programme
from frontdoor.store import accounts, organisations, submissions

_LOOKED_AT = 20


def introduced(viewer: Viewer, programme: Programme, as_of: date) -> dict[str, Any]:
    """Return the answers about the sender that a new nomination begins with; they are shown and may be changed.

    Taken from what this person sent last, else from their account. Only questions that must be answered are taken: on
    the pages about the sender the others are about this one family ("How do you know them?").
    """
    form = programme.forms[programme.pathway.intake.form]
    asked = programme.pathway.intake.referrer
    pages = {form.questions[name].page for name in asked.values() if name in form.questions}
    own = {question.id for page in pages for question in form.on_page(page) if question.required}
    known = _of_account(viewer, asked)
    for sent in submissions.mine(viewer, _LOOKED_AT):
        if sent.account == viewer.account and sent.form == form.id:
            known |= sent.answers
            break
    return kept(form, {name: value for name, value in known.items() if name in own}, as_of)


def _of_account(viewer: Viewer, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return name, e-mail and organisation under the questions that ask for them."""
    inside = system_viewer(viewer.authority)
    told = {"name": viewer.name, "contact": accounts.email_of(inside, viewer.account)}
    if viewer.organisation is not None:
        try:
            told["organisation"] = organisations.get(inside, viewer.organisation).name
        except NotFound:
            told["organisation"] = None  # closed meanwhile: they say themselves where they work now
    return {asked[what]: value for what, value in told.items() if what in asked and value}
