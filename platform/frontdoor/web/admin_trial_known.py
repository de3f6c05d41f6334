"""What else is known of the family of a trial: what the platform counts, and what sources say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.domain.rules.facts import fits
from frontdoor.domain.rules.table import Fact
from frontdoor.services import trying
from frontdoor.services.trying import Trying
from frontdoor.web import forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp
from frontdoor.web.admin_trials import opened, way
from frontdoor.web.pages import spoken

_NUMBERS = ("integer", "number")
_MOST = 999


@dataclass(frozen=True)
class Checked:
    """A fact that a source may say something of: `options` to choose among, none where it is typed."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str
    hint: str


@bp.route("/changes/<change_id>/trial/<trial_id>/known", methods=["GET", "POST"])
@allow("staff", "edit_change")
def trial_known(change_id: str, trial_id: str) -> ResponseReturnValue:
    """Say what the platform knows of the family, and what sources say of single facts."""
    tried = opened(change_id, trial_id)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            trying.know(viewer(), tried, _known(), _evidence(tried), at=clock.now())
            return redirect(way(tried).to("outcome"), 303)
        except AnswersRejected as rejected:
            problems = rejected.problems
    known = tried.trial.known
    closed = str(known.get("closed_on") or "--").split("-")
    page = render_template(
        "admin/trials/known.html", change=tried.change, way=way(tried), problems=problems,
        facts=list(_checked(tried)), episode=_said("open_episode", known.get("open_episode")),
        contacts=forms.text("contacts_12m") or str(known.get("contacts_12m", "")),
        closed=forms.day_parts("closed_on") if request.method == "POST"
        else {"day": closed[2], "month": closed[1], "year": closed[0]},
    )  # fmt: skip
    return page, 422 if problems else 200


def _said(name: str, held: Any) -> str:
    if name in request.form:
        return forms.text(name)
    return {True: "yes", False: "no"}.get(held, "") if isinstance(held, bool) else ""


def _known() -> dict[str, Any]:
    found: dict[str, Any] = {}
    problems = []
    if forms.text("open_episode") in ("yes", "no"):
        found["open_episode"] = forms.text("open_episode") == "yes"
    if any(forms.day_parts("closed_on").values()):
        day = forms.day("closed_on")
        if day is None:
            problems.append(Problem("/closed_on", "value", _("Enter the day, like 3 2 2026, or leave it empty")))
        else:
            found["closed_on"] = day.isoformat()
    typed = forms.text("contacts_12m")
    if typed and not (typed.isascii() and typed.isdigit() and int(typed) <= _MOST):
        problems.append(Problem("/contacts_12m", "value", _("Enter how many contacts, like 2, or leave it empty")))
    elif typed:
        found["contacts_12m"] = int(typed)
    if problems:
        raise AnswersRejected(_("Some boxes need another look"), problems=problems)
    return found


def _facts(tried: Trying) -> Iterator[Fact]:
    """Yield the facts that a source can say something of and that the decisions read."""
    read = {key for receipt in trying.came(tried).receipts for key in receipt.facts}
    for key, fact in tried.programme.rules.facts.items():
        if (key in read or key in tried.trial.evidence) and fact.verify and not fact.of_row and fact.type != "list":
            yield fact


def _checked(tried: Trying) -> Iterator[Checked]:
    for fact in _facts(tried):
        name, held = f"fact-{fact.id}", tried.trial.evidence.get(fact.id)
        options = tuple((key, spoken(one["label"])) for key, one in fact.verify.get("options", {}).items())
        if fact.type == "boolean":
            options = (("yes", str(_("Yes"))), ("no", str(_("No"))))
        value = forms.text(name) if name in request.form else _said(name, held) or ("" if held is None else str(held))
        hint = str(_("Like 2026-02-03")) if fact.type == "date" else ""
        yield Checked(name, spoken(fact.label), options, value, hint)


def _evidence(tried: Trying) -> dict[str, Any]:
    found: dict[str, Any] = {}
    problems = []
    for fact in _facts(tried):
        text = forms.text(f"fact-{fact.id}")
        if not text:
            continue
        value = _value(fact, text)
        if value is None or not fits(value, fact.type):
            problems.append(Problem(f"/fact-{fact.id}", "value", _("Enter what a source can say here, or nothing")))
        else:
            found[fact.id] = value
    if problems:
        raise AnswersRejected(_("Some boxes need another look"), problems=problems)
    return found


def _value(fact: Fact, text: str) -> Any:
    """Return what was typed as a value of the fact, None where it can be none."""
    if fact.type == "boolean":
        return {"yes": True, "no": False}.get(text)
    options = fact.verify.get("options", {})
    if options:
        return text if text in options else None
    if fact.type not in _NUMBERS:
        return text[:200]
    digits = text.removeprefix("-").replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit() and len(digits) < 16):
        return None
    number = float(text)
    return int(number) if number.is_integer() else number
