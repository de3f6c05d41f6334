"""Worked examples beside a decision table: tried on every look, red or green, and made by hand from its facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.errors import AnswersRejected, NotFound, Problem
from frontdoor.domain.rules.dialect.names import Choice
from frontdoor.domain.rules.dialect.sentences import plain_value
from frontdoor.domain.rules.dialect.uses import names_read
from frontdoor.domain.text import say
from frontdoor.domain.typed import shown, type_for, typed
from frontdoor.services import edit_examples, edit_rules, trying
from frontdoor.services.edit_rules import Desk
from frontdoor.services.examples import Example
from frontdoor.web import forms
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp
from frontdoor.web.admin_rules import ask_why, why
from frontdoor.web.languages import language

UNKNOWN = "?"  # as typed for what is not known


@dataclass(frozen=True)
class Given:
    """One fact in the form of an example: `options` to choose among, none where it is typed; `value` as typed."""

    key: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str
    several: bool

    @property
    def name(self) -> str:
        """Return the name of its control."""
        return f"fact-{self.key}"


@dataclass(frozen=True)
class _Typed:
    """An example on its page: what it is called, what it gives and what is expected; `says` what the rules do."""

    label: str
    facts: Mapping[str, Any]
    expect: str
    says: str = ""


@bp.route("/changes/<change_id>/rules/<rule_set>/example", methods=["GET", "POST"])
@allow("staff", "edit_change")
def rule_example(change_id: str, rule_set: str) -> ResponseReturnValue:
    """Make or change an example of a table (`table` its code, `id` an own example's), or try it without keeping it."""
    desk = edit_rules.opened(viewer(), change_id, rule_set, at=clock.now())
    code, key = request.values.get("table", ""), request.values.get("id", "")
    if code not in desk.document.get("decisions", {}):
        raise NotFound("There is no such decision table any more. Look at the rule set as it is now.")
    if not why(desk):
        return ask_why(change_id)
    one = _from_trial(desk, code, request.values["trial"]) if "trial" in request.args else _stored(desk, code, key)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        one = _Typed(forms.text("label")[:200], one.facts, forms.text("expect"))
        try:
            one = replace(one, facts=_facts(desk, code))
            if "save" in request.form:
                return _saved(desk, code, key, one)
            one = replace(one, says=edit_examples.say(desk, code, one.facts))
        except AnswersRejected as rejected:
            problems = rejected.problems
    page = render_template(
        "admin/rules/example.html", desk=desk, change=desk.change, problems=problems, one=one, code=code, id=key,
        title=desk.document["decisions"][code]["title"], given=list(_given(desk, code, one.facts)),
    )  # fmt: skip
    return page, 422 if problems else 200


def _stored(desk: Desk, code: str, key: str) -> _Typed:
    held = edit_examples.of_table(desk, code).get(key, {})
    facts = held.get("given", {}).get("value", {})
    return _Typed(held.get("label", {}).get("en", ""), facts, held.get("expect", ""))


def _from_trial(desk: Desk, code: str, trial_id: str) -> _Typed:
    """Return the facts that the table reads as a trial came to them, with its outcome as what is expected."""
    label, facts, outcome = trying.facts_of(viewer(), desk.change.id, trial_id, code, at=clock.now())
    told = {key: facts[key] for key in _read_by(desk, code) if key in facts}
    return _Typed(label, told, outcome, edit_examples.say(desk, code, told))


def _saved(desk: Desk, code: str, key: str, one: _Typed) -> ResponseReturnValue:
    change = desk.change
    example = Example(key, change.programme, code, one.facts, one.expect, one.label)
    edit_examples.save(viewer(), change.id, example, why(desk), at=clock.now(), revision=forms.revision())
    flash(_("Saved in the draft. Nothing is live until the change is published."))
    return redirect(_table(change.id, desk.name, code), 303)


@bp.post("/changes/<change_id>/rules/<rule_set>/example/remove")
@allow("staff", "edit_change")
def remove_rule_example(change_id: str, rule_set: str) -> ResponseReturnValue:
    """Take an own example out."""
    at = clock.now()
    desk = edit_rules.opened(viewer(), change_id, rule_set, at=at)
    if not why(desk):
        return ask_why(change_id)
    place = (forms.text("table"), forms.text("id"))
    edit_examples.remove(viewer(), change_id, place, why(desk), at=at, revision=forms.revision())
    flash(_("Removed. “Undo the last step” brings it back."))
    return redirect(_table(change_id, rule_set, place[0]), 303)


def _table(change_id: str, rule_set: str, code: str) -> str:
    return url_for("admin.rule_table", change_id=change_id, rule_set=rule_set, at=code) + "#examples"


def _read_by(desk: Desk, code: str) -> dict[str, Choice]:
    """Return the facts and parameters that a table's rows read, in their order, with what each may be."""
    found: dict[str, Choice] = {}
    for row in desk.document["decisions"][code].get("rows", {}).values():
        for path in names_read(row["when"]):
            section, _dot, key = path.partition(".")
            choice = desk.names.find(path)
            if choice is not None and section in ("facts", "parameters") and "." not in key:
                found.setdefault(key, choice)
    return found


def _given(desk: Desk, code: str, stored: Mapping[str, Any]) -> Iterator[Given]:
    for key, choice in _read_by(desk, code).items():
        options: tuple[tuple[str, str], ...] = tuple(
            (str(one), say(words, language())) for one, words in choice.options.items()
        )
        if choice.kind == "boolean":
            options = (("yes", str(_("Yes"))), ("no", str(_("No"))))
        if options and choice.kind != "list":
            options = (*options, (UNKNOWN, str(_("Not known"))))
        yield Given(key, say(choice.label, language()), () if choice.kind == "list" else options,
                    _as_typed(key, stored), choice.kind == "list")  # fmt: skip


def _as_typed(key: str, stored: Mapping[str, Any]) -> str:
    name = f"fact-{key}"
    if name in request.form:
        return forms.text(name)
    if key not in stored:
        return ""
    value = stored[key]
    if value is None:
        return UNKNOWN
    return "\n".join(map(shown, value)) if isinstance(value, list) else shown(value)


def _facts(desk: Desk, code: str) -> dict[str, Any]:
    """Return what was given in the form, by id: what was left empty is left out, a question mark is not known."""
    found: dict[str, Any] = {}
    problems = []
    for key, choice in _read_by(desk, code).items():
        text = forms.text(f"fact-{key}")
        try:
            if text == UNKNOWN:
                found[key] = None
            elif text:
                sort = type_for(choice.kind)
                lines = [typed(line, sort) for line in text.splitlines() if line.strip()]
                found[key] = lines if choice.kind == "list" else typed(text, sort)
        except ValueError as wrong:
            problems.append(Problem(f"/fact-{key}", "value", str(wrong)))
    if problems:
        raise AnswersRejected("Some boxes need another look", problems=problems)
    return found


def facts_in_words(desk: Desk, facts: Mapping[str, Any]) -> str:
    """Return what an example gives in words: “Education” yes; “Local concerns” 2."""
    told = []
    for key, value in facts.items():
        choice = desk.names.find(f"facts.{key}") or desk.names.find(f"parameters.{key}")
        words = str(_("not known")) if value is None else plain_value(value, language(), choice)
        told.append(f"{say(choice.label, language()) if choice else key.replace('_', ' ')}: {words}")
    return "; ".join(told) or str(_("nothing given"))


@bp.app_context_processor
def words() -> dict[str, Any]:
    """Give the templates what they need to show examples."""
    return {"facts_in_words": facts_in_words, "examples_tried": edit_examples.tried}
