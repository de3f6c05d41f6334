"""A form for paper: blank for a visit without signal. Nothing is begun and nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.errors import NotFound
from frontdoor.domain.forms.model import Form
from frontdoor.domain.programme import Programme
from frontdoor.services import programmes


@dataclass(frozen=True)
class Blank:
    """A form of a programme as it is asked on a day, with nothing filled in."""

    programme: Programme
    form: Form
    as_of: date
    answers: Mapping[str, Any]


def blank(viewer: Viewer, programme_id: str, form_id: str, *, at: datetime) -> Blank:
    """Return a form to print: for a partner the form that partners send, for staff any.

    A blank form says nothing of anybody. Errors: `NotFound` where there is no such form for them.
    """
    programme = programmes.live(viewer.authority, programme_id, at)
    if form_id not in programme.forms or (viewer.kind != "staff" and form_id != programme.pathway.intake.form):
        raise NotFound("There is no such form to print. Choose one of those listed.")
    return Blank(programme, programme.forms[form_id], programme.calendar.local_date(at), {})


def printable(viewer: Viewer, *, at: datetime) -> list[tuple[Programme, list[Form]]]:
    """Return each programme of the viewer's authority with the forms of it that they may print."""
    found = []
    for programme in programmes.running(viewer.authority, at):
        intake = programme.pathway.intake.form
        forms = [form for name, form in programme.forms.items() if viewer.kind == "staff" or name == intake]
        found.append((programme, forms))
    return found
