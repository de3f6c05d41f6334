"""The front door's own pages: the queue, finding a case, duty alerts, contacts by phone, letter or in person."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.access import Viewer
from frontdoor.domain.calendar import Calendar
from frontdoor.domain.errors import Problem
from frontdoor.services import contacts, duty, filling, queue
from frontdoor.web import forms, queue_page
from frontdoor.web.access import allow, viewer
from frontdoor.web.alert_page import alert_lines
from frontdoor.web.case_words import channels
from frontdoor.web.languages import language

bp = Blueprint("frontdesk", __name__)

# The first page of somebody who may do this, most pressing work first.
_FIRST_PAGES = (
    ("acknowledge_alert", "frontdesk.alerts"),
    ("see_queue", "frontdesk.queue"),
    ("edit_change", "admin.changes"),
    ("approve_change", "admin.changes"),
    ("manage_accounts", "admin.accounts"),
    ("manage_organisations", "admin.organisations"),
    ("see_access_log", "admin.access_log"),
    ("see_outbox", "admin.outbox"),
)
_TAKEN_DOWN = ("phone", "letter", "counter")


@bp.get("/desk")
@allow("signed_in")
def home() -> ResponseReturnValue:
    """Send each person to their own first page: alerts that wait before anything else."""
    reader = viewer()
    if reader.kind == "partner":
        return redirect(url_for("partner.home"))
    return redirect(url_for(_first_page(reader)))


@bp.get("/queue", endpoint="queue")
@allow("staff", "see_queue")
def show_queue() -> str:
    """Show what waits, by its clock."""
    at, asked = clock.now(), queue_page.wanted()
    looked = queue.look(viewer(), asked, at=at)
    return render_template(
        "frontdesk/queue.html",
        lines=queue_page.lines(looked, at),
        page=looked.page,
        filters=queue_page.filters(looked),
        summary=queue_page.summary(looked),
        wanted=asked,
        chosen=queue_page.chosen(asked),
    )


@bp.get("/search")
@allow("staff", "see_queue")
def search() -> str:
    """Find a case by name or reference."""
    at, asked = clock.now(), queue_page.wanted()
    looked = queue.find(viewer(), asked.text, at=at, page=asked.page)
    return render_template(
        "frontdesk/search.html",
        lines=queue_page.lines(looked, at),
        page=looked.page,
        asked=asked.text,
        chosen={"name": asked.text},
    )


@bp.get("/alerts")
@allow("staff", "see_alerts")
def alerts() -> str:
    """Show duty alerts: those that wait, escalated ones first, then those that somebody took on."""
    at, board = clock.now(), duty.board(viewer(), at=clock.now())
    return render_template(
        "frontdesk/alerts.html",
        waiting=alert_lines(board.waiting, board.programmes, at),
        taken=alert_lines(board.taken, board.programmes, at),
    )


@bp.get("/alerts/<alert_id>")
@allow("staff", "see_alerts")
def alert(alert_id: str) -> str:
    """Show one duty alert."""
    board = duty.one(viewer(), alert_id, at=clock.now())
    return render_template("frontdesk/alert.html", line=alert_lines(board.waiting, board.programmes, clock.now())[0])


@bp.post("/alerts/<alert_id>/acknowledge")
@allow("staff", "acknowledge_alert")
def acknowledge(alert_id: str) -> ResponseReturnValue:
    """Take an alert on, by name."""
    taken = duty.acknowledge(viewer(), alert_id, at=clock.now())
    flash(_("You have taken this alert on. It is yours until you pass it on."))
    if taken.case is None or not viewer().may("see_case"):
        return redirect(url_for("frontdesk.alerts"), 303)
    return redirect(url_for("casework.case", reference=taken.case), 303)


@bp.get("/contacts/new")
@allow("staff", "record_contact")
def new_contact() -> str:
    """Ask how a contact came and whose family it is about, before anything is typed twice."""
    return _contact_page({}, ())


@bp.post("/contacts/new")
@allow("staff", "record_contact")
def post_contact() -> ResponseReturnValue:
    """Show earlier contacts of that name, or begin the form with how and when the contact came."""
    at = clock.now()
    typed = request.form.to_dict()
    received, problems = _received(typed, at)
    found = contacts.programmes_for(viewer(), at=at)
    programme = typed.get("programme", "") or (found[0].programme if len(found) == 1 else "")
    if programme not in {one.programme for one in found}:
        problems.insert(0, Problem("/programme", "required", _("Select what the contact is about")))
    if problems or received is None:
        return _contact_page(typed, problems), 422
    if "search" in request.form:
        return _contact_page(typed, ())
    arrival = {"channel": typed["channel"], "received_at": received, "caller": _caller(typed)}
    draft = filling.begin(viewer(), programme, filling.Purpose(arrival=arrival, language=language()), at=at)
    return redirect(url_for("filling.resume", draft_id=draft.id), 303)


def _contact_page(typed: Mapping[str, str], problems: Sequence[Problem]) -> str:
    at = clock.now()
    name = typed.get("family", "").strip()
    looked = queue.find(viewer(), name, at=at) if name and viewer().may("see_queue") else None
    return render_template(
        "frontdesk/new_contact.html",
        programmes=contacts.programmes_for(viewer(), at=at),
        channels=[(code, label, "") for code, label in channels().items() if code in _TAKEN_DOWN],
        typed=typed or _now_typed(at),
        problems=forms.summary(problems),
        errors=forms.errors(problems),
        name=name,
        found=queue_page.lines(looked, at) if looked else [],
        looked="search" in request.form,
    )


def _now_typed(at: datetime) -> dict[str, str]:
    """Return the boxes of day and time as of now: most contacts are typed as they come."""
    local = at.astimezone(contacts.ZONE)
    return {
        "received-day": str(local.day),
        "received-month": str(local.month),
        "received-year": str(local.year),
        "received_time": f"{local:%H:%M}",
    }


def _received(typed: Mapping[str, str], at: datetime) -> tuple[datetime | None, list[Problem]]:
    """Return when the contact came, in UTC, and what is wrong with how it was given."""
    problems = []
    if typed.get("channel") not in _TAKEN_DOWN:
        problems.append(Problem("/channel", "required", _("Select how the contact came")))
    day, at_time = forms.day("received"), _time(typed.get("received_time", ""))
    if day is None:
        problems.append(Problem("/received", "not_a_date", _("Enter the day on which it came, such as 18 12 2026")))
    if at_time is None:
        problems.append(Problem("/received_time", "not_a_time", _("Enter the time at which it came, such as 16:50")))
    if day is None or at_time is None:
        return None, problems
    received = Calendar.at_local(day, at_time)
    if received > at:
        problems.append(Problem("/received", "in_the_future", _("The day and time must not be in the future")))
    return received, problems


def _time(text: str) -> time | None:
    hours, _separator, minutes = text.strip().replace(".", ":").partition(":")
    if not (hours.isascii() and hours.isdigit() and minutes.isascii() and minutes.isdigit() and len(minutes) == 2):
        return None
    return time(int(hours), int(minutes)) if int(hours) < 24 and int(minutes) < 60 else None


def _caller(typed: Mapping[str, str]) -> dict[str, Any]:
    """Return who told us; a caller may stay unnamed."""
    told = {key: typed.get(f"caller_{key}", "").strip()[:200] for key in ("name", "relationship", "phone")}
    return {"anonymous": "caller_anonymous" in typed, **{key: value for key, value in told.items() if value}}


def _first_page(reader: Viewer) -> str:
    if reader.may("acknowledge_alert") and not duty.count(reader) and reader.may("see_queue"):
        return "frontdesk.queue"
    for permission, endpoint in _FIRST_PAGES:
        if reader.may(permission):
            return endpoint
    return "account.me"
