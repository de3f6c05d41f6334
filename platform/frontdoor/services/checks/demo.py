"""Demonstration data: that its people have the roles there are, and that its nominations would be accepted."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.domain.forms.accept import accept
from frontdoor.domain.forms.questions import Form
from frontdoor.domain.schemas import did_you_mean
from frontdoor.services.checks.names import Names

# A demonstration is loaded on any day; its answers have to hold on this one.
_A_DAY = date(2026, 11, 23)
_SAFE = (".example", ".test", ".invalid", "@example.com", "@example.org")


def check(names: Names, forms: Sequence[Form]) -> Iterator[Problem]:
    """Yield every problem of the demonstration data."""
    rules = names.tree.get("rules", {})
    demo = rules.get("demo")
    if demo is None:
        return
    known = {"role": rules.get("roles", {}).get("roles", {}), "team": rules.get("teams", {}).get("teams", {})}
    for key, account in demo.get("accounts", {}).items():
        yield from _account(account, f"/rules/demo/accounts/{key}", known)
    organisations = demo.get("organisations", {})
    for key, organisation in organisations.items():
        for person, one in organisation.get("people", {}).items():
            yield from _address(one, f"/rules/demo/organisations/{key}/people/{person}/email")
    # A form that cannot be used is told of where it is: nothing more can be said of what answers it.
    by_id: dict[str, Form | None] = {**dict.fromkeys(names.forms), **{form.id: form for form in forms}}
    for key, nomination in demo.get("nominations", {}).items():
        yield from _nomination(nomination, f"/rules/demo/nominations/{key}", demo, by_id)


def _account(account: Mapping[str, Any], at: str, known: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    for what, ids in known.items():
        if what in account and account[what] not in ids:
            near = did_you_mean(str(account[what]), list(ids))
            yield Problem(f"{at}/{what}", f"unknown_{what}", f"There is no {what} `{account[what]}`{near}")
    yield from _address(account, f"{at}/email")


def _address(person: Mapping[str, Any], at: str) -> Iterator[Problem]:
    if not str(person.get("email", "")).endswith(_SAFE):
        yield Problem(at, "real_address", "Write an address that nobody can have: under .example or .test")


def _nomination(
    nomination: Mapping[str, Any], at: str, demo: Mapping[str, Any], forms: Mapping[str, Form | None]
) -> Iterator[Problem]:
    organisation = nomination.get("organisation")
    people = demo.get("organisations", {}).get(organisation, {}).get("people", {}) if organisation else demo["accounts"]
    if organisation and organisation not in demo.get("organisations", {}):
        yield Problem(f"{at}/organisation", "unknown_organisation", "Name an organisation of this demonstration")
    elif nomination.get("by") not in people:
        near = did_you_mean(str(nomination.get("by")), list(people))
        yield Problem(f"{at}/by", "unknown_person", f"Name one of those who can send it{near}")
    if nomination.get("form") not in forms:
        near = did_you_mean(str(nomination.get("form")), list(forms))
        yield Problem(f"{at}/form", "unknown_form", f"There is no form `{nomination.get('form')}`{near}")
        return
    form = forms[nomination["form"]]
    if form is None:
        return
    try:
        accept(form, nomination.get("answers", {}), as_of=_A_DAY)
    except AnswersRejected as refused:
        for one in refused.problems:
            yield Problem(f"{at}/answers{one.where}", one.code, one.message)
