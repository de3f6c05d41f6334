"""Recording what a source says about one fact."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, Conflict, NotFound, Problem
from frontdoor.domain.rules.printing import printed
from frontdoor.domain.rules.table import Fact
from frontdoor.services import casefile, verify
from frontdoor.services.casefile import CaseFile
from frontdoor.web import fact_field, forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.case_facts import fact_address, known_by, members, sources_of
from frontdoor.web.case_words import source_label
from frontdoor.web.casework_clash import Meant, clash, typed
from frontdoor.web.languages import language
from frontdoor.web.pages import day, look_like, spoken


@allow("staff", "verify_fact")
def fact(reference: str, fact_id: str) -> ResponseReturnValue:
    """Ask what a source says, where and when it was looked up; record it and decide again."""
    at, row = clock.now(), request.args.get("row") or None
    file = casefile.open_file(viewer(), reference, at=at)
    asked = _asked(file, fact_id)
    if request.method == "GET":
        return _page(file, asked, row)
    value = fact_field.read(asked)
    check = verify.Check(
        fact_id, row, value, forms.text("source"), forms.day("checked_on"), request.form.get("note", "").strip()[:2000]
    )
    try:
        verify.verify(viewer(), reference, check, at=at, revision=forms.revision())
    except AnswersRejected as rejected:
        return _page(file, asked, row, rejected.problems), 422
    except Conflict as stale:
        return clash(casefile.open_file(viewer(), reference, at=at), stale, _meant(file, asked, row, check))
    flash(_("Recorded. Look at what the rules propose now."))
    return redirect(url_for("casework.case", reference=reference), 303)


def _asked(file: CaseFile, fact_id: str) -> Fact:
    found = file.programme.rules.facts.get(fact_id)
    if found is None or not found.verify:
        raise NotFound(_("There is no such fact to check. Go back to the case and choose one of those listed."))
    return found


def _page(file: CaseFile, asked: Fact, row: str | None, problems: Sequence[Problem] = ()) -> str:
    look_like(file.programme)
    named = members(file)
    if asked.of_row and row not in named:
        return render_template("casework/fact_of_whom.html", file=file, fact=asked, members=_whose(file, asked, named))
    known = file.facts.facts[asked.id]
    finding = known.rows.get(row or "", known.finding)
    today = file.programme.calendar.local_date(clock.now())
    typed_day = forms.day_parts("checked_on") if request.method == "POST" else {}
    return render_template(
        "casework/fact.html",
        file=file,
        fact=asked,
        row=row,
        member=named.get(row or "", ""),
        now=printed(finding, asked, language()),
        source=known_by(file, known, row or ""),
        field=fact_field.field(asked),
        sources=[(key, source_label(file.programme, asked.id, key), "") for key in sources_of(asked)],
        checked_on=typed_day or {"day": str(today.day), "month": str(today.month), "year": str(today.year)},
        typed=request.form,
        problems=forms.summary(problems),
        errors=forms.errors(problems),
    )


def _whose(file: CaseFile, asked: Fact, named: dict[str, str]) -> list[tuple[str, str]]:
    """Return the members of whom a fact can be checked: (address, name)."""
    rows = verify.rows_of(viewer(), file.programme, file.case, asked)
    return [(fact_address(file, asked.id, row), named.get(row or "", row or "")) for row in rows]


def _meant(file: CaseFile, asked: Fact, row: str | None, check: verify.Check) -> Meant:
    member = members(file).get(row or "", "")
    label = f"{spoken(asked.label)} ({member})" if member else spoken(asked.label)
    told: list[tuple[str, Any]] = [
        (_("What the source says"), fact_field.shown(asked, check.value)),
        (_("Where you looked it up"), source_label(file.programme, asked.id, check.source)),
        (_("When you looked it up"), day(check.checked_on) if check.checked_on else _("Nothing")),
        (_("Note"), typed("note")),
    ]
    return Meant(_("Record: %(fact)s", fact=label), told, _("Record it all the same"))
